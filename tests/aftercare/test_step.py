"""Steps of a goal: planned with their cost and donor, logged as a service that carries both over."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aftercare.models import Goal, GoalStep, Service
from audit.models import Event
from tests.factories import GoalMake, GoalStepMake, GrantMake, PlanMake


@pytest.fixture
def goal(case, care):
    return GoalMake(case=case, plan=PlanMake(case=case, care=care))


def post(client, user, name, row, **facts):
    client.force_login(user)
    return client.post(reverse(f"aftercare:{name}", args=[row.pk]), facts)


def test_a_step_is_planned_put_right_and_kept_within_the_case(
    client, case, goal, social_worker, lawyer, charlie, director, read
):
    grant, foreign = GrantMake(case=case, name="The donor"), GrantMake(name="Of another case")
    facts = {"kind": "medical", "cost": "1,500", "grant_id": grant.pk, "provider": "City hospital"}
    for person, status in ((lawyer, 403), (charlie, 404)):
        assert post(client, person, "step-add", goal, **facts).status_code == status
    for wrong in (
        {"grant_id": foreign.pk}, {"cost": "1000..2000 PHP"}, {"kind": ""},
        {"starts_on": "2026-06", "ends_on": "2026-05"},
    ):  # fmt: skip
        assert post(client, social_worker, "step-add", goal, **{**facts, **wrong}).status_code == 422
    assert post(client, social_worker, "step-add", goal, **facts).status_code == 302
    (step,) = read(social_worker, GoalStep)
    assert (step.cost, step.cost_currency, step.grant_id, step.status) == (1500, "PHP", grant.pk, "planned")
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:step-edit", args=[step.pk])).content.decode()
    assert "1500 PHP" in page
    assert "Of another case" not in page
    changed = {"kind": "medical", "provider": "Dr. Cruz", "version": 1}
    assert post(client, social_worker, "step-edit", step, **changed).status_code == 302
    after = read(social_worker, GoalStep, step.pk)
    assert (after.provider, after.cost, after.grant_id) == ("Dr. Cruz", None, None)
    assert post(client, director, "step-edit", step, **changed).status_code == 409
    assert Event.objects.filter(verb="goalstep.set").count() == 2


def test_logging_a_step_makes_a_service_with_its_cost_and_begins_the_goal(
    client, case, goal, social_worker, lawyer, read
):
    grant = GrantMake(case=case)
    step = GoalStepMake(
        case=case, goal=goal, cost=1000, cost_currency="PHP", grant=grant, provider="City hospital"
    )
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:step-log", args=[step.pk])).content.decode()
    for words in ("1000 PHP", "City hospital", f'value="{grant.pk}" selected'):
        assert words in page, words
    first = {"starts_on": "2026-06-01", "provider": "City hospital", "cost": "400", "grant_id": grant.pk}
    assert post(client, lawyer, "step-log", step, **first).status_code == 403
    assert post(client, social_worker, "step-log", step, **first).status_code == 302
    assert read(social_worker, GoalStep, step.pk).status == "under_way"
    assert read(social_worker, Goal, goal.pk).status == "in_progress"
    assert post(client, social_worker, "step-log", step, **first, done="on").status_code == 302
    after = read(social_worker, GoalStep, step.pk)
    assert after.status == "done"
    assert after.done_on
    services = read(social_worker, Service)
    told = {(one.kind, one.cost, one.cost_currency, one.grant_id, one.step_id) for one in services}
    assert told == {("medical", Decimal(400), "PHP", grant.pk, step.pk)}
    assert len(services) == 2
    assert Event.objects.filter(verb="goalstep.move").count() == 2


def test_a_step_is_dropped_by_one_press_and_taken_up_again(client, case, goal, social_worker, lawyer, read):
    step = GoalStepMake(case=case, goal=goal)
    assert post(client, lawyer, "step-move", step, status="dropped").status_code == 403
    for status, version, then in (
        ("dropped", 1, "dropped"),
        ("planned", 1, "dropped"),  # somebody else was faster
        ("done", 2, "dropped"),  # no such move
        ("planned", 2, "planned"),
    ):
        response = post(client, social_worker, "step-move", step, status=status, version=version)
        assert response["Location"].endswith(f"#goal-{goal.pk}")
        assert read(social_worker, GoalStep, step.pk).status == then
    dropped = GoalStepMake(case=case, goal=goal, status="dropped", position=2)
    response = post(client, social_worker, "step-log", dropped, starts_on="2026-06-01")
    assert response.status_code == 422
    assert "Take it up again first." in response.content.decode()
