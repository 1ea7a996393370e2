"""How somebody comes into care: opened, entrusted to a social worker, helped at once, owed first things."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, refuse_future, worker_on_team
from aftercare.actions.tasks import settle_tasks, write_end
from aftercare.models import Care, CareTask, Service
from aftercare.states import CARE_GOES_ON, CareResult, ServiceKind, TaskKind, TaskStatus, months_later
from audit.actions import record, record_many
from cases.actions import lock_case, touch
from cases.models import Case
from cases.states import IllegalMove, RiskLevel
from reference.values import PartialDate
from survivors.models import Survivor

AID = {"clothes": ServiceKind.CLOTHING, "food": ServiceKind.MEALS, "medical": ServiceKind.MEDICAL}
# Nobody has said how great the danger is, so the pace is that of the greatest.
NO_RISK = RiskLevel.HIGH


def day_of(case: Case, moment: datetime) -> PartialDate:
    """The day on which something happened, on the clock of the office."""
    return PartialDate(moment.astimezone(ZoneInfo(case.office.time_zone)).date())


def open_care(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    survivor_id: UUID | None = None,
    headcount_id: UUID | None = None,
    opened_on: PartialDate,
    worker_id: UUID | None = None,
    wishes: Sequence[str] = (),
    risk: str = "",
) -> Care:
    """Begin aftercare for one survivor or one group; the first review is due after six months.

    Where the danger is told, somebody has just come: safety is looked at, and a social worker named, by then.
    """
    case = lock_case(case_id)
    refuse_future(opened_on, office=case.office, now=now, field="opened_on")
    if bool(survivor_id) == bool(headcount_id):
        raise IllegalMove(_("Choose one person or one group."), field="who")
    whose = {"survivor_id": survivor_id} if survivor_id else {"headcount_id": headcount_id}
    if Care.objects.filter(case=case, **whose).exists():
        raise IllegalMove(_("Aftercare of this person has been opened already."), field="who")
    care = Care(case=case, worker=worker_on_team(case, worker_id), wishes=list(wishes), risk=risk, **whose)
    care.arrived_at = now if risk else None
    care.result, care.result_on = CareResult.IN_CARE, opened_on
    care.next_review_on = PartialDate(months_later(opened_on.last, 6))
    care.save(force_insert=True)
    record("care.open", by=by, subject=care, at=now)
    if worker_id:
        record("care.assign", by=by, subject=care, at=now, user=worker_id)
    if risk:
        begin_tasks([care], [{"medical": True}], by=by, now=now)
    touch(case, now)
    return care


def assign_care(
    care_id: UUID, *, by: User, now: datetime, worker_id: UUID, version: int | None = None
) -> Care:
    """Entrust the person to one social worker of the team."""
    care = lock(Care, care_id, version)
    if care.worker_id == worker_id:
        raise IllegalMove(_("This is the social worker already."), field="worker_id")
    care.worker = worker_on_team(care.case, worker_id)
    keep(care, "worker")
    record("care.assign", by=by, subject=care, at=now, user=worker_id)
    settle_tasks(care, (TaskKind.NAME_WORKER,), by=by, now=now)
    touch(care.case, now)
    return care


def begin_cares(
    case: Case,
    survivors: Sequence[Survivor],
    people: Sequence[Mapping[str, Any]],
    came: datetime,
    risk: str,
    worker_id: UUID | None,
    *,
    by: User,
    now: datetime,
) -> list[Care]:
    """Everybody is in care from the day of arrival, and entrusted to somebody where that has been said."""
    day = day_of(case, came)
    named = {facts.get("worker_id") or worker_id for facts in people}
    workers = {pk: worker_on_team(case, pk) for pk in named}
    cares = [
        Care(
            case=case, office=case.office, survivor=survivor, result=CareResult.IN_CARE, result_on=day,
            arrived_at=came, risk=facts.get("risk") or risk,
            worker=workers[facts.get("worker_id") or worker_id],
            next_review_on=PartialDate(months_later(day.last, 6)),
        )
        for survivor, facts in zip(survivors, people, strict=True)
    ]  # fmt: skip
    Care.objects.bulk_create(cares)
    record_many("care.open", by=by, subjects=cares, at=now)
    for pk in sorted(named - {None}, key=str):
        record_many("care.assign", by=by, subjects=[c for c in cares if c.worker_id == pk], at=now, user=pk)
    return cares


def give_aid(cares: Sequence[Care], people: Sequence[Mapping[str, Any]], *, by: User, now: datetime) -> None:
    """Clothes, food and the medical check that were given at once."""
    for name, kind in AID.items():
        rows = [
            Service(care=care, case=care.case, kind=kind, starts_on=care.result_on)
            for care, facts in zip(cares, people, strict=True)
            if facts.get(name)
        ]
        Service.objects.bulk_create(rows)
        record_many("service.log", by=by, subjects=rows, at=now, kind=str(kind))


def begin_tasks(
    cares: Sequence[Care], people: Sequence[Mapping[str, Any]], *, by: User, now: datetime
) -> None:
    """What must be done for somebody who has just arrived, by when."""
    rows = [
        CareTask(care=care, case=care.case, kind=kind, due_at=due_at, source="care.open", source_id=care.pk)
        for care, facts in zip(cares, people, strict=True)
        for kind, due_at in owed_to(care, seen=bool(facts.get("medical")), now=now)
    ]
    CareTask.objects.bulk_create(rows)
    for kind in sorted({row.kind for row in rows}):
        of_kind = [row for row in rows if row.kind == kind]
        record_many("caretask.make", by=by, subjects=of_kind, at=now, kind=str(kind))


def owed_to(care: Care, *, seen: bool, now: datetime) -> list[tuple[TaskKind, datetime]]:
    """The first look at safety by the risk; a doctor unless one was seen; a social worker unless named."""
    came = care.arrived_at or now
    hours = settings.ARRIVAL_SAFETY_HOURS[care.risk or NO_RISK]
    owed = [(TaskKind.FIRST_SAFETY, came + timedelta(hours=hours))]
    if not seen:
        owed.append((TaskKind.MEDICAL_CHECK, came + timedelta(hours=settings.ARRIVAL_MEDICAL_HOURS)))
    if care.worker_id is None:
        owed.append((TaskKind.NAME_WORKER, came + timedelta(hours=settings.ARRIVAL_WORKER_HOURS)))
    return owed


def entrust_cares(
    case_id: UUID, *, by: User, now: datetime, worker_id: UUID, care_ids: Iterable[UUID]
) -> list[Care]:
    """Entrust many people of a case to one social worker at once; those who are hers already stay so."""
    case = lock_case(case_id)
    wanted = set(care_ids)
    rows = Care.objects.select_for_update(of=("self",)).filter(case=case, pk__in=wanted)
    cares = list(rows.filter(result__in=CARE_GOES_ON).order_by("pk"))
    if not wanted or len(cares) != len(wanted):
        raise IllegalMove(_("Choose people of this case who are in care."), field="who")
    worker = worker_on_team(case, worker_id)
    changed = [care for care in cares if care.worker_id != worker_id]
    for care in changed:
        care.worker = worker
        care.version += 1
    Care.objects.bulk_update(changed, ["worker", "version"])
    record_many("care.assign", by=by, subjects=changed, at=now, user=worker_id)
    tasks = CareTask.objects.select_for_update(of=("self",)).filter(care__in=cares, kind=TaskKind.NAME_WORKER)
    for task in tasks.waiting().order_by("pk"):
        write_end(task, TaskStatus.DONE, by=by, now=now)
    touch(case, now)
    return changed
