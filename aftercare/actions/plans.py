from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_before, refuse_future
from aftercare.models import Care, Goal, Plan
from aftercare.states import GOAL_MOVES, GoalStatus
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove, check_move
from reference.values import PartialDate


def make_plan(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    review_on: PartialDate,
    wishes: Sequence[str] = (),
    note: str = "",
    version: int | None = None,
) -> Plan:
    """A plan that begins with the person's own wishes; an older one counts as reviewed on its day."""
    care = lock(Care, care_id, version)
    refuse_future(on, office=care.office, now=now, field="on")
    refuse_before(review_on, on, _("The review comes after the day of the plan."), field="review_on")
    for older in care.plans.select_for_update().filter(reviewed_on=""):
        older.reviewed_on = on
        keep(older, "reviewed_on")
        record("plan.review", by=by, subject=older, at=now)
    plan = Plan(care=care, case=care.case, on=on, review_on=review_on, by=by.name, note=note)
    plan.position = next_position(care.plans)
    plan.save(force_insert=True)
    care.wishes = list(wishes)
    keep(care, "wishes")
    record("plan.make", by=by, subject=plan, at=now, review_on=review_on)
    touch(plan.case, now)
    return plan


def review_plan(
    plan_id: UUID,
    *,
    by: User,
    now: datetime,
    reviewed_on: PartialDate,
    next_review_on: PartialDate,
    note: str = "",
    version: int | None = None,
) -> Plan:
    """The plan was looked at again with the person, and the next look has its date."""
    plan = lock(Plan, plan_id, version)
    care = lock(Care, plan.care_id)
    refuse_future(reviewed_on, office=plan.office, now=now, field="reviewed_on")
    refuse_before(reviewed_on, plan.on, _("The plan was made later than this day."), field="reviewed_on")
    if next_review_on.last <= today_in(plan.office, now):
        raise IllegalMove(_("The next review lies in the future."), field="next_review_on")
    plan.reviewed_on, plan.note = reviewed_on, note
    keep(plan, "reviewed_on", "note")
    care.next_review_on = next_review_on
    keep(care, "next_review_on")
    record("plan.review", by=by, subject=plan, at=now)
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
    next_step: str = "",
    due: PartialDate | str = "",
    note: str = "",
    version: int | None = None,
) -> Goal:
    """Write one line of the plan, or put it right."""
    plan = lock(Plan, plan_id)
    refuse_before(due, plan.on, _("The plan was made later than this day."), field="due")
    facts = {"area": area, "goal": goal, "next_step": next_step, "due": due, "note": note}
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
