import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aftercare.models import Care, Plan
from aftercare.states import months_later
from audit.models import Event
from tests.factories import PlanMake

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
