"""The plan of one person: goals by area, each with where it stands, its steps and what they cost."""

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare.actions.goals import take_goals
from aftercare.costs import costs_of_care, costs_of_goals
from aftercare.forms.plans import GoalTakeForm
from aftercare.models import Care, Conference, Goal, GoalStep, PartScore, Service
from aftercare.states import CARE_GOES_ON, LIVE_GOALS, StepStatus
from aftercare.suggesting import suggestions_of
from aftercare.views.care import about, found_care
from cases.clock import today_in
from cases.states import IllegalMove


def page_of_plan(row):
    """The page of the plan of the care that a row belongs to."""
    return reverse("aftercare:care-plan", args=[getattr(row, "care_id", row.pk)])


def plans_of(care):
    """The plans with their goals, the latest first."""
    goals = Goal.objects.select_related("part").order_by("position", "pk")
    return list(care.plans.order_by("-position", "-pk").prefetch_related(Prefetch("goals", goals)))


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_plan(request, pk):
    """What the person works towards: her wishes, goals by area, steps, costs, conferences."""
    care = found_care(pk)
    today = today_in(care.office, timezone.now())
    plans = plans_of(care)
    plan = plans[0] if plans else None
    working = plan if plan and not plan.ended_on else None
    prefetch_related_objects([care], "assessments__scores")
    goals = list(plan.goals.all()) if plan else []
    show_goals(care, plan, goals, today)
    conferences = Conference.objects.filter(care=care).select_related("by").order_by("-on", "-pk")
    may_write = request.user.can_on(Can.WRITE_AFTERCARE, care.office_id)
    context = about(
        care,
        care_tab="plan",
        plan=plan,
        working=working,
        areas=by_area(goals),
        older_plans=plans[1:],
        goes_on=care.result in CARE_GOES_ON,
        late=care.review_due is not None and care.review_due < today,
        suggestions=suggestions_of(care, working),
        costs=costs_of_care(care, Service.objects.all(), GoalStep.objects.all()),
        conferences=conferences.prefetch_related("decisions__task__worker"),
        may_write=may_write,
    )
    return render(request, "aftercare/care_plan.html", context)


def by_area(goals):
    """[(area in words, its goals)] in the order of the plan."""
    areas = {}
    for goal in goals:
        areas.setdefault(goal.get_area_display(), []).append(goal)
    return list(areas.items())


def show_goals(care, plan, goals, today):
    """Give each goal what its row shows: scores then and now, its steps, its costs, whether it is late."""
    if not goals:
        return
    steps = {}
    for step in GoalStep.objects.filter(goal__plan=plan).with_rest().for_list():
        step.live = step.status in (StepStatus.PLANNED, StepStatus.UNDER_WAY)
        step.late = step.live and bool(step.ends_on) and step.ends_on.last < today
        steps.setdefault(step.goal_id, []).append(step)
    costs = costs_of_goals(plan, Service.objects.all(), GoalStep.objects.all())
    scores = Standing(care, goals)
    for goal in goals:
        goal.live = goal.status in LIVE_GOALS
        goal.late = goal.live and bool(goal.due) and goal.due.last < today
        goal.its_steps = steps.get(goal.pk, [])
        goal.costs = costs.get(goal.pk, [])
        goal.then, goal.now = scores.of(goal)


class Standing:
    """What the part or the domain of a goal stood at when the goal was born, and stands at now."""

    def __init__(self, care, goals):
        assessments = {one.pk: one for one in care.assessments.all()}
        latest = care.latest_assessment()
        self.latest = latest.pk if latest else None
        self.domains = {
            (one.pk, score.domain): score.value for one in assessments.values() for score in one.scores.all()
        }
        wanted = {self.latest, *(goal.born_of_id for goal in goals)} - {None}
        known = any(goal.part_id for goal in goals)
        rows = PartScore.objects.filter(assessment__in=wanted, value__isnull=False) if known else ()
        codes = rows.values_list("assessment", "part__code", "value") if known else ()
        self.parts = {(key, code): value for key, code, value in codes}

    def of(self, goal):
        """(then, now); None where nothing is known."""
        scores, what = (self.parts, goal.part.code) if goal.part_id else (self.domains, goal.area)
        then = scores.get((goal.born_of_id, what)) if goal.born_of_id else None
        return then, scores.get((self.latest, what))


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_POST
def goal_take(request, pk):
    """One press on a suggestion makes a goal of it; the plan comes back."""
    care = found_care(pk)
    form = GoalTakeForm(request.POST)
    if form.is_valid():
        try:
            take_goals(care.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except IllegalMove as why:
            messages.error(request, str(why))
    return redirect(page_of_plan(care))
