"""Who a survivor is by law: sealed, opened part by part, each look written down."""

import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import CaseKey
from cases.states import Stale
from reference.sealed import SealBroken
from survivors import actions
from survivors.models import Identity, IdentityWord, Survivor
from tests.factories import CaseMake, SurvivorMake
from tests.people import just_confirmed, on_case, person
from tests.survivors.known import FACTS, VALUES


def openings():
    rows = Event.objects.filter(verb="identity.open").order_by("pk")
    return [(row.actor_id, row.subject_id, row.detail["parts"]) for row in rows]


# --- the field


def test_a_sealed_value_shows_nothing_until_it_is_opened(known, alice):
    with viewing_as(alice):
        row = Identity.objects.get(survivor=known)
        assert [str(row.latin_name), repr(row.latin_name), f"{row.latin_name}"] == ["sealed"] * 3
        assert row.latin_name.open() == FACTS["latin_name"]
        assert row.numbers.open() == FACTS["numbers"]
        assert bool(Identity().latin_name) is False
        assert Identity().latin_name.open() == ""
        assert str(Identity().latin_name) == "nothing sealed"


@pytest.mark.parametrize(
    "lookup", ["latin_name", "latin_name__icontains", "latin_name__in", "latin_name__startswith"]
)
def test_the_database_answers_no_question_about_a_sealed_value_but_whether_there_is_one(known, alice, lookup):
    with viewing_as(alice):
        with pytest.raises(FieldError, match="is sealed"):
            Identity.objects.filter(**{lookup: "x"}).exists()
        assert Identity.objects.filter(latin_name__isnull=False).count() == 1


def test_the_columns_hold_no_plain_value(known, alice):
    with viewing_as(alice), connection.cursor() as cursor:
        cursor.execute("SELECT row(i.*)::text || row(s.*)::text FROM survivors_identity i"
                       " JOIN survivors_survivor s ON s.id = i.survivor_id")  # fmt: skip
        (text,) = cursor.fetchone()
    for value in VALUES:
        assert value not in text
        assert value.encode().hex() not in text


def test_sealed_bytes_moved_to_another_column_or_row_do_not_open(known, alice, case):
    other = SurvivorMake(case=case, pseudonym="Nina")
    with viewing_as(alice):
        actions.edit_identity(other.pk, by=alice, now=timezone.now(), latin_name="Somebody Else")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE survivors_identity SET own_name = latin_name WHERE survivor_id = %s", [known.pk]
            )
            cursor.execute(
                "UPDATE survivors_identity SET address = (SELECT address FROM survivors_identity"
                " WHERE survivor_id = %s) WHERE survivor_id = %s", [known.pk, other.pk],
            )  # fmt: skip
        for survivor, name in ((known, "own_name"), (other, "address")):
            with pytest.raises(SealBroken) as broken:
                getattr(Identity.objects.get(survivor=survivor), name).open()
            assert "Cruz" not in str(broken.value)


def test_a_sealed_value_is_set_on_a_row_and_never_by_an_update(known, alice):
    with viewing_as(alice), pytest.raises(TypeError, match="give it to a row"):
        Identity.objects.filter(survivor=known).update(latin_name="x")


def test_a_sealed_value_can_be_neither_pickled_nor_dumped(known, alice):
    with viewing_as(alice):
        row = Identity.objects.get(survivor=known)
        with pytest.raises(TypeError):
            pickle.dumps(row)
        with pytest.raises(TypeError, match="leaves in no dump"):
            serializers.serialize("json", [row])


def test_each_case_has_a_key_of_its_own_and_one_is_enough(known, alice, case):
    elsewhere = CaseMake(office=case.office)
    on_case(alice, elsewhere, Role.CASEWORKER)
    other = SurvivorMake(case=elsewhere)
    with viewing_as(alice):
        actions.edit_identity(known.pk, by=alice, now=timezone.now(), address="1 New Street")
        actions.edit_identity(other.pk, by=alice, now=timezone.now(), address="2 New Street")
        assert CaseKey.objects.filter(case=case).count() == 1
        assert CaseKey.objects.count() == 2


def test_lists_decrypt_nothing(known, alice, monkeypatch, client):
    def refuse(*args):
        raise AssertionError("a list opened something")

    monkeypatch.setattr("reference.sealed.unseal", refuse)
    just_confirmed(client, alice)
    for name in ("survivors:survivor-list", "survivors:identity-search"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(known.get_absolute_url()).status_code == 200


# --- who may


def test_whoever_may_not_open_identities_finds_no_row_by_either_lock(known, case):
    investigator = on_case(person(Role.INVESTIGATOR, case.office), case, Role.INVESTIGATOR)
    with viewing_as(investigator):
        assert Survivor.objects.count() == 1
        assert Identity.objects.count() == IdentityWord.objects.count() == 0
        for table in ("survivors_identity", "survivors_identityword"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
                assert cursor.fetchone() == (0,)


def test_whoever_does_not_see_the_case_gets_neither_identity_nor_key(known, colleague):
    with viewing_as(colleague):
        assert Identity.objects.count() == CaseKey.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM survivors_identity")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("name", ["identity-open", "identity-edit"])
def test_outside_the_need_to_know_there_is_no_such_page_and_without_the_verb_no_way_in(
    client, known, case, charlie, name
):
    address = reverse(f"survivors:{name}", args=[known.pk])
    just_confirmed(client, charlie)
    assert client.get(address).status_code == 404
    just_confirmed(client, on_case(person(Role.INVESTIGATOR, case.office), case, Role.INVESTIGATOR))
    assert client.get(address).status_code == 403
    assert openings() == []


def test_a_lawyer_opens_and_does_not_write(client, known, lawyer):
    just_confirmed(client, lawyer)
    page = client.get(reverse("survivors:identity-open", args=[known.pk]))
    assert page.status_code == 200
    assert reverse("survivors:identity-edit", args=[known.pk]) not in page.content.decode()
    assert client.get(reverse("survivors:identity-edit", args=[known.pk])).status_code == 403


# --- the page


def test_the_survivor_s_page_offers_the_identity_and_shows_nothing_of_it(client, known, alice):
    just_confirmed(client, alice)
    text = client.get(known.get_absolute_url()).content.decode()
    assert reverse("survivors:identity-open", args=[known.pk]) in text
    assert [value for value in VALUES if value in text] == []
    assert "<dd>2011</dd>" in text, "the year alone may be read"
    assert openings() == []


def test_the_page_is_covered_and_a_look_at_it_is_written_down(client, known, alice):
    just_confirmed(client, alice)
    page = client.get(reverse("survivors:identity-open", args=[known.pk]))
    assert [value for value in VALUES if value in page.content.decode()] == []
    assert "no-store" in page["Cache-Control"]
    assert openings() == [(alice.pk, str(known.pk), [])]


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("names", ["María-José dela Cruz", "Jojo", "សាន់តូស"]),
        ("birth", ["2 April 2011"]),
        ("contacts", ["0917 555 0142", "14 Mango Lane, Bogo", "Only before noon", "Aunt Ligaya"]),
        ("numbers", ["Passport: P-8842 201 A"]),
    ],
)
def test_each_part_is_shown_alone_and_that_it_was_is_written_down(client, known, alice, part, seen):
    just_confirmed(client, alice)
    page = client.post(reverse("survivors:identity-open", args=[known.pk]), {"show": part})
    text = page.content.decode()
    assert [words for words in seen if words not in text] == []
    assert len([value for value in VALUES if value in text]) <= len(seen) + 1
    assert openings() == [(alice.pk, str(known.pk), [part])]
    assert Event.objects.get(verb="identity.open").case_id == known.case_id


@pytest.mark.parametrize("name", ["identity-open", "identity-edit"])
def test_a_session_left_open_shows_nothing_before_it_is_she_again(client, known, alice, name):
    client.force_login(alice)
    address = reverse(f"survivors:{name}", args=[known.pk])
    assert client.get(address).url.startswith(reverse("account_reauthenticate"))
    assert openings() == []
    asked = client.post(reverse("survivors:identity-open", args=[known.pk]), {"show": "names"})
    assert asked.status_code == 422
    assert [value for value in VALUES if value in asked.content.decode()] == []
    assert openings() == []


def test_no_row_no_page(client, known, alice, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("the audit is full")

    monkeypatch.setattr("survivors.actions.identity.record", refuse)
    just_confirmed(client, alice)
    client.raise_request_exception = False
    page = client.post(reverse("survivors:identity-open", args=[known.pk]), {"show": "names"})
    assert page.status_code == 500
    assert [value for value in VALUES if value in page.content.decode()] == []


def test_somebody_without_an_identity_has_an_empty_page(client, survivor, alice):
    just_confirmed(client, alice)
    text = client.get(reverse("survivors:identity-open", args=[survivor.pk])).content.decode()
    assert text.count("Nothing recorded.") == 4


# --- writing


def filled(**more):
    return {"version": "0", "latin_name": "María-José dela Cruz", "born": "2011-04-02", "home_town": "Bogo",
            "kind1": "passport", "number1": "P1", **more}  # fmt: skip


def test_an_identity_is_written_and_the_year_of_birth_follows(client, survivor, alice):
    just_confirmed(client, alice)
    address = reverse("survivors:identity-edit", args=[survivor.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, filled())
    assert answer.url == survivor.get_absolute_url()
    with viewing_as(alice):
        row = Survivor.objects.get(pk=survivor.pk)
        assert (row.born.open(), row.birth_year, row.home.open()) == (
            "2011-04-02",
            "2011",
            {"locality": "Bogo"},
        )
        assert row.identity.numbers.open() == [{"kind": "passport", "number": "P1"}]
    event = Event.objects.get(verb="identity.edit")
    assert event.detail == {"fields": ["latin_name", "numbers", "born", "birth_year", "home"], "version": 1}
    assert openings() == [(alice.pk, str(survivor.pk), ["names", "birth", "contacts", "numbers"])]


def test_the_form_shows_what_is_recorded(client, known, alice):
    just_confirmed(client, alice)
    text = client.get(reverse("survivors:identity-edit", args=[known.pk])).content.decode()
    for words in ("María-José dela Cruz", "14 Mango Lane", "P-8842 201 A", "2011-04-02"):
        assert words in text


def test_two_who_write_at_once_see_that_it_changed_and_not_what(client, known, alice):
    just_confirmed(client, alice)
    page = client.post(
        reverse("survivors:identity-edit", args=[known.pk]), filled(version="0", latin_name="Another Name")
    )
    assert page.status_code == 409
    text = page.content.decode()
    assert "changed by a colleague" in text
    assert "María" not in text


def test_a_wrong_answer_is_told_on_this_page_and_nothing_is_saved(client, survivor, alice):
    just_confirmed(client, alice)
    page = client.post(
        reverse("survivors:identity-edit", args=[survivor.pk]), filled(born="yesterday", number1="")
    )
    assert page.status_code == 422
    assert "Give the number of this paper" in page.content.decode()
    with viewing_as(alice):
        assert not Identity.objects.exists()


def test_what_is_not_given_stays_and_an_old_version_is_refused(known, alice):
    with viewing_as(alice):
        actions.edit_identity(known.pk, by=alice, now=timezone.now(), phones="0917 555 0100", version=1)
        row = Identity.objects.get(survivor=known)
        assert (row.latin_name.open(), row.version) == (FACTS["latin_name"], 2)
        with pytest.raises(Stale):
            actions.edit_identity(known.pk, by=alice, now=timezone.now(), phones="", version=1)
        with pytest.raises(TypeError, match="not facts of an identity"):
            actions.edit_identity(known.pk, by=alice, now=timezone.now(), colour="blue")


def test_where_the_date_of_birth_is_known_its_year_is_not_changed_beside_it(client, known, alice):
    just_confirmed(client, alice)
    with viewing_as(alice):
        version = Survivor.objects.get(pk=known.pk).version
    fields = {"version": version, "pseudonym": "Maya", "birth_year": "2009"}
    page = client.post(reverse("survivors:survivor-edit", args=[known.pk]), fields)
    assert page.status_code == 422
    assert "change it there" in page.content.decode()


def test_a_full_date_typed_as_the_year_is_cut_to_its_year(client, survivor, alice):
    just_confirmed(client, alice)
    fields = {"version": "1", "pseudonym": "Maya", "birth_year": "2009-05-06"}
    assert client.post(reverse("survivors:survivor-edit", args=[survivor.pk]), fields).status_code == 302
    with viewing_as(alice):
        assert Survivor.objects.get(pk=survivor.pk).birth_year == "2009"
