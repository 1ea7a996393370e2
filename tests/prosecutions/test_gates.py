import datetime

import pytest
from django.utils import timezone

from accounts.scope import viewing_as
from cases.gates import shut_gates
from cases.states import LegalStatus, Track
from tests.factories import AccusedMake, AppealMake, BailOrderMake, ChargeMake, HearingMake


def said(case, who):
    with viewing_as(who):
        return [str(sentence) for sentence in shut_gates(case, Track.LEGAL, LegalStatus.CLOSED, by=who)]


def test_a_case_with_nothing_open_may_close(case, lawyer):
    accused = AccusedMake(case=case)
    ChargeMake(case=case, accused=accused, status="dropped")
    AppealMake(case=case, accused=accused, outcome="dismissed")
    BailOrderMake(case=case, accused=accused, status="REFUSED")
    HearingMake(case=case, starts_at=timezone.now() - datetime.timedelta(days=3))
    assert said(case, lawyer) == []


@pytest.mark.parametrize(
    ("make", "facts", "sentence"),
    [
        (ChargeMake, {"status": "filed"}, "1 charge has no outcome yet"),
        (AppealMake, {"outcome": "pending"}, "An appeal is pending"),
        (BailOrderMake, {"status": "SOUGHT"}, "A bail runs or waits"),
        (BailOrderMake, {"status": "GRANTED", "decided_on": "2026-11-01"}, "A bail runs or waits"),
        (HearingMake, {}, "A hearing lies ahead"),
    ],
)
def test_what_is_still_before_a_court_keeps_the_track_open(case, lawyer, make, facts, sentence):
    make(case=case, **facts)
    (why,) = said(case, lawyer)
    assert sentence in why
