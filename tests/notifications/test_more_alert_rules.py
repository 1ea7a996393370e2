"""Judgments, operations, survivors, lookouts and reviews: what each calls for, and whom it reaches."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from tests.factories import (
    AccusedMake,
    CareMake,
    CaseMake,
    ChargeMake,
    DutyMake,
    HeadcountMake,
    KinshipMake,
    LookoutMake,
    OperationMake,
    PlanMake,
    SurvivorMake,
    VerdictMake,
)
from tests.notifications.conftest import alerts, deliveries, fact, inbox, local, log_of, opened, reached
from tests.people import person

NOW = local("2026-12-01T10:00")


# --- judgments, operations, survivors


@pytest.mark.parametrize(
    ("result", "rule", "urgency", "roles"),
    [
        ("acquitted", "J1", "U-S", {"LAW", "LD", "SG", "SW", "FOD"}),
        ("convicted", "J2", "N", {"LAW", "PAR", "SW", "INV", "LD", "FOD"}),
    ],
)
def test_a_judgment(case, team, sweep, result, rule, urgency, roles):
    fact("verdict.record", team["LAW"], VerdictMake(case=case, result=result), result=result)

    sweep(NOW)

    assert opened() == [(rule, urgency)]
    assert reached(team, rule) == roles


def test_a_dropped_charge(case, team, sweep):
    fact("charge.edit", team["LAW"], ChargeMake(case=case, status="dropped"))
    fact("charge.edit", team["LAW"], ChargeMake(case=case, status="amended"))

    sweep(NOW)

    assert opened() == [("J1", "U-S")]
    assert reached(team, "J1.dropped") == {"LAW", "LD", "SG", "SW", "FOD"}


def test_a_failed_operation(case, team, sweep):
    fact("operation.record", team["INV"], OperationMake(case=case, outcome="failed", failure="weather"))
    fact("operation.record", team["INV"], OperationMake(case=case, outcome="success"))

    sweep(NOW)

    assert opened() == [("O1", "U-C")]
    assert reached(team, "O1") == {"INV", "LD", "FOD"}


def test_that_an_operation_was_given_away_only_the_named_few_may_know(case, team, client, sweep):
    fact("operation.record", team["INV"], OperationMake(case=case, outcome="failed", failure="tip_off"))

    sweep(NOW)
    sweep(NOW + timedelta(minutes=16))
    sweep(NOW + timedelta(minutes=31))

    assert reached(team, "O2") == {"FOD", "SG"}
    (given_away,) = alerts(rule="O2")
    for role, status in (("FOD", 200), ("SG", 200), ("INV", 404), ("LAW", 404), ("LD", 404)):
        client.force_login(team[role])
        assert client.get(f"/notifications/alerts/{given_away.pk}/").status_code == status, role


def test_a_survivor_who_fled_is_one_alert_whichever_was_written_first(case, team, sweep):
    operation = OperationMake(case=case, outcome="failed", failure="victim_fled")
    fact("operation.record", team["INV"], operation)
    fact("survivor.miss", team["INV"], SurvivorMake(case=case), operation=operation.pk)

    sweep(NOW)

    assert sorted(opened()) == [("O1", "U-C"), ("O3", "U-S")]
    assert reached(team, "O3") == {"SW", "INV", "LD", "SG", "FOD"}


def test_a_survivor_taken_back(case, team, sweep):
    fact("survivor.recapture", team["SW"], SurvivorMake(case=case))

    sweep(NOW)

    assert opened() == [("O3", "U-S")]


def test_a_reopened_track(case, team, sweep):
    with viewing_as(team["LAW"]):
        record("track.reopen", by=team["LAW"], subject=case, case_id=case.pk, track="legal")

    sweep(NOW)

    assert opened() == [("O5", "N")]
    assert reached(team, "O5") == {"LAW", "PAR", "SW", "INV", "LD"}


def test_a_relative_among_the_accused(case, team, sweep):
    SurvivorMake(case=case, key="s1")
    SurvivorMake(case=case, key="s2")
    AccusedMake(case=case, key="p1")
    fact("kinship.add", team["SW"], KinshipMake(case=case, of="p1", who="s1"), of="p1", who="s1")
    fact("kinship.add", team["SW"], KinshipMake(case=case, of="s1", who="s2"), of="s1", who="s2")

    sweep(NOW)

    assert opened() == [("O6", "N-A")]
    assert reached(team, "O6") == {"SW", "SG", "LAW"}


def test_a_lookout_asks_the_other_office_without_a_word_of_the_case(case, team, other_office, client, sweep):
    watch = person(Role.INVESTIGATOR, other_office, name="Yaw")
    duty = person(Role.LAWYER, other_office)
    DutyMake(office=other_office, user=duty, days=(NOW.date(), NOW.date() + timedelta(days=7)))
    lookout = LookoutMake(case=case, to_office=other_office, to_agency="")
    fact("lookout.send", team["INV"], lookout, office=other_office.pk)
    fact("lookout.send", team["INV"], LookoutMake(case=case), office="")

    sweep(NOW)

    assert opened() == [("O4", "U-C")]
    assert inbox(watch) == inbox(duty) == ["O4.asked"]
    client.force_login(watch)
    page = client.get("/notifications/inbox/").content.decode()
    assert "Another office asks yours" in page
    assert case.office.name in page
    assert case.number not in page
    assert str(case.pk) not in page
    (alert,) = alerts()
    assert client.get(f"/notifications/alerts/{alert.pk}/").status_code == 404

    (row,) = deliveries(user=watch)
    assert client.post(f"/notifications/inbox/{row.item_id}/acknowledge/").status_code == 302
    sweep(NOW + timedelta(minutes=61))
    (alert,) = alerts()
    assert (alert.state, alert.acked_by_id, log_of(alert)) == ("acked", watch.pk, ["opened", "acked"])

    with viewing_as(team["INV"]):
        type(lookout).objects.filter(pk=lookout.pk).update(result="not_found", closed_on="2026-12-02")
    sweep(NOW + timedelta(minutes=62))
    assert [alert.state for alert in alerts()] == ["closed"]


def test_an_office_without_watchers_is_asked_through_its_director(case, team, other_office, sweep):
    boss = person(Role.OFFICE_DIRECTOR, other_office)
    fact("lookout.send", team["INV"], LookoutMake(case=case, to_office=other_office, to_agency=""))

    sweep(NOW)
    assert inbox(boss) == ["O4.asked"]

    sweep(NOW + timedelta(minutes=61))
    assert inbox(boss) == ["O4.asked", "O4.asked"]
    assert inbox(team["PAR"]) == ["O4.step"]


# --- reviews of aftercare


@pytest.fixture
def care(case, social_worker):
    return CareMake(case=case, worker=social_worker, created_at=local("2026-06-01T09:00"))


def test_a_review_due_in_a_week_and_then_overdue(case, care, social_worker, safeguarding_lead, sweep):
    PlanMake(case=case, care=care, review_on="2026-12-10", created_at=local("2026-06-01T09:00"))
    sweep(local("2026-12-02T23:59"))
    assert alerts() == []

    sweep(local("2026-12-03T00:01"))
    sweep(local("2026-12-10T23:59"))
    assert opened() == [("P1", "N")]

    sweep(local("2026-12-11T00:01"))
    assert sorted((alert.rule, alert.state) for alert in alerts()) == [("P1", "superseded"), ("P2", "open")]
    assert inbox(social_worker, superseded=False) == ["P2"]

    sweep(local("2026-12-18T00:02"))
    assert inbox(safeguarding_lead) == ["P2.step"]


def test_the_recorded_review_closes_it(case, care, social_worker, sweep):
    plan = PlanMake(case=case, care=care, review_on="2026-12-10", created_at=local("2026-06-01T09:00"))
    with viewing_as(social_worker):
        type(care).objects.filter(pk=care.pk).update(next_review_on="2026-12-11")
    sweep(local("2026-12-05T09:00"))
    assert opened() == [("P1", "N"), ("P1", "N")]

    with viewing_as(social_worker):
        type(plan).objects.filter(pk=plan.pk).update(reviewed_on="2026-12-05")
        type(care).objects.filter(pk=care.pk).update(next_review_on="2027-06-11")
    sweep(local("2026-12-05T10:00"))

    assert {alert.state for alert in alerts()} == {"closed"}


def test_reviews_that_ask_nobody(case, social_worker, sweep, office):
    long_ago = local("2026-06-01T09:00")
    loaded = CareMake(case=case, worker=social_worker, next_review_on="2026-03-01", created_at=NOW)
    PlanMake(case=case, care=loaded, review_on="2026-04-01", created_at=NOW)
    CareMake(case=case, next_review_on="2026-12", created_at=long_ago)
    CareMake(case=case, next_review_on="2026-12-03", created_at=long_ago, result="died")
    closed = CaseMake(office=office, aftercare_status="closed")
    CareMake(case=closed, next_review_on="2026-12-03", created_at=long_ago)
    CareMake(case=case, headcount=HeadcountMake(case=case), survivor=None, created_at=long_ago)

    sweep(NOW)

    assert alerts() == []


def test_without_a_worker_of_her_own_the_social_workers_of_the_case_hear_of_it(case, social_worker, sweep):
    CareMake(case=case, next_review_on="2026-12-03", created_at=local("2026-06-01T09:00"))

    sweep(NOW)

    assert inbox(social_worker) == ["P1"]
