import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.actions import make_task
from aftercare.models import Care, CareTask, Goal, GoalStep, Plan
from aftercare.states import TaskKind, months_later
from audit.models import Event
from tests.factories import GoalMake, GoalStepMake, PlanMake

SOON = (timezone.now() + timedelta(days=90)).date().isoformat()


def make(client, user, care, **facts):
    client.force_login(user)
    facts = {"on": "2026-05-01", "review_on": "2026-11-01", "wishes": "To cook", "version": 1, **facts}
    return client.post(reverse("aftercare:plan-make", args=[care.pk]), facts)


def review(client, user, plan, **facts):
    client.force_login(user)
    facts = {"reviewed_on": "2026-09-01", "next_review_on": SOON, "note": "Well", "version": 1, **facts}
    return client.post(reverse("aftercare:plan-review", args=[plan.pk]), facts)


def test_a_new_plan_begins_with_her_wishes_and_reviews_the_one_before(
    client, case, care, social_worker, read
):
    old = PlanMake(case=case, care=care)
    done = PlanMake(case=case, care=care, position=2, reviewed_on="2026-04-01")
    assert make(client, social_worker, care).status_code == 302
    plans = {plan.pk: plan for plan in read(social_worker, Plan)}
    assert plans.pop(old.pk).reviewed_on == "2026-05-01"
    assert plans.pop(done.pk).reviewed_on == "2026-04-01"
    (new,) = plans.values()
    assert (new.on, new.review_on, new.by, new.position) == ("2026-05-01", "2026-11-01", "Sita", 3)
    assert read(social_worker, Care, care.pk).wishes == ["To cook"]
    events = list(Event.objects.order_by("id").values_list("verb", "detail"))
    assert events == [("plan.review", {}), ("plan.make", {"review_on": "2026-11-01"})]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"on": "2040-01-01", "review_on": "2041-01-01"}, "This day has not come yet."),
        ({"review_on": "2026-04-01"}, "The review comes after the day of the plan."),
        ({"review_on": ""}, "This field is required."),
        ({"wishes": "x" * 1001}, "Keep each line under 1000 letters."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(client, care, social_worker, read, facts, sentence):
    response = make(client, social_worker, care, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker, Plan) == []


def test_the_page_says_that_the_plan_before_counts_as_reviewed(client, case, care, social_worker):
    client.force_login(social_worker)
    address = reverse("aftercare:plan-make", args=[care.pk])
    assert "counts as reviewed" not in client.get(address).content.decode()
    PlanMake(case=case, care=care)
    assert "counts as reviewed" in client.get(address).content.decode()


def test_a_double_click_makes_one_plan(client, care, social_worker, read):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert make(client, social_worker, care, idempotency_key=key).status_code == 302
    assert len(read(social_worker, Plan)) == 1


def test_a_plan_on_older_wishes_shows_both_versions(client, care, social_worker, director):
    make(client, social_worker, care)
    assert make(client, director, care, wishes="To sing").status_code == 409


def test_a_review_is_dated_and_asks_for_the_next(client, case, care, social_worker, read):
    plan = PlanMake(case=case, care=care)
    assert review(client, social_worker, plan).status_code == 302
    after = read(social_worker, Plan, plan.pk)
    assert (after.reviewed_on, after.note, after.version) == ("2026-09-01", "Well", 2)
    assert read(social_worker, Care, care.pk).next_review_on == SOON
    assert Event.objects.get().verb == "plan.review"
    assert review(client, social_worker, plan).status_code == 409


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reviewed_on": "2026-01-01"}, "The plan was made later than this day."),
        ({"reviewed_on": "2041-01-01"}, "This day has not come yet."),
        ({"next_review_on": "2026-01-01"}, "The next review lies in the future."),
        ({"next_review_on": ""}, "This field is required."),
    ],
)
def test_a_review_that_cannot_be_is_refused(client, case, care, social_worker, read, facts, sentence):
    plan = PlanMake(case=case, care=care)
    response = review(client, social_worker, plan, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker, Plan, plan.pk).reviewed_on == ""


def test_months_are_counted_to_the_end_of_a_shorter_month():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 6, 15), 6) == date(2026, 12, 15)


def test_a_review_goes_through_the_goals_one_by_one_and_settles_its_task(
    client, case, care, social_worker, read
):
    plan = PlanMake(case=case, care=care)
    reached, going, idle = (
        GoalMake(case=case, plan=plan, goal=words, status=status, position=place)
        for place, (words, status) in enumerate(
            [("Learn to sew", "in_progress"), ("See well", "open"), ("Sleep", "")], 1
        )
    )
    GoalMake(case=case, plan=plan, goal="Over long ago", status="done", done_on="2026-04-01", position=4)
    with viewing_as(social_worker):
        make_task(
            care, TaskKind.PLAN_REVIEW, by=social_worker, now=timezone.now(), due_at=timezone.now(),
            source="plan.round", source_id=plan.pk,
        )  # fmt: skip
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:plan-review", args=[plan.pk])).content.decode()
    assert text.index("Learn to sew") < text.index("See well")
    assert "Over long ago" not in text
    answers = {f"status_{reached.pk}": "done", f"status_{going.pk}": "open", f"next_{going.pk}": "Ask again"}
    assert review(client, social_worker, plan, **answers, **{f"next_{reached.pk}": ""}).status_code == 302
    after = {
        goal.goal: (goal.status, goal.done_on, goal.next_step, goal.version)
        for goal in read(social_worker, Goal)
    }
    assert after["Learn to sew"] == ("done", "2026-09-01", "", 2)
    assert after["See well"] == ("open", "", "Ask again", 2)
    assert after["Sleep"] == ("", "", "", 1)
    assert [task.status for task in read(social_worker, CareTask)] == ["done"]
    assert idle.pk


def test_the_next_plan_takes_along_the_goals_that_go_on_and_their_open_steps(
    client, case, care, social_worker, read
):
    old = PlanMake(case=case, care=care)
    goal = GoalMake(case=case, plan=old, goal="Learn to sew", own_words="Gusto kong manahi")
    GoalMake(case=case, plan=old, goal="See well", status="done", done_on="2026-04-01", position=2)
    open_step = GoalStepMake(case=case, goal=goal)
    done_step = GoalStepMake(case=case, goal=goal, status="done", done_on="2026-04-01", position=2)
    assert make(client, social_worker, care, carry="on").status_code == 302
    plan = next(plan for plan in read(social_worker, Plan) if plan.pk != old.pk)
    assert read(social_worker, Plan, old.pk).ended_on == "2026-05-01"
    (carried,) = (row for row in read(social_worker, Goal) if row.plan_id == plan.pk)
    assert (carried.goal, carried.own_words) == ("Learn to sew", "Gusto kong manahi")
    assert read(social_worker, GoalStep, open_step.pk).goal_id == carried.pk
    assert read(social_worker, GoalStep, done_step.pk).goal_id == goal.pk


def test_a_plan_is_agreed_with_the_person_and_ends_with_what_was_not_reached(
    client, case, care, social_worker, lawyer, read
):
    plan = PlanMake(case=case, care=care)
    goal = GoalMake(case=case, plan=plan)

    def post(user, name, **facts):
        client.force_login(user)
        return client.post(reverse(f"aftercare:{name}", args=[plan.pk]), {"version": 1, **facts})

    assert post(lawyer, "plan-agree", agreed_on="2026-05-01").status_code == 403
    assert post(social_worker, "plan-agree", agreed_on="2026-01-01").status_code == 422
    assert post(social_worker, "plan-agree", agreed_on="2026-05-01", wishes="To cook").status_code == 302
    assert read(social_worker, Plan, plan.pk).agreed_on == "2026-05-01"
    assert read(social_worker, Care, care.pk).wishes == ["To cook"]
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:plan-end", args=[plan.pk])).content.decode()
    assert "1 goal that was not reached is dropped." in page
    assert post(social_worker, "plan-end", ended_on="2026-09-01").status_code == 409  # written meanwhile
    assert post(social_worker, "plan-end", ended_on="2026-09-01", version=2).status_code == 302
    after = read(social_worker, Plan, plan.pk)
    assert (after.ended_on, after.reviewed_on) == ("2026-09-01", "2026-09-01")
    assert read(social_worker, Goal, goal.pk).status == "dropped"
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["plan.agree", "goal.move", "plan.end"]
