"""Goals born from low parts, and goals in the words of the person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position
from aftercare.actions.plans import make_plan
from aftercare.models import Care, Goal, Plan
from aftercare.states import GoalStatus, months_later
from aftercare.suggesting import Suggestion, suggestions_of
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate

REVIEW_AFTER = 6  # months, for a plan that begins with its first goal


def plan_of(care: Care) -> Plan | None:
    """The plan that is worked by: the last one, unless it has ended."""
    last = care.plans.order_by("-position", "-pk").first()
    return last if last and not last.ended_on else None


def take_goals(care_id: UUID, *, by: User, now: datetime, keys: Iterable[str]) -> list[Goal]:
    """Make goals of what the latest scoring suggests; without a plan, one begins with them today."""
    care = lock(Care, care_id)
    plan = plan_of(care)
    wanted = set(keys)
    offered = {one.key: one for one in suggestions_of(care, plan)}
    if not wanted or not wanted <= offered.keys():
        raise IllegalMove(_("This is in the plan already, or was scored anew. Look at the page again."))
    if plan is None:
        today = today_in(care.office, now)
        plan = make_plan(
            care.pk, by=by, now=now, on=PartialDate(today), wishes=care.wishes,
            review_on=PartialDate(months_later(today, REVIEW_AFTER)),
        )  # fmt: skip
    taken = [take_goal(plan, one, care, by=by, now=now) for one in offered.values() if one.key in wanted]
    touch(care.case, now)
    return taken


def take_goal(plan: Plan, one: Suggestion, care: Care, *, by: User, now: datetime) -> Goal:
    """One line of the plan, which remembers its part and the scoring that it comes from."""
    goal = Goal(
        plan=plan, case=plan.case, area=one.area, goal=one.goal, part=one.part,
        born_of=care.latest_assessment(), status=GoalStatus.OPEN, position=next_position(plan.goals),
    )  # fmt: skip
    goal.save(force_insert=True)
    record("goal.set", by=by, subject=goal, at=now)
    return goal


def word_goals(plan: Plan, words: Mapping[UUID, str], *, by: User, now: datetime) -> int:
    """Keep the goals in the person's own words, where they have changed. How many did."""
    goals = plan.goals.select_for_update(of=("self",)).filter(pk__in=list(words)).order_by("position", "pk")
    changed = [goal for goal in goals if goal.own_words != words[goal.pk].strip()]
    for goal in changed:
        goal.own_words = words[goal.pk].strip()
        keep(goal, "own_words")
        record("goal.set", by=by, subject=goal, at=now)
    return len(changed)
