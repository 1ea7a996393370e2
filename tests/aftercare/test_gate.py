from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from aftercare.gates import unfinished_care
from cases.actions import move_track
from cases.models import Case
from cases.states import IllegalMove
from tests.factories import AssessmentMake, CareMake, MembershipMake, PlanMake, SurvivorMake


def days_ago(days):
    return (timezone.now() - timedelta(days=days)).date().isoformat()


@pytest.fixture
def judged(case, director, looking):
    def judge():
        with looking(director):
            return unfinished_care(Case.objects.get(pk=case.pk), director)

    return judge


def test_nobody_in_care_shuts_no_gate(judged):
    assert judged() is None


def test_an_assessment_of_the_last_months_opens_the_gate(case, care, judged):
    assert judged() == "S-1 has no assessment from the last 6 months."
    AssessmentMake(case=case, care=care, on=days_ago(400))
    assert judged() == "S-1 has no assessment from the last 6 months."
    AssessmentMake(case=case, care=care, on=days_ago(30))
    assert judged() is None


def test_a_plan_without_its_review_shuts_the_gate(case, care, judged):
    AssessmentMake(case=case, care=care, on=days_ago(30))
    PlanMake(case=case, care=care, review_on="")
    assert judged() is None
    PlanMake(case=case, care=care)
    assert judged() == "A plan of S-1 still waits for its review."


def test_who_moved_away_or_declined_holds_nothing_up(case, judged):
    for result in ("moved", "declined", "died", "lost_contact", "transferred"):
        CareMake(case=case, survivor=SurvivorMake(case=case), result=result)
    assert judged() is None


def test_the_aftercare_track_stays_open_while_the_gate_is_shut(case, care, director, looking):
    with looking(director), pytest.raises(IllegalMove, match="no assessment from the last 6 months"):
        move_track(
            case.pk, by=director, now=timezone.now(), track="aftercare", status="closed", reason="restored"
        )


def close(case, user, looking):
    with looking(user):
        return move_track(
            case.pk, by=user, now=timezone.now(), track="aftercare", status="closed", reason="restored"
        )


def test_a_social_worker_moves_the_track_but_a_supervisor_closes_it(
    client, case, social_worker, safeguarding_lead, looking
):
    client.force_login(social_worker)
    address = reverse("cases:track-move", args=[case.pk, "aftercare"])
    assert client.post(address, {"status": "reintegration"}).status_code == 302
    sentence = "Only the safeguarding lead or the office director closes the aftercare track."
    assert sentence in client.get(address).content.decode()
    answer = client.post(address, {"status": "closed", "reason": "restored"})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    client.force_login(safeguarding_lead)
    assert sentence not in client.get(address).content.decode()
    assert close(case, safeguarding_lead, looking).aftercare_status == "closed"


def test_the_director_approves_the_end_and_a_lead_of_another_office_does_not(
    case, director, social_worker, other_office, looking
):
    MembershipMake(user=social_worker, office=other_office, role=Role.SAFEGUARDING_LEAD)
    with pytest.raises(IllegalMove, match="Ask one of them"):
        close(case, social_worker, looking)
    assert close(case, director, looking).aftercare_status == "closed"
