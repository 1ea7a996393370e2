"""Tasks for one person's care: made once by what happened, done by what is done, never made twice."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, worker_on_team
from aftercare.models import Care, CareTask
from aftercare.states import TASK_MOVES, TaskKind, TaskStatus
from audit.actions import record
from cases.actions import touch
from cases.states import IllegalMove, check_move
from prosecutions.models import Hearing

# These end by their deed alone (settle_tasks): nobody ticks off a look at safety that nobody took.
BY_DEED = (
    TaskKind.NAME_WORKER,
    TaskKind.FIRST_SAFETY,
    TaskKind.SAFETY_REVIEW,
    TaskKind.RESCORE,
    TaskKind.PLAN_REVIEW,
)


def make_task(
    care: Care,
    kind: str,
    *,
    by: User,
    now: datetime,
    due_at: datetime,
    what: str = "",
    worker: User | None = None,
    source: str = "",
    source_id: UUID | None = None,
    hearing: Hearing | None = None,
) -> CareTask | None:
    """Something to do for this person; None where the same source has made it already.

    Called by other actions, which hold the care; the source is the verb and the key of the record behind it.
    """
    known = {"care": care, "kind": kind, "source_id": source_id}
    if source_id and CareTask.objects.filter(**known).exists():
        return None
    task = CareTask(
        case=care.case, due_at=due_at, what=what, worker=worker, source=source, hearing=hearing, **known
    )
    task.save(force_insert=True)
    record("caretask.make", by=by, subject=task, at=now, kind=str(kind))
    return task


def add_task(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    what: str,
    due_at: datetime,
    worker_id: UUID | None = None,
) -> CareTask:
    """Something to do that somebody has thought of herself."""
    care = lock(Care, care_id)
    worker = worker_on_team(care.case, worker_id)
    task = make_task(care, TaskKind.OTHER, by=by, now=now, due_at=due_at, what=what, worker=worker)
    touch(care.case, now)
    return task  # type: ignore[return-value]  # without a source it is always made


def settle_tasks(care: Care, kinds: Iterable[str], *, by: User, now: datetime) -> int:
    """What was to be done has just been done: those open tasks are over. How many they were."""
    return end_open(care, kinds, TaskStatus.DONE, by=by, now=now)


def settle_told(care: Care, sources: Iterable[str], *, told: bool, by: User, now: datetime) -> None:
    """The person was told of these events, or it was decided that she is not."""
    rows = CareTask.objects.select_for_update(of=("self",)).waiting()
    tasks = rows.filter(care=care, kind=TaskKind.TELL, source__in=list(sources))
    for task in tasks.order_by("pk"):
        write_end(task, TaskStatus.DONE if told else TaskStatus.MOOT, by=by, now=now)


def end_open(care: Care, kinds: Iterable[str], status: str, *, by: User, now: datetime) -> int:
    """Close the open tasks of these kinds."""
    rows = CareTask.objects.select_for_update(of=("self",)).filter(care=care, kind__in=list(kinds))
    tasks = list(rows.waiting().order_by("pk"))
    for task in tasks:
        write_end(task, TaskStatus(status), by=by, now=now)
    return len(tasks)


def move_task(
    task_id: UUID, *, by: User, now: datetime, status: str, note: str = "", version: int | None = None
) -> CareTask:
    """Somebody has done a task, drops it with a reason, or takes it up again."""
    task = lock(CareTask, task_id, version)
    new = TaskStatus(status)
    check_move(TASK_MOVES, TaskStatus(task.status), new)
    if new == TaskStatus.DONE and task.kind in BY_DEED:
        raise IllegalMove(
            _("This is over when it has been done and written down, not by a press."), field="status"
        )
    if new == TaskStatus.DROPPED and not note.strip():
        raise IllegalMove(_("Say in a few words why it is dropped."), field="note")
    task.note = note
    write_end(task, new, by=by, now=now)
    touch(task.case, now)
    return task


def move_due(task: CareTask, due_at: datetime, *, by: User, now: datetime) -> None:
    """What it waits for has another date."""
    task.due_at = due_at
    keep(task, "due_at")
    record("caretask.move", by=by, subject=task, at=now, status=task.status, kind=task.kind)


def renew_task(task: CareTask, due_at: datetime, *, by: User, now: datetime) -> None:
    """It was over, and is to be done after all: the hearing stands again, or on another day."""
    move_due(task, due_at, by=by, now=now)
    write_end(task, TaskStatus.OPEN, by=by, now=now)


def void_task(task: CareTask, *, by: User, now: datetime) -> None:
    """Nobody need do it any more."""
    write_end(task, TaskStatus.MOOT, by=by, now=now)


def write_end(task: CareTask, status: TaskStatus, *, by: User, now: datetime) -> None:
    """The state of a task, with who ended it and when; one taken up again has neither."""
    ended = status != TaskStatus.OPEN
    task.status, task.ended_at, task.ended_by = status, now if ended else None, by if ended else None
    keep(task, "status", "ended_at", "ended_by", "note")
    record("caretask.move", by=by, subject=task, at=now, status=status, kind=task.kind)
