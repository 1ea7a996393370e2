import pytest
from django.urls import reverse
from django.utils import timezone

from aftercare.models import Goal
from audit.models import Event
from cases.clock import today_in
from tests.factories import GoalMake, PlanMake


@pytest.fixture
def plan(case, care):
    return PlanMake(case=case, care=care)


def write(client, user, plan, goal=None, **facts):
    client.force_login(user)
    address = reverse("aftercare:goal-set", args=[plan.pk, goal.pk] if goal else [plan.pk])
    return client.post(address, {"area": "Education", "goal": "Finish grade 8", **facts})


def move(client, user, goal, **facts):
    client.force_login(user)
    return client.post(reverse("aftercare:goal-move", args=[goal.pk]), {"version": 1, **facts})


def test_a_goal_is_one_line_with_its_next_step(client, plan, social_worker, read):
    GoalMake(case=plan.case, plan=plan)
    response = write(client, social_worker, plan, next_step="Register", due="2026-12")
    assert response.status_code == 302
    goal = read(social_worker, Goal)[1]
    address = reverse("aftercare:care-plan", args=[plan.care_id])
    assert response["Location"] == f"{address}#goal-{goal.pk}"
    facts = (goal.area, goal.goal, goal.next_step, goal.due, goal.status, goal.position)
    assert facts == ("Education", "Finish grade 8", "Register", "2026-12", "open", 2)
    assert Event.objects.get().verb == "goal.set"


def test_a_goal_is_put_right_and_two_people_see_both_versions(client, plan, social_worker, director, read):
    goal = GoalMake(case=plan.case, plan=plan)
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:goal-set", args=[plan.pk, goal.pk])).content.decode()
    assert "Back to school" in page
    assert write(client, social_worker, plan, goal, version=1).status_code == 302
    assert read(social_worker, Goal, goal.pk).goal == "Finish grade 8"
    response = write(client, director, plan, goal, goal_text="", version=1, next_step="See the head")
    assert response.status_code == 409
    assert "See the head" in response.content.decode()


def test_a_goal_due_before_its_plan_is_refused(client, plan, social_worker, read):
    response = write(client, social_worker, plan, due="2025")
    assert response.status_code == 422
    assert "The plan was made later than this day." in response.content.decode()
    assert read(social_worker, Goal) == []


def test_a_reached_goal_has_its_day(client, plan, social_worker, read):
    goal = GoalMake(case=plan.case, plan=plan)
    assert move(client, social_worker, goal, status="done", done_on="2026-06").status_code == 302
    after = read(social_worker, Goal, goal.pk)
    assert (after.status, after.done_on) == ("done", "2026-06")
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("goal.move", {"status": "done"})


def test_a_goal_reached_without_a_date_was_reached_today(client, plan, social_worker, read):
    goal = GoalMake(case=plan.case, plan=plan)
    move(client, social_worker, goal, status="done")
    today = today_in(plan.case.office, timezone.now())
    assert read(social_worker, Goal, goal.pk).done_on == today.isoformat()


def test_a_goal_taken_up_again_loses_its_day(client, plan, social_worker, read):
    goal = GoalMake(case=plan.case, plan=plan, status="done", done_on="2026-04")
    assert move(client, social_worker, goal, status="in_progress", next_step="Try again").status_code == 302
    after = read(social_worker, Goal, goal.pk)
    assert (after.status, after.done_on, after.next_step) == ("in_progress", "", "Try again")


def test_a_move_outside_the_table_is_not_offered_and_not_taken(client, plan, social_worker):
    goal = GoalMake(case=plan.case, plan=plan, status="done", done_on="2026-04")
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:goal-move", args=[goal.pk])).content.decode()
    assert 'value="dropped"' not in page
    assert move(client, social_worker, goal, status="dropped").status_code == 422


def test_of_two_people_who_move_a_goal_the_second_sees_both_versions(client, plan, social_worker, director):
    goal = GoalMake(case=plan.case, plan=plan)
    move(client, social_worker, goal, status="in_progress")
    assert move(client, director, goal, status="done").status_code == 409
