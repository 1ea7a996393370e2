from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare.agreement import agreement_of
from aftercare.charts import charts_of, table_of
from aftercare.closing import rule_in_words, standing
from aftercare.models import Care
from aftercare.road import road_of
from aftercare.scoring import due_of
from aftercare.states import CARE_GOES_ON
from aftercare.views.care import about, found_care

AROUND = (
    "assessments__scores", "assessments__part_scores", "assessments__second_ratings", "placements",
    "milestones", "closures__asked_by", "closures__decided_by", "tasks",
)  # fmt: skip


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_road(request, pk):
    """Six charts, the same as a table, and the road: what a social worker shows to the team, and to her."""
    care = found_care(pk)
    prefetch_related_objects([care], *AROUND)
    assessments = list(care.assessments.all())
    context = about(
        care,
        assessments=assessments,
        charts=charts_of(assessments),
        table=table_of(assessments),
        due=due_of(care, timezone.now(), records=True),
        road=road_of(care),
        rule=rule_in_words(),
        standing=standing(care.latest_assessment()),
        closures=sorted(care.closures.all(), key=lambda one: one.asked_at, reverse=True),
        agreement=agreement_of(care.office_id),
        goes_on=care.result in CARE_GOES_ON,
        may_write=request.user.can(Can.WRITE_AFTERCARE),
        may_move=request.user.can(Can.MOVE_AFTERCARE),
        may_close=request.user.can_on(Can.CLOSE_AFTERCARE, care.office_id),
    )
    return render(request, "aftercare/care_road.html", context)
