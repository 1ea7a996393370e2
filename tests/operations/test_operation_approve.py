"""The approval of an operation: its plan, and a check that nobody is put in danger."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases.states import IllegalMove
from operations.actions import approve_operation
from operations.models import Operation
from tests.factories import InsiderMake, MembershipMake, OperationMake

BOTH = {"plan_approved": "on", "safeguarding_checked": "on"}


@pytest.fixture
def plan(case, alice, legal_lead, safeguarding_lead, director):
    """A plan of Alice, who has named those who approve."""
    circle = [alice, legal_lead, safeguarding_lead, director]
    return OperationMake(case=case, key="o1", status="planned", outcome="", on="2026-12-01", insiders=circle)


def acts(verb="operation.approve"):
    """What was done, without who looked."""
    return Event.objects.filter(verb=verb)


def approve(client, user, operation, **boxes):
    client.force_login(user)
    return client.post(reverse("operations:operation-approve", args=[operation.pk]), boxes)


def again(operation, user):
    with viewing_as(user):
        return Operation.objects.select_related("approved_by", "safeguarded_by").get(pk=operation.pk)


@pytest.mark.parametrize("who", ["legal_lead", "safeguarding_lead", "director"])
def test_a_lead_of_the_office_approves_both_at_once(client, plan, who, request):
    user = request.getfixturevalue(who)
    answer = approve(client, user, plan, version=1, **BOTH)
    assert answer["Location"] == plan.get_absolute_url()
    approved = again(plan, user)
    assert (approved.approved_by, approved.safeguarded_by, approved.version) == (user, user, 2)
    assert acts().get().detail == {"plan": True, "safeguarding": True}
    page = client.get(plan.get_absolute_url()).content.decode()
    assert user.name in page
    assert reverse("operations:operation-approve", args=[plan.pk]) not in page


def test_the_two_boxes_may_be_ticked_by_two_people(client, plan, legal_lead, safeguarding_lead):
    assert approve(client, legal_lead, plan, plan_approved="on").status_code == 302
    address = reverse("operations:operation-approve", args=[plan.pk])
    client.force_login(safeguarding_lead)
    page = client.get(address).content.decode()
    assert 'name="plan_approved"' not in page
    assert "Lena" in page
    assert approve(client, safeguarding_lead, plan, **BOTH).status_code == 302
    approved = again(plan, legal_lead)
    assert (approved.approved_by, approved.safeguarded_by) == (legal_lead, safeguarding_lead)
    assert acts().latest("id").detail == {"plan": False, "safeguarding": True}
    late = approve(client, legal_lead, plan, **BOTH)
    assert (late.status_code, "What was approved before stands" in late.content.decode()) == (422, True)


def test_nothing_is_approved_without_a_tick_or_once_it_is_cancelled(client, case, plan, legal_lead):
    assert "Tick what you approve." in approve(client, legal_lead, plan).content.decode()
    off = OperationMake(case=case, status="cancelled", outcome="", insiders=[legal_lead])
    assert "was cancelled" in approve(client, legal_lead, off, **BOTH).content.decode()
    client.force_login(legal_lead)
    page = client.get(off.get_absolute_url()).content.decode()
    assert reverse("operations:operation-approve", args=[off.pk]) not in page
    assert not acts().exists()


def test_who_records_operations_does_not_approve_them(client, plan, alice, charlie, social_worker):
    assert approve(client, alice, plan, **BOTH).status_code == 403
    assert approve(client, social_worker, plan, **BOTH).status_code == 404
    assert approve(client, charlie, plan, **BOTH).status_code == 404
    client.force_login(alice)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert reverse("operations:operation-approve", args=[plan.pk]) not in page
    assert "Not approved yet" in page


def test_a_lead_of_another_office_who_works_on_the_case_does_not_approve(
    client, case, plan, lawyer, other_office
):
    MembershipMake(user=lawyer, office=other_office, role="legal_lead")
    InsiderMake(operation=plan, case=case, user=lawyer)
    assert approve(client, lawyer, plan, **BOTH).status_code == 403
    with viewing_as(lawyer), pytest.raises(IllegalMove, match="director of this office"):
        approve_operation(plan.pk, by=lawyer, now=timezone.now(), plan_approved=True)


def test_a_plan_that_was_changed_meanwhile_is_not_approved_unseen(client, plan, legal_lead, director):
    approve(client, director, plan, plan_approved="on", version=1)
    answer = approve(client, legal_lead, plan, safeguarding_checked="on", version=1)
    assert answer.status_code == 409
    assert again(plan, director).safeguarded_at is None


def test_a_double_click_approves_once(client, plan, director):
    key = str(uuid.uuid4())
    for _press in range(2):
        assert approve(client, director, plan, **BOTH, idempotency_key=key).status_code == 302
    assert acts().count() == 1


def test_no_moment_without_a_person_and_no_person_without_a_moment(case, director):
    for half in ({"approved_at": timezone.now()}, {"safeguarded_by": director}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OperationMake(case=case, **half)


def test_the_list_says_what_is_approved_at_the_same_cost(client, case, alice, director):
    now = timezone.now()
    ready = {"approved_at": now, "approved_by": director, "safeguarded_at": now, "safeguarded_by": director}
    OperationMake(case=case, status="planned", outcome="", insiders=[alice], **ready)
    client.force_login(alice)
    address = reverse("operations:operation-list", query={"case": case.pk})
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        page = client.get(address).content.decode()
    assert "Approved" in page
    assert "Not approved yet" not in page
    for _row in range(2):
        OperationMake(case=case, status="planned", outcome="", insiders=[alice])
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert "Not approved yet" in page
    assert len(one) == len(three)


def test_the_loader_sees_what_stands_and_not_what_was_cancelled(case, plan):
    OperationMake(case=case, status="cancelled", outcome="")
    with system_access("loader", "a test looks"):
        assert list(Operation.objects.standing()) == [plan]
