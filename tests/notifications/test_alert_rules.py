"""What each fact calls for, and whom it reaches."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from audit.models import Event
from notifications.models import Handled
from prosecutions.models import Accused
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailBreachMake,
    BailOrderMake,
    CaseMake,
)
from tests.notifications.conftest import alerts, deliveries, fact, inbox, local, opened, reached
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")


def test_bail_applied_for(case, team, sweep):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)

    assert opened() == [("B1", "U-C")]
    assert reached(team, "B1") == {"LAW", "PAR", "SW"}
    assert {row.user_id for row in deliveries()} == {team["LAW"].pk, team["PAR"].pk}  # SW in the inbox only


def test_bail_heard_within_a_day_is_a_matter_of_safety(case, team, sweep):
    fact("bail.seek", team["LAW"], BailOrderMake(case=case, heard_on="2026-12-02"), kind="pretrial")

    sweep(NOW)

    # Nobody has answered it or said who goes, and it is heard within two days: that is B2.
    assert sorted(opened()) == [("B1", "U-S"), ("B2", "U-C")]


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


@pytest.fixture
def known_to(team, case):
    """Another case of the office with an accused person and a lawyer; the first lawyer is on it too."""
    second = CaseMake(office=case.office)
    lawyer = on_case(person(Role.LAWYER, case.office, name="Lito"), second, Role.LAWYER)
    on_case(team["LAW"], second, Role.LAWYER)
    return {"lawyer": lawyer, "known": AccusedMake(case=second, name="R. Salonga")}


def write(client, user, name, pk, /, **facts):
    client.force_login(user)
    response = client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)
    assert response.status_code == 302


def test_somebody_known_elsewhere_who_is_added_by_page_and_arrested_alerts_both_teams(
    case, team, known_to, client, sweep
):
    facts = {"name": "", "label": "r. SALONGA", "standing": "accused", "same_as": known_to["known"].pk}
    write(client, team["LAW"], "accused-add", case.pk, **facts)
    with viewing_as(team["LAW"]):
        accused = Accused.objects.get(case=case)
    write(client, team["LAW"], "arrest-record", case.pk, accused=accused.pk)

    sweep(NOW)

    assert {(alert.rule, alert.case_id) for alert in alerts()} == {
        ("B9", case.pk),
        ("B9", known_to["known"].case_id),
    }
    assert inbox(known_to["lawyer"]) == ["B9.elsewhere"]


@pytest.mark.parametrize(("arrested", "told"), [(True, ["B9", "B9"]), (False, [])])
def test_somebody_found_to_be_known_only_after_the_arrest_alerts_both_teams(
    case, team, known_to, client, sweep, arrested, told
):
    accused = AccusedMake(case=case, name="Rosa")
    if arrested:
        ArrestMake(case=case, accused=accused)
    facts = {"name": "Rosa", "standing": "accused", "version": 1, "same_as": known_to["known"].pk}
    write(client, team["LAW"], "accused-edit", accused.pk, **facts)

    sweep(NOW)

    assert [alert.rule for alert in alerts()] == told


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
