"""No hearing slips by: a date is told, its day is planned, somebody goes, and what happened is asked for."""

from datetime import timedelta

import pytest

from accounts.scope import viewing_as
from notifications.clock import as_reminders
from prosecutions import actions
from prosecutions.models import Hearing, WitnessItem
from tests.factories import ProceedingMake, SurvivorMake
from tests.notifications.conftest import alerts, hearing_at, inbox, local, reached

NOON = local("2026-11-16T12:00")


@pytest.fixture
def called(case, lawyer, clock):
    """A survivor is to testify on 30 November at nine; it was entered on the 16th."""
    clock(NOON)
    with viewing_as(lawyer):
        return actions.schedule_hearing(
            ProceedingMake(case=case).pk, by=lawyer, now=NOON, on=local("2026-12-04T09:00").date(),
            local_time=local("2026-12-04T09:00").time(), who_goes=lawyer, called=[SurvivorMake(case=case)],
        )  # fmt: skip


def live(rule):
    return [(alert.urgency, alert.state) for alert in alerts(rule=rule)]


def settle_all(hearing, user):
    with viewing_as(user):
        WitnessItem.objects.filter(hearing=hearing).update(state="arranged")


def test_a_new_date_is_told_to_the_team_to_who_goes_and_to_the_social_worker(called, team, sweep, lawyer):
    sweep(NOON)
    assert reached(team, "H1") == {"LAW", "SW", "PAR", "INV"}
    sweep(NOON + timedelta(minutes=5))
    assert inbox(lawyer).count("H1") == 1


def test_the_next_date_of_an_adjournment_is_told_as_well(case, lawyer, team, sweep):
    begun = hearing_at(case, "2026-11-16T09:00", who_goes=lawyer)
    with viewing_as(lawyer):
        actions.record_hearing(
            begun.pk, by=lawyer, now=NOON, outcome="adjourned", reason="witness_absent",
            next_on=local("2026-11-30T09:00").date(),
        )  # fmt: skip
    sweep(NOON)
    assert reached(team, "H1") == {"LAW", "SW", "PAR", "INV"}
    assert live("H6") == []


def test_without_a_next_date_it_is_asked_for_every_week_until_there_is_one(case, lawyer, team, sweep):
    begun = hearing_at(case, "2026-11-16T09:00", who_goes=lawyer)
    with viewing_as(lawyer):
        actions.record_hearing(begun.pk, by=lawyer, now=NOON, outcome="adjourned", reason="judge_absent")
    sweep(NOON)
    assert live("H6") == [("N-A", "open")]
    for day in (7, 7.1, 14, 21, 22):
        sweep(NOON + timedelta(days=day))
    (alert,) = alerts(rule="H6")
    assert alert.step == 3
    assert "H6.step" in inbox(team["LD"])
    with viewing_as(lawyer):
        actions.schedule_hearing(
            begun.proceeding_id, by=lawyer, now=NOON, on=local("2026-12-20T09:00").date(), follows=begun
        )
    sweep(NOON + timedelta(days=23))
    assert live("H6") == [("N-A", "closed")]


def test_nobody_confirmed_three_days_before_and_still_nobody_the_day_before(case, lawyer, team, sweep):
    hearing = hearing_at(case, "2026-11-30T09:00", who_goes=lawyer)
    sweep(local("2026-11-27T08:59"))
    assert live("H7") == []
    sweep(local("2026-11-27T09:00"))
    sweep(local("2026-11-28T09:00"))
    assert live("H7") == [("U-C", "open")]
    sweep(local("2026-11-29T09:00"))
    assert sorted(live("H7")) == [("U-C", "superseded"), ("U-S", "open")]
    assert "H7" in inbox(team["LD"])
    with viewing_as(lawyer):
        actions.confirm_hearing(hearing.pk, by=lawyer, now=NOON)
    sweep(local("2026-11-29T09:01"))
    assert ("U-S", "closed") in live("H7")


def test_what_is_missing_for_a_witness_reminds_three_times_and_stops_with_the_deed(
    called, team, sweep, social_worker, lawyer
):
    sweep(local("2026-11-20T08:00"))
    assert live("H9") == []
    for moment in ("2026-11-20T09:00", "2026-11-21T09:00", "2026-11-27T09:00", "2026-12-02T09:00"):
        sweep(local(moment))
    assert sorted(live("H9")) == [("N-A", "superseded"), ("N-A", "superseded"), ("U-C", "open")]
    assert "H9.t2" in inbox(social_worker)
    assert "H9.t2" in inbox(lawyer)
    settle_all(called, lawyer)
    sweep(local("2026-12-02T09:05"))
    assert ("U-C", "closed") in live("H9")


def test_a_survivor_called_later_is_told_to_her_social_worker(
    called, case, team, sweep, lawyer, social_worker
):
    with viewing_as(lawyer):
        everybody = [*(row.survivor for row in called.attendances.all()), SurvivorMake(case=case)]
        actions.call_witness(called.pk, by=lawyer, now=NOON, called=everybody)
    sweep(NOON + timedelta(minutes=1))
    assert inbox(social_worker).count("H1.called") == 1
    assert "H1.called" not in inbox(team["PAR"])


def test_an_outcome_that_was_taken_back_is_asked_for_again(case, lawyer, team, sweep):
    begun = hearing_at(case, "2026-11-16T09:00", who_goes=lawyer)
    evening = local("2026-11-16T18:00")
    sweep(evening)
    with viewing_as(lawyer):
        actions.record_hearing(begun.pk, by=lawyer, now=evening, outcome="held")
    sweep(evening + timedelta(minutes=1))
    assert live("H5") == [("N-A", "closed")]
    with viewing_as(lawyer):
        actions.correct_hearing(begun.pk, by=lawyer, now=evening, reason="The other case")
    sweep(evening + timedelta(minutes=2))
    sweep(evening + timedelta(minutes=3))
    assert sorted(live("H5")) == [("N-A", "closed"), ("N-A", "open")]


def test_a_case_that_few_may_see_tells_nobody_else(case, called, sweep, colleague, director):
    with as_reminders("a test arranges") as _:
        Hearing.objects.filter(pk=called.pk).update(confirmed_at=None)
    sweep(local("2026-12-02T09:00"))
    assert inbox(colleague) == []
