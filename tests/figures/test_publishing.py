from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from cases.models import Case
from figures import publishing
from figures.catalogue import FIGURES
from figures.known_studies import load_known_studies
from figures.models import Counted, Published, Study
from figures.publishing import elsewhere, knowers_among, publish_counts
from figures.recounting import count_waiting
from tests.factories import CaseMake, HeadcountMake, OfficeMake
from tests.people import person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)
FREED = {2024: (30, 44, 18, 25), 2025: (3, 40, 21, 60), 2026: (12, 2, 33, 19)}


@pytest.fixture
def offices(office, other_office):
    return [office, other_office, OfficeMake(key="third"), OfficeMake(key="fourth")]


@pytest.fixture
def edition(offices):
    """A month that was published: people relieved of four offices, and a sealed case of the first."""
    for year, numbers in FREED.items():
        for office, number in zip(offices, numbers, strict=True):
            case = CaseMake(office=office, opened_on=f"{year}-02-01")
            HeadcountMake(case=case, what="relieved", people=str(number), on=f"{year}-03-04")
    HeadcountMake(
        case=CaseMake(office=offices[0], sensitivity=2), what="relieved", people="500", on="2024-03-04"
    )
    count_waiting(seconds=60)
    return publish_counts(TODAY)


def test_what_is_published_hides_rounds_and_leaves_sealed_cases_out(client, offices, edition):
    assert edition == len(publishing.PUBLISHED) * 5 * 7
    cells = {
        (row.office_id, row.year): row.value for row in Published.objects.filter(figure="people_relieved")
    }
    first, second, *_rest = (office.pk for office in offices)
    assert cells[first, 2025] is None
    assert cells[second, 2026] is None
    assert None in (cells[first, 2024], cells[first, 2026], cells[first, None])
    assert cells[None, None] in (None, 305)  # the five hundred of the sealed case are nowhere
    assert all(value is None or (value >= 11 and value % 5 == 0) for value in cells.values())
    director = person(Role.OFFICE_DIRECTOR, offices[0])
    client.force_login(director)
    page = client.get(reverse("figures:published-list"), {"figure": "people_relieved"}).content.decode()
    assert "hidden" in page
    assert offices[1].name in page
    assert "500" not in page
    assert client.get(reverse("figures:published-list"), {"figure": "alerts"}).status_code == 404


def test_it_is_published_once_a_month_and_never_changed(offices, edition):
    assert publish_counts(date(2026, 6, 30)) == 0
    with viewing_as(person(Role.OFFICE_DIRECTOR, offices[0])):
        for act in (
            lambda: Published.objects.update(value=15),
            lambda: Published.objects.create(edition=TODAY, figure="x", value=15),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
    with system_access("figures", "a test looks"):
        assert Counted.objects.count() == Case.objects.count()
    assert publish_counts(date(2026, 7, 1)) == edition


def test_nothing_is_published_before_everything_is_counted(office):
    CaseMake(office=office)
    assert publish_counts(TODAY) == 0


def test_a_number_says_what_others_have_only_as_far_as_it_is_published(client, offices, edition):
    director = person(Role.OFFICE_DIRECTOR, offices[0])
    with viewing_as(director):
        about, when = elsewhere(director, "people_relieved", 2024)
        assert when == TODAY
        assert about <= 95
        assert elsewhere(director, "hearings_total") is None
        assert elsewhere(director, "people_relieved", 1999) is None
    client.force_login(director)
    address = reverse("dashboards:figure-list", args=["people_relieved"])
    whole = client.get(address, {"period": "2024"}).content.decode()
    assert f"About {about} more" in whole
    assert "500" not in whole
    assert "How this was counted" in whole
    assert "Offices that did not report" in whole
    for narrower in ({"period": "2024-03"}, {"period": "2024", "office": offices[0].pk}):
        assert "more in offices" not in client.get(address, narrower).content.decode()


def test_those_who_know_several_offices_are_reckoned_with(offices):
    region = person(Role.REGIONAL_DIRECTOR, offices[0])
    region.memberships.create(role=Role.REGIONAL_DIRECTOR, office=offices[2])
    known = knowers_among([office.pk for office in offices])
    assert {0, 2} in known
    assert {1} in known
    assert all(FIGURES[name].listed and not FIGURES[name].of_the_day for name in publishing.PUBLISHED)


def test_known_studies_are_loaded_once_with_every_source(client, office):
    assert load_known_studies() == Study.objects.count() > 10
    assert load_known_studies() == 0
    client.force_login(person(Role.CASEWORKER, office))
    page = client.get(reverse("figures:study-list")).content.decode()
    assert "18.3 %" in page
    assert "Not representative" in page
    note = Study.objects.get(country="KH", measure__contains="rare").note
    assert "2014" in note
    assert "September 2013" in note
