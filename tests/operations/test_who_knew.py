"""Near the hour two people agree on a new name; and who knew what, when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from operations import actions
from operations.models import Insider, Operation
from tests.factories import InsiderMake, OperationMake
from tests.operations.circles import address, rows_of
from tests.people import just_confirmed


@pytest.fixture
def tomorrow(case, alice, legal_lead):
    """A plan for the day after this one, in the time of its office."""
    day = (timezone.now() + timedelta(days=1)).date().isoformat()
    return OperationMake(case=case, status="planned", outcome="", on=day, insiders=[alice, legal_lead])


def test_near_the_hour_two_people_agree_on_a_new_name(client, tomorrow, alice, legal_lead, director, lawyer):
    just_confirmed(client, alice)
    assert "a second person" in client.get(address("insider-add", tomorrow)).content.decode()
    client.post(address("insider-add", tomorrow), {"user": director.pk})
    with viewing_as(alice):
        waiting = Insider.objects.waiting().get()
        with pytest.raises(IllegalMove, match="Only the legal lead"):
            actions.approve_insider(waiting.pk, by=alice, now=timezone.now())
    assert "a second person has to agree" in client.get(tomorrow.get_absolute_url()).content.decode()
    assert rows_of(director, Operation) == (0, 0)  # named, and not in force
    assert client.get(address("insider-approve", waiting)).status_code == 403
    just_confirmed(client, director)
    assert client.get(address("insider-approve", waiting)).status_code == 404
    just_confirmed(client, legal_lead)
    assert "May Dina know" in client.get(address("insider-approve", waiting)).content.decode()
    assert client.post(address("insider-approve", waiting)).status_code == 302
    assert rows_of(director, Operation) == (1, 1)
    assert client.post(address("insider-approve", waiting)).status_code == 422
    with viewing_as(alice):
        assert set(waiting.approvals.values_list("by", flat=True)) == {alice.pk, legal_lead.pk}
    assert Event.objects.get(verb="insider.approve").detail == {"user": str(director.pk)}


def test_near_the_hour_only_the_lead_names_and_one_person_is_not_two(case, tomorrow, alice, director, lawyer):
    InsiderMake(operation=tomorrow, case=case, user=director)
    with viewing_as(director), pytest.raises(IllegalMove, match="Only its lead"):
        actions.name_insider(tomorrow.pk, by=director, now=timezone.now(), user=lawyer)
    own = OperationMake(case=case, status="planned", outcome="", on=tomorrow.on, insiders=[director])
    with viewing_as(director):
        waiting = actions.name_insider(own.pk, by=director, now=timezone.now(), user=lawyer)
        with pytest.raises(IllegalMove, match="It takes a second person"):
            actions.approve_insider(waiting.pk, by=director, now=timezone.now())
        waiting.started_at = timezone.now()
        with pytest.raises(IntegrityError, match="two people must agree"), transaction.atomic():
            waiting.save(update_fields=["started_at"])


def test_a_day_not_yet_known_is_not_near(case, alice, looking):
    for on, near in (("", False), ("2031", False), ("2026-01", True)):
        plan = OperationMake(case=case, status="planned", outcome="", on=on, insiders=[alice])
        with looking(alice):
            found = Operation.objects.select_related("case__office").get(pk=plan.pk)
            assert actions.is_near(found, timezone.now()) is near


def test_who_knew_what_when(client, plan, alice, legal_lead, lawyer, director):
    just_confirmed(client, alice)
    assert client.get(address("operation-knew", plan)).status_code == 403
    for what in ("date", "place"):
        client.post(address("operation-open", plan), {"what": what})
    facts = {"outcome": "failed", "failure": "tip_off", "day": "2026-03-10", "version": 1}
    assert client.post(address("operation-record", plan), facts).status_code == 302
    just_confirmed(client, director)
    assert "somebody gave it away" in client.get(plan.get_absolute_url()).content.decode()
    page = client.get(address("operation-knew", plan)).content.decode()
    said = [page.index(text) for text in (
        "Alice looked at the date", "Alice looked at the place", "Alice recorded the outcome",
    )]  # fmt: skip
    assert said == sorted(said)
    looked = Event.objects.filter(verb="operation.open", actor_id=alice.pk)
    codes = [event.detail["code"] for event in looked if event.detail["what"] == "place"]
    assert len(codes) == 1
    assert codes[0] in page
    assert "named by" in page
    assert Event.objects.latest("id").detail["what"] == "list"
    just_confirmed(client, lawyer)
    assert client.get(address("operation-knew", plan)).status_code == 403
    assert "gave it away" not in client.get(plan.get_absolute_url()).content.decode()


def test_what_was_written_down_afterwards_had_no_circle(client, case, director):
    done = OperationMake(case=case)
    just_confirmed(client, director)
    page = client.get(address("operation-knew", done)).content.decode()
    assert "Nobody was named" in page
    assert "brought over from a file" in page
