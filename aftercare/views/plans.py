from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.actions.plans import agree_plan, end_plan
from aftercare.forms import GoalMoveForm, GoalSetForm, PlanMakeForm
from aftercare.forms.plans import GoalsReviewForm, PlanAgreeForm, PlanEndForm
from aftercare.models import Care, Goal, Plan
from aftercare.states import GOAL_MOVES, LIVE_GOALS, GoalStatus, months_later
from aftercare.views.care import about, found_care
from aftercare.views.plan_page import page_of_plan
from cases.answering import answer
from cases.clock import today_in


def page_of_goal(goal):
    """Back to the plan that the line belongs to."""
    return f"{page_of_plan(goal.plan)}#goal-{goal.pk}"


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
        "carry": True,
    }
    going_on = Goal.objects.filter(plan__care=care, plan__ended_on="", status__in=LIVE_GOALS).exists()
    form = PlanMakeForm(request.POST or None, initial=initial, going_on=going_on)

    def make(**facts):
        return actions.make_plan(care.pk, by=request.user, now=now, **facts)

    effects = [{"icon": "list-checks", "text": _("You then add goals, one line each.")}]
    if care.plans.filter(reviewed_on="").exists():
        text = _("The plan before counts as reviewed on the day of the new one.")
        effects.append({"icon": "circle-check", "text": text})
    return answer(request, form, make, done=page_of_plan, page="aftercare/plan_make.html",
                  context=about(care, effects=effects, back=page_of_plan(care)))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def plan_agree(request, pk):
    """The person has seen the plan; her wishes are put into her own words once more."""
    plan = get_object_or_404(Plan, pk=pk)
    care = found_care(plan.care_id)
    now = timezone.now()
    initial = {
        "agreed_on": today_in(care.office, now).isoformat(),
        "wishes": care.wishes,
        "version": plan.version,
    }
    form = PlanAgreeForm(request.POST or None, initial=initial)

    def agree(**facts):
        return agree_plan(plan.pk, by=request.user, now=now, **facts)

    return answer(request, form, agree, done=page_of_plan, page="aftercare/plan_agree.html",
                  context=about(care, plan=plan, back=page_of_plan(care)))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def plan_end(request, pk):
    plan = get_object_or_404(Plan, pk=pk)
    care = found_care(plan.care_id)
    now = timezone.now()
    initial = {"ended_on": today_in(care.office, now).isoformat(), "version": plan.version}
    form = PlanEndForm(request.POST or None, initial=initial)
    left = plan.goals.filter(status__in=LIVE_GOALS).count()
    words = ngettext("%(count)d goal that was not reached is dropped.",
                     "%(count)d goals that were not reached are dropped.", left)  # fmt: skip
    effects = [{"icon": "flag", "text": words % {"count": left}}] if left else []

    def end(**facts):
        return end_plan(plan.pk, by=request.user, now=now, **facts)

    return answer(request, form, end, done=page_of_plan, page="aftercare/plan_end.html",
                  context=about(care, plan=plan, effects=effects, back=page_of_plan(care)))  # fmt: skip


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
    goals = [goal for goal in plan.goals.order_by("position", "pk") if goal.status in LIVE_GOALS]
    form = GoalsReviewForm(request.POST or None, initial=initial, goals=goals)

    def review(**facts):
        return actions.review_plan(plan.pk, by=request.user, now=now, **facts)

    return answer(request, form, review, done=page_of_plan, page="aftercare/plan_review.html",
                  context=about(care, plan=plan, back=page_of_plan(care)))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def goal_set(request, pk, goal=None):
    plan = get_object_or_404(Plan, pk=pk)
    line = get_object_or_404(Goal, pk=goal, plan=plan) if goal else None
    care = found_care(plan.care_id)
    names = ("area", "goal", "own_words", "next_step", "due", "note", "version")
    initial = {name: getattr(line, name) for name in names} if line else {}
    form = GoalSetForm(request.POST or None, initial=initial)

    def write(**facts):
        return actions.set_goal(plan.pk, by=request.user, now=timezone.now(), goal_id=goal, **facts)

    return answer(request, form, write, done=page_of_goal, page="aftercare/goal_set.html",
                  context=about(care, plan=plan, line=line, back=page_of_plan(care)))  # fmt: skip


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
                  context=about(care, line=line, back=page_of_plan(care)))  # fmt: skip
