import pytest
from django.urls import reverse

from aftercare.models import Care
from aftercare.states import Domain
from audit.models import Event
from tests.factories import AssessmentMake, ScoreMake


def conclude(client, user, care, **facts):
    client.force_login(user)
    facts = {
        "result": "restored",
        "result_on": "2026-10-01",
        "basis": "last assessment",
        "version": 1,
        **facts,
    }
    return client.post(reverse("aftercare:care-outcome", args=[care.pk]), facts)


def assess(case, care, on="2026-09-20", parts=(), **scores):
    """An assessment with 3 in every domain but for those named; None leaves one out."""
    assessment = AssessmentMake(case=case, care=care, on=on)
    for domain in Domain:
        value = scores.get(domain.value, 3)
        if value is not None:
            own = list(parts) if domain == Domain.SAFETY else []
            ScoreMake(case=case, assessment=assessment, domain=domain, value=value, parts=own)
    return assessment


def test_a_lead_says_restored_when_the_rule_holds(client, case, care, safeguarding_lead, read):
    assess(case, care, on="2026-03-20", safety=1)
    assess(case, care, parts=[3, 2, 4])
    assert conclude(client, safeguarding_lead, care).status_code == 302
    after = read(safeguarding_lead, Care, care.pk)
    assert (after.result, after.result_on, after.basis) == ("restored", "2026-10-01", "last assessment")
    assert after.next_review_on == ""
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("care.outcome", {"result": "restored"})


@pytest.mark.parametrize(
    ("scores", "short"),
    [
        ({"safety": "2.9999"}, "It falls short in: Safety."),
        ({"parts": [4, 4, 1]}, "It falls short in: Safety."),
        (
            {"social_support": None, "legal_protection": 1},
            "It falls short in: Legal protection, Social support.",
        ),
    ],
)
def test_restored_is_refused_in_words_when_the_rule_does_not_hold(
    client, case, care, director, read, scores, short
):
    assess(case, care, **scores)
    response = conclude(client, director, care)
    assert response.status_code == 422
    assert short in response.content.decode()
    assert read(director, Care, care.pk).result == ""


def test_the_latest_assessment_counts_and_not_the_best(client, case, care, director):
    assess(case, care, on="2026-03-20")
    assess(case, care, on="2026-09-20", safety=2)
    assert conclude(client, director, care).status_code == 422


def test_restored_needs_an_assessment(client, care, director):
    assert "none has been scored yet" in conclude(client, director, care).content.decode()


def test_a_social_worker_does_not_approve_restored_but_says_the_rest(client, case, care, social_worker, read):
    assess(case, care)
    response = conclude(client, social_worker, care)
    assert response.status_code == 422
    assert "Restored is approved by a safeguarding lead or the office director." in response.content.decode()
    assert conclude(client, social_worker, care, result="lost_contact").status_code == 302
    assert read(social_worker, Care, care.pk).result == "lost_contact"


def test_care_that_goes_on_keeps_its_next_review(client, case, survivor, care, social_worker, read, looking):
    with looking(social_worker):
        Care.objects.filter(pk=care.pk).update(next_review_on="2027-01-01")
    conclude(client, social_worker, care, result="reintegrated")
    assert read(social_worker, Care, care.pk).next_review_on == "2027-01-01"


def test_an_outcome_in_the_future_is_refused(client, care, social_worker):
    response = conclude(client, social_worker, care, result="moved", result_on="2040")
    assert response.status_code == 422
    assert "This day has not come yet." in response.content.decode()


def test_two_people_at_once_see_both_versions(client, care, social_worker, director):
    conclude(client, social_worker, care, result="moved")
    response = conclude(client, director, care, result="declined")
    assert response.status_code == 409
    assert "The two versions" in response.content.decode()
