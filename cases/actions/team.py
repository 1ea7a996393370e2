"""Who works on the case: a person's need to know begins and ends here."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions.holding import lock_case, touch
from cases.models import Assignment, Case
from cases.querysets import CASE_ROLES, OPEN_TO_OFFICE, holding_now
from cases.states import IllegalMove


def candidates_for(case: Case) -> QuerySet[User]:
    """People of the case's office whose work is casework."""
    here = {"memberships__office_id": case.office_id, "memberships__ended_at": None}
    working = User.objects.filter(is_active=True, principal="", memberships__role__in=CASE_ROLES, **here)
    return working.distinct().order_by("name", "pk")


def assign(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    user: User,
    role: str,
    backup: bool = False,
    until: datetime | None = None,
    reason: str = "",
) -> Assignment:
    """Name somebody on the team: from now on she sees the case."""
    case = lock_case(case_id)
    if not candidates_for(case).filter(pk=user.pk).exists():
        raise IllegalMove(_("This person does not do casework in the office of the case."), field="user")
    if role not in CASE_ROLES:
        raise IllegalMove(_("Nobody works on a case in this role."), field="role")
    if until and until <= now:
        raise IllegalMove(_("The last day lies in the past."), field="until")
    same = Assignment.objects.filter(case=case, user=user, role=role, ended_at=None)
    if same.filter(holding_now()).exists():
        raise IllegalMove(_("This person is on the team in this role already."), field="user")
    same.update(ended_at=now)  # ran out by its own date, and nobody had closed it
    named = Assignment.objects.create(
        case=case, user=user, role=role, backup=backup, until=until, reason=reason, started_at=now
    )
    record("case.assign", by=by, subject=named, at=now, user=user.pk, role=role, backup=backup)
    touch(case, now)
    return named


def unassign(assignment_id: UUID, *, by: User, now: datetime) -> Assignment:
    """Take somebody off the team."""
    named = Assignment.objects.select_related("case").get(pk=assignment_id)
    case = lock_case(named.case_id)
    named = Assignment.objects.select_for_update(of=("self",)).select_related("user", "case").get(pk=named.pk)
    if named.ended_at:
        raise IllegalMove(_("This person has left the team already."))
    others = Assignment.objects.filter(holding_now(), case=case).exclude(pk=named.pk)
    if case.sensitivity != OPEN_TO_OFFICE and not others.exists():
        raise IllegalMove(
            _("Only named people can open this case, so somebody must stay. Name somebody else first.")
        )
    # Before the row ends: afterwards the person who takes herself off may not see the case any more.
    record("case.unassign", by=by, subject=named, at=now, user=named.user_id, role=named.role)
    touch(case, now)
    named.ended_at = now
    named.version += 1
    named.save(update_fields=["ended_at", "version"])
    return named
