from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import GoalMoveForm, GoalSetForm, PlanMakeForm, PlanReviewForm
from aftercare.models import Care, Goal, Plan
from aftercare.states import GOAL_MOVES, GoalStatus, months_later
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in


def page_of_goal(goal):
    """Back to the care that the line's plan belongs to."""
    return page_of_care(goal.plan)


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def plan_make(request, pk):
    care = found_care(pk)
    now = timezone.now()
    today = today_in(care.office, now)
    initial = {
        "wishes": care.wishes,
        "on": today.isoformat(),
        "review_on": months_later(today, 6).isoformat(),
        "version": care.version,
    }
    form = PlanMakeForm(request.POST or None, initial=initial)

    def make(**facts):
        return actions.make_plan(care.pk, by=request.user, now=now, **facts)

    effects = [{"icon": "list-checks", "text": _("You then add goals, one line each.")}]
    if care.plans.filter(reviewed_on="").exists():
        text = _("The plan before counts as reviewed on the day of the new one.")
        effects.append({"icon": "circle-check", "text": text})
    return answer(request, form, make, done=page_of_care, page="aftercare/plan_make.html",
                  context=about(care, effects=effects))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def plan_review(request, pk):
    plan = get_object_or_404(Plan, pk=pk)
    care = found_care(plan.care_id)
    now = timezone.now()
    today = today_in(care.office, now)
    initial = {
        "reviewed_on": today.isoformat(),
        "next_review_on": months_later(today, 6).isoformat(),
        "note": plan.note,
        "version": plan.version,
    }
    form = PlanReviewForm(request.POST or None, initial=initial)

    def review(**facts):
        return actions.review_plan(plan.pk, by=request.user, now=now, **facts)

    return answer(request, form, review, done=page_of_care, page="aftercare/plan_review.html",
                  context=about(care, plan=plan))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def goal_set(request, pk, goal=None):
    plan = get_object_or_404(Plan, pk=pk)
    line = get_object_or_404(Goal, pk=goal, plan=plan) if goal else None
    care = found_care(plan.care_id)
    names = ("area", "goal", "next_step", "due", "note", "version")
    initial = {name: getattr(line, name) for name in names} if line else {}
    form = GoalSetForm(request.POST or None, initial=initial)

    def write(**facts):
        return actions.set_goal(plan.pk, by=request.user, now=timezone.now(), goal_id=goal, **facts)

    return answer(request, form, write, done=page_of_goal, page="aftercare/goal_set.html",
                  context=about(care, plan=plan, line=line))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Goal)
@require_http_methods(["GET", "POST"])
def goal_move(request, pk):
    line = get_object_or_404(Goal.objects.select_related("plan"), pk=pk)
    care = found_care(line.plan.care_id)
    moves = GOAL_MOVES[GoalStatus(line.status or GoalStatus.OPEN)]
    initial = {"next_step": line.next_step, "version": line.version}
    form = GoalMoveForm(request.POST or None, initial=initial, moves=moves)

    def move(**facts):
        return actions.move_goal(line.pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, move, done=page_of_goal, page="aftercare/goal_move.html",
                  context=about(care, line=line))  # fmt: skip
