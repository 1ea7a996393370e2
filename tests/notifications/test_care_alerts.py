"""What is owed to people in care and is not done knocks, once for a case, and ends with the deed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from aftercare import actions as care_actions
from notifications import actions
from notifications.actions.telling import Answer
from tests.factories import (
    AssessmentMake,
    BailOrderMake,
    CareMake,
    CareTaskMake,
    ContactMake,
    SafetyCheckMake,
    SurvivorMake,
)
from tests.notifications.conftest import alerts, fact, inbox, local, reached

NOW = local("2026-12-01T10:00")
HOUR = timedelta(hours=1)


def live():
    return sorted((row.rule, row.urgency) for row in alerts() if row.state in ("open", "acked"))


def in_care(case, **fields):
    """Somebody in care who was scored the day before: the calendar asks for nothing."""
    care = CareMake(case=case, survivor=SurvivorMake(case=case), created_at=NOW, **fields)
    AssessmentMake(case=case, care=care, on="2026-11-30", reason="intake")
    return care


def settle(care, by, *kinds):
    with viewing_as(by):
        care_actions.settle_tasks(care, kinds, by=by, now=NOW)


@pytest.fixture
def arrived(case, team, clock):
    """Three have come and nothing was done yet; one is in great danger."""
    clock(NOW)
    cares = [in_care(case, risk="high" if n == 0 else "low") for n in range(3)]
    for care in cares:
        CareTaskMake(case=case, care=care, kind="name_worker", due_at=NOW + 24 * HOUR)
        CareTaskMake(case=case, care=care, kind="first_safety", due_at=NOW + 24 * HOUR)
    return cares


def test_an_arrival_knocks_once_for_a_case_harder_when_late_and_ends_with_the_deed(
    arrived, team, social_worker, sweep
):
    sweep(NOW + 10 * HOUR)
    assert live() == []
    sweep(NOW + 21 * HOUR)
    assert live() == [("P4", "N-A")]
    sweep(NOW + 25 * HOUR)
    sweep(NOW + 26 * HOUR)
    assert live() == [("P3", "U-C"), ("P4", "U-S")]
    assert reached(team, "P3") == {"SG"}
    assert reached(team, "P4.late") >= {"SW", "SG"}
    (alert,) = alerts(rule="P3")
    assert alert.facts["more"] == 2
    sweep(NOW + 30 * HOUR)
    assert "P3.step" in inbox(team["FOD"]), "four hours later the director hears of it"
    for care in arrived[:2]:
        settle(care, social_worker, "name_worker", "first_safety")
    sweep(NOW + 30 * HOUR)
    assert [rule for rule, _urgency in live()] == ["P3", "P4"], "one of three is still without"
    settle(arrived[2], social_worker, "name_worker", "first_safety")
    sweep(NOW + 31 * HOUR)
    assert live() == []


def test_the_words_name_nobody_and_only_those_of_aftercare_read_whom_it_is_about(
    arrived, team, client, sweep, case
):
    sweep(NOW + 25 * HOUR)
    client.force_login(team["SG"])
    page = client.get(reverse("notifications:inbox-list")).content.decode()
    assert "No social worker is named" in page
    names = [care.survivor.pseudonym for care in arrived]
    assert any(name in page for name in names)
    assert "and 2 more" in page
    client.force_login(team["LAW"])
    (alert,) = alerts(rule="P3")
    page = client.get(reverse("notifications:alert-detail", args=[alert.pk])).content.decode()
    assert not any(name in page for name in names)


def test_late_looks_after_an_event_are_urgent_and_routine_and_other_tasks_can_wait(case, team, sweep, clock):
    clock(NOW)
    care = in_care(case, worker=team["SW"])
    CareTaskMake(case=case, care=care, kind="safety_review", source="bail.grant", due_at=NOW)
    CareTaskMake(case=case, care=care, kind="safety_review", source="safety.look", due_at=NOW - 30 * HOUR)
    CareTaskMake(case=case, care=care, kind="tell", due_at=NOW - 20 * HOUR)
    sweep(NOW + HOUR)
    assert live() == [("P5", "U-C"), ("P6", "N-A")]
    assert [row.facts["more"] for row in alerts(rule="P6")] == [0]
    sweep(NOW + 13 * HOUR)
    assert live() == [("P5", "U-S"), ("P6", "N-A")]
    settle(care, team["SW"], "safety_review")
    sweep(NOW + 13 * HOUR)
    assert [row.rule for row in alerts() if row.state == "open"] == ["P6"], "she was not told yet"


def test_nobody_is_forgotten_and_a_try_that_reached_nobody_ends_nothing(case, team, sweep, clock):
    clock(NOW)
    care = in_care(case, worker=team["SW"], risk="high")
    sweep(NOW + timedelta(days=9))
    assert live() == []
    later = NOW + timedelta(days=11)
    ContactMake(case=case, care=care, met_at=later - HOUR, reached=False)
    sweep(later)
    assert live() == [("P7", "U-C")]
    ContactMake(case=case, care=care, met_at=later)
    sweep(later + HOUR)
    assert live() == []


def test_a_threat_reaches_all_who_must_act_until_something_was_done(case, team, client, sweep, clock):
    clock(NOW)
    survivor = SurvivorMake(case=case, pseudonym="Maya")
    client.force_login(team["PAR"])
    sent = {"kind": "visit", "what": "Two men at the gate", "survivor_id": str(survivor.pk)}
    answer = client.post(reverse("survivors:threat-report", args=[case.pk]), sent)
    assert answer.status_code == 302
    sweep(NOW)
    assert live() == [("S1", "U-S")]
    assert reached(team, "S1") == {"SG", "LAW", "LD", "SW", "FOD"}
    page = client.get(answer["Location"])
    assert "Two men at the gate" in page.content.decode()
    (alert,) = alerts(rule="S1")
    done = reverse("survivors:threat-answer", args=[alert.subject_id])
    assert client.post(done, {"action": ""}).status_code == 422
    assert client.post(done, {"action": "Moved for two nights"}).status_code == 302
    sweep(NOW + HOUR)
    assert live() == []


def test_somebody_unreachable_while_the_accused_is_out_is_looked_for(case, team, sweep, clock):
    clock(NOW)
    care, other = in_care(case, worker=team["SW"]), in_care(case)
    bail = BailOrderMake(case=case)
    for hours in (3, 2):
        ContactMake(case=case, care=care, met_at=NOW - hours * HOUR, reached=False)
        ContactMake(case=case, care=other, met_at=NOW - hours * HOUR, reached=False)
    ContactMake(case=case, care=care, met_at=NOW - HOUR, reached=False)
    sweep(NOW)
    assert live() == []
    fact("bail.release", team["LAW"], bail, at=NOW)
    sweep(NOW)
    sweep(NOW + HOUR)
    assert live() == [("B4", "U-S"), ("S3", "U-S")]
    assert reached(team, "S3") == {"SW", "SG"}
    ContactMake(case=case, care=care, met_at=NOW + HOUR, created_at=NOW + 2 * HOUR)
    sweep(NOW + 2 * HOUR)
    assert live() == [("B4", "U-S")]


def test_who_is_out_stays_an_alert_until_everybody_in_care_was_looked_at(case, team, sweep, clock):
    clock(NOW)
    care = in_care(case)
    fact("bail.release", team["LAW"], BailOrderMake(case=case), at=NOW)
    sweep(NOW)
    (alert,) = alerts(rule="B4")
    with viewing_as(team["SW"]):
        told = {care.survivor_id: Answer("told", "in_person")}
        actions.tell_survivors(alert.pk, by=team["SW"], now=NOW, answers=told)
    sweep(NOW + HOUR)
    assert live() == [("B4", "U-S")]
    SafetyCheckMake(case=case, care=care, looked_at=NOW + HOUR)
    sweep(NOW + 2 * HOUR)
    assert live() == []
