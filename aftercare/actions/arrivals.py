"""People arrive: counted, registered and taken into care in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.entering import NO_RISK, begin_cares, begin_tasks, day_of, give_aid
from cases.actions import lock_case
from cases.models import Case
from cases.states import IllegalMove
from operations.actions import add_headcount
from operations.models import Headcount, Operation
from operations.states import HeadcountKind
from survivors.actions import add_survivors
from survivors.actions.arrivals import PERSON
from survivors.arrivals import ARRIVING

COUNTS = ("people", "adults", "children")


def register_arrival(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    people: Sequence[Mapping[str, Any]],
    headcount_id: UUID | None = None,
    operation_id: UUID | None = None,
    label: str = "",
    counts: Mapping[str, str] | None = None,
    arrived_at: datetime | None = None,
    risk: str = NO_RISK,
    worker_id: UUID | None = None,
    how: str = "",
) -> Headcount | None:
    """The group first, then as many of its people as are known: all of it, or nothing."""
    case = lock_case(case_id)
    came = arrived_at or now
    if came > now:
        raise IllegalMove(_("This moment has not come yet."), field="arrived_at")
    headcount = group_of(
        case, headcount_id, operation_id, by=by, now=now, label=label, counts=counts or {},
        on=str(day_of(case, came)),
    )  # fmt: skip
    if headcount is None and not people:
        raise IllegalMove(_("Count the group, or write down at least one person."), field="people")
    operation = headcount.operation if headcount else operation_of(case, operation_id)
    rows = [{name: person[name] for name in PERSON & person.keys()} for person in people]
    survivors = add_survivors(
        case.pk, by=by, now=now, people=rows, headcount=headcount, operation=operation, how=how,
        on=str(day_of(case, came)),
    )  # fmt: skip
    cares = begin_cares(case, survivors, people, came, risk, worker_id, by=by, now=now)
    give_aid(cares, people, by=by, now=now)
    begin_tasks(cares, people, by=by, now=now)
    return headcount


def operation_of(case: Case, operation_id: UUID | None) -> Operation | None:
    """The operation of this case, or none."""
    if operation_id is None:
        return None
    found = Operation.objects.filter(case=case, pk=operation_id).first()
    if found is None:
        raise IllegalMove(_("This operation belongs to another case."), field="group")
    return found


def group_of(
    case: Case,
    headcount_id: UUID | None,
    operation_id: UUID | None,
    *,
    by: User,
    now: datetime,
    label: str,
    counts: Mapping[str, str],
    on: str,
) -> Headcount | None:
    """The head-count that was picked, that of the operation, or a new one: never two of one group."""
    groups = Headcount.objects.filter(case=case, what__in=ARRIVING).select_related("operation")
    if headcount_id:
        picked = groups.filter(pk=headcount_id).first()
        if picked is None:
            raise IllegalMove(_("This group belongs to another case."), field="group")
        return picked
    operation = operation_of(case, operation_id)
    counted = groups.filter(operation=operation).order_by("key", "pk").first() if operation else None
    if counted:
        return counted
    told = {name: counts.get(name, "") for name in COUNTS}
    if operation and not any(told.values()):
        told = {name: getattr(operation, name) for name in COUNTS}
        told["people"] = told["people"] or operation.relieved
    if not any(told.values()):
        return None
    return add_headcount(
        case.pk, by=by, now=now, label=label.strip() or called(operation, on), what=HeadcountKind.FOUND,
        on=operation.on if operation else on, operation=operation, **told,
    )  # fmt: skip


def called(operation: Operation | None, on: str) -> str:
    """What a group is called until somebody gives it a better name."""
    if operation:
        return _("People found by %(key)s") % {"key": operation.key}
    return _("People who came on %(day)s") % {"day": on}
