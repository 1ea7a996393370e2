"""A plan in the demonstration: goals from low parts, steps that a donor pays, a conference, an agreement."""

from datetime import timedelta

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions.conferences import Decided, hold_conference
from aftercare.actions.goals import take_goals
from aftercare.actions.plans import agree_plan, move_goal, set_goal
from aftercare.actions.steps import log_step, set_step
from aftercare.models import Care, PartScore
from aftercare.states import months_later
from aftercare.suggesting import suggestions_of
from casefiles.demo import LIVE, colleague
from cases.actions import add_grant
from cases.clock import today_in
from reference.values import Money, PartialDate

WISHES = ("To sew school uniforms", "To see the sea once (demo)")
WORDS = {
    "en": ("I live where nobody looks for me.", "I learn to sew and earn my own money."),
    "bn": ("আমি এমন জায়গায় থাকি যেখানে কেউ আমাকে খোঁজে না।", "আমি সেলাই শিখি এবং নিজে আয় করি।"),
}


def show_plans(now):
    """Once: for the person of today's case who was scored by parts."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        scored = PartScore.objects.filter(case__external_id=LIVE).values("assessment__care")
        rows = Care.objects.filter(pk__in=scored, plans=None).select_related("case", "office", "survivor")
        care = rows.order_by("survivor__key").first()
        if care is None:
            return
        low = suggestions_of(care, None)
        wanted = [one.key for one in low[:1]] + [one.key for one in low if "economic" in one.area][:2]
        goals = take_goals(care.pk, by=by, now=now, keys=wanted)
        plan_steps(care, goals, by, now)
        agree_plan(
            goals[0].plan_id, by=by, now=now, agreed_on=PartialDate(today_in(care.office, now)),
            wishes=list(WISHES),
        )  # fmt: skip
        confer(care, by, now)


def plan_steps(care, goals, by, now):
    """Her words for each goal, and training of which the first fee is paid."""
    today = today_in(care.office, now)
    grant = care.case.grants.order_by("name").first() or add_grant(
        care.case_id, by=by, now=now, name="Fund for new beginnings (demo)"
    )
    words = WORDS.get(care.survivor.language, WORDS["en"])
    for goal, said in zip(goals, words, strict=False):
        set_goal(
            goal.plan_id, by=by, now=now, goal_id=goal.pk, area=goal.area, goal=goal.goal, own_words=said,
            next_step="Go there together (demo)", due=PartialDate(months_later(today, 3)),
        )  # fmt: skip
    money = care.office.currency
    course = set_step(
        goals[-1].pk, by=by, now=now, kind="vocational_training", what="Sewing, six months (demo)",
        provider="School of the parish (demo)", cost=Money.of(f"12000 {money}"), grant_id=grant.pk,
        ends_on=PartialDate(months_later(today, 6)),
    )  # fmt: skip
    log_step(
        course.pk, by=by, now=now, starts_on=PartialDate(today), provider=course.provider,
        cost=Money.of(f"2000 {money}"), grant_id=grant.pk,
    )  # fmt: skip
    set_step(goals[0].pk, by=by, now=now, kind="housing", what="A room with her aunt (demo)")
    move_goal(goals[0].pk, by=by, now=now, status="in_progress", next_step="Visit the aunt (demo)")


def confer(care, by, now):
    """Her aunt was there, and she herself was heard."""
    today = today_in(care.office, now)
    hold_conference(
        care.pk, by=by, now=now, on=PartialDate(today), heard=True,
        present=[f"{by.name}, social worker", "The aunt (demo)", "Counsellor of the school (demo)"],
        summary="She wants to live with her aunt and to learn to sew. (demo)",
        decisions=[
            Decided("Look at the room of the aunt", today + timedelta(days=4), by.pk),
            Decided("Ask the school for a place in January", today + timedelta(days=10)),
        ],
    )  # fmt: skip
