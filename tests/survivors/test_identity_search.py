"""A survivor is found by her real name, phone or paper, and comes under her pseudonym."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from survivors import actions
from survivors.models import IdentityWord
from tests.people import just_confirmed, on_case, person
from tests.survivors.known import VALUES


def search(client, person, words):
    just_confirmed(client, person)
    return client.post(reverse("survivors:identity-search"), {"q": words})


@pytest.mark.parametrize(
    "words",
    ["maria", "CRUZ maria", "María-José", "jose dela cruz", "jojo", "សាន់តូស", "+63 917 555 0142",
     "0917-555-0142", "9175550142", "p8842201a", "P-8842 201 A"],
)  # fmt: skip
def test_she_is_found_by_whole_words_by_phone_and_by_paper(client, known, alice, words):
    text = search(client, alice, words).content.decode()
    assert f'href="{known.get_absolute_url()}"' in text


@pytest.mark.parametrize("words", ["mari", "maria santos", "0917 555 0143", "p884220", "xx"])
def test_other_words_find_nobody(client, known, alice, words):
    assert "Nobody found" in search(client, alice, words).content.decode()


def test_what_is_found_comes_under_the_pseudonym_and_the_words_do_not_come_back(client, known, alice):
    page = search(client, alice, "maria cruz")
    text = page.content.decode()
    assert "Maya" in text
    assert [value for value in VALUES if value in text] == []
    assert "maria" not in text.lower().replace("mariadb", "")
    (event,) = Event.objects.filter(verb="identity.search")
    assert (event.actor_id, event.detail) == (alice.pk, {"found": 1})


def test_nobody_finds_whom_she_may_not_see(client, known, colleague, charlie, director, case):
    for outsider in (colleague, charlie):
        assert "Nobody found" in search(client, outsider, "maria").content.decode()
    assert known.get_absolute_url() in search(client, director, "maria").content.decode()
    investigator = on_case(person(Role.INVESTIGATOR, case.office), case, Role.INVESTIGATOR)
    assert search(client, investigator, "maria").status_code == 403


def test_a_changed_name_is_found_by_its_new_words_alone(client, known, alice):
    with viewing_as(alice):
        actions.edit_identity(
            known.pk,
            by=alice,
            now=timezone.now(),
            latin_name="Ana Reyes",
            own_name="",
            known_as="",
            phones="",
        )
    assert "Nobody found" in search(client, alice, "maria").content.decode()
    assert "Nobody found" in search(client, alice, "0917 555 0142").content.decode()
    assert known.get_absolute_url() in search(client, alice, "reyes ana").content.decode()


def test_the_index_holds_tokens_and_nothing_else(known, alice):
    with viewing_as(alice):
        kept = [bytes(row.token) for row in IdentityWord.objects.exclude(token=None)]
    assert {len(token) for token in kept} == {16}
    assert len(set(kept)) == len(kept) == 10


def test_a_search_uses_the_index_also_under_the_second_lock(known, alice):
    with viewing_as(alice), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT identity_id FROM survivors_identityword WHERE token = '\\x00'::bytea")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "identity_word_token" in plan
