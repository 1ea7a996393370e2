from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, refuse_before, refuse_future
from aftercare.actions.costs import cost_fields, grant_of
from aftercare.actions.tasks import settle_tasks
from aftercare.models import Care, CareMilestone, Entitlement, GoalStep, Service
from aftercare.states import ServiceKind, TaskKind
from audit.actions import record
from cases.actions import touch
from reference.values import Money, PartialDate


def log_service(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    starts_on: PartialDate,
    ends_on: PartialDate | str = "",
    provider: str = "",
    note: str = "",
    cost: Money | None = None,
    grant_id: UUID | None = None,
    step: GoalStep | None = None,
) -> Service:
    """Something was done for the person; what it cost is kept here, no longer with the step of the plan."""
    care = lock(Care, care_id)
    refuse_future(starts_on, office=care.office, now=now, field="starts_on")
    refuse_before(ends_on, starts_on, _("It began later than this day."), field="ends_on")
    service = Service(
        care=care, case=care.case, kind=kind, starts_on=starts_on, ends_on=ends_on, by=provider, note=note,
        grant=grant_of(care.case, grant_id), step=step, **cost_fields(cost),
    )  # fmt: skip
    service.save(force_insert=True)
    record("service.log", by=by, subject=service, at=now, kind=kind)
    if kind == ServiceKind.MEDICAL:
        settle_tasks(care, (TaskKind.MEDICAL_CHECK,), by=by, now=now)
    touch(service.case, now)
    return service


def set_entitlement(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    entitlement_id: UUID | None = None,
    scheme: str,
    status: str = "",
    authority: str = "",
    applied_on: PartialDate | str = "",
    granted: Money | None = None,
    granted_on: PartialDate | str = "",
    paid: Money | None = None,
    paid_on: PartialDate | str = "",
    document: str = "",
    note: str = "",
    version: int | None = None,
) -> Entitlement:
    """Write down a benefit owed to the person, or how far it has come."""
    care = lock(Care, care_id)
    for field, day in (("applied_on", applied_on), ("granted_on", granted_on), ("paid_on", paid_on)):
        refuse_future(day, office=care.office, now=now, field=field)
    row = (
        lock(Entitlement, entitlement_id, version)
        if entitlement_id
        else Entitlement(care=care, case=care.case)
    )
    facts = {
        "scheme": scheme, "status": status, "by": authority, "applied_on": applied_on,
        "granted_on": granted_on, "paid_on": paid_on, "document": document, "note": note,
        **money_fields("granted", granted), **money_fields("paid", paid),
    }  # fmt: skip
    for name, value in facts.items():
        setattr(row, name, value)
    if entitlement_id:
        keep(row, *facts)
    else:
        row.save(force_insert=True)
    record("entitlement.set", by=by, subject=row, at=now)
    touch(row.case, now)
    return row


def money_fields(name: str, money: Money | None) -> dict[str, object]:
    """The three columns of an amount."""
    if money is None:
        return {f"{name}_low": None, f"{name}_high": None, f"{name}_currency": ""}
    return {f"{name}_low": money.low, f"{name}_high": money.high, f"{name}_currency": money.currency}


def reach_milestone(
    care_id: UUID, *, by: User, now: datetime, what: str, on: PartialDate, note: str = ""
) -> CareMilestone:
    """A step on the person's road."""
    care = lock(Care, care_id)
    refuse_future(on, office=care.office, now=now, field="on")
    milestone = CareMilestone(care=care, case=care.case, what=what, on=on, note=note)
    milestone.save(force_insert=True)
    record("milestone.reach", by=by, subject=milestone, at=now)
    touch(milestone.case, now)
    return milestone
