"""What every screen of a case keeps: need to know, the verb, one record for a double click, a trace."""

import uuid

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Agency, CaseLink, CaseMilestone, Grant, Note, ReferralStep, Task

ADDS = {
    "referral-add": (ReferralStep, "referral.add", {"source": "Police"}),
    "agency-add": (Agency, "agency.add", {"name": "Police unit", "kind": "police", "partner": "unknown"}),
    "grant-add": (Grant, "grant.add", {"name": "Justice Fund", "starts_on": "2025", "ends_on": "2026"}),
    "link-add": (CaseLink, "link.add", {"kind": "same_network", "outside": "a case in Ohio"}),
    "milestone-add": (CaseMilestone, "milestone.add", {"what": "fast_response", "on": "2026-03"}),
    "note-add": (Note, "note.add", {"text": "She called."}),
    "task-add": (Task, "task.add", {"title": "Confirm interpreter"}),
}
PAGES = [*ADDS, "case-edit", "case-team", "case-trail", "case-seal", "assignment-add"]


def address(name, case):
    return reverse(f"cases:{name}", args=[case.pk])


@pytest.mark.parametrize("name", PAGES)
def test_outside_the_need_to_know_the_case_does_not_exist(client, case, charlie, name):
    client.force_login(charlie)
    assert client.get(address(name, case)).status_code == 404
    if name in ADDS:
        assert client.post(address(name, case), ADDS[name][2]).status_code == 404


@pytest.mark.parametrize("name", ["case-edit", "case-seal", "case-trail", "assignment-add", "grant-add"])
def test_without_the_verb_the_page_is_refused(client, case, social_worker, name):
    client.force_login(social_worker)
    assert client.get(address(name, case)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_director(client, case, director, name):
    client.force_login(director)
    response = client.get(address(name, case))
    assert response.status_code == 200
    assert case.number in response.content.decode()


@pytest.mark.parametrize("name", ADDS)
def test_a_double_click_adds_one_record_and_leaves_one_trace(client, case, alice, name):
    model, verb, facts = ADDS[name]
    client.force_login(alice)
    facts = {**facts, "idempotency_key": str(uuid.uuid4())}
    for _press in range(2):
        assert client.post(address(name, case), facts).status_code == 302
    with viewing_as(alice):
        row = model.objects.get()
    assert row.case_id == case.pk
    event = Event.objects.get()
    assert (event.verb, event.case_id, event.subject_id) == (verb, case.pk, str(row.pk))


@pytest.mark.parametrize("name", ADDS)
def test_a_change_lifts_the_case_in_the_list(client, case, alice, name):
    client.force_login(alice)
    client.post(address(name, case), ADDS[name][2])
    with viewing_as(alice):
        again = type(case).objects.get(pk=case.pk)
    assert again.touched_at > case.touched_at


@pytest.mark.parametrize(
    ("name", "facts", "sentence"),
    [
        ("referral-add", {"source": "x", "on": "soon"}, "Write the date as 2017"),
        ("agency-add", {"name": "x", "kind": "wizard"}, "Select a valid choice"),
        ("agency-add", {"name": "x", "kind": "police", "country": "1a"}, "two letters"),
        (
            "grant-add",
            {"name": "x", "starts_on": "2026", "ends_on": "2025"},
            "The end lies before",
        ),
        ("link-add", {"kind": "same_network"}, "one of the two"),
        ("link-add", {"kind": "same_network", "number": "A", "outside": "B"}, "one of the two"),
        ("note-add", {"text": ""}, "This field is required"),
        ("task-add", {"title": "x", "due_on": "2020-01-01"}, "This day is over"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, case, alice, name, facts, sentence):
    client.force_login(alice)
    response = client.post(address(name, case), facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with viewing_as(alice):
        assert not ADDS[name][0].objects.exists()
    assert not Event.objects.exists()
