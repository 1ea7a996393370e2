"""Tasks of care that make themselves from what happens (aftercare/task_table.py is the table).

Each event makes each of its tasks once, however often it is looked at. One for which an earlier one of the
same kind is due as soon and still open, or was done since, is not made twice.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from aftercare.actions import make_task
from aftercare.models import Care, CareTask, Placement
from aftercare.states import TaskKind, TaskStatus
from aftercare.task_table import BY_VERB, OWN_LIFE, Made
from audit.models import Event
from notifications.actions.custody_facts import let_out
from prosecutions.bail_states import LET_GO, CustodyEnd, Whereabouts
from prosecutions.models import Accused, BailOrder, Custody

LOOK_BACK = timedelta(days=3)
NAMESPACE = UUID("6c1f6f0e-6a1c-4a54-9b5e-2f6f5f0a7c11")
OF_ACCUSED = {
    "bail.grant": BailOrder,
    "bail.release": BailOrder,
    "custody.end": Custody,
    "status.confirm": Accused,
}


@dataclass(frozen=True)
class Call:
    """What one event asks for: in which case, for which survivors (none: all of the case)."""

    event: Event
    case_id: UUID | None
    makes: Sequence[Made]
    survivors: frozenset[UUID] | None = None

    def source_id(self, care: Care) -> UUID:
        """The key by which its tasks are known again."""
        return uuid.uuid5(NAMESPACE, f"{self.event.verb}:{self.event.pk}:{care.pk}")


def make_event_tasks(*, by: User, now: datetime, since: datetime | None = None) -> int:
    """Tasks for everybody in care whom the events since then concern; how many were made."""
    events = Event.objects.live().filter(verb__in=BY_VERB, at__gte=since or now - LOOK_BACK).order_by("pk")
    calls = [call for event in events for call in calls_of(event)]
    if not calls:
        return 0
    cares = cares_of(calls)
    first = min(call.event.at for call in calls)
    known = known_tasks([care for rows in cares.values() for care in rows], first)
    made = 0
    for call in calls:
        for care in cares[call.case_id]:
            if call.survivors is None or care.survivor_id in call.survivors:
                made += sum(make_one(call, care, one, known, by=by, now=now) for one in call.makes)
    return made


def calls_of(event: Event) -> Iterable[Call]:
    """Whom the event is about, if it calls for anything."""
    case_id, makes = event.case_id, BY_VERB[event.verb].makes
    if event.verb in OF_ACCUSED:
        yield from calls_of_release(event, makes)
    elif event.verb == "placement.start":
        stay = Placement.objects.select_related("care").filter(pk=event.subject_id, kind__in=OWN_LIFE).first()
        if stay is not None and stay.care.survivor_id:
            yield Call(event, stay.case_id, makes, frozenset({stay.care.survivor_id}))
    elif event.verb in ("survivor.miss", "survivor.recapture"):
        yield Call(event, case_id, makes, frozenset({UUID(event.subject_id)}))
    elif event.verb == "threat.report" and event.detail.get("survivor"):
        yield Call(event, case_id, makes, frozenset({UUID(event.detail["survivor"])}))
    else:
        yield Call(event, case_id, makes)


def calls_of_release(event: Event, makes: Sequence[Made]) -> Iterable[Call]:
    """Everybody of the case; and of other cases of the same human being, that safety is looked at."""
    row = OF_ACCUSED[event.verb].objects.filter(pk=event.subject_id).first()
    accused = row if isinstance(row, Accused) else getattr(row, "accused", None)
    if accused is None or not is_out(event, row):
        return
    yield Call(event, accused.case_id, makes)
    others = (
        Accused.objects.counted().filter(perpetrator=accused.perpetrator_id).exclude(case=accused.case_id)
    )
    looks = [one for one in makes if one.kind == TaskKind.SAFETY_REVIEW]
    for case_id in others.order_by("case").values_list("case", flat=True).distinct():
        yield Call(event, case_id, looks)


def is_out(event: Event, row: Any) -> bool:
    """Does the event say that the person is, or may soon be, where survivors are?"""
    if event.verb == "status.confirm":
        return event.detail.get("status") == Whereabouts.ABSCONDED
    if event.verb == "custody.end":
        how = row.how_ended
        return how in (*LET_GO, CustodyEnd.ESCAPED) or (not how and let_out(row.accused))
    return True


def cares_of(calls: Sequence[Call]) -> Mapping[UUID | None, list[Care]]:
    """By case: the people in care whom somebody still works with; groups have nobody to look at."""
    cases = {call.case_id for call in calls}
    rows = Care.objects.going_on().filter(case__in=cases, survivor__isnull=False).select_related("case")
    found: dict[UUID | None, list[Care]] = defaultdict(list)
    for care in rows.order_by("pk"):
        found[care.case_id].append(care)
    return found


def known_tasks(cares: Sequence[Care], since: datetime) -> dict[tuple[UUID, str], list[CareTask]]:
    """By care and kind: what is open, was done since, or was made of such an event."""
    done = Q(status=TaskStatus.DONE, ended_at__gte=since)
    made = Q(source__in=BY_VERB, created_at__gte=since - LOOK_BACK)
    rows = CareTask.objects.filter(Q(status=TaskStatus.OPEN) | done | made, care__in=cares)
    found: dict[tuple[UUID, str], list[CareTask]] = defaultdict(list)
    for task in rows:
        found[task.care_id, task.kind].append(task)
    return found


def make_one(
    call: Call,
    care: Care,
    made: Made,
    known: dict[tuple[UUID, str], list[CareTask]],
    *,
    by: User,
    now: datetime,
) -> int:
    """One task, unless it is there or something has taken its place."""
    same = known[care.pk, made.kind]
    due_at, source_id = call.event.at + timedelta(hours=made.hours), call.source_id(care)
    if any(task.source_id == source_id or covers(task, call.event, due_at) for task in same):
        return 0
    task = make_task(
        care, made.kind, by=by, now=now, due_at=due_at, source=call.event.verb, source_id=source_id
    )
    same += [task] if task else []
    return int(task is not None)


def covers(task: CareTask, event: Event, due_at: datetime) -> bool:
    """Will this task, or has it, done what the event asks for? Each thing to tell is told by itself."""
    if task.kind == TaskKind.TELL:
        return False
    if task.status == TaskStatus.OPEN:
        return task.due_at <= due_at
    return task.status == TaskStatus.DONE and task.ended_at is not None and task.ended_at >= event.at
