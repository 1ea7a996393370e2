"""What was counted ahead is what the figures count: for everybody, after every write, on any day."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from cases.models import Case
from figures import donors, querysets, recounting, rollup_statement, rollups
from figures.catalogue import FIGURES
from figures.daywise import NEVER, Day
from figures.figure import FOLDS
from figures.models import Counted, CountedRow, Mark, Tally
from figures.recounting import count_waiting, kept
from figures.rollup_pages import place_of
from figures.rollup_policies import SOURCES
from figures.rollups import Narrow, Rollups
from figures.snapshot import Snapshot
from figures.tasks import compare_rollups
from notifications.models import Reading
from notifications.watching import measure, troubles
from tests.factories import (
    CaseMake,
    GrantMake,
    HeadcountMake,
    HearingMake,
    OperationMake,
    ReliefMake,
    ScoreMake,
)
from tests.people import on_case, person

EXAMPLES = Path(__file__).parents[2] / "casefiles" / "examples"
TODAY = date(2026, 11, 20)
PERIODS = (None, (date(2012, 1, 1), date(2017, 12, 31)))


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


def slowly(snapshot, name, period):
    figure = FIGURES[name]
    return figure.value(snapshot, None, None if figure.of_the_day else period)


def seeing_all(look):
    """What the principal sees of what was counted."""
    with system_access("figures", "a test looks"):
        return look()


def assert_the_same(user, *, narrow=Narrow(), periods=PERIODS, today=TODAY):  # noqa: B008
    with viewing_as(user):
        cases = narrowed(narrow)
        snapshot = Snapshot(cases, today)
        for period in periods:
            sums = Rollups(cases, today, narrow=narrow, period=period)
            for name in kept():
                fold = sums.parts if FOLDS[FIGURES[name].kind] is FOLDS["per_code"] else sums.value
                assert fold(name) == slowly(snapshot, name, period), (user.name, name, period)
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


def test_what_is_counted_ahead_moves_with_the_day_and_with_names_that_end(case, director, time_machine):
    HearingMake(case=case, on="2026-11-25")
    HearingMake(case=case, on="2026-12")
    lawyer = person(Role.LAWYER, case.office)
    on_case(lawyer, case, Role.LAWYER, until=timezone.now() + timedelta(days=1))
    count_all()
    held = seeing_all(lambda: Counted.objects.get())
    assert held.since <= TODAY <= held.until <= date(2026, 11, 24)
    for day in ("2026-11-19", "2026-11-22", "2026-11-25", "2026-12-02"):
        time_machine.move_to(f"{day}T04:00:00Z", tick=True)
        today = date.fromisoformat(day)
        assert_the_same(director, periods=(None, (date(2026, 12, 1), date(2026, 12, 31))), today=today)
    assert count_waiting(timezone.now()) == 1
    held = seeing_all(lambda: Counted.objects.get())
    assert held.since <= date(2026, 12, 2) <= held.until
    assert count_waiting(timezone.now()) == 0


def test_a_sealed_case_leaves_the_sums_at_once_and_its_rows_are_its_team_s(case, director, legal_lead):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    on_case(legal_lead, case, Role.LEGAL_LEAD)
    count_all()
    assert seeing_all(lambda: Tally.objects.filter(figure="hearings_total", n=1, sensitivity=0).exists())
    with system_access("loader", "a test seals a case"):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
    assert not seeing_all(lambda: Tally.objects.exists())
    assert not seeing_all(lambda: CountedRow.objects.exists())
    count_all()
    for user, hearings in ((director, "0"), (legal_lead, "1")):
        with viewing_as(user):
            sums = Rollups(Case.objects.all(), TODAY)
            assert str(sums.value("hearings_total")) == hearings
            assert len(sums.page("hearings_total", 0, 10)) == int(hearings)
            assert Tally.objects.count() == 0
            assert CountedRow.objects.exists() is bool(int(hearings))


def test_a_head_count_of_a_plan_counts_for_nobody_though_a_circle_knows_it(case, director):
    plan = OperationMake(case=case, status="planned", outcome="", on="2026-11-01")
    HeadcountMake(case=case, operation=plan, what="repatriated", people="9", on="2026-11-01")
    count_all()
    with viewing_as(director):
        assert str(Rollups(Case.objects.all(), TODAY).value("people_repatriated")) == "0"


def test_a_worker_that_dies_loses_nothing_and_a_mark_that_comes_meanwhile_stays(case, monkeypatch):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    really = recounting.write

    def dies(*args):
        really(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(recounting, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        count_waiting(timezone.now())
    assert Mark.objects.exists()
    assert not seeing_all(lambda: CountedRow.objects.exists())

    def slowly_written(*args):
        Mark.objects.create(case_id=case.pk, office_id=case.office_id, xact=7)
        really(*args)

    monkeypatch.setattr(recounting, "write", slowly_written)
    count_waiting(timezone.now(), seconds=0.001)
    assert list(Mark.objects.values_list("xact", flat=True)) == [7]


def test_a_broken_sum_and_a_broken_row_are_found(case):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    count_all()
    with system_access("figures", "a test breaks sums"):
        Tally.objects.filter(figure="hearings_total", first=date(2026, 3, 1)).update(n=2)
        twice = CountedRow.objects.get(figure="cases_open")
        twice.pk = uuid4()
        twice.save(force_insert=True)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_rollups", stdout=out)
    told = out.getvalue()
    assert "cebu hearings_total 2026-03: 2 written down, 1 counted (sum)" in told
    assert "cebu cases_open" in told
    call_command("verify_rollups", "--mend", stdout=StringIO())
    call_command("verify_rollups", stdout=StringIO())


def test_counting_all_anew_mends_sums_that_are_wrong_and_sums_of_nothing(case):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    count_all()
    with system_access("figures", "a test breaks sums"):
        Tally.objects.filter(figure="hearings_total", first=date(2026, 3, 1)).update(n=2, low=9)
        alien = Tally.objects.get(figure="hearings_total", first=date(1, 1, 1), code="held", casework_type="")
        alien.pk, alien.code = uuid4(), "nothing"
        alien.save(force_insert=True)
    out = StringIO()
    call_command("rebuild_rollups", stdout=out)
    call_command("verify_rollups", stdout=StringIO())
    assert "sums were wrong" in out.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "SELECT figures_put(ARRAY['{case}']::uuid[], '[]', '[]')",
        "SELECT figures_write(ARRAY['{case}']::uuid[], '{{}}', '[]', '[]')",
        "SELECT figures_mend({office})",
        "DELETE FROM figures_mark",
    ],
)
def test_no_role_of_the_application_takes_a_case_out_of_the_sums_or_a_mark_away(case, director, words):
    count_all()
    with pytest.raises(ProgrammingError), viewing_as(director), connection.cursor() as cursor:
        cursor.execute(words.format(case=case.pk, office=case.office_id))


def test_pages_of_the_dashboard_cost_the_same_for_one_case_and_for_forty(case, director, client):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("dashboards:dashboard"), {"period": "year"}).status_code == 200
        return len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]])

    client.force_login(director)
    HearingMake(case=case, on="2026-03-01", outcome="held")
    count_all()
    few = cost()
    for _number in range(40):
        HearingMake(case=CaseMake(office=case.office), on="2026-04-01", outcome="adjourned")
    count_all()
    assert cost() == few
    assert few <= 12, few
    HearingMake(case=case, on="2026-05-01", outcome="held")
    ScoreMake(case=case, value=2, parts=[1, 3])  # a column of JSON is read like any other
    assert Mark.objects.exists()
    assert (waiting := cost()) <= 12, waiting


def test_cases_counted_together_count_as_each_alone(examples):
    with system_access("figures", "a test counts"):
        together = recounting.read(Case.objects.all())
        for pk, tables in together.items():
            alone = recounting.read(Case.objects.filter(pk=pk))[pk]
            (facts, held), (same, as_long) = recounting.count(tables, TODAY), recounting.count(alone, TODAY)
            assert sorted(map(str, facts)) == sorted(map(str, same))
            assert held == as_long


def test_donors_to_choose_from_are_those_of_her_cases_counted_waiting_or_her_own(case, director):
    GrantMake(case=case, name="Oak  Fund")
    GrantMake(case=case, name="Elm")
    elsewhere = CaseMake()
    GrantMake(case=elsewhere, name="Ash")
    count_all()
    with viewing_as(director), CaptureQueriesContext(connection) as asked:
        assert donors.donors() == ["Elm", "Oak Fund"]
    assert len([query for query in asked.captured_queries if "grant" in query["sql"]]) == 1
    fresh = CaseMake(office=case.office)
    GrantMake(case=fresh, name="OAK fund")
    GrantMake(case=fresh, name="Fir")
    with viewing_as(director):
        assert donors.donors() == ["Elm", "Fir", "OAK fund", "Oak Fund"]
        assert {row["case_id"] for row in donors.paid_by(["Oak Fund"])} == {case.pk, fresh.pk}
    on_case(director, elsewhere, Role.OFFICE_DIRECTOR)
    with viewing_as(director):
        assert "Ash" in donors.donors()


def test_a_difference_stands_on_the_page_of_the_watch_until_it_is_mended(case, client, administrator):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    count_all()
    with system_access("figures", "a test breaks sums"):
        Tally.objects.filter(figure="hearings_total", first=date(2026, 3, 1)).update(n=2)
    compare_rollups()
    with system_access("reminders", "a test looks"):
        figures = measure(timezone.now())
        assert troubles(figures, {}) == ["figures"]
        Reading.objects.create(at=timezone.now(), pid=1, troubles=["figures"], figures=figures)
    client.force_login(administrator)
    assert "run verify_rollups --mend" in client.get(reverse("notifications:watch-show")).content.decode()
    call_command("verify_rollups", "--mend", stdout=StringIO())
    with system_access("reminders", "a test looks"):
        assert troubles(measure(timezone.now()), {}) == []


def test_more_than_can_be_counted_for_a_page_is_said_and_not_waited_for(case, director, client, monkeypatch):
    HearingMake(case=case, on="2026-03-01", outcome="held")
    count_all()
    monkeypatch.setattr(rollup_statement, "LIVE", 1)
    monkeypatch.setattr(rollups, "LIVE", 1)
    for _number in range(3):
        HearingMake(case=CaseMake(office=case.office), on="2026-04-01", outcome="held")
    client.force_login(director)
    page = client.get(reverse("dashboards:dashboard"))
    assert "still being counted" in page.content.decode()
    assert [tile["value"] for tile in page.context["tiles"] if str(tile["label"]) == "Hearings"] == ["1"]


def test_every_table_that_a_figure_reads_marks_its_cases(as_loader):
    read = {
        getattr(querysets, name)(Snapshot(Case.objects.all(), TODAY)).model._meta.db_table
        for name in querysets.FIELDS
        if name not in recounting.ACROSS
    }
    assert read - {"cases_case"} <= set(SOURCES)
    assert {"alerts", "prior_cases", "linked_cases", "sentence_max"}.isdisjoint(kept())


def test_a_day_notes_when_what_it_was_asked_has_another_answer():
    day = Day.noting(TODAY)
    assert date(2026, 11, 1) <= day
    assert day.held == (date(2026, 11, 1), NEVER)
    assert not date(2026, 12, 1) <= day + timedelta(days=7)
    assert day.held == (date(2026, 11, 1), date(2026, 11, 23))
    assert date(2026, 11, 19) < day
    assert day.held == (date(2026, 11, 20), date(2026, 11, 23))
    assert (min(date(2027, 1, 1), day) - date(2026, 1, 1)).days == 323
    assert day.held == (TODAY, TODAY)
