"""The finder: every home of the office with what speaks for and against it, in sentences, best first."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.ages import age_today
from aftercare.companions import group_of
from aftercare.fitting import propose
from aftercare.models import Home
from reference.values import PartialDate
from survivors.models import Family
from tests.factories import (
    AgeMake,
    CareMake,
    CaseMake,
    ConsentMake,
    HomeMake,
    PlacementMake,
    SurvivorMake,
    ThreatMake,
)

TODAY = date(2026, 11, 22)


@pytest.fixture
def told(case, social_worker):
    """What the finder says: {home: (rules broken, sentences)} in its order."""

    def tell(care, whole=False):
        with viewing_as(social_worker):
            fits = propose(list(Home.objects.for_list()), group_of(care, whole_family=whole))
            return {fit.home.called: (fit.broken, [one.words for one in fit.findings]) for fit in fits}

    return tell


def girl(case, key, name, years="", **facts):
    survivor = SurvivorMake(case=case, key=key, pseudonym=name, gender="Feminine", **facts)
    if years:
        AgeMake(case=case, survivor=survivor, years=years, at="now", on=timezone.now().date().isoformat())
    return CareMake(case=case, survivor=survivor)


def test_each_home_says_why_it_fits_or_not_and_the_best_comes_first(case, told):
    care = girl(case, "s1", "Maya", "14", language="Cebuano", vulnerabilities=["disability"])
    office = case.office
    girls = {"office": office, "takes": "women_and_girls", "youngest": 12, "oldest": 17}
    HomeMake(called="Girls", languages=["cebuano", "Tagalog"], step_free=True, capacity=4, **girls)
    HomeMake(called="Abroad", languages=["Khmer"], step_free=False, **girls)
    HomeMake(called="Boys", office=office, takes="men_and_boys", capacity=None)
    HomeMake(called="Grown", office=office, youngest=18)
    full = HomeMake(called="Full", office=office, capacity=1)
    hidden = CaseMake(office=office)  # a case that nobody here sees
    PlacementMake(case=hidden, care=CareMake(case=hidden), home=full)
    HomeMake(called="Elsewhere")
    said = told(care)
    assert list(said)[:2] == ["Girls", "Abroad"]
    assert set(said) == {"Girls", "Abroad", "Boys", "Grown", "Full"}
    assert {called: rules for called, (rules, _words) in said.items() if rules} == {
        "Boys": ["gender"], "Grown": ["age"], "Full": ["full"]
    }  # fmt: skip
    assert said["Girls"][1] == [
        "4 of 4 places are free.", "It takes women and girls.", "It takes people from 12 to 17 years.",
        "Cebuano is spoken there.", "It has no steps.",
    ]  # fmt: skip
    assert "Nobody is known to speak Cebuano there." in said["Abroad"][1]
    assert "It has steps. A disability is on record for Maya: ask." in said["Abroad"][1]
    assert any(
        words.startswith("It takes people from the age of 18; not Maya (14") for words in said["Grown"][1]
    )
    assert said["Full"][1][0] == "It is full: 1 of 1 places are taken."
    assert "How many places it has is not written down. Ask first." in said["Boys"][1]


def test_a_family_is_kept_together_and_nobody_goes_back_where_she_was_not_safe(case, told):
    family = Family(case=case, key="f1", label="Two sisters")
    family.save(force_insert=True)
    care, sister = (girl(case, key, name, family=family) for key, name in (("s1", "Maya"), ("s2", "Tala")))
    office = case.office
    HomeMake(called="Together", office=office, siblings_together=True, capacity=2)
    HomeMake(called="Apart", office=office)
    left = HomeMake(called="Left", office=office, siblings_together=True)
    seen = HomeMake(called="Seen", office=office, siblings_together=True)
    PlacementMake(
        case=case, care=care, home=left, starts_on="2025-01-01", ends_on="2025-02-01", ended_why="unsafe"
    )
    PlacementMake(case=case, care=sister, home=seen, starts_on="2026-01-01", ends_on="2026-02-01")
    ThreatMake(case=case, survivor=sister.survivor, kind="visit", on="2026-01-15")
    said = told(care, whole=True)
    assert {called: rules for called, (rules, _words) in said.items()} == {
        "Together": [], "Apart": ["siblings"], "Left": ["unsafe"], "Seen": ["danger"]
    }  # fmt: skip
    assert "Maya left it on 1 February 2025 because it was not safe there." in said["Left"][1]
    assert "This parts the family: Tala." in told(care)["Together"][1]
    PlacementMake(case=case, care=sister, home=left, starts_on="2026-03-01")
    assert "Of the family there already: Tala." in told(care)["Left"][1]


def test_the_page_costs_the_same_for_one_home_and_for_many_and_a_caseworker_does_not_place(
    client, case, social_worker, alice
):
    care = girl(case, "s1", "Maya", "14")
    consent = ConsentMake(case=case, survivor=care.survivor, purpose="shelter", given=False)
    HomeMake(office=case.office, called="Blue door")
    address = reverse("aftercare:home-find", args=[care.pk])
    client.force_login(social_worker)
    text = client.get(address).content.decode()
    assert consent.given is False
    assert "A shelter was refused for Maya." in text
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(12):
        HomeMake(office=case.office, takes="women_and_girls")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)
    client.force_login(alice)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("ages", "year", "expected"),
    [
        ([("15", "2024-11-20")], "", (17, 18)),
        ([("15", "2024")], "", (16, 18)),
        ([("12..14", "2026-11-22")], "", (12, 14)),
        ([("9", "")], "", (11, 12)),
        ([], "2010", (15, 16)),
        ([], "2010~", (14, 17)),
        ([], "", (None, None)),
    ],
)
def test_how_old_somebody_is_today_is_said_between_two_years(ages, year, expected):
    rows = [
        SimpleNamespace(
            years=years, months="", on=on and PartialDate(on), at="relief", estimated=False, position=1
        )
        for years, on in ages
    ]
    born = PartialDate(year) if year else ""
    known = SimpleNamespace(all=lambda: rows)
    survivor = SimpleNamespace(ages=known, birth_year=born, child=None, created_at=timezone.now())
    assert age_today(survivor, TODAY, came=date(2024, 11, 22)) == expected
