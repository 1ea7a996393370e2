"""C7 and D3: a sentence that ends, money that does not come: knocks in steps, once, silent by the deed."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications.models import Alert
from prosecutions import actions
from prosecutions.models import Release
from tests.factories import (
    AccusedMake,
    AppealMake,
    AwardMake,
    AwardShareMake,
    CareMake,
    CaseMake,
    CustodyMake,
    SurvivorMake,
    VerdictMake,
)
from tests.notifications.conftest import inbox, local
from tests.people import on_case, person


@pytest.fixture
def accused(case):
    return AccusedMake(case=case)


@pytest.fixture
def carer(case, office):
    """Cares for one survivor, without being named in the team as social worker."""
    worker = on_case(person(Role.SOCIAL_WORKER, office), case, Role.CASEWORKER)
    CareMake(case=case, survivor=SurvivorMake(case=case), worker=worker)
    return worker


def live(rule):
    return list(Alert._base_manager.filter(rule=rule, state__in=["open", "acked"]).order_by("opened_at"))


def at(text):
    return local(f"{text}T09:00")


def test_a_release_knocks_in_three_steps_at_the_team_and_the_social_workers(
    case, accused, lawyer, social_worker, safeguarding_lead, carer, charlie, sweep
):
    CustodyMake(case=case, accused=accused, kind="sentence", starts_on="2026-03-10")
    VerdictMake(case=case, accused=accused, on="2026-03-10", months="12")  # out on 9 March 2027
    sweep(at("2026-12-08"))  # 91 days before
    assert live("C7") == []
    sweep(at("2026-12-09"))
    sweep(at("2026-12-09"))
    for user in (lawyer, social_worker, safeguarding_lead, carer):
        assert inbox(user, alert__rule="C7") == ["C7.t90"]
    assert inbox(charlie) == []
    sweep(at("2027-02-07"))
    (alert,) = live("C7")
    assert (alert.urgency, alert.facts["release"]) == ("N-A", "2027-03-09")
    sweep(at("2027-03-02"))
    (alert,) = live("C7")
    assert alert.urgency == "U-C"
    assert inbox(carer, alert__rule="C7", superseded=False) == ["C7.t7"]
    with viewing_as(social_worker):
        actions.answer_release(accused.pk, by=social_worker, now=at("2027-03-02"), told="told")
    sweep(at("2027-03-03"))
    assert live("C7") == []
    assert Alert._base_manager.filter(rule="C7").count() == 3


def test_a_day_that_moves_is_announced_anew_and_the_old_one_taken_back(
    case, accused, lawyer, social_worker, sweep
):
    CustodyMake(case=case, accused=accused, kind="sentence", starts_on="2026-03-10")
    VerdictMake(case=case, accused=accused, on="2026-03-10", months="12")
    sweep(at("2026-12-20"))
    now = at("2026-12-21")
    with viewing_as(lawyer):
        facts = {"by": lawyer, "now": now, "reason": "Letter"}
        actions.state_release(accused.pk, on=date(2027, 1, 15), **facts)
    sweep(at("2026-12-22"))
    (alert,) = live("C7")
    assert (alert.episode_key.rpartition(":")[2], alert.facts["release"]) == ("30", "2027-01-15")
    with viewing_as(lawyer):
        actions.state_release(accused.pk, on=date(2028, 1, 15), **facts)
    sweep(at("2026-12-23"))
    (alert,) = live("C7")
    assert (alert.urgency, alert.facts["release"]) == ("N", "2028-01-15")
    assert inbox(social_worker, alert__rule="C7", superseded=False) == ["C7.moved"]
    with viewing_as(lawyer):
        appeal = AppealMake(case=case, accused=accused)
        actions.decide_appeal(
            appeal.pk, by=lawyer, now=now, outcome="allowed", set_aside=True, decided_on="2026-12-21"
        )
        assert Release.objects.get().release_on is None
    sweep(at("2026-12-24"))
    assert live("C7") == []
    assert inbox(social_worker, alert__rule="J1") == ["J1.overturned"]


def test_history_is_silent_and_another_team_hears_only_that_somebody_may_be_let_out(
    case, accused, lawyer, other_office, sweep, social_worker
):
    old = AccusedMake(case=case)
    VerdictMake(case=case, accused=old, on="2005-03-10", months="12")
    theirs = CaseMake(office=other_office)
    far = on_case(person(Role.SOCIAL_WORKER, other_office), theirs, Role.SOCIAL_WORKER)
    AccusedMake(case=theirs, perpetrator=accused.perpetrator)
    CustodyMake(case=case, accused=accused, kind="sentence", starts_on="2026-03-10")
    VerdictMake(case=case, accused=accused, on="2026-03-10", months="12")
    sweep(at("2027-03-01"))
    assert inbox(far) == ["C7.elsewhere"]
    assert inbox(social_worker) == ["C7.t30"]
    with viewing_as(far):
        (alert,) = Alert.objects.all()
        weekly = {"minutes": 7 * 24 * 60}
        assert alert.facts == {"elsewhere": True, "told": ["SW"], "again": weekly}
        assert alert.case_id == theirs.pk


def test_a_judgment_put_right_tells_the_same_people_and_replaces_what_was_said(case, accused, lawyer, sweep):
    with viewing_as(lawyer):
        facts = {"by": lawyer, "now": timezone.now(), "on": "2026-10-01"}
        verdict = actions.record_verdict(accused.pk, result="convicted", months="12", **facts)
    sweep()
    with viewing_as(lawyer):
        actions.correct_verdict(verdict.pk, result="convicted", months="24", reason="x", **facts)
    sweep()
    assert inbox(lawyer, superseded=False, alert__rule="J2") == ["J2.corrected"]
    with viewing_as(lawyer):
        actions.correct_verdict(verdict.pk, result="acquitted", reason="x", **facts)
    sweep()
    assert inbox(lawyer, superseded=False, alert__subject_id=verdict.pk) == ["J1"]
    assert [alert.rule for alert in Alert._base_manager.filter(state="open")] == ["J1"]
    with viewing_as(lawyer):
        actions.file_appeal(accused.pk, by=lawyer, now=timezone.now(), appellant="prosecution")
    sweep()
    assert live("J1") == []


def test_money_that_does_not_come_is_asked_for_until_it_comes_or_the_court_is_asked(case, lawyer, sweep):
    first = AwardShareMake(case=case, award=AwardMake(case=case, ordered_on="2026-06-01"))
    award = first.award
    type(award)._base_manager.filter(pk=award.pk).update(created_at=at("2026-06-02"))
    AwardShareMake(case=case, award=AwardMake(case=case, ordered_on="2010-06-01"))  # history
    sweep(at("2026-06-30"))
    assert live("D3") == []
    for day in ("2026-07-01", "2026-07-02", "2026-07-31", "2026-08-30"):
        sweep(at(day))
    assert [alert.episode_key.rpartition(":")[2] for alert in live("D3")] == ["d90"]
    assert Alert._base_manager.filter(rule="D3").count() == 3
    step = {"by": lawyer, "now": at("2026-09-01"), "on": "2026-09-01"}
    with viewing_as(lawyer):
        actions.enforce_award(award.pk, kind="demand", **step)
    sweep(at("2026-09-01"))
    assert len(live("D3")) == 1
    with viewing_as(lawyer):
        actions.enforce_award(award.pk, kind="execution", next_on=date(2026, 10, 1), **step)
    Alert._base_manager.filter(rule="D3").update(
        opened_at=at("2020-01-01")
    )  # the row's clock is the true one
    sweep(at("2026-09-02"))
    assert live("D3") == []
