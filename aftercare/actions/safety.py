"""Looks at safety: is she safe, from what not, what is done about it, how great is the danger, when again."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock
from aftercare.actions.tasks import make_task, settle_tasks
from aftercare.models import Care, SafetyCheck
from aftercare.states import SafeNow, SafetyReason, TaskKind
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove

END_OF_WORK = time(17)


def look_at_safety(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    safe: str,
    risk: str,
    reason: str = SafetyReason.ROUTINE,
    dangers: Sequence[str] = (),
    plan: str = "",
    next_on: date | None = None,
) -> SafetyCheck:
    """One look. It says how great the danger is from here on, and when somebody looks again."""
    care = lock(Care, care_id)
    today = today_in(care.office, now)
    if safe == SafeNow.NO and not plan.strip():
        raise IllegalMove(_("The person is not safe: say what is done about it now."), field="plan")
    if next_on and next_on < today:
        raise IllegalMove(_("Choose a day that is still to come."), field="next_on")
    again = next_on or today + timedelta(days=days_until_next(safe, risk))
    check = SafetyCheck(
        care=care, case=care.case, looked_at=now, reason=reason, safe=safe, risk=risk,
        dangers=list(dangers), plan=plan.strip(), next_on=again, by=by,
    )  # fmt: skip
    check.save(force_insert=True)
    care.risk = risk
    keep(care, "risk")
    record("safety.look", by=by, subject=check, at=now, risk=risk, reason=reason, safe=safe)
    settle_tasks(care, (TaskKind.FIRST_SAFETY, TaskKind.SAFETY_REVIEW), by=by, now=now)
    due_at = datetime.combine(again, END_OF_WORK, tzinfo=ZoneInfo(care.office.time_zone))
    make_task(
        care, TaskKind.SAFETY_REVIEW, by=by, now=now, due_at=max(due_at, now), source="safety.look",
        source_id=check.pk,
    )  # fmt: skip
    touch(care.case, now)
    return check


def days_until_next(safe: str, risk: str) -> int:
    """Whoever is not safe is looked at again the next day; others by how great the danger is."""
    return 1 if safe == SafeNow.NO else settings.SAFETY_AGAIN_DAYS[risk]
