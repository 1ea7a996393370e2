from datetime import timedelta

import pytest
from django.utils import timezone

from aftercare.gates import unfinished_care
from cases.actions import move_track
from cases.models import Case
from cases.states import IllegalMove
from tests.factories import AssessmentMake, CareMake, PlanMake, SurvivorMake


def days_ago(days):
    return (timezone.now() - timedelta(days=days)).date().isoformat()


@pytest.fixture
def judged(case, director, looking):
    def judge():
        with looking(director):
            return unfinished_care(Case.objects.get(pk=case.pk))

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
