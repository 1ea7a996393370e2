"""Tasks of care make themselves from what happens, once, and move and end with it."""

from datetime import timedelta

import pytest

from accounts.scope import viewing_as
from aftercare import actions as care_actions
from aftercare.models import CareTask
from aftercare.states import TaskKind
from prosecutions.models import Attendance, Hearing
from tests.factories import (
    AccusedMake,
    AssessmentMake,
    AttendanceMake,
    BailOrderMake,
    CareMake,
    CaseMake,
    CustodyMake,
    HeadcountMake,
    PlacementMake,
    PlanMake,
    SurvivorMake,
    ThreatMake,
    VerdictMake,
    arranging,
)
from tests.notifications.conftest import fact, hearing_at, local, rows_of
from tests.people import on_case

NOW = local("2026-12-01T10:00")


def scored(case):
    """Somebody in care who was scored the day before: the calendar asks for nothing."""
    care = CareMake(case=case, survivor=SurvivorMake(case=case), created_at=NOW)
    AssessmentMake(case=case, care=care, on="2026-11-30", reason="intake")
    return care


@pytest.fixture
def cares(case, clock):
    """Two people in care, one who is restored, and a group."""
    clock(NOW)
    two = [scored(case) for _one in range(2)]
    CareMake(case=case, survivor=SurvivorMake(case=case), result="restored", created_at=NOW)
    CareMake(case=case, survivor=None, headcount=HeadcountMake(case=case), created_at=NOW)
    return two


def tasks(**filters):
    return rows_of(CareTask, **filters)


def kinds(care, **filters):
    return sorted((task.kind, task.status) for task in tasks(care=care, **filters))


def test_bail_granted_has_everybody_in_care_looked_at_within_a_day_and_told(
    cares, case, lawyer, social_worker, sweep
):
    bail = BailOrderMake(case=case)
    other = scored(CaseMake(office=case.office))
    on_case(social_worker, other.case, "social_worker")
    AccusedMake(case=other.case, perpetrator=bail.accused.perpetrator)
    fact("bail.grant", lawyer, bail, at=NOW)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=1))
    for care in cares:
        assert kinds(care) == [("rescore", "open"), ("safety_review", "open"), ("tell", "open")]
        assert {task.source for task in tasks(care=care)} == {"bail.grant"}
    assert kinds(other) == [("safety_review", "open")], "of the other case only that safety is looked at"
    assert {task.due_at for task in tasks(kind="safety_review")} == {NOW + timedelta(hours=24)}
    assert len(tasks()) == 7, "nobody whose care is over, and no group"


def test_a_look_that_was_taken_or_is_due_as_soon_is_not_asked_for_twice(
    cares, case, lawyer, social_worker, sweep
):
    care, idle = cares
    bail = BailOrderMake(case=case)
    fact("bail.grant", lawyer, bail, at=NOW)
    sweep(NOW)
    later = NOW + timedelta(minutes=10)
    with viewing_as(social_worker):
        care_actions.settle_tasks(care, [TaskKind.SAFETY_REVIEW], by=social_worker, now=later)
    fact("bail.release", lawyer, bail, at=NOW + timedelta(minutes=20))
    sweep(NOW + timedelta(minutes=21))
    assert [task.status for task in tasks(care=care, kind="safety_review")] == ["done", "open"]
    assert [task.status for task in tasks(care=idle, kind="safety_review")] == ["open"]
    assert len(tasks(care=care, kind="tell")) == 2, "that bail was granted, and that the accused is out"


def test_the_table_follows_the_other_events(cares, case, lawyer, sweep):
    care, other = cares
    custody = CustodyMake(case=case, ends_on="2026-12-01", how_ended="transferred")
    fact("custody.end", lawyer, custody, how="transferred", at=NOW)
    fact("placement.start", lawyer, PlacementMake(case=case, care=care, kind="hospital"), at=NOW)
    sweep(NOW)
    assert tasks() == []
    fact(
        "threat.report",
        lawyer,
        ThreatMake(case=case, survivor=care.survivor),
        survivor=care.survivor_id,
        at=NOW,
    )
    fact("placement.start", lawyer, PlacementMake(case=case, care=other, kind="own_family"), at=NOW)
    fact("verdict.record", lawyer, VerdictMake(case=case), at=NOW)
    sweep(NOW)
    assert kinds(care) == [("rescore", "open"), ("safety_review", "open"), ("tell", "open")]
    assert {task.source for task in tasks(care=other)} == {"placement.start", "verdict.record"}
    fact("threat.report", lawyer, ThreatMake(case=case, survivor=None), survivor="", at=NOW)
    sweep(NOW)
    assert NOW + timedelta(hours=24) in {task.due_at for task in tasks(care=other, kind="safety_review")}


def test_a_hearing_makes_moves_and_ends_its_tasks(cares, case, lawyer, social_worker, sweep):
    care, _other = cares
    hearing = hearing_at(case, "2026-12-18T09:00", on_record="2026-12-01T09:00")  # a Friday
    row = AttendanceMake(case=case, hearing=hearing, survivor=care.survivor, called=True, created_at=NOW)
    sweep(NOW)
    sweep(NOW)
    due = {task.kind: task.due_at for task in tasks()}
    assert due == {
        "prepare": local("2026-12-11T17:00"), "travel": local("2026-12-15T17:00"),
        "accompany": local("2026-12-18T09:00"), "after_court": local("2026-12-21T17:00"),
    }  # fmt: skip
    with viewing_as(social_worker):
        for kind in ("prepare", "travel"):
            (task,) = CareTask.objects.filter(kind=kind)
            care_actions.move_task(task.pk, by=social_worker, now=NOW, status="done")
    moved = local("2026-12-16T14:00")
    with arranging():
        Hearing._base_manager.filter(pk=hearing.pk).update(
            starts_at=moved, on="2026-12-16", schedule_version=2, scheduled_at=NOW + timedelta(days=1)
        )
    sweep(NOW + timedelta(days=1))
    again = {task.kind: (task.status, task.due_at) for task in tasks()}
    assert again["prepare"] == ("done", local("2026-12-11T17:00"))
    assert again["travel"] == ("open", local("2026-12-13T17:00")), "the way to court is arranged anew"
    assert again["after_court"] == ("open", local("2026-12-17T17:00"))
    with arranging():
        Attendance._base_manager.filter(pk=row.pk).update(called=False)
    sweep(NOW + timedelta(days=1))
    assert {task.status for task in tasks()} == {"done", "moot"}
    with arranging():
        Attendance._base_manager.filter(pk=row.pk).update(called=True)
    sweep(NOW + timedelta(days=1))
    assert {task.kind for task in tasks(status="open")} == {"travel", "accompany", "after_court"}
    with arranging():
        Hearing._base_manager.filter(pk=hearing.pk).update(outcome="held", outcome_at=moved)
    sweep(moved + timedelta(hours=3))
    assert [task.kind for task in tasks(status="open")] == ["after_court"]
    with arranging():
        Hearing._base_manager.filter(pk=hearing.pk).update(outcome="vacated")
    sweep(moved + timedelta(hours=3))
    assert tasks(status="open") == []


def test_scoring_and_reviews_come_round_by_the_calendar(case, social_worker, sweep, clock):
    clock(NOW)
    new, scored, old = (
        CareMake(case=case, survivor=SurvivorMake(case=case), created_at=NOW - timedelta(days=200))
        for _one in range(3)
    )
    with arranging():
        type(new)._base_manager.filter(pk=new.pk).update(created_at=NOW - timedelta(days=2))
    AssessmentMake(case=case, care=scored, on="2026-06-10", reason="intake")
    AssessmentMake(case=case, care=scored, on="2026-09-01", reason="special")
    AssessmentMake(case=case, care=old, on="2024-06-10", reason="annual")
    PlanMake(case=case, care=old, on="2026-06-04", review_on="2026-12-04")
    sweep(NOW)
    sweep(NOW)
    found = {(task.care_id, task.kind, f"{task.due_at.astimezone(NOW.tzinfo):%Y-%m-%d}") for task in tasks()}
    assert found == {
        (new.pk, "rescore", "2026-12-06"),
        (scored.pk, "rescore", "2026-12-10"),
        (old.pk, "plan_review", "2026-12-04"),
    }
