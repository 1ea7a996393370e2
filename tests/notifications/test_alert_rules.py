"""What each fact calls for, and whom it reaches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from audit.models import Event
from notifications.models import Handled
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailBreachMake,
    BailOrderMake,
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
from tests.notifications.conftest import alerts, deliveries, fact, inbox, local, log_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")


@pytest.fixture
def team(case, office, lawyer, social_worker, legal_lead, safeguarding_lead, director):
    """One person of each role of the catalogue."""
    return {
        "LAW": lawyer,
        "SW": social_worker,
        "LD": legal_lead,
        "SG": safeguarding_lead,
        "FOD": director,
        "PAR": on_case(person(Role.PARALEGAL, office), case, Role.PARALEGAL),
        "INV": on_case(person(Role.INVESTIGATOR, office), case, Role.INVESTIGATOR),
    }


def reached(team, code):
    """The roles that have this title in their inbox."""
    return {role for role, user in team.items() if code in inbox(user)}


def opened():
    return [(alert.rule, alert.urgency) for alert in alerts()]


def test_bail_applied_for(case, team, sweep):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)

    assert opened() == [("B1", "U-C")]
    assert reached(team, "B1") == {"LAW", "PAR", "SW"}
    assert {row.user_id for row in deliveries()} == {team["LAW"].pk, team["PAR"].pk}  # SW in the inbox only


def test_bail_heard_within_a_day_is_a_matter_of_safety(case, team, sweep):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case, heard_on="2026-12-02"), kind="pretrial")

    sweep(NOW)

    assert opened() == [("B1", "U-S")]


@pytest.mark.parametrize("day", ["2026-12-05", "2026-12", ""])
def test_bail_heard_later_or_on_a_vague_day_is_not(case, team, sweep, day):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case, heard_on=day), kind="pretrial")

    sweep(NOW)

    assert opened() == [("B1", "U-C")]


@pytest.mark.parametrize("answer", [{"opposition": "filed"}, {"status": "REFUSED"}])
def test_the_application_is_answered(case, team, sweep, answer):
    bail = BailOrderMake(case=case)
    fact("bail.seek", team["LAW"], bail, kind="pretrial")
    sweep(NOW)
    with viewing_as(team["LAW"]):
        type(bail).objects.filter(pk=bail.pk).update(**answer)

    sweep(NOW)

    assert [alert.state for alert in alerts()] == ["closed"]


def test_bail_granted(case, team, sweep):
    fact("bail.grant", team["LAW"], BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))

    sweep(NOW)

    assert opened() == [("B3", "U-S")]
    assert reached(team, "B3") == {"LAW", "LD", "SG", "SW", "INV"}


def test_release_takes_the_place_of_the_grant(case, team, sweep):
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", team["LAW"], bail)
    sweep(NOW)
    fact("bail.release", team["LAW"], bail)

    sweep(NOW + timedelta(minutes=1))

    first, second = sorted(alerts(), key=lambda alert: alert.rule)
    assert (first.rule, first.state, first.superseded_by_id) == ("B3", "superseded", second.pk)
    assert (second.rule, second.state) == ("B4", "open")
    assert reached(team, "B4") == {"LAW", "LD", "SG", "SW", "INV", "FOD"}
    assert inbox(team["LAW"], superseded=False) == ["B4"]
    assert {row.state for row in deliveries(item__title_code="B3")} == {"suppressed"}


def test_bail_pending_appeal(case, team, sweep):
    bail = BailOrderMake(case=case, kind="pending_appeal")
    fact("bail.seek", team["LAW"], bail, kind="pending_appeal")
    sweep(NOW)
    assert opened() == [("B10", "U-C")]
    assert reached(team, "B1") == {"LAW", "PAR", "SW"}

    with viewing_as(team["LAW"]):
        type(bail).objects.filter(pk=bail.pk).update(status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", team["LAW"], bail, kind="pending_appeal")
    sweep(NOW)

    assert sorted((a.rule, a.state, a.urgency) for a in alerts()) == [
        ("B10", "closed", "U-C"),
        ("B10", "open", "U-S"),
    ]
    assert reached(team, "B3") == {"LAW", "LD", "SG", "SW", "INV"}


@pytest.mark.parametrize("about_the_breach", [True, False])
def test_a_condition_of_bail_broken(case, team, sweep, about_the_breach):
    bail = BailOrderMake(case=case, status="BREACHED", decided_on="2026-12-01")
    breach = BailBreachMake(case=case, bail=bail)
    fact("bail.breach", team["LAW"], breach if about_the_breach else bail, breach=breach.pk)

    sweep(NOW)

    assert opened() == [("B6", "U-S")]
    assert reached(team, "B6") == {"LAW", "LD", "SG", "SW", "INV"}


def test_cancelled_bail_closes_what_the_grant_opened(case, team, sweep):
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", team["LAW"], bail)
    sweep(NOW)
    with viewing_as(team["LAW"]):
        type(bail).objects.filter(pk=bail.pk).update(status="CANCELLED")

    sweep(NOW)

    assert [alert.state for alert in alerts()] == ["closed"]


def test_each_application_is_an_episode_of_its_own_and_each_fact_counts_once(case, team, sweep):
    for _application in range(2):
        fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)
    sweep(NOW)

    assert opened() == [("B1", "U-C")] * 2
    assert inbox(team["LAW"]) == ["B1", "B1"]


def test_facts_of_imported_history_open_nothing(case, team, sweep):
    fact("bail.grant", team["LAW"], BailOrderMake(case=case, status="GRANTED", history=True), origin="import")

    sweep(NOW)

    assert alerts() == []


# --- one human being on the files of two offices


@pytest.fixture
def elsewhere(other_office):
    """A case of another office about the same human being, with its team."""
    case = CaseMake(office=other_office, number="ACC-2026-7777", title="The other road")
    lawyer = on_case(person(Role.LAWYER, other_office, name="Ama"), case, Role.LAWYER)
    worker = on_case(person(Role.SOCIAL_WORKER, other_office, name="Efua"), case, Role.SOCIAL_WORKER)
    return {"case": case, "lawyer": lawyer, "worker": worker}


def test_a_known_person_arrested_again_is_told_to_each_team_of_its_own_case(
    case, team, elsewhere, client, sweep
):
    accused = AccusedMake(case=case, name="R. Salonga")
    theirs = AccusedMake(case=elsewhere["case"], perpetrator=accused.perpetrator, name="Kofi Secret")
    fact(
        "arrest.record",
        team["LAW"],
        ArrestMake(case=case, accused=accused),
        perpetrator=accused.perpetrator_id,
    )

    sweep(NOW)

    assert {(alert.rule, alert.case_id, alert.subject_id) for alert in alerts()} == {
        ("B9", case.pk, accused.pk),
        ("B9", elsewhere["case"].pk, theirs.pk),
    }
    assert reached(team, "B9") == {"LAW", "LD", "SG", "INV"}
    assert inbox(elsewhere["lawyer"]) == ["B9.elsewhere"]
    for user, hidden in (
        (team["LAW"], ["ACC-2026-7777", "Kofi Secret", "The other road"]),
        (elsewhere["lawyer"], [case.number, "R. Salonga", case.title, str(case.pk)]),
    ):
        client.force_login(user)
        (mine,) = [alert for alert in alerts() if (alert.case_id == case.pk) is (user is team["LAW"])]
        pages = client.get("/notifications/inbox/").content.decode()
        pages += client.get(f"/notifications/alerts/{mine.pk}/").content.decode()
        assert not [word for word in hidden if word in pages]
        assert str(mine.subject_id) in pages
        (other,) = [alert for alert in alerts() if alert.pk != mine.pk]
        assert client.get(f"/notifications/alerts/{other.pk}/").status_code == 404


def test_the_arrest_of_somebody_new_is_no_alert(case, team, sweep):
    accused = AccusedMake(case=case)
    fact("arrest.record", team["LAW"], ArrestMake(case=case, accused=accused))

    sweep(NOW)

    assert alerts() == []


def test_somebody_merely_mentioned_elsewhere_is_not_known(case, team, elsewhere, sweep):
    accused = AccusedMake(case=case)
    AccusedMake(case=elsewhere["case"], perpetrator=accused.perpetrator, standing="mentioned")
    fact("arrest.record", team["LAW"], accused)

    sweep(NOW)

    assert alerts() == []


@pytest.mark.parametrize(("verb", "code"), [("bail.grant", "B3.elsewhere"), ("bail.release", "B4.elsewhere")])
def test_bail_is_told_to_the_social_workers_of_every_case_of_the_accused(
    case, team, elsewhere, sweep, verb, code
):
    accused = AccusedMake(case=case)
    AccusedMake(case=elsewhere["case"], perpetrator=accused.perpetrator)
    fact(
        verb,
        team["LAW"],
        BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-12-01"),
    )

    sweep(NOW)

    assert inbox(elsewhere["worker"]) == [code]
    assert inbox(elsewhere["lawyer"]) == []


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


# --- a rule that breaks


def test_a_fact_whose_rule_breaks_is_put_aside_and_tried_again(case, team, sweep, caplog):
    lost = fact("bail.grant", team["LAW"], case, kind="pretrial")  # not a bail order at all
    fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)

    assert opened() == [("B1", "U-C")]
    broken = Handled.objects.get(pk=lost.pk)
    assert (broken.error, broken.tries, broken.retry_at) == ("FieldError", 1, NOW + timedelta(minutes=1))
    assert case.number not in caplog.text

    sweep(NOW + timedelta(minutes=2))
    assert Handled.objects.get(pk=lost.pk).tries == 2


def test_alerts_stand_in_the_trail_of_the_case(case, team, sweep):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)

    event = Event.objects.get(verb="alert.open")
    assert (event.case_id, event.detail) == (case.pk, {"rule": "B1", "step": 0})


def test_what_nobody_need_answer_is_over_when_all_have_read_it(case, team, client, sweep):
    with viewing_as(team["LAW"]):
        record("track.reopen", by=team["LAW"], subject=case, case_id=case.pk, track="legal")
    sweep(NOW)
    for user in team.values():
        for row in deliveries(user=user):
            client.force_login(user)
            client.get(f"/notifications/inbox/{row.item_id}/")

    sweep(NOW + timedelta(minutes=1))

    assert [alert.state for alert in alerts()] == ["closed"]


def test_the_first_sweep_after_a_break_takes_up_what_was_written_meanwhile(case, team, sweep):
    sweep()
    fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial", at=timezone.now())

    sweep()

    assert opened() == [("B1", "U-C")]
