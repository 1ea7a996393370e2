from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from figures.models import Study
from figures.studies import quoted
from tests.people import person

pytestmark = pytest.mark.django_db

FACTS = {
    "measure": "Minors among people sold", "place": "Kolkata", "country": "IN", "population": "people sold",
    "method": "venue_sample", "began_on": "2016", "ended_on": "", "published_on": "2017", "sample": 131,
    "found": 24, "share": "18.3", "low": "12.1", "high": "26", "confidence": "95", "estimate": "",
    "representative": "no", "source": "A report", "made_by": "", "note": "",
}  # fmt: skip


@pytest.fixture
def director(office):
    return person(Role.OFFICE_DIRECTOR, office)


def sent(client, user, name, *args, **changes):
    client.force_login(user)
    return client.post(reverse(f"figures:{name}", args=args), {**FACTS, **changes})


@pytest.mark.parametrize(
    "wrong",
    [{"share": "11", "low": "12"}, {"high": "101"}, {"low": None, "high": None, "confidence": "95"},
     {"found": 132}, {"share": None, "low": None, "high": None, "confidence": None, "found": None},
     {"source": ""}, {"country": "In"}, {"edition": 2}],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_what_no_study_can_say(wrong):
    facts = {**FACTS, "share": Decimal("18.3"), **wrong}
    with system_access("loader", "a test arranges"), pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.create(**facts)


def test_a_study_is_put_right_by_a_new_edition_and_the_old_one_stays(client, office, director):
    assert sent(client, director, "study-add").status_code == 302
    first = Study.objects.get()
    wrong = sent(client, director, "study-edit", first.pk, version=1, why="", share="30")
    assert wrong.status_code == 422
    assert {"why", "share"} <= wrong.context["form"].errors.keys()
    assert sent(client, director, "study-edit", first.pk, version=1, why="Same").status_code == 422
    better = sent(
        client, director, "study-edit", first.pk, version=1, why="The report was put right", found="25"
    )
    assert better.status_code == 302
    stale = sent(client, director, "study-edit", first.pk, version=1, why="Too late", found="23")
    assert stale.status_code == 409
    first.refresh_from_db()
    second = Study.objects.get(edition=2)
    assert (first.found, second.found, second.work, second.written_by) == (24, 25, first.work, director)
    old = client.get(reverse("figures:study-detail", args=[first.pk])).content.decode()
    assert "A later edition has replaced this one" in old
    new = client.get(second.get_absolute_url()).content.decode()
    assert "The report was put right" in new
    assert "Found among them: 24, now 25" in new
    listed = client.get(reverse("figures:study-list")).content.decode()
    assert second.get_absolute_url() in listed
    assert first.get_absolute_url() not in listed


def test_nobody_changes_or_removes_an_edition_not_even_past_the_screens(office, director):
    with system_access("loader", "a test arranges"):
        study = Study.objects.create(**FACTS)
    with viewing_as(director):
        for change in (lambda: Study.objects.update(found=1), lambda: study.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    caseworker = person(Role.CASEWORKER, office)
    with viewing_as(caseworker), pytest.raises(DatabaseError), transaction.atomic():
        Study.objects.create(**FACTS, written_by=caseworker)


def test_a_study_is_never_seen_without_source_date_and_what_it_is_not(client, office):
    with system_access("loader", "a test arranges"):
        one = Study.objects.create(**FACTS)
        other = Study.objects.create(
            **{
                **FACTS,
                "method": "own_records",
                "low": None,
                "high": None,
                "confidence": None,
                "share": "0.8",
            }
        )
        elsewhere = Study.objects.create(**{**FACTS, "place": "Mumbai"})
    client.force_login(person(Role.CASEWORKER, office))
    page = client.get(one.get_absolute_url()).content.decode()
    for words in ("Not representative", "A report", "published 2017", "Between 12.1 and 26 %", "<circle"):
        assert words in page
    compare = reverse("figures:study-compare", args=[one.pk])
    assert client.get(compare, {"with": elsewhere.pk}).status_code == 404
    assert client.get(compare, {"with": "nonsense"}).status_code == 404
    both = client.get(compare, {"with": other.pk}).content.decode()
    assert "The methods differ" in both
    assert "has no interval" in both
    quote = quoted(Study.objects.get(pk=one.pk))
    assert all(words in quote for words in ("18.3 %", "Kolkata", "A report", "2017", "Not representative"))
    assert client.get(reverse("figures:study-add")).status_code == 403
