"""The risk of a case: said with a reason, the latest counts, the earlier ones stay."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import assess_risk
from cases.models import Case, RiskNote
from cases.states import IllegalMove
from tests.factories import CaseMake, RiskNoteMake
from tests.people import person

FACTS = {"level": "high", "note": "The recruiter was seen near the shelter"}


def assess(client, case, user, **facts):
    client.force_login(user)
    return client.post(reverse("cases:risk-assess", args=[case.pk]), facts)


def test_the_risk_is_said_with_its_reason_and_leaves_a_trace(client, case, social_worker):
    assert assess(client, case, social_worker, **FACTS).status_code == 302
    with viewing_as(social_worker):
        risk = RiskNote.objects.get()
        assert Case.objects.get(pk=case.pk).touched_at > case.touched_at
    assert (risk.level, risk.note, risk.by_id) == ("high", FACTS["note"], social_worker.pk)
    event = Event.objects.get()
    assert (event.verb, event.detail, event.case_id) == ("risk.assess", {"level": "high"}, case.pk)


def test_the_latest_counts_and_the_earlier_ones_stay(client, case, alice, director):
    RiskNoteMake(case=case, level="high", note="He was on bail next door", by=director)
    RiskNoteMake(level="low", note="Another case entirely")
    assess(client, case, alice, level="medium", note="He has moved away", on="2026-03-02")
    with viewing_as(alice):
        assert [row.level for row in RiskNote.objects.filter(case=case).latest_first()] == ["medium", "high"]
    page = client.get(reverse("cases:risk-assess", args=[case.pk])).content.decode()
    assert page.index("He has moved away") < page.index("He was on bail next door")
    assert "Dina" in page
    assert "Another case entirely" not in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"note": "x"}, "This field is required"),
        ({"level": "deadly", "note": "x"}, "Select a valid choice"),
        ({"level": "high"}, "This field is required"),
        ({**FACTS, "on": "2990"}, "This day has not come yet."),
        ({**FACTS, "on": "soon"}, "Write the date as 2017"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, case, alice, facts, sentence):
    answer = assess(client, case, alice, **facts)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    with viewing_as(alice):
        assert not RiskNote.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("facts", [{"level": "deadly", "note": "x"}, {"level": "low", "note": " "}])
def test_the_action_refuses_what_no_form_would_send(case, alice, facts):
    with viewing_as(alice), pytest.raises(IllegalMove, match="Say"):
        assess_risk(case.pk, by=alice, now=timezone.now(), **facts)


def test_outside_the_need_to_know_404_and_without_the_verb_403(client, case, charlie, alice, regional):
    assert assess(client, case, charlie, **FACTS).status_code == 404
    assert assess(client, case, regional, **FACTS).status_code == 403
    assert assess(client, CaseMake(), alice, **FACTS).status_code == 404


@pytest.fixture
def regional(office):
    return person("regional_director", office)


def test_a_double_click_assesses_once(client, case, alice):
    key = str(uuid.uuid4())
    for _press in range(2):
        assert assess(client, case, alice, **FACTS, idempotency_key=key).status_code == 302
    with viewing_as(alice):
        assert RiskNote.objects.count() == 1


def test_the_trail_tells_the_level_and_not_the_reason(client, case, alice, legal_lead):
    assess(client, case, alice, **FACTS)
    client.force_login(legal_lead)
    page = client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()
    assert "assessed the risk of the case" in page
    assert "High" in page
    assert "recruiter" not in page


def test_the_page_of_the_case_shows_the_risk_that_counts(client, case, alice):
    client.force_login(alice)
    address = reverse("desk:case-page", args=[case.pk])
    assert client.get(address).context["risk"] is None
    RiskNoteMake(case=case, level="low")
    RiskNoteMake(case=case, level="high", note="Seen near the shelter")
    page = client.get(address).content.decode()
    assert "High risk" in page
    assert "Low risk" not in page
    assert "Seen near the shelter" in page
    assert reverse("cases:risk-assess", args=[case.pk]) in page
