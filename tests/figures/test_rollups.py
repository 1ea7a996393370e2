"""What was counted ahead is what the figures count: for everybody, after every write, on any day."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Office
from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from cases.models import Case
from figures import rollup_statement
from figures.catalogue import FIGURES
from figures.figure import FOLDS
from figures.models import Counted, CountedRow, Mark, Tally
from figures.recounting import count_waiting, kept
from figures.rollup_pages import place_of
from figures.rollups import Narrow, Rollups
from prosecutions.models import Hearing
from tests.factories import (
    BailOrderMake,
    CareMake,
    CaseMake,
    GrantMake,
    HearingMake,
    OperationMake,
    ReliefMake,
    SurvivorMake,
)
from tests.people import on_case, person

EXAMPLES = Path(__file__).parents[2] / "casefiles" / "examples"
TODAY = date(2026, 11, 20)
PERIODS = (None, (date(2017, 1, 1), date(2017, 12, 31)), (date(2026, 10, 1), date(2026, 11, 30)))


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def count_all():
    count_waiting(timezone.now())
    assert not Mark.objects.exists()


def narrowed(narrow):
    cases = Case.objects.all()
    if narrow.offices is not None:
        cases = cases.filter(office__in=narrow.offices)
    if narrow.casework_type:
        cases = cases.filter(casework_type=narrow.casework_type)
    if narrow.donors is not None:
        cases = cases.filter(grants__name__in=narrow.donors).distinct()
    return cases


def slowly(cases, name, period, today=TODAY):
    figure = FIGURES[name]
    return figure.value(cases, today, None if figure.of_the_day else period)


def assert_the_same(user, *, narrow=Narrow(), periods=PERIODS, today=TODAY):  # noqa: B008
    with viewing_as(user):
        cases = narrowed(narrow)
        for period in periods:
            sums = Rollups(cases, today, narrow=narrow, period=period)
            for name in kept():
                fold = sums.parts if FOLDS[FIGURES[name].kind] is FOLDS["per_code"] else sums.value
                assert fold(name) == slowly(cases, name, period, today), (user.name, name, period)
            assert sums.cases == cases.count()
            for name in ("hearings_total", "people_relieved"):
                page = [(row.case_id, row.pk, row.what) for row in sums.page(name, 0, 20)]
                rows = sorted(sums.slow_rows(name, sums.span(name, None), None, ""), key=place_of)
                assert page == [(row.case_id, row.pk, row.what) for row in rows[:20]], (user.name, name)


@pytest.fixture
def examples(db):
    """The example case files, one of the cases sealed; counted."""
    call_command("load_case_files", str(EXAMPLES), stdout=StringIO())
    count_all()


def test_numbers_are_the_same_for_everybody_counted_ahead_waiting_and_again(examples):
    with system_access("loader", "a test chooses cases"):
        cases = list(Case.objects.order_by("number"))
    sealed, worked, moved = cases[0], cases[1], cases[2]
    team = on_case(person(Role.LEGAL_LEAD, worked.office, name="Team"), sealed, Role.LEGAL_LEAD)
    people = [
        person(Role.GLOBAL_DIRECTOR, name="Everywhere"),
        person(Role.OFFICE_DIRECTOR, worked.office, name="Office"),
        person(Role.REGIONAL_DIRECTOR, sealed.office, name="Region"),
        team,
    ]
    with system_access("loader", "a test seals a case"):
        Case.objects.filter(pk=sealed.pk).update(sensitivity=2)
    for state in ("waiting", "counted"):
        for user in people:
            assert_the_same(user)
        if state == "waiting":
            ReliefMake(case=worked, on="2026-10-10", how="own_escape")
            HearingMake(case=moved, on="2026-11-25")
            HearingMake(case=sealed, on="2026-10-02", outcome="adjourned", reason="judge_absent")
            GrantMake(case=worked, name="Oak  Fund")
            count_all()
    narrow = Narrow(frozenset({worked.office_id}), worked.casework_type, ("Oak Fund", "Oak  Fund"))
    assert_the_same(people[0], narrow=narrow)
    assert_the_same(people[1], narrow=Narrow(casework_type=worked.casework_type))
    out = StringIO()
    call_command("verify_rollups", stdout=out)
    assert f"{len(cases)} cases compared, 0 differences." in out.getvalue()
