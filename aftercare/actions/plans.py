from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_before, refuse_future
from aftercare.actions.tasks import settle_tasks
from aftercare.models import Care, Goal, Plan
from aftercare.states import GOAL_MOVES, LIVE_GOALS, GoalStatus, StepStatus, TaskKind
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove, check_move
from reference.values import PartialDate

# What a goal that goes on takes along into the next plan.
CARRIED = ("area", "goal", "own_words", "part", "born_of", "next_step", "due", "status", "note")


def make_plan(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    review_on: PartialDate,
    wishes: Sequence[str] = (),
    note: str = "",
    carry: bool = False,
    version: int | None = None,
) -> Plan:
    """A plan that begins with the person's own wishes; an older one counts as reviewed and ends."""
    care = lock(Care, care_id, version)
    refuse_future(on, office=care.office, now=now, field="on")
    refuse_before(review_on, on, _("The review comes after the day of the plan."), field="review_on")
    older = leave_older(care, on, by=by, now=now)
    plan = Plan(care=care, case=care.case, on=on, review_on=review_on, by=by.name, note=note)
    plan.position = next_position(care.plans)
    plan.save(force_insert=True)
    if carry and older:
        carry_goals(older, plan)
    care.wishes = list(wishes)
    keep(care, "wishes")
    record("plan.make", by=by, subject=plan, at=now, review_on=review_on)
    touch(plan.case, now)
    return plan


def leave_older(care: Care, on: PartialDate, *, by: User, now: datetime) -> Plan | None:
    """The plans before are over on the day of the new one, and count as reviewed. The last of them."""
    rows = care.plans.select_for_update(of=("self",)).filter(Q(reviewed_on="") | Q(ended_on=""))
    older = list(rows.order_by("position", "pk"))
    for plan in older:
        if not plan.reviewed_on:
            plan.reviewed_on = on
            record("plan.review", by=by, subject=plan, at=now)
        plan.ended_on = plan.ended_on or on
        keep(plan, "reviewed_on", "ended_on")
    return older[-1] if older else None


def carry_goals(older: Plan, plan: Plan) -> None:
    """Copy the goals that go on into the new plan; their steps that are not over move with them."""
    for position, goal in enumerate(older.goals.filter(status__in=LIVE_GOALS).order_by("position", "pk"), 1):
        copied = {name: getattr(goal, name) for name in CARRIED}
        copy = Goal(plan=plan, case=plan.case, position=position, **copied)
        copy.save(force_insert=True)
        goal.steps.filter(status__in=(StepStatus.PLANNED, StepStatus.UNDER_WAY)).update(goal=copy)


def review_plan(
    plan_id: UUID,
    *,
    by: User,
    now: datetime,
    reviewed_on: PartialDate,
    next_review_on: PartialDate,
    note: str = "",
    goals: Mapping[UUID, tuple[str, str]] | None = None,
    version: int | None = None,
) -> Plan:
    """The plan was looked at again with the person, goal by goal, and the next look has its date.

    `goals` says of each goal that was looked at where it stands now and what its next step is.
    """
    plan = lock(Plan, plan_id, version)
    care = lock(Care, plan.care_id)
    refuse_future(reviewed_on, office=plan.office, now=now, field="reviewed_on")
    refuse_before(reviewed_on, plan.on, _("The plan was made later than this day."), field="reviewed_on")
    if next_review_on.last <= today_in(plan.office, now):
        raise IllegalMove(_("The next review lies in the future."), field="next_review_on")
    review_goals(plan, goals or {}, reviewed_on, by=by, now=now)
    plan.reviewed_on, plan.note = reviewed_on, note
    keep(plan, "reviewed_on", "note")
    care.next_review_on = next_review_on
    keep(care, "next_review_on")
    record("plan.review", by=by, subject=plan, at=now)
    settle_tasks(care, [TaskKind.PLAN_REVIEW], by=by, now=now)
    touch(plan.case, now)
    return plan


def review_goals(
    plan: Plan,
    goals: Mapping[UUID, tuple[str, str]],
    on: PartialDate,
    *,
    by: User,
    now: datetime,
) -> None:
    """Keep what a review said of each goal; one that stands as before is left alone."""
    lines = {line.pk: line for line in plan.goals.select_for_update(of=("self",)).filter(pk__in=list(goals))}
    for key, (status, next_step) in goals.items():
        line = lines[key]
        old, new = GoalStatus(line.status or GoalStatus.OPEN), GoalStatus(status)
        if new != old:
            done_on = on if new == GoalStatus.DONE else ""
            move_goal(key, by=by, now=now, status=new, done_on=done_on, next_step=next_step)
        elif next_step != line.next_step:
            line.next_step = next_step
            keep(line, "next_step")
            record("goal.set", by=by, subject=line, at=now)


def agree_plan(
    plan_id: UUID,
    *,
    by: User,
    now: datetime,
    agreed_on: PartialDate,
    wishes: Sequence[str] = (),
    version: int | None = None,
) -> Plan:
    """The person has seen the plan and agrees with it, and these are her wishes."""
    plan = lock(Plan, plan_id, version)
    care = lock(Care, plan.care_id)
    refuse_future(agreed_on, office=plan.office, now=now, field="agreed_on")
    refuse_before(agreed_on, plan.on, _("The plan was made later than this day."), field="agreed_on")
    plan.agreed_on = agreed_on
    keep(plan, "agreed_on")
    if list(wishes) != care.wishes:
        care.wishes = list(wishes)
        keep(care, "wishes")
    record("plan.agree", by=by, subject=plan, at=now)
    touch(plan.case, now)
    return plan


def end_plan(
    plan_id: UUID, *, by: User, now: datetime, ended_on: PartialDate, version: int | None = None
) -> Plan:
    """Nobody works by this plan any more; goals that were not reached by then are dropped."""
    plan = lock(Plan, plan_id, version)
    refuse_future(ended_on, office=plan.office, now=now, field="ended_on")
    refuse_before(ended_on, plan.on, _("The plan was made later than this day."), field="ended_on")
    for line in plan.goals.filter(status__in=LIVE_GOALS).order_by("position", "pk"):
        move_goal(line.pk, by=by, now=now, status=GoalStatus.DROPPED, next_step=line.next_step)
    plan.ended_on, plan.reviewed_on = ended_on, plan.reviewed_on or ended_on
    keep(plan, "ended_on", "reviewed_on")
    record("plan.end", by=by, subject=plan, at=now)
    settle_tasks(lock(Care, plan.care_id), [TaskKind.PLAN_REVIEW], by=by, now=now)
    touch(plan.case, now)
    return plan


def set_goal(
    plan_id: UUID,
    *,
    by: User,
    now: datetime,
    goal_id: UUID | None = None,
    area: str,
    goal: str,
    own_words: str = "",
    next_step: str = "",
    due: PartialDate | str = "",
    note: str = "",
    version: int | None = None,
) -> Goal:
    """Write one line of the plan, or put it right."""
    plan = lock(Plan, plan_id)
    refuse_before(due, plan.on, _("The plan was made later than this day."), field="due")
    facts = {
        "area": area, "goal": goal, "own_words": own_words, "next_step": next_step, "due": due, "note": note,
    }  # fmt: skip
    if goal_id:
        line = lock(Goal, goal_id, version)
        for name, value in facts.items():
            setattr(line, name, value)
        keep(line, *facts)
    else:
        line = Goal(plan=plan, case=plan.case, status=GoalStatus.OPEN, **facts)
        line.position = next_position(plan.goals)
        line.save(force_insert=True)
    record("goal.set", by=by, subject=line, at=now)
    touch(line.case, now)
    return line


def move_goal(
    goal_id: UUID,
    *,
    by: User,
    now: datetime,
    status: str,
    done_on: PartialDate | str = "",
    next_step: str = "",
    version: int | None = None,
) -> Goal:
    """A goal is under way, reached, dropped or taken up again; a reached one has its day."""
    line = lock(Goal, goal_id, version)
    new = GoalStatus(status)
    check_move(GOAL_MOVES, GoalStatus(line.status or GoalStatus.OPEN), new)
    refuse_future(done_on, office=line.office, now=now, field="done_on")
    line.status, line.next_step = new, next_step
    line.done_on = (done_on or PartialDate(today_in(line.office, now))) if new == GoalStatus.DONE else ""
    keep(line, "status", "done_on", "next_step")
    record("goal.move", by=by, subject=line, at=now, status=new)
    touch(line.case, now)
    return line
