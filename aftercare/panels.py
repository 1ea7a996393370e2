"""What the page of a survivor shows of her aftercare."""

from django.utils import timezone

from aftercare.charts import charts_of
from aftercare.models import Care
from aftercare.scoring import due_of, rescores
from aftercare.states import CARE_GOES_ON
from cases.clock import today_in


def summary_of(survivor):
    """The care of this person in a few lines; without one, that none is open."""
    rows = Care.objects.with_review().filter(survivor=survivor).select_related("worker", "office")
    care = rows.prefetch_related("assessments__scores", "milestones", rescores()).first()
    if care is None:
        return {"care": None}
    today = today_in(care.office, timezone.now())
    going_on = care.result in CARE_GOES_ON
    return {
        "care": care,
        "charts": charts_of(care.assessments.all()),
        "due": due_of(care, timezone.now()),
        "milestones": sorted(care.milestones.all(), key=lambda one: str(one.on)),
        "assessed": care.latest_assessment(),
        "home": care.placements.filter(ends_on="", over=False).order_by("-position", "-pk").first(),
        "late": going_on and care.review_due is not None and care.review_due < today,
    }
