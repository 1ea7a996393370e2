import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from aftercare.models import Assessment, Care, Score
from aftercare.states import Domain
from audit.models import Event
from tests.factories import AssessmentMake, ScoreMake

IN_A_YEAR = (timezone.now() + timedelta(days=365)).date().isoformat()


def score(client, user, care, **facts):
    client.force_login(user)
    facts = {
        "on": "2026-05-20", "reason": "intake", "setting": "her aunt's home",
        **dict.fromkeys(Domain.values, "2"), **facts,
    }  # fmt: skip
    return client.post(reverse("aftercare:assessment-score", args=[care.pk]), facts)


def test_scores_six_domains_and_the_average_of_parts_counts(client, care, social_worker, read):
    response = score(
        client, social_worker, care, safety="1", safety_parts="3, 3 4", social_support="unknown",
        legal_protection="", legal_protection_parts="4",
    )  # fmt: skip
    assert response.status_code == 302
    (assessment,) = read(social_worker, Assessment)
    assert (assessment.on, assessment.by, assessment.setting) == ("2026-05-20", "Sita", "her aunt's home")
    scores = {row.domain: (row.value, row.parts) for row in read(social_worker, Score)}
    assert scores == {
        "safety": (Decimal("3.3333"), [3, 3, 4]),
        "legal_protection": (Decimal(4), [4]),
        "mental_wellbeing": (Decimal(2), []),
        "economic_empowerment_education": (Decimal(2), []),
        "physical_wellbeing": (Decimal(2), []),
    }
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("assessment.score", {"reason": "intake"})


@pytest.mark.parametrize(
    ("reason", "planned", "due"),
    [
        ("intake", "", "2026-11-20"),
        ("six_month", "2026-06-01", "2027-05-20"),
        ("annual", "", "2027-05-20"),
        ("special", IN_A_YEAR, IN_A_YEAR),
        ("special", "2026-01-01", "2027-05-20"),
        ("closure", IN_A_YEAR, ""),
    ],
)
def test_the_next_review_follows_from_the_reason(
    client, care, social_worker, read, looking, reason, planned, due
):
    with looking(social_worker):
        Care.objects.filter(pk=care.pk).update(next_review_on=planned)
    assert score(client, social_worker, care, reason=reason).status_code == 302
    assert read(social_worker, Care, care.pk).next_review_on == due


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"safety": ""}, "Choose a score, or “Not enough information”."),
        ({"safety_parts": "3 5"}, "Write numbers from 1 to 4 with spaces between them."),
        ({"on": "2040-01-01"}, "This day has not come yet."),
        ({"setting": ""}, "This field is required."),
        (dict.fromkeys(Domain.values, "unknown"), "Score at least one domain."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(client, care, social_worker, read, facts, sentence):
    response = score(client, social_worker, care, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker, Assessment) == []


def test_the_scores_before_stand_beside_the_new(client, case, care, social_worker):
    before = AssessmentMake(case=case, care=care, on="2026-03-25", setting="the village")
    ScoreMake(case=case, assessment=before, domain="safety", value="2.5", parts=[2, 3])
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:assessment-score", args=[care.pk])).content.decode()
    assert "Scored 2.50 on 25 March 2026 (2 3)" in " ".join(text.split())
    assert "Not enough information last time" in text
    assert 'value="the village"' in text
    assert '<option value="six_month" selected>' in text


def test_after_the_second_assessment_the_yearly_ones_come(client, case, care, social_worker):
    AssessmentMake(case=case, care=care, on="2026-03-25", reason="six_month")
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:assessment-score", args=[care.pk])).content.decode()
    assert '<option value="annual" selected>' in text


def test_a_double_click_scores_once(client, care, social_worker, read):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert score(client, social_worker, care, idempotency_key=key).status_code == 302
    assert len(read(social_worker, Assessment)) == 1
