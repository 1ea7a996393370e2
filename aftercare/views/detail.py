from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare.forms import ServiceLogForm
from aftercare.models import Care, TherapyNote
from aftercare.states import CARE_GOES_ON, LIVE_GOALS, Domain
from aftercare.views.care import about, agencies_of, found_care, row_of
from cases.clock import today_in
from reference.values import PartialDate

CHART_HEIGHT = 64
RECENT = 8


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_detail(request, pk):
    """The plan and everything done for one person: her wishes first."""
    care = found_care(pk)
    today = today_in(care.office, timezone.now())
    plans = list(care.plans.order_by("-position", "-pk").prefetch_related("goals"))
    prefetch_related_objects([care], "assessments__scores")
    assessments = in_order(care.assessments.all())
    services = sorted(care.services.all(), key=lambda one: str(one.starts_on), reverse=True)
    context = about(
        care,
        state=row_of(care, today),
        goes_on=care.result in CARE_GOES_ON,
        plan=plans[0] if plans else None,
        areas=areas_of(plans[0], today) if plans else [],
        older_plans=plans[1:],
        placements=care.placements.order_by("-position", "-pk"),
        services=services[:RECENT],
        older_services=services[RECENT:],
        service_form=ServiceLogForm(initial={"starts_on": PartialDate(today)}),
        assessments=assessments[::-1],
        charts=charts_of(assessments),
        entitlements=care.entitlements.order_by("scheme", "pk"),
        milestones=sorted(care.milestones.all(), key=lambda one: str(one.on), reverse=True),
        agencies=agencies_of(care.case),
        may_therapy=request.user.can(Can.VIEW_THERAPY),
        therapy=TherapyNote.objects.filter(care=care).for_list(),
        may_write=request.user.can(Can.WRITE_AFTERCARE),
        may_open_shelter=request.user.can_on(Can.OPEN_SHELTER, care.office_id),
        may_move=request.user.can(Can.MOVE_AFTERCARE),
    )
    return render(request, "aftercare/care_detail.html", context)


def in_order(assessments):
    """Oldest first; scorings of one day in the order they were made."""
    return sorted(assessments, key=lambda one: (one.on.last, one.position))


def areas_of(plan, today):
    """[(area in words, its goals)], each goal with whether its day has passed."""
    areas = {}
    for goal in sorted(plan.goals.all(), key=lambda one: one.position):
        goal.live = goal.status in LIVE_GOALS
        goal.late = goal.live and bool(goal.due) and goal.due.last < today
        areas.setdefault(goal.get_area_display(), []).append(goal)
    return list(areas.items())


def charts_of(assessments):
    """Six small charts: the score of one domain at each assessment, and the newest beside the one before."""
    if not assessments:
        return []
    by_domain = {
        code: [(one, score) for one in assessments for score in one.scores.all() if score.domain == code]
        for code in Domain.values
    }
    return [chart_of(Domain(code), found, assessments[-1]) for code, found in by_domain.items()]


def chart_of(domain, found, newest):
    """Columns from 0 to 4; the last one is the newest score."""
    found = found[-6:]
    wide = 100 / max(len(found), 4)
    columns = [
        {
            "x": round(place * wide + wide * 0.15, 2),
            "width": round(wide * 0.7, 2),
            "height": round(float(score.value) * (CHART_HEIGHT - 4) / 4, 1),
            "y": round(CHART_HEIGHT - float(score.value) * (CHART_HEIGHT - 4) / 4, 1),
            "series": 1 if place == len(found) - 1 else 2,
            "value": score.value,
            "on": one.on,
        }
        for place, (one, score) in enumerate(found)
    ]
    last, now = (found[-1] if found else (None, None)), None
    if last[0] == newest:
        now = last[1]
    before = found[-2][1] if now and len(found) > 1 else (last[1] if not now else None)
    return {"domain": domain.label, "now": now, "before": before, "columns": columns, "height": CHART_HEIGHT}
