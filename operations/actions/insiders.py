"""The circle of an operation: who may know of it before it is carried out, and who looked at what.

Everybody is named by somebody who knows already. Near the hour it takes two: whoever leads the operation, and
one more who may approve operations.
"""

import secrets
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.roles import Can, roles_that_can
from audit.actions import record
from audit.models import Event
from cases.querysets import people_who_may_see
from cases.states import IllegalMove
from operations.models import Insider, InsiderApproval, Operation
from operations.states import NEAR_HOURS, OperationStatus, Secret
from reference.values import PartialDate

# Letters and digits that nobody mixes up when she reads them from a photograph of the screen.
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def lock_operation(operation_id: UUID) -> Operation:
    """The attempt, held until the transaction ends."""
    rows = Operation.objects.select_for_update(of=("self",)).select_related("case", "case__office")
    return rows.get(pk=operation_id)


def lock_insider(insider_id: UUID) -> Insider:
    """A place in the circle, held with its operation until the transaction ends."""
    found = Insider.objects.get(pk=insider_id)
    operation = lock_operation(found.operation_id)
    insider = Insider.objects.select_for_update(of=("self",)).select_related("user").get(pk=insider_id)
    insider.operation = operation
    return insider


def begin_circle(operation: Operation, *, by: User, now: datetime) -> Insider:
    """Whoever plans leads; she is written down before the operation, which nobody else may know of."""
    insider = Insider(
        case=operation.case, operation_id=operation.pk, user=by, named_by=by, leads=True, started_at=now
    )
    insider.save(force_insert=True)
    record("insider.add", by=by, subject=operation, at=now, user=by.pk, two=False)
    return insider


def is_near(operation: Operation, now: datetime) -> bool:
    """Less than two days are left, or the hour has passed; a plan without a day is never near."""
    if not operation.on:
        return False
    zone = ZoneInfo(operation.case.office.time_zone)
    hour = operation.local_time or time.min
    starts_at = datetime.combine(PartialDate(operation.on).first, hour, tzinfo=zone)
    return now >= starts_at - timedelta(hours=NEAR_HOURS)


def candidates_of(operation: Operation) -> list[User]:
    """Those who may see the case and operations at all, and are not named on this one."""
    named = Insider.objects.filter(operation=operation, ended_at=None).values_list("user_id", flat=True)
    working = Membership.objects.filter(ended_at=None, role__in=roles_that_can(Can.VIEW_OPERATION))
    people = people_who_may_see(operation.case).filter(pk__in=working.values("user_id"))
    return list(people.exclude(pk__in=list(named)))


def name_insider(operation_id: UUID, *, by: User, now: datetime, user: User, reason: str = "") -> Insider:
    """Somebody joins the circle: at once, or near the hour only when a second person has agreed."""
    operation = lock_operation(operation_id)
    if operation.status != OperationStatus.PLANNED:
        raise IllegalMove(_("People are named on an operation only while it is planned."))
    if user not in candidates_of(operation):
        raise IllegalMove(
            _("This person may not see operations of this case, or is named already."), field="user"
        )
    near = is_near(operation, now)
    leads = Insider.objects.in_force().filter(operation=operation, user=by, leads=True).exists()
    if near and not leads:
        raise IllegalMove(
            _("The operation is near. Only its lead can name somebody now, and a second person has to agree.")
        )
    insider = Insider.objects.create(
        case=operation.case, operation=operation, user=user, named_by=by, reason=reason, needs_two=near,
        started_at=None if near else now,
    )  # fmt: skip
    if near:
        InsiderApproval.objects.create(case=operation.case, operation=operation, insider=insider, by=by)
    record("insider.add", by=by, subject=operation, at=now, user=user.pk, two=near)
    return insider


def approve_insider(insider_id: UUID, *, by: User, now: datetime) -> Insider:
    """The second person agrees: from now on the named one knows of the operation."""
    insider = lock_insider(insider_id)
    operation = insider.operation
    if insider.started_at or insider.ended_at or operation.status != OperationStatus.PLANNED:
        raise IllegalMove(_("Nobody has to agree to this any more."))
    if not by.can_in(operation.office_id, Can.APPROVE_OPERATION):
        raise IllegalMove(
            _("Only the legal lead, safeguarding lead or director of this office approves operations.")
        )
    if InsiderApproval.objects.filter(insider=insider, by=by).exists():
        raise IllegalMove(_("You have agreed already. It takes a second person."))
    InsiderApproval.objects.create(case=operation.case, operation=operation, insider=insider, by=by)
    insider.started_at = now
    insider.version += 1
    insider.save(update_fields=["started_at", "version"])
    record("insider.approve", by=by, subject=operation, at=now, user=insider.user_id)
    return insider


def end_insider(insider_id: UUID, *, by: User, now: datetime) -> Insider:
    """Somebody leaves the circle; what she has seen stays in the list of who knew what."""
    insider = lock_insider(insider_id)
    if insider.ended_at:
        raise IllegalMove(_("This person has left the circle already."))
    if insider.leads:
        raise IllegalMove(_("Whoever leads the operation stays in its circle. Cancel the operation instead."))
    insider.ended_at = now
    insider.version += 1
    insider.save(update_fields=["ended_at", "version"])
    record("insider.end", by=by, subject=insider.operation, at=now, user=insider.user_id)
    return insider


def open_operation(operation_id: UUID, *, by: User, now: datetime, what: str) -> Event:
    """Somebody looks at the plan or at one detail of it; the code stands on her screen and in this record."""
    operation = Operation.objects.get(pk=operation_id)
    if what not in (*Secret.values, "page", "list"):
        raise IllegalMove(_("There is nothing of this kind to show."), field="what")
    code = "".join(secrets.choice(LEGIBLE) for _place in range(6))
    return record("operation.open", by=by, subject=operation, at=now, what=what, code=code)
