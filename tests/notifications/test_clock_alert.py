"""A clock of the law runs out: each step warns once, to whom it should, until somebody stops it."""

from datetime import date, timedelta

import pytest

from accounts.scope import system_access
from audit.models import Event
from law.loading import load
from law.models import ClockRule
from notifications.actions.clocks import BY_DAYS, BY_HOURS, OVER
from prosecutions import actions
from prosecutions.models import Clock
from tests.factories import (
    AccusedMake,
    ArrestMake,
    CaseMake,
    CourtEventMake,
    ReliefMake,
    SurvivorMake,
    VerdictMake,
)
from tests.notifications.conftest import alerts, local, reached

FRIDAY = date(2026, 12, 4)


@pytest.fixture
def law(db):
    if not ClockRule.objects.exists():
        load()


@pytest.fixture
def appeal(law, case):
    """A conviction in Cebu: the notice of appeal is due on Friday, 4 December, 15 days later."""
    VerdictMake(case=case, accused=AccusedMake(case=case, name="Rekha Devi"), on="2026-11-19")
    return case


def mine(code="PH-appeal-15"):
    with system_access("reminders", "a test looks"):
        return Clock.objects.select_related("rule").get(rule__code=code)


def steps_of(clock):
    return [(alert.facts["step"], alert.urgency) for alert in alerts(subject_id=clock.pk)]


def test_each_step_before_the_end_warns_once_and_harder(appeal, team, sweep):
    sweep(local("2026-11-20T06:01"))
    clock = mine()
    assert clock.due_on == FRIDAY
    assert steps_of(clock) == [("d14", "N-A")]
    assert {"LAW", "LD"} <= reached(team, "D1")
    assert "FOD" not in reached(team, "D1")

    for day, hour in ((27, 5), (27, 6), (27, 7)):
        sweep(local(f"2026-11-{day}T0{hour}:30"))
    sweep(local("2026-12-01T06:00"))
    sweep(local("2026-12-02T06:00"))
    sweep(local("2026-12-03T06:00"))
    sweep(local("2026-12-04T06:00"))
    sweep(local("2026-12-04T23:59"))
    sweep(local("2026-12-05T00:00"))
    sweep(local("2026-12-05T00:10"))
    assert steps_of(clock) == [
        ("d14", "N-A"), ("d7", "N-A"), ("d3", "U-C"), ("d2", "U-C"), ("d1", "U-S"), ("d0", "U-S"),
        ("over", "U-S"),
    ]  # fmt: skip
    live = [alert for alert in alerts(subject_id=clock.pk) if alert.state == "open"]
    assert [alert.facts["step"] for alert in live] == ["over"], "the later step puts the earlier ones aside"
    assert "FOD" in reached(team, "D1.over")
    assert Event.objects.filter(verb="alert.open", subject_id=str(live[0].pk)).count() == 1


def test_a_sweep_that_was_away_makes_up_for_no_step_and_says_the_last(appeal, team, sweep):
    sweep(local("2026-12-03T09:00"))
    assert steps_of(mine()) == [("d1", "U-S")]


def test_what_stops_the_clock_closes_its_alert(appeal, team, lawyer, sweep, clock):
    sweep(local("2026-12-01T09:00"))
    row = mine()
    assert [alert.state for alert in alerts(subject_id=row.pk)] == ["open"]
    at = local("2026-12-01T10:00")
    with system_access("loader", "a test acts") as by:
        actions.extend_clock(
            row.pk, by=by, now=at, until=FRIDAY + timedelta(days=30), why="Order of the court"
        )
    sweep(local("2026-12-01T10:01"))
    assert [alert.state for alert in alerts(subject_id=row.pk)] == ["closed"]

    sweep(local("2027-01-01T10:00"))
    assert steps_of(row) == [("d3", "U-C"), ("d2", "U-C")], "the new end has steps of its own"
    with system_access("loader", "a test acts") as by:
        actions.set_aside_clock(row.pk, by=by, now=local("2027-01-01T11:00"), why="No appeal: plea agreed")
    sweep(local("2027-01-01T11:01"))
    assert {alert.state for alert in alerts(subject_id=row.pk)} == {"closed"}
    sweep(local("2027-01-04T11:01"))
    assert len(steps_of(row)) == 2


def test_hours_warn_by_the_share_that_is_gone(law, case, team, sweep):
    accused = AccusedMake(case=case)
    ArrestMake(case=case, accused=accused, on="2026-11-20")
    CourtEventMake(case=case, accused=accused, event="arrest", on="2026-11-20",
                   happened_at=local("2026-11-20T08:00"))  # fmt: skip
    start = local("2026-11-20T08:00")
    for hours in (1, 18, 27, 33, 36):
        sweep(start + timedelta(hours=hours))
    assert steps_of(mine("PH-art125-36h")) == [
        ("h50", "U-C"), ("h75", "U-C"), ("h90", "U-S"), ("over", "U-S"),
    ]  # fmt: skip


def test_a_survivor_s_clock_reaches_her_social_worker_and_an_old_one_nobody(law, team, sweep, case):
    child = SurvivorMake(case=case, child=True)
    ReliefMake(case=case, survivor=child, on="2006-12-10")
    old = CaseMake(office=case.office)
    VerdictMake(case=old, accused=AccusedMake(case=old), on="2014-03-01")
    sweep(local("2026-12-01T09:00"))
    assert alerts(case=old) == []
    assert {alert.case_id for alert in alerts()} <= {case.pk}


def test_a_closed_track_wakes_nobody(appeal, team, sweep):
    with system_access("loader", "a test closes"):
        appeal.legal_status = "closed"
        appeal.save(update_fields=["legal_status"])
    sweep(local("2026-12-01T09:00"))
    assert alerts(case=appeal) == []


def test_the_mail_of_a_clock_names_nobody(appeal, team, tick, mailoutbox):
    tick(local("2026-12-03T09:00"))
    assert mailoutbox
    for mail in mailoutbox:
        said = mail.subject + mail.body
        assert not any(word in said for word in ("Rekha", "appeal", "Notice", appeal.number, "Devi"))


def test_every_step_has_an_urgency_and_they_rise():
    order = {"N": 0, "N-A": 1, "U-C": 2, "U-S": 3}
    for steps in (BY_DAYS, BY_HOURS):
        for severity in ("urgent", "warning"):
            loud = [order[step.urgency[severity]] for step in steps if severity in step.urgency]
            assert loud == sorted(loud)
    assert OVER.urgency["urgent"] == "U-S"
