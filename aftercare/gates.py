"""What aftercare demands before its track may close (DOMAIN d.3)."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Can
from aftercare.models import Care
from aftercare.states import CARE_GOES_ON, CareResult, months_later
from cases.clock import today_in


def unfinished_care(case, by):
    """Whoever is in care or restored needs an assessment of the last months and no review left open."""
    today, months = today_in(case.office, timezone.now()), settings.CLOSING_ASSESSMENT_MONTHS
    rested = Q(result__in=[*CARE_GOES_ON, CareResult.RESTORED])
    people = Care.objects.filter(rested, case=case).select_related("survivor", "headcount")
    for care in people.prefetch_related("plans", "assessments"):
        if any(plan.review_on and not plan.reviewed_on for plan in care.plans.all()):
            return _("A plan of %(who)s still waits for its review.") % {"who": care.code}
        latest = care.latest_assessment()
        if latest is None or months_later(latest.on.last, months) < today:
            return _("%(who)s has no assessment from the last %(months)s months.") % {
                "who": care.code,
                "months": months,
            }
    return None


def closing_without_approval(case, by):
    """Others move the track from stage to stage; a supervisor of the office approves its end."""
    if by.can_in(case.office_id, Can.CLOSE_AFTERCARE):
        return None
    return _("Only the safeguarding lead or the office director closes the aftercare track. Ask one of them.")
