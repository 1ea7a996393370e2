from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.roles import Can
from aftercare.actions.steps import log_step, move_step, set_step
from aftercare.forms.plans import StepForm, StepLogForm, StepMoveForm
from aftercare.models import Goal, GoalStep
from aftercare.views.care import about, found_care
from aftercare.views.plan_page import page_of_plan
from cases.answering import answer
from cases.clock import today_in
from cases.models import Grant
from cases.states import IllegalMove, Stale
from reference.values import Money, PartialDate


def money_of(row):
    """The cost as the form shows it."""
    return str(Money(row.cost, row.cost, row.cost_currency)) if row.cost is not None else ""


def of_money(care):
    """What a form about costs needs to know."""
    return {"currency": care.office.currency, "grants": list(Grant.objects.filter(case=care.case))}


def found_step(pk):
    """The step with its goal and its plan."""
    return get_object_or_404(GoalStep.objects.select_related("goal__plan"), pk=pk)


@requires(Can.WRITE_AFTERCARE, of=Goal)
@require_http_methods(["GET", "POST"])
def step_add(request, pk):
    goal = get_object_or_404(Goal.objects.select_related("plan"), pk=pk)
    care = found_care(goal.plan.care_id)
    form = StepForm(request.POST or None, **of_money(care))

    def write(version=None, **facts):
        return set_step(goal.pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, write, done=lambda _row: page_of_plan(care), page="aftercare/step_add.html",
                  context=about(care, goal=goal, back=page_of_plan(care)))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=GoalStep)
@require_http_methods(["GET", "POST"])
def step_edit(request, pk):
    step = found_step(pk)
    care = found_care(step.goal.plan.care_id)
    names = ("kind", "what", "provider", "starts_on", "ends_on", "version")
    initial = {name: getattr(step, name) for name in names}
    initial |= {"cost": money_of(step), "grant_id": str(step.grant_id or "")}
    form = StepForm(request.POST or None, initial=initial, **of_money(care))

    def write(**facts):
        return set_step(step.goal_id, by=request.user, now=timezone.now(), step_id=step.pk, **facts)

    return answer(request, form, write, done=lambda _row: page_of_plan(care), page="aftercare/step_edit.html",
                  context=about(care, goal=step.goal, back=page_of_plan(care)))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=GoalStep)
@require_POST
def step_move(request, pk):
    """One press in the plan, which comes back."""
    step = found_step(pk)
    form = StepMoveForm(request.POST)
    if form.is_valid():
        try:
            move_step(step.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except IllegalMove as why:
            messages.error(request, str(why))
        except Stale:
            pass  # somebody else pressed first: the page shows how it stands
    return redirect(f"{page_of_plan(step.goal.plan)}#goal-{step.goal_id}")


@requires(Can.WRITE_AFTERCARE, of=GoalStep)
@require_http_methods(["GET", "POST"])
def step_log(request, pk):
    """The step was taken: what the plan says stands in the form already."""
    step = found_step(pk)
    care = found_care(step.goal.plan.care_id)
    now = timezone.now()
    initial = {
        "starts_on": PartialDate(today_in(care.office, now)), "provider": step.provider, "done": True,
        "cost": money_of(step), "grant_id": str(step.grant_id or ""),
    }  # fmt: skip
    form = StepLogForm(request.POST or None, initial=initial, **of_money(care))

    def log(**facts):
        return log_step(step.pk, by=request.user, now=now, **facts)

    return answer(request, form, log, done=lambda _row: page_of_plan(care), page="aftercare/step_log.html",
                  context=about(care, step=step, goal=step.goal, back=page_of_plan(care)))  # fmt: skip
