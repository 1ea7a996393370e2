"""What is on record starts clocks, stops and moves them; what a person did to one is never forgotten."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.scope import system_access, viewing_as
from cases.models import Case
from law.loading import load
from law.models import ClockRule, Court, CourtTier, Jurisdiction, Offence
from prosecutions import actions
from prosecutions.actions import reckoning
from prosecutions.actions.reckoning import lay_down, reckon_clocks, reckon_stale
from prosecutions.models import Clock
from tests.factories import (
    AccusedMake,
    AppealMake,
    ArrestMake,
    CaseMake,
    ChargeMake,
    CourtEventMake,
    CustodyMake,
    HearingMake,
    OfficeMake,
    PartyMake,
    ProceedingMake,
    ReliefMake,
    SurvivorMake,
    VerdictMake,
)
from tests.people import on_case, person

NOW = datetime(2026, 4, 1, 6, tzinfo=UTC)


@pytest.fixture
def law(db):
    """The project's own law, if the database has none yet."""
    if not ClockRule.objects.exists():
        load()


@pytest.fixture
def kolkata(law):
    office = OfficeMake(key="kolkata", country="IN", time_zone="Asia/Kolkata", currency="INR")
    return CaseMake(office=office, casework_type="sex_trafficking")


@pytest.fixture
def cebu(law, office):
    return CaseMake(office=office, casework_type="osec")


def clocks(case, **wanted):
    """{code: row} of the case, worked out now."""
    with system_access("loader", "a test reckons"):
        reckon_clocks(Case.objects.select_related("office").get(pk=case.pk), NOW)
        return {
            row.rule.code: row for row in Clock.objects.filter(case=case, **wanted).select_related("rule")
        }


def offence(country, months, life=False):
    """An offence of that country with this longest term."""
    rows = Offence.objects.filter(jurisdiction=country, life=life)
    return rows.filter(months_max=months).first() or rows.first()


def test_remand_starts_sixty_days_until_the_offence_is_known_and_ninety_once_it_is(kolkata):
    accused = AccusedMake(case=kolkata)
    CustodyMake(case=kolkata, accused=accused, starts_on="2026-02-10")
    row = clocks(kolkata)["IN-default-bail-60"]
    assert (row.due_on, row.other_due_on) == (date(2026, 4, 10), date(2026, 4, 11))
    assert set(row.doubts) == {"offence", "remand"}
    assert "IN-default-bail-90" not in clocks(kolkata)

    grave = Offence.objects.filter(jurisdiction="IN", months_max__gte=120).first()
    ChargeMake(case=kolkata, accused=accused, known_offence=grave, status="planned")
    found = clocks(kolkata)
    assert found["IN-default-bail-90"].due_on == date(2026, 5, 10)
    assert found["IN-default-bail-90"].doubts == ["remand"]
    assert found["IN-default-bail-60"].state == "over", "it is not forgotten that it once stood here"
    assert clocks(kolkata, state="running").keys() == {
        "IN-default-bail-90",
        "IN-police-custody-15",
    }


def test_a_charge_sheet_in_time_stops_the_clock_and_one_too_late_says_so(kolkata):
    early, late, undated, out = (AccusedMake(case=kolkata) for _ in range(4))
    for held in (early, late, undated, out):
        ends = "2026-03-20" if held is out else ""
        CustodyMake(case=kolkata, accused=held, starts_on="2026-01-01", ends_on=ends)
    ChargeMake(case=kolkata, accused=early, filed_on="2026-03-01")
    ChargeMake(case=kolkata, accused=late, filed_on="2026-03-02")
    ChargeMake(case=kolkata, accused=undated, filed_on="")
    clocks(kolkata)
    with system_access("loader", "a test looks"):
        rows = {row.accused_id: row for row in Clock.objects.filter(rule__code="IN-default-bail-60")}
    assert [(rows[p.pk].state, rows[p.pk].ended_by) for p in (early, late, undated, out)] == [
        ("stopped", "charge"), ("late", "charge"), ("running", ""), ("late", "@release"),
    ]  # fmt: skip


def test_hours_run_from_the_hour_that_was_written_down_and_else_from_midnight(cebu):
    accused = AccusedMake(case=cebu)
    ArrestMake(case=cebu, accused=accused, on="2026-03-31")
    row = clocks(cebu)["PH-art125-36h"]
    assert (row.due_at, row.doubts) == (datetime(2026, 4, 1, 4, tzinfo=UTC), ["offence", "hour"])

    at = datetime(2026, 3, 31, 12, tzinfo=UTC)  # eight in the evening in Manila
    CourtEventMake(case=cebu, accused=accused, event="arrest", on="2026-03-31", happened_at=at)
    row = clocks(cebu)["PH-art125-36h"]
    assert (row.due_at, row.began_at, row.doubts) == (at + timedelta(hours=36), at, ["offence"])
    assert {"PH-art125-18h", "PH-art125-12h"}.isdisjoint(clocks(cebu))

    CourtEventMake(case=cebu, accused=accused, event="inquest_filed", on="2026-04-02",
                   happened_at=at + timedelta(hours=37))  # fmt: skip
    assert clocks(cebu)["PH-art125-36h"].state == "late"


def test_a_judgment_opens_the_windows_of_those_whom_it_concerns(kolkata):
    accused = AccusedMake(case=kolkata)
    sessions = CourtTier.objects.get(code="IN-SESS")
    court = Court.objects.create(
        jurisdiction_id="IN", tier=sessions, name="Sessions Court", place="Test", time_zone="Asia/Kolkata"
    )
    place = ProceedingMake(case=kolkata, known_court=court)
    PartyMake(case=kolkata, proceeding=place, accused=accused)
    VerdictMake(case=kolkata, accused=accused, proceeding=place, on="2026-03-10", result="acquitted")
    assert clocks(kolkata, state="running").keys() == {"IN-state-appeal-90", "IN-victim-appeal-90"}
    VerdictMake(case=kolkata, accused=accused, proceeding=place, on="2026-03-20", result="convicted")
    found = clocks(kolkata, state="running")
    assert found["IN-appeal-hc-60"].due_on == date(2026, 5, 19)
    assert "IN-appeal-sessions-30" not in found
    AppealMake(case=kolkata, accused=accused, by="accused", filed_on="2026-03-25")
    found = clocks(kolkata)
    assert found["IN-appeal-hc-60"].state == "stopped"
    assert found["IN-state-appeal-90"].state == "running", "the appeal of the accused is not the State's"


def test_relief_of_a_child_starts_the_clocks_of_the_child_and_only_hers(kolkata):
    child, adult = SurvivorMake(case=kolkata, child=True), SurvivorMake(case=kolkata, child=False)
    for survivor in (child, adult):
        ReliefMake(case=kolkata, survivor=survivor, on="2026-03-31")
    found = clocks(kolkata)
    assert found["IN-cwc-24h"].survivor_id == child.pk
    with system_access("loader", "a test looks"):
        assert Clock.objects.filter(rule__code="IN-itpa-custody-10").count() == 2
    CourtEventMake(case=kolkata, survivor=child, event="cwc_production", on="2026-03-31")
    found = clocks(kolkata)
    assert found["IN-cwc-24h"].state == "stopped"
    assert found["IN-sir-15"].due_on == date(2026, 4, 15)


def test_a_later_stage_shows_that_an_earlier_step_was_taken(kolkata):
    """Nobody wrote down the charge sheet: a hearing of evidence cannot have come before it."""
    accused = AccusedMake(case=kolkata)
    place = ProceedingMake(case=kolkata)
    PartyMake(case=kolkata, proceeding=place, accused=accused)
    CustodyMake(case=kolkata, accused=accused, starts_on="2026-01-01")
    HearingMake(case=kolkata, proceeding=place, on="2026-03-25", purpose="evidence", outcome="held")
    row = clocks(kolkata)["IN-default-bail-60"]
    assert (row.state, row.ended_by) == ("over", "trial_start")
    HearingMake(case=kolkata, proceeding=place, on="2026-02-25", purpose="evidence", outcome="held")
    assert clocks(kolkata)["IN-default-bail-60"].state == "stopped"


def test_the_law_of_the_day_counts(kolkata):
    """Ninety days to inform the victim: only since the new code."""
    CourtEventMake(case=kolkata, event="complaint", on="2024-06-30")
    assert "IN-victim-progress-90" not in clocks(kolkata)
    CourtEventMake(case=kolkata, event="complaint", on="2024-07-01")
    assert clocks(kolkata)["IN-victim-progress-90"].due_on == date(2024, 9, 29)


def test_an_extension_and_a_setting_aside_outlive_every_reckoning(kolkata, now):
    accused = AccusedMake(case=kolkata)
    custody = CustodyMake(case=kolkata, accused=accused, starts_on="2026-02-10")
    row = clocks(kolkata)["IN-default-bail-60"]
    other = clocks(kolkata)["IN-police-custody-15"]
    with system_access("loader", "a test moves") as loader:
        actions.extend_clock(row.pk, by=loader, now=NOW, until=date(2026, 4, 30), order="CRR 12", why="Order")
        actions.set_aside_clock(other.pk, by=loader, now=NOW, why="Not applicable here")
    custody.starts_on = "2026-02-12"
    with system_access("loader", "a test corrects"):
        custody.save(update_fields=["starts_on"])
    found = clocks(kolkata)
    assert found["IN-default-bail-60"].pk == row.pk
    assert (found["IN-default-bail-60"].due_on, found["IN-default-bail-60"].began_on) == (
        date(2026, 4, 30), date(2026, 2, 12),
    )  # fmt: skip
    assert found["IN-police-custody-15"].state == "set_aside"


def test_reckoning_again_changes_nothing_and_costs_as_much_for_many_as_for_one(kolkata):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            clocks(kolkata)
        return len(asked)

    CustodyMake(case=kolkata)
    clocks(kolkata)
    few = cost()
    for _ in range(6):
        CustodyMake(case=kolkata, starts_on="2026-03-02")
    clocks(kolkata)
    assert cost() == few < 30
    before = {row.pk: row.version for row in clocks(kolkata).values()}
    assert {row.pk: row.version for row in clocks(kolkata).values()} == before


def test_what_passed_long_ago_when_it_was_first_worked_out_is_history(kolkata):
    CustodyMake(case=kolkata, accused=AccusedMake(case=kolkata), starts_on="2014-01-01")
    CustodyMake(case=kolkata, accused=AccusedMake(case=kolkata), starts_on="2026-03-30")
    clocks(kolkata)
    with system_access("loader", "a test looks"):
        found = Clock.objects.filter(rule__code="IN-default-bail-60").order_by("due_on")
        assert [(row.quiet, row.state) for row in found] == [(True, "running"), (False, "running")]


def test_the_sweep_finds_cases_that_were_touched_and_law_that_was_changed(kolkata, as_loader):
    CustodyMake(case=kolkata, accused=AccusedMake(case=kolkata), starts_on="2026-03-01")
    assert reckon_stale(NOW)[1] > 0
    assert reckon_stale(NOW) == (False, 0)
    due = Clock.objects.get(rule__code="IN-default-bail-60").due_on

    rule = ClockRule.objects.get(code="IN-default-bail-60")
    rule.days, rule.version = 45, rule.version + 1
    rule.save(update_fields=["days", "version"])
    assert reckon_stale(NOW)[1] > 0
    assert Clock.objects.get(rule__code="IN-default-bail-60").due_on == due - timedelta(days=15)

    Case.objects.filter(pk=kolkata.pk).update(touched_at=NOW)
    ReliefMake(case=kolkata, survivor=SurvivorMake(case=kolkata, child=True), on="2026-03-31")
    assert reckon_stale(NOW)[1] > 0
    assert Clock.objects.filter(rule__code="IN-cwc-24h").exists()


def test_the_sweep_costs_as_much_for_many_cases_as_for_two(kolkata, as_loader):
    def cost(cases):
        for _ in range(cases):
            CustodyMake(case=CaseMake(office=kolkata.office), starts_on="2026-03-01")
        with CaptureQueriesContext(connection) as asked:
            assert reckon_stale(NOW)[1] > 0
        return len(asked)

    reckon_stale(NOW)
    assert cost(2) == cost(8) < 30


def test_a_case_that_breaks_stops_no_other(kolkata, as_loader, monkeypatch, caplog):
    other = CaseMake(office=kolkata.office)
    for case in (kolkata, other):
        CustodyMake(case=case, accused=AccusedMake(case=case), starts_on="2026-03-01")

    name = "Rekha"

    def broken(case, *rest):
        if case.pk == kolkata.pk:
            raise ValueError(name)
        return lay_down(case, *rest)

    monkeypatch.setattr(reckoning, "lay_down", broken)
    assert reckon_stale(NOW)[1] > 0
    assert set(Clock.objects.values_list("case", flat=True)) == {other.pk}
    assert str(kolkata.pk) in caplog.text
    assert name not in caplog.text
    assert reckon_stale(NOW) == (False, 0)


def test_every_verb_ends_in_the_clocks_it_calls_for(kolkata, now):
    lawyer = on_case(person("lawyer", kolkata.office), kolkata, "lawyer")
    accused = AccusedMake(case=kolkata)
    day = (now - timedelta(days=2)).date().isoformat()
    with viewing_as(lawyer):
        actions.record_arrest(accused.pk, by=lawyer, now=now, on=day, local_time=time(8), held=True)
        rows = {row.rule.code: row for row in Clock.objects.select_related("rule")}
    assert {"IN-production-24h", "IN-default-bail-60"} <= rows.keys()
    assert rows["IN-production-24h"].began_at == datetime.fromisoformat(f"{day}T02:30:00+00:00")
    assert "hour" not in rows["IN-production-24h"].doubts


def test_a_country_without_law_owes_no_clock(db):
    assert Jurisdiction.objects.filter(country="FR").count() == 0
    case = CaseMake(office=OfficeMake(country="FR", time_zone="Europe/Paris"))
    ArrestMake(case=case)
    assert clocks(case) == {}


def test_a_filing_without_its_day_and_an_opened_proceeding_stop_no_clock_of_liberty(kolkata):
    accused = AccusedMake(case=kolkata)
    CustodyMake(case=kolkata, accused=accused, kind="remand", starts_on="2026-03-20")
    proceeding = ProceedingMake(case=kolkata, kind="criminal_trial", opened_on="2026-03-21")
    PartyMake(case=kolkata, proceeding=proceeding, accused=accused)
    known = offence("IN", 120)
    charge = ChargeMake(case=kolkata, accused=accused, known_offence=known, status="filed", filed_on="")

    undated = clocks(kolkata, accused=accused)
    waiting = [row for code, row in undated.items() if code.startswith("IN-default-bail")]
    assert {row.state for row in waiting} == {"running"}
    assert all("undated" in row.doubts for row in waiting)

    charge.filed_on = "2026-03-30"
    charge.save(update_fields=["filed_on"])
    dated = clocks(kolkata, accused=accused)
    stopped = [row for code, row in dated.items() if code.startswith("IN-default-bail")]
    assert {row.state for row in stopped} == {"stopped"}
