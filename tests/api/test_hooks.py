"""One's own webhooks through the API, and the events to be read again."""

import pytest
from django.utils import timezone

from audit.actions import record
from hooks.models import Webhook
from tests.factories import CaseMake, NoteMake, OperationMake

HOST = "hooks.example.org"


@pytest.fixture(autouse=True)
def whole(monkeypatch, settings):
    """In a test everything happens in one transaction, which never ends: it counts as ended."""
    settings.OUTGOING_HOSTS = {HOST}
    for module in ("api.hooks", "hooks.actions"):
        monkeypatch.setattr(f"{module}.horizon", lambda: 2**40)


def test_a_webhook_of_ones_own_is_made_changed_and_ended_and_nobody_else_sees_it(api, case, alice, lawyer):
    client = api(alice)
    facts = {"label": "Diary", "url": f"https://{HOST}/in", "verbs": ["hearing.*", "note.add"]}
    made = client.post("webhooks/", **facts)
    assert (made.status_code, made.json()["secret"][:6]) == (201, "whsec_")
    mine = made.json()["id"]
    assert "secret" not in client.get(f"webhooks/{mine}/").json()
    assert api(lawyer).listed("webhooks/") == []
    assert api(lawyer).post(f"webhooks/{mine}/rotate/").status_code == 404
    assert client.post("webhooks/", **facts | {"verbs": ["identity.open"]}).status_code == 422
    assert client.post("webhooks/", **facts | {"url": "https://10.0.0.1/"}).status_code == 422
    again = client.post(f"webhooks/{mine}/rotate/").json()["secret"]
    assert again not in ("", made.json()["secret"])
    assert client.post(f"webhooks/{mine}/pause/").json()["paused_at"]
    assert client.post(f"webhooks/{mine}/resume/").json()["paused_at"] is None
    assert client.post(f"webhooks/{mine}/end/").json()["ended_at"]
    assert client.post(f"webhooks/{mine}/resend/").status_code == 422
    assert Webhook.objects.get().owner == alice


def test_events_are_read_on_from_a_place_within_the_need_to_know(api, case, director, legal_lead, looking):
    hidden = NoteMake(case=CaseMake(office=case.office, sensitivity=2))
    plan = OperationMake(case=case, status="planned", outcome="")
    with looking(director):
        for row in (NoteMake(case=case), hidden, NoteMake(case=case)):
            record("note.add", by=director, subject=row)
        record("operation.edit", by=director, subject=plan, version=2)
        record("case.read", by=director, subject=case, case_id=case.pk)
        record("task.add", by=director, subject=case, case_id=case.pk, user=director.pk)
    client = api(legal_lead)
    whole = client.get("events/").json()
    assert [one["verb"] for one in whole["results"]] == ["note.add", "note.add", "task.add"]
    assert whole["next"] is None
    assert client.get("events/", since=whole["since"]).json()["results"] == []
    seen, page = [], client.get("events/", page_size=2).json()
    while page:
        seen += [one["event"] for one in page["results"]]
        page = client.get(page["next"]).json() if page["next"] else None
    assert seen == [one["event"] for one in whole["results"]]
    assert len(client.get("events/", since=seen[1]).json()["results"]) == 1
    assert len(client.get("events/", verb="note.add").json()["results"]) == 2
    assert client.get("events/", since=timezone.now().isoformat()).json()["results"] == []
    assert client.get("events/", since="yesterday").status_code == 400
    assert client.get("events/", verb="case.read").status_code == 400
    for word in (str(plan.pk), str(hidden.pk), case.number, case.title):
        assert word not in str(whole)
