from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare.charts import charts_of, in_order
from aftercare.forms import ServiceLogForm
from aftercare.models import Care, CareTask, TherapyNote
from aftercare.owed import entitlements_of
from aftercare.scoring import due_of
from aftercare.states import CARE_GOES_ON, LIVE_GOALS
from aftercare.task_words import row_of as row_of_task
from aftercare.views.care import about, agencies_of, row_of
from aftercare.views.contacts import care_with_contact, silence_of
from cases.clock import today_in
from reference.values import PartialDate

RECENT = 3
NEXT = 4


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_detail(request, pk):
    """What is next for one person, how safe she is, what she works towards, and how she fares."""
    care = care_with_contact(pk)
    now = timezone.now()
    today = today_in(care.office, now)
    plan = care.plans.order_by("-position", "-pk").prefetch_related("goals").first()
    prefetch_related_objects([care], "assessments__scores")
    assessments = in_order(care.assessments.all())
    context = about(
        care,
        state=row_of(care, today),
        goes_on=care.result in CARE_GOES_ON,
        care_tab="overview",
        here=request.get_full_path(),
        tasks=tasks_of(care, now),
        silence=silence_of(care, now),
        plan=plan,
        goals=goals_of(plan, today),
        conference=care.conferences.order_by("-on", "-pk").first(),
        assessments=assessments[::-1],
        charts=charts_of(assessments),
        due=due_of(care, now, records=True),
        closures=closures_of(care),
        **done_for(care, today),
        **rights_of(request.user, care),
    )
    return render(request, "aftercare/care_detail.html", context)


def done_for(care, today):
    """Homes, services, benefits and milestones of the person."""
    services = sorted(care.services.all(), key=lambda one: str(one.starts_on), reverse=True)
    return {
        "placements": care.placements.order_by("-position", "-pk"),
        "services": services[:RECENT],
        "older_services": services[RECENT:],
        "service_form": ServiceLogForm(initial={"starts_on": PartialDate(today)}),
        "entitlements": entitlements_of(care),
        "milestones": sorted(care.milestones.all(), key=lambda one: str(one.on), reverse=True),
        "agencies": agencies_of(care.case),
        "therapy": TherapyNote.objects.filter(care=care).for_list(),
    }


def rights_of(user, care):
    """What the one who looks may do here."""
    return {
        "may_therapy": user.can(Can.VIEW_THERAPY),
        "may_write": user.can(Can.WRITE_AFTERCARE),
        "may_open_shelter": user.can_on(Can.OPEN_SHELTER, care.office_id),
        "may_move": user.can(Can.MOVE_AFTERCARE),
        "may_close": user.can_on(Can.CLOSE_AFTERCARE, care.office_id),
    }


def closures_of(care):
    """Ends of this care, asked for or agreed to, the latest first."""
    return list(care.closures.select_related("asked_by", "decided_by").order_by("-asked_at", "pk"))


def goals_of(plan, today):
    """The goals of the plan that go on, each with whether its day has passed; the late ones first."""
    goals = [goal for goal in plan.goals.all() if goal.status in LIVE_GOALS] if plan else []
    for goal in goals:
        goal.late = bool(goal.due) and goal.due.last < today
    return sorted(goals, key=lambda one: (not one.late, one.position))


def tasks_of(care, now):
    """What waits to be done for the person, soonest first; the rest stands on the page of contact."""
    rows = CareTask.objects.filter(care=care).waiting().for_list()
    return [row_of_task(task, now) for task in rows[: NEXT + 1]]
