from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from aftercare.models import Care, Plan
from aftercare.states import CareResult
from cases.clock import today_in
from cases.states import AftercareStatus
from notifications.actions.alerts import Opening, open_alerts
from notifications.rules import To
from reference.fields import Last
from reference.values import PartialDate

SOON = timedelta(days=7)
NO_CARE = (AftercareStatus.CLOSED, "")
OVER = (CareResult.DIED, CareResult.TRANSFERRED, CareResult.DECLINED)


def open_reviews(*, by: User, now: datetime) -> int:
    """Tell the social worker of reviews due within a week, and of those that passed while we knew of them."""
    found = (opening_of(*due, now) for due in reviews_due(now))
    return len(open_alerts([opening for opening in found if opening], by=by, now=now))


def reviews_due(now: datetime) -> Iterable[tuple[Any, Care, Any]]:
    """Every review near enough to matter; days are compared in the office's zone afterwards."""
    horizon = (now + SOON + timedelta(days=1)).date()
    plans = Plan.objects.filter(reviewed_on="").annotate(due=Last("review_on")).filter(due__lte=horizon)
    plans = plans.exclude(case__aftercare_status__in=NO_CARE).exclude(care__result__in=OVER)
    for plan in plans.select_related("case__office", "care"):
        yield plan, plan.care, plan.review_on
    cares = Care.objects.annotate(due=Last("next_review_on")).filter(due__lte=horizon)
    cares = cares.exclude(case__aftercare_status__in=NO_CARE).exclude(result__in=OVER)
    for care in cares.select_related("case__office"):
        yield care, care, care.next_review_on


def opening_of(row: Care | Plan, care: Care, review_on: PartialDate, now: datetime) -> Opening | None:
    """The alert of one review, or none yet. A vague date is nobody's deadline."""
    if not review_on.exact:
        return None
    due, today = review_on.first, today_in(row.case.office, now)
    if due < today:
        return overdue(row, care, due) if known_in_time(row, due) else None
    return opening("P1", row, care, due) if due - SOON <= today else None


def known_in_time(row: Care | Plan, due: date) -> bool:
    """Was the row written before its day was over? History that is brought over asks nobody anything."""
    return due >= today_in(row.case.office, row.created_at)


def overdue(row: Care | Plan, care: Care, due: date) -> Opening:
    return opening("P2", row, care, due, supersedes=("P1",))


def opening(rule: str, row: Care | Plan, care: Care, due: date, supersedes: tuple[str, ...] = ()) -> Opening:
    """To the survivor's own social worker, or those of the case."""
    known = {To.SW: [care.worker_id]} if care.worker_id else {}
    key = f"{rule}:{row._meta.model_name}:{row.pk}:{due}"
    return Opening(
        rule, row.case, row, key, known=known, facts={"due": due.isoformat()}, supersedes=supersedes
    )
