"""Tasks around hearings to which a survivor is called: they are made, move and end with the hearing."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from aftercare.actions import make_task, move_due, renew_task, void_task
from aftercare.models import Care, CareTask
from aftercare.states import CARE_GOES_ON, TaskKind, TaskStatus
from aftercare.task_table import BEFORE_HEARING, OF_HEARING
from notifications.clock import wall, works_on, zone_of
from prosecutions.models import Attendance, Hearing
from prosecutions.states import HearingOutcome

EVENING = time(17)
DAY = timedelta(days=1)
# What of a hearing that was moved is to be done anew, though it was done for the day before.
ANEW = (TaskKind.TRAVEL, TaskKind.ACCOMPANY, TaskKind.AFTER_COURT)


def make_hearing_tasks(*, by: User, now: datetime) -> int:
    """Bring the tasks around hearings to where the hearings stand; how many were made or changed."""
    called = calls_ahead(now)
    there = tasks_of({row.hearing_id for row in called})
    done = 0
    for row in called:
        care = row.survivor.care
        for kind, due_at in wanted(row):
            task = there.pop((care.pk, kind, row.hearing_id), None)
            done += bring_up(task, care, kind, row.hearing, due_at, by=by, now=now)
    left = [task for task in there.values() if task.status == TaskStatus.OPEN]
    still = still_called({task.hearing_id for task in left})
    over = [task for task in left if needless(task, still, now)]
    for task in over:
        void_task(task, by=by, now=now)
    return done + len(over)


def calls_ahead(now: datetime) -> list[Attendance]:
    """Survivors in care who are called to hearings that are still expected."""
    rows = Attendance.objects.filter(called=True, hearing__outcome="", hearing__starts_at__gte=now)
    rows = rows.filter(survivor__care__result__in=CARE_GOES_ON)
    return list(rows.select_related("hearing__office", "survivor__care__case").order_by("pk"))


def tasks_of(hearings: Iterable[UUID]) -> dict[tuple[UUID, str, UUID], CareTask]:
    """What there is for these hearings, and all that is open for others."""
    rows = CareTask.objects.filter(kind__in=OF_HEARING, hearing__isnull=False)
    rows = rows.filter(Q(hearing__in=list(hearings)) | Q(status=TaskStatus.OPEN))
    found = rows.select_related("hearing__office", "care__survivor", "case")
    return {(row.care_id, row.kind, row.hearing_id): row for row in found}  # type: ignore[misc]


def wanted(row: Attendance) -> Iterable[tuple[TaskKind, datetime]]:
    """Each task and until when; who is called late has a day for it, or what is left of it."""
    hearing = row.hearing
    if hearing.starts_at is None:
        return
    zone = zone_of(hearing.office.time_zone)
    day = hearing.starts_at.astimezone(zone).date()
    known = max(hearing.scheduled_at, row.created_at)
    for kind, days in BEFORE_HEARING.items():
        due = wall(zone, day - days * DAY, EVENING) if days else hearing.starts_at
        yield kind, due if due >= known else min(known + DAY, hearing.starts_at)
    after = day + DAY
    while not works_on(hearing.office.country, after):
        after += DAY
    yield TaskKind.AFTER_COURT, wall(zone, after, EVENING)


def bring_up(
    task: CareTask | None,
    care: Care,
    kind: TaskKind,
    hearing: Hearing,
    due_at: datetime,
    *,
    by: User,
    now: datetime,
) -> int:
    """Make it, move it with the hearing, or take it up again where the hearing stands anew."""
    if task is None:
        made = make_task(
            care, kind, by=by, now=now, due_at=due_at, source="hearing.schedule", source_id=hearing.pk,
            hearing=hearing,
        )  # fmt: skip
        return int(made is not None)
    if task.status == TaskStatus.OPEN:
        if task.due_at != due_at:
            move_due(task, due_at, by=by, now=now)
            return 1
        return 0
    again = task.status == TaskStatus.DONE and kind in ANEW and ended_before(task, hearing)
    if task.status == TaskStatus.MOOT or again:
        renew_task(task, due_at, by=by, now=now)
        return 1
    return 0


def ended_before(task: CareTask, hearing: Hearing) -> bool:
    """Was it done for a day that holds no more?"""
    moved = hearing.schedule_version > 1
    return moved and task.ended_at is not None and task.ended_at < hearing.scheduled_at


def still_called(hearings: Iterable[Any]) -> set[tuple[Any, Any]]:
    """(hearing, survivor) of whoever is called."""
    rows = Attendance.objects.filter(hearing__in=list(hearings), called=True)
    return set(rows.values_list("hearing_id", "survivor_id"))


def needless(task: CareTask, called: set[tuple[Any, Any]], now: datetime) -> bool:
    """Nobody is called to it any more, or it is off, or it is past."""
    hearing = task.hearing
    if hearing is None or hearing.outcome == HearingOutcome.VACATED:
        return True
    if task.care.result not in CARE_GOES_ON or (hearing.pk, task.care.survivor_id) not in called:
        return True
    past = bool(hearing.outcome) or (hearing.starts_at is not None and hearing.starts_at + DAY < now)
    return past and task.kind != TaskKind.AFTER_COURT
