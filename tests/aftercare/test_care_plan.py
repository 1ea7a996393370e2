"""The page of a plan: goals born from low parts, steps, costs that are counted once."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.scope import viewing_as
from aftercare.costs import costs_of_care, costs_of_goals
from aftercare.models import Goal, GoalStep, Plan, Service
from audit.models import Event
from tests.factories import (
    AssessmentMake,
    CareMake,
    GoalMake,
    GoalStepMake,
    GrantMake,
    InstrumentPartMake,
    PartScoreMake,
    PlanMake,
    ScoreMake,
    ServiceMake,
    SurvivorMake,
)


def page(client, user, care):
    client.force_login(user)
    return client.get(reverse("aftercare:care-plan", args=[care.pk]))


def take(client, user, care, key, **facts):
    client.force_login(user)
    return client.post(reverse("aftercare:goal-take", args=[care.pk]), {"take": key, **facts})


@pytest.fixture
def scored(case, care):
    """Scored once: one part at 1, one at 2, one at 3, and one domain without parts at 2."""
    first = AssessmentMake(case=case, care=care)
    parts = [
        InstrumentPartMake(domain=domain, label=label, code=code)
        for code, domain, label in (
            ("threats", "safety", "Nobody threatens"),
            ("school", "economic_empowerment_education", "Goes to school"),
            ("sleep", "physical_wellbeing", "Sleeps well"),
        )
    ]
    for part, value in zip(parts, (1, 2, 3), strict=True):
        PartScoreMake(case=case, assessment=first, part=part, value=value)
    ScoreMake(case=case, assessment=first, domain="safety", value=1)
    ScoreMake(case=case, assessment=first, domain="social_support", value=2)
    return first, parts


def test_low_parts_become_goals_with_one_press_and_show_their_score_then_and_now(
    client, case, care, social_worker, alice, scored, read
):
    first, parts = scored
    text = page(client, social_worker, care).content.decode()
    assert text.index("Nobody threatens") < text.index("Goes to school")
    assert "Now: Is threatened now." in text
    assert "Towards: No threats for months." in text
    assert "Sleeps well" not in text
    assert "Raise Social support to 3 or more" in text
    assert "Raise Safety" not in text  # its parts say it better
    assert "Make it a goal" not in page(client, alice, care).content.decode()

    assert take(client, social_worker, care, f"part:{parts[0].pk}").status_code == 302
    (goal,) = read(social_worker, Goal)
    assert (goal.area, goal.part_id, goal.born_of_id) == ("safety", parts[0].pk, first.pk)
    assert goal.goal == "Nobody threatens: No threats for months."
    assert [plan.by for plan in read(social_worker, Plan)] == ["Sita"]  # a plan began with it
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["plan.make", "goal.set"]

    second = AssessmentMake(case=case, care=care, on="2026-09-25", position=2)
    again = InstrumentPartMake(domain="safety", code="threats")  # another edition, the same part
    PartScoreMake(case=case, assessment=second, part=again, value=3)
    text = page(client, social_worker, care).content.decode()
    assert "Score: 1 when it was set, 3 now" in text
    assert "Make it a goal" not in text


def test_what_is_in_the_plan_or_was_never_suggested_makes_no_goal(
    client, care, social_worker, lawyer, charlie, scored, read
):
    key = f"part:{scored[1][1].pk}"
    for person, status in ((lawyer, 403), (charlie, 404)):
        assert take(client, person, care, key).status_code == status
    every = f"{key} domain:social_support"
    take(client, social_worker, care, "all", every=every)
    assert {goal.area for goal in read(social_worker, Goal)} == {
        "economic_empowerment_education",
        "social_support",
    }
    for wrong in (key, "part:999", "domain:safety", ""):
        take(client, social_worker, care, wrong)
    assert len(read(social_worker, Goal)) == 2


@pytest.fixture
def paid(case, care):
    """Two donors, two currencies, a step half paid, one done, one dropped, and help outside the plan."""
    donor, other = GrantMake(case=case, name="The donor"), GrantMake(case=case, name="Another donor")
    goal = GoalMake(case=case, plan=PlanMake(case=case, care=care))

    def step(cost, grant=donor, currency="PHP", **facts):
        return GoalStepMake(case=case, goal=goal, cost=cost, cost_currency=currency, grant=grant, **facts)

    def service(cost, grant=donor, currency="PHP", **facts):
        return ServiceMake(case=case, care=care, cost=cost, cost_currency=currency, grant=grant, **facts)

    half = step(1000, status="under_way")
    service(300, step=half)
    service(50, step=half, grant=None)
    done = step(500, status="done", done_on="2026-05-01")
    service(450, step=done)
    step(800, status="dropped")
    step(20, grant=other, currency="USD")
    service(70)
    gone = GoalMake(case=case, plan=goal.plan, status="dropped", position=2)
    GoalStepMake(case=case, goal=gone, cost=999, cost_currency="PHP", grant=donor)
    return goal, gone


def test_a_cost_is_counted_once_by_donor_and_by_goal(client, care, social_worker, paid):
    goal, gone = paid
    with viewing_as(social_worker):
        by_donor = costs_of_care(care, Service.objects.all(), GoalStep.objects.all())
        by_goal = costs_of_goals(goal.plan, Service.objects.all(), GoalStep.objects.all())
    assert [(row["grant"], row["currency"], row["spent"], row["rest"]) for row in by_donor] == [
        ("Another donor", "USD", Decimal(0), Decimal(20)),
        ("The donor", "PHP", Decimal(300 + 450 + 70), Decimal(1000 - 350)),
        ("", "PHP", Decimal(50), Decimal(0)),
    ]
    assert by_goal == {
        goal.pk: [("PHP", Decimal(800), Decimal(650)), ("USD", Decimal(0), Decimal(20))],
    }
    text = page(client, social_worker, care).content.decode()
    for words in ("The donor", "₱820.00", "₱650.00", "No donor said"):
        assert words in text, words


def test_the_page_costs_the_same_for_more_rows(client, case, care, social_worker, paid, scored):
    bare = CareMake(case=case, survivor=SurvivorMake(case=case))
    GoalStepMake(case=case, goal=GoalMake(case=case, plan=PlanMake(case=case, care=bare)))
    PartScoreMake(case=case, assessment=AssessmentMake(case=case, care=bare))

    def cost(one):
        with CaptureQueriesContext(connection) as queries:
            assert page(client, social_worker, one).status_code == 200
        return len(queries)

    page(client, social_worker, bare)
    assert cost(care) - cost(bare) <= 1  # the names of donors, where anything was paid
