"""Where a care stands; how it ends by four eyes behind its gates; how it is taken up again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.closing import gates_of
from aftercare.models import Care, CareTask, Closure
from aftercare.states import Domain
from audit.models import Event
from cases.models import CaseLink
from survivors.models import Episode
from tests.factories import (
    AssessmentMake,
    CareMake,
    CaseMake,
    ClosureMake,
    ContactMake,
    PlanMake,
    ScoreMake,
    SurvivorMake,
    ThreatMake,
    arranging,
)
from tests.people import on_case

TODAY = timezone.now().date()


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


def decide(client, user, closure, **facts):
    client.force_login(user)
    return client.post(reverse("aftercare:closure-decide", args=[closure.pk]), {"agreed": "yes", **facts})


def reopen(client, user, care, **facts):
    client.force_login(user)
    facts = {"why": "asked_for_help", "on": TODAY.isoformat(), **facts}
    return client.post(reverse("aftercare:care-reopen", args=[care.pk]), facts)


def assess(case, care, days_ago=20, parts=(), **scores):
    """An assessment with 3 in every domain but for those named; None leaves one out."""
    on = (TODAY - timedelta(days=days_ago)).isoformat()
    assessment = AssessmentMake(case=case, care=care, on=on)
    for domain in Domain:
        value = scores.get(domain.value, 3)
        if value is not None:
            own = list(parts) if domain == Domain.SAFETY else []
            ScoreMake(case=case, assessment=assessment, domain=domain, value=value, parts=own)
    return assessment


@pytest.fixture
def met(case, care, social_worker):
    """Somebody met the person yesterday."""
    return ContactMake(case=case, care=care, met_at=timezone.now() - timedelta(days=1), by=social_worker)


def test_restored_is_asked_for_by_one_and_agreed_to_by_another_and_then_followed(
    client, case, care, met, social_worker, safeguarding_lead, read
):
    assess(case, care, days_ago=200, safety=1)
    assess(case, care, parts=[3, 2, 4])
    assert conclude(client, social_worker, care).status_code == 302
    (closure,) = read(social_worker, Closure)
    assert read(social_worker, Care, care.pk).result == ""
    assert (closure.result, closure.basis, closure.follow_up_months) == (
        "restored", "last assessment", [1, 3, 6, 12],
    )  # fmt: skip
    assert {(gate["code"], gate["holds"], gate["needed"]) for gate in closure.gates} == {
        (code, True, True) for code in ("assessment", "rule", "plan", "safety", "contact", "referrals")
    }
    assert decide(client, social_worker, closure).status_code == 403
    assert decide(client, safeguarding_lead, closure).status_code == 302
    after = read(safeguarding_lead, Care, care.pk)
    assert (after.result, after.result_on, after.basis) == ("restored", "2026-10-01", "last assessment")
    assert after.next_review_on == ""
    days = [task.due_at.date().isoformat() for task in read(social_worker, CareTask)]
    assert sorted(days) == ["2026-11-01", "2027-01-01", "2027-04-01", "2027-10-01"]
    verbs = list(
        Event.objects.exclude(verb__startswith="caretask").order_by("id").values_list("verb", "detail")
    )
    assert verbs[-3:] == [
        ("closure.ask", {"result": "restored"}),
        ("closure.decide", {"agreed": True, "result": "restored"}),
        ("care.outcome", {"result": "restored"}),
    ]
    assert decide(client, safeguarding_lead, closure).status_code == 422
    assert conclude(client, social_worker, after, version="", result="in_care").status_code == 422


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
    client, case, care, met, director, read, scores, short
):
    assess(case, care, **scores)
    response = conclude(client, director, care)
    assert response.status_code == 422
    assert short in response.content.decode()
    assert read(director, Closure) == []


def test_the_latest_assessment_counts_and_not_the_best(client, case, care, met, director):
    assess(case, care, days_ago=60)
    assess(case, care, safety=2)
    assert conclude(client, director, care).status_code == 422


def test_the_rule_follows_its_configuration(client, case, care, met, director, settings, read):
    assess(case, care, safety="2.5")
    settings.RESTORED_WHEN = {"every_domain_at_least": "2.5", "no_part_at": 1}
    text = client_get(client, director, "aftercare:care-outcome", care.pk)
    assert "Every domain 2.5 or more, and no part at 1 or below." in text
    assert conclude(client, director, care).status_code == 302


def client_get(client, user, name, pk):
    client.force_login(user)
    return client.get(reverse(name, args=[pk])).content.decode()


def test_each_gate_that_is_shut_is_named(client, case, survivor, care, director):
    with arranging():
        PlanMake(case=case, care=care)
        ThreatMake(case=case, survivor=survivor)
        old = timezone.now() - timedelta(days=40)
        ContactMake(case=case, care=care, met_at=old, by=director)
    text = conclude(client, director, care).content.decode()
    for sentence in (
        "none has been scored yet", "A plan has neither ended nor been reviewed.",
        "A threat has no answer yet.", "Nobody has met or reached the person in the last 30 days.",
    ):  # fmt: skip
        assert sentence in text, sentence


def test_who_asks_never_decides_and_what_is_sent_back_says_why(
    client, case, care, director, safeguarding_lead, read
):
    assert conclude(client, director, care, result="lost_contact").status_code == 302
    (closure,) = read(director, Closure)
    assert closure.follow_up_months == []
    assert "has been asked for already" in client_get(client, director, "aftercare:care-outcome", care.pk)
    assert "has been asked for already" in conclude(client, director, care, result="moved").content.decode()
    assert "You have asked for this yourself" in decide(client, director, closure).content.decode()
    assert decide(client, safeguarding_lead, closure, agreed="no").status_code == 422
    assert decide(client, safeguarding_lead, closure, agreed="no", answer="Try her aunt").status_code == 302
    assert read(director, Care, care.pk).result == ""
    assert "Try her aunt" in client_get(client, director, "aftercare:care-road", care.pk)
    assert conclude(client, director, care, result="lost_contact").status_code == 302


def test_a_gate_that_shut_after_the_asking_stops_the_agreement(
    client, case, survivor, care, met, social_worker, director, read
):
    assess(case, care)
    conclude(client, social_worker, care)
    (closure,) = read(social_worker, Closure)
    with arranging():
        ThreatMake(case=case, survivor=survivor)
    assert "A threat has no answer yet." in decide(client, director, closure).content.decode()
    assert read(director, Care, care.pk).result == ""


def test_an_end_while_safety_is_open_is_agreed_to_with_a_reason_alone(
    client, case, survivor, care, social_worker, director, read
):
    conclude(client, social_worker, care, result="declined")
    (closure,) = read(social_worker, Closure)
    with arranging():
        ThreatMake(case=case, survivor=survivor)
    refused = decide(client, director, closure)
    assert (refused.status_code, "why the care may end" in refused.content.decode()) == (422, True)
    assert read(director, Care, care.pk).result == ""
    assert decide(client, director, closure, answer="She has moved in with her sister").status_code == 302
    assert read(director, Care, care.pk).result == "declined"


def test_care_that_goes_on_is_said_at_once_and_keeps_its_next_review(
    client, case, care, social_worker, director, read, looking
):
    with looking(social_worker):
        Care.objects.filter(pk=care.pk).update(next_review_on="2027-01-01")
    assert conclude(client, social_worker, care, result="reintegrated").status_code == 302
    after = read(social_worker, Care, care.pk)
    assert (after.result, after.next_review_on) == ("reintegrated", "2027-01-01")
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("care.outcome", {"result": "reintegrated"})
    response = conclude(client, director, care, result="in_care")
    assert response.status_code == 409
    assert "The two versions" in response.content.decode()


def test_an_outcome_in_the_future_is_refused(client, care, social_worker):
    for result in ("moved", "reintegrated"):
        response = conclude(client, social_worker, care, result=result, result_on="2040")
        assert (response.status_code, "This day has not come yet." in response.content.decode()) == (
            422,
            True,
        )


def test_whoever_is_exploited_again_is_taken_up_with_a_new_episode_and_the_new_case(
    client, case, care, met, social_worker, director, read
):
    conclude(client, social_worker, care, result="moved", result_on="2026-10-01")
    (closure,) = read(social_worker, Closure)
    decide(client, director, closure)
    page = client_get(client, social_worker, "aftercare:care-outcome", care.pk)
    assert ("Save, or ask for the end" in page, "This care has ended." in page) == (False, True)
    second = CaseMake(office=case.office)
    on_case(social_worker, second, "social_worker")
    assert reopen(client, social_worker, care, why="re_victimised").status_code == 422
    facts = {"why": "re_victimised", "kinds": ["ForcedLabour"], "new_case": second.number}
    assert reopen(client, social_worker, care, **facts).status_code == 302
    after = read(social_worker, Care, care.pk)
    assert (after.result, after.result_on) == ("re_trafficked", TODAY.isoformat())
    (closure,) = read(social_worker, Closure)
    assert (closure.agreed, closure.reopened_why) == (True, "re_victimised")
    assert [episode.kinds for episode in read(social_worker, Episode)] == [["ForcedLabour"]]
    assert [(link.kind, link.number) for link in read(social_worker, CaseLink)] == [
        ("revictimised_in", second.number)
    ]
    kinds = {(task.kind, task.status) for task in read(social_worker, CareTask)}
    assert kinds == {("follow_up", "moot"), ("rescore", "open")}
    text = client_get(client, social_worker, "aftercare:care-road", care.pk)
    assert "because care was taken up again" in text
    assert "Care ended: Moved" in text
    assert reopen(client, social_worker, care).status_code == 422


def test_a_care_that_ended_in_a_file_keeps_in_words_how_it_ended(client, case, social_worker, read):
    care = CareMake(
        case=case, survivor=SurvivorMake(case=case), result="restored", result_on="2026-01-01", basis="Score"
    )
    assert reopen(client, social_worker, care, note="Came by").status_code == 302
    after = read(social_worker, Care, care.pk)
    assert after.result == "in_care"
    assert after.result_note == "Came by\nBefore: Restored, since 2026-01-01. Score"


def test_a_request_of_another_case_is_not_there(client, social_worker, other_office, director):
    foreign = ClosureMake(case=CaseMake(office=other_office))
    assert decide(client, director, foreign).status_code == 404


def test_an_empty_record_does_not_meet_the_rule(case, care, social_worker):
    with viewing_as(social_worker):
        gates = {gate.code: gate.holds for gate in gates_of(care, "restored", timezone.now())}
    assert (gates["assessment"], gates["rule"]) == (False, False)
