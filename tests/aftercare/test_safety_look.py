"""Looks at safety: two taps when all is well; whoever is in danger has a plan and is looked at tomorrow."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.models import Care, CareTask, SafetyCheck
from audit.models import Event
from cases.clock import today_in
from tests.factories import SurvivorMake


@pytest.fixture
def arrived(client, case, social_worker):
    """Somebody who has just come, in great danger, and whom no social worker has."""
    survivor = SurvivorMake(case=case, pseudonym="Amma")
    client.force_login(social_worker)
    day = today_in(case.office, timezone.now()).isoformat()
    address = reverse("aftercare:care-open", args=[case.pk])
    client.post(address, {"who": f"s:{survivor.pk}", "opened_on": day, "risk": "high"})
    with viewing_as(social_worker):
        return Care.objects.select_related("case__office").get()


def look(client, care, user, **facts):
    client.force_login(user)
    data = {"safe": "yes", "risk": "low", "reason": "arrival", **facts}
    return client.post(reverse("aftercare:safety-look", args=[care.pk]), data)


def tasks(user, care):
    with viewing_as(user):
        rows = CareTask.objects.filter(care=care).order_by("created_at", "kind")
        return [(task.kind, task.status, task.due_at) for task in rows]


def test_safe_is_two_taps_and_settles_what_was_due(client, case, arrived, social_worker):
    first = {kind: due - arrived.arrived_at for kind, _status, due in tasks(social_worker, arrived)}
    assert first == {"first_safety": timedelta(hours=24), "name_worker": timedelta(hours=24)}
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:safety-look", args=[arrived.pk])).content.decode()
    assert '<option value="arrival" selected>' in page
    response = look(client, arrived, social_worker)
    assert response["Location"] == arrived.get_absolute_url()
    today = today_in(case.office, timezone.now())
    state = {kind: (status, due) for kind, status, due in tasks(social_worker, arrived)}
    assert state["first_safety"][0] == "done"
    assert state["name_worker"][0] == "open"
    assert state["safety_review"][0] == "open"
    again = state["safety_review"][1].astimezone(ZoneInfo(case.office.time_zone))
    assert (again.date(), again.hour) == (today + timedelta(days=90), 17)
    with viewing_as(social_worker):
        assert Care.objects.get(pk=arrived.pk).risk == "low"
        assert SafetyCheck.objects.get().by == social_worker
    event = Event.objects.get(verb="safety.look")
    assert event.detail == {"risk": "low", "reason": "arrival", "safe": "yes"}
    shown = client.get(arrived.get_absolute_url()).content.decode()
    assert "Look at safety" in shown
    assert "Sita" in shown


def test_whoever_is_in_danger_has_a_plan_and_is_looked_at_tomorrow(client, case, arrived, social_worker):
    refused = look(client, arrived, social_worker, safe="no", risk="high", dangers=["accused_near"])
    assert refused.status_code == 422
    assert "say what is done about it now" in refused.content.decode()
    past = (today_in(case.office, timezone.now()) - timedelta(days=1)).isoformat()
    assert look(client, arrived, social_worker, next_on=past).status_code == 422
    with viewing_as(social_worker):
        assert not SafetyCheck.objects.exists()
    facts = {
        "safe": "no",
        "risk": "high",
        "dangers": ["accused_near"],
        "plan": "Moved to the shelter at noon",
    }
    look(client, arrived, social_worker, **facts)
    look(client, arrived, social_worker, **facts)
    reviews = [
        (status, due) for kind, status, due in tasks(social_worker, arrived) if kind == "safety_review"
    ]
    assert [status for status, _due in reviews] == ["done", "open"]
    tomorrow = today_in(case.office, timezone.now()) + timedelta(days=1)
    assert reviews[1][1].astimezone(ZoneInfo(case.office.time_zone)).date() == tomorrow
    client.force_login(social_worker)
    page = client.get(arrived.get_absolute_url()).content.decode()
    assert "The accused knows where the person is" in page
    assert "Moved to the shelter at noon" in page


def test_only_those_who_work_in_aftercare_look(client, arrived, alice, lawyer, charlie):
    assert look(client, arrived, alice).status_code == 403
    assert look(client, arrived, lawyer).status_code == 403
    assert look(client, arrived, charlie).status_code == 404
