"""What is done for a goal: planned, under way, done; and the service that comes of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_before, refuse_future
from aftercare.actions.costs import cost_fields, grant_of
from aftercare.actions.services import log_service
from aftercare.models import Goal, GoalStep, Service
from aftercare.states import STEP_MOVES, GoalStatus, StepStatus
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove, check_move
from reference.values import Money, PartialDate


def set_step(
    goal_id: UUID,
    *,
    by: User,
    now: datetime,
    step_id: UUID | None = None,
    kind: str,
    what: str = "",
    provider: str = "",
    starts_on: PartialDate | str = "",
    ends_on: PartialDate | str = "",
    cost: Money | None = None,
    grant_id: UUID | None = None,
    version: int | None = None,
) -> GoalStep:
    """Plan one step of a goal, or put it right."""
    goal = lock(Goal, goal_id)
    refuse_before(ends_on, starts_on, _("It begins later than this day."), field="ends_on")
    facts = {
        "kind": kind, "what": what, "provider": provider, "starts_on": starts_on, "ends_on": ends_on,
        "grant": grant_of(goal.case, grant_id), **cost_fields(cost),
    }  # fmt: skip
    if step_id:
        step = lock(GoalStep, step_id, version)
        for name, value in facts.items():
            setattr(step, name, value)
        keep(step, *facts)
    else:
        step = GoalStep(goal=goal, case=goal.case, position=next_position(goal.steps), **facts)
        step.save(force_insert=True)
    record("goalstep.set", by=by, subject=step, at=now, kind=kind)
    touch(step.case, now)
    return step


def move_step(step_id: UUID, *, by: User, now: datetime, status: str, version: int | None = None) -> GoalStep:
    """A step is under way, done or dropped; with the first of them its goal is under way too."""
    step = lock(GoalStep, step_id, version)
    new = StepStatus(status)
    check_move(STEP_MOVES, StepStatus(step.status), new)
    step.status = new
    step.done_on = PartialDate(today_in(step.office, now)) if new == StepStatus.DONE else ""
    keep(step, "status", "done_on")
    record("goalstep.move", by=by, subject=step, at=now, status=new)
    if new in (StepStatus.UNDER_WAY, StepStatus.DONE):
        begin_goal(step.goal_id, by=by, now=now)
    touch(step.case, now)
    return step


def begin_goal(goal_id: UUID, *, by: User, now: datetime) -> None:
    """A goal of which a step has begun is no longer just open."""
    goal = lock(Goal, goal_id)
    if goal.status in ("", GoalStatus.OPEN):
        goal.status = GoalStatus.IN_PROGRESS
        keep(goal, "status")
        record("goal.move", by=by, subject=goal, at=now, status=GoalStatus.IN_PROGRESS)


def log_step(
    step_id: UUID,
    *,
    by: User,
    now: datetime,
    starts_on: PartialDate,
    provider: str = "",
    cost: Money | None = None,
    grant_id: UUID | None = None,
    done: bool = False,
    note: str = "",
) -> Service:
    """The step was taken, or a part of it: a service of its kind, with what it cost and who paid."""
    step = lock(GoalStep, step_id)
    if step.status == StepStatus.DROPPED:
        raise IllegalMove(_("This step was dropped. Take it up again first."))
    care_id = Goal.objects.values_list("plan__care_id", flat=True).get(pk=step.goal_id)
    refuse_future(starts_on, office=step.office, now=now, field="starts_on")
    service = log_service(
        care_id, by=by, now=now, kind=step.kind, starts_on=starts_on, provider=provider, note=note, cost=cost,
        grant_id=grant_id, step=step,
    )  # fmt: skip
    target = StepStatus.DONE if done else StepStatus.UNDER_WAY
    if step.status != StepStatus.DONE and target != step.status:
        move_step(step.pk, by=by, now=now, status=target)
    return service
