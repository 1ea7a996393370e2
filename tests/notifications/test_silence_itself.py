"""Silence is an alarm; so is a flood, and the work that somebody leaves behind."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actions import end_person
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from cases.models import Case
from notifications.actions.brakes import FEW
from notifications.actions.trials import drill_at
from notifications.clock import as_reminders
from notifications.models import Alert, Brake, Endpoint, Trial
from notifications.sweeping import STEPS
from prosecutions.models import Hearing
from tests.factories import BailOrderMake, CaseMake, TaskMake
from tests.notifications.conftest import alerts, deliveries, fact, hearing_at, inbox, local, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")
WEEK, DAY, MINUTE = timedelta(days=7), timedelta(days=1), timedelta(minutes=1)


def born(case, at, legal_status="trial"):
    with as_reminders("a test arranges") as _:
        Case.objects.filter(pk=case.pk).update(created_at=at, legal_status=legal_status)


# --- silence


def test_an_office_in_whose_diary_nothing_stirs_is_asked_every_week_until_it_does(
    case, lawyer, legal_lead, director, other_office, sweep
):
    born(case, NOW - 6 * DAY)
    quiet_elsewhere = CaseMake(office=other_office)
    born(quiet_elsewhere, NOW - 20 * DAY, legal_status="investigation")
    sweep(NOW)
    assert alerts(rule="L1") == []

    sweep(NOW + 2 * DAY)
    assert [(a.case, a.office, a.facts["weeks"]) for a in alerts(rule="L1")] == [(None, case.office, 1)]
    assert inbox(legal_lead, title_code="L1") == inbox(director, title_code="L1") == ["L1"]
    sweep(NOW + 2 * DAY + timedelta(hours=2))
    assert len(alerts(rule="L1")) == 1
    sweep(NOW + 9 * DAY)
    assert [a.state for a in alerts(rule="L1")] == ["superseded", "open"]

    hearing = hearing_at(case, "2026-12-20T08:30", who_goes=lawyer)
    from_now = NOW + 9 * DAY + timedelta(hours=2)
    stir(lawyer, hearing, from_now)
    sweep(from_now + timedelta(hours=2))
    assert [a.state for a in alerts(rule="L1")] == ["superseded", "closed"]


def stir(by, hearing, at):
    with viewing_as(by):
        record("hearing.confirm", by=by, subject=hearing, at=at)


def test_a_prosecution_for_which_nothing_is_planned_stands_in_the_morning_list_until_something_is(
    case, lawyer, legal_lead, sweep
):
    planned = CaseMake(office=case.office)
    TaskMake(case=planned)
    for each in (case, planned):
        born(each, NOW - 10 * DAY)
    sweep(NOW)
    (alert,) = alerts(rule="H12")
    assert (alert.case, alert.urgency, deliveries(item__alert=alert)) == (case, "D", [])
    assert inbox(lawyer, title_code="H12") == inbox(legal_lead, title_code="H12") == ["H12"]

    hearing_at(case, "2026-12-20T08:30", who_goes=lawyer)
    sweep(NOW + timedelta(hours=2))
    assert [a.state for a in alerts(rule="H12")] == ["closed"]


# --- floods


@pytest.fixture
def flood(case, lawyer, settings, monkeypatch):
    """More releases in ten minutes than anybody could read."""
    monkeypatch.setitem(STEPS, "trials", lambda *, by, now: (False, 0))
    settings.ALERT_STORM = 8
    orders = [BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01") for _one in range(9)]
    for order in orders:
        fact("bail.grant", lawyer, order)


def test_a_flood_reaches_every_inbox_and_no_telephone_until_somebody_lets_it_out(
    case, lawyer, legal_lead, administrator, flood, tick, client, mailoutbox
):
    tick(NOW)
    assert len(inbox(lawyer, title_code="B3")) == 9
    assert {to for mail in mailoutbox for to in mail.to} == {legal_lead.email, administrator.email}
    (brake,) = Brake.objects.all()
    assert (brake.rule, brake.office, brake.count) == ("B3", case.office, 9)
    assert inbox(administrator) == ["X5"]
    mailoutbox.clear()
    tick(NOW + MINUTE)
    assert mailoutbox == []

    client.force_login(administrator)
    watch = reverse("notifications:watch-show")
    assert "9 alerts" in client.get(watch).content.decode()
    decide = reverse("notifications:brake-decide", args=[brake.pk])
    assert client.post(decide, {"decide": "withdraw"}).status_code == 422, "a reason is asked for"
    assert client.post(decide, {"decide": "release"}).status_code == 302
    tick(NOW + 2 * MINUTE)
    assert len([mail for mail in mailoutbox if lawyer.email in mail.to]) == 9
    assert Brake.objects.count() == 1, "what was let out is not held back again at once"
    assert [a.state for a in alerts(rule="X5")] == ["closed"]


def test_a_flood_that_is_withdrawn_never_leaves_and_a_few_alerts_are_no_flood(
    case, lawyer, other_office, administrator, flood, tick, client, mailoutbox, settings
):
    tick(NOW)
    (brake,) = Brake.objects.all()
    stranger = person(Role.OFFICE_DIRECTOR, other_office)
    client.force_login(stranger)
    decide = reverse("notifications:brake-decide", args=[brake.pk])
    assert client.post(decide, {"decide": "release"}).status_code == 404
    client.force_login(administrator)
    client.post(decide, {"decide": "withdraw", "reason": "entered twice"})
    mailoutbox.clear()
    tick(NOW + MINUTE)

    assert [mail for mail in mailoutbox if lawyer.email in mail.to] == []
    held = deliveries(item__alert__rule="B3", user=lawyer)
    assert {(row.state, row.reason) for row in held} == {("suppressed", "withdrawn")}
    settings.ALERT_STORM = 30
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    tick(NOW + 20 * MINUTE)
    assert len([mail for mail in mailoutbox if lawyer.email in mail.to]) == 1
    assert FEW > 10


# --- tests and drills


def test_the_test_of_the_morning_goes_through_the_pipe_to_each_administrator(
    case, legal_lead, administrator, settings, tick, client, clock, mailoutbox
):
    settings.ALERT_DRILLS = True
    born(case, NOW)
    tick(local("2026-12-01T08:29"))
    assert mailoutbox == []

    tick(local("2026-12-01T08:31"))
    tick(local("2026-12-01T08:32"))
    assert [mail.to for mail in mailoutbox] == [[administrator.email]]
    (trial,) = Trial.objects.all()
    assert (trial.kind, trial.person, trial.channels) == ("morning", administrator, {"mail": "accepted"})
    assert trial.passed_at
    tick(local("2026-12-01T18:00"))
    assert len(alerts(rule="T1")) == 1

    client.force_login(administrator)
    assert "Arrived" in client.get(reverse("notifications:watch-show")).content.decode()
    drill = drill_at(case.office, NOW.date())
    assert 10 <= drill.astimezone(NOW.tzinfo).hour < 15
    tick(drill + MINUTE)
    assert inbox(legal_lead, title_code="T2") == ["T2"]
    client.force_login(legal_lead)
    client.post(reverse("notifications:alert-acknowledge", args=[alerts(rule="T2")[0].pk]))
    tick(drill + 5 * MINUTE)
    assert alerts(rule="T2")[0].state == "closed"
    assert Trial.objects.get(kind="drill", person=legal_lead).acked_at


def test_a_test_that_no_channel_takes_is_an_alert(case, administrator, sweep):
    sweep(local("2026-12-01T08:31"))
    sweep(local("2026-12-01T08:34"))
    sweep(local("2026-12-01T08:36"))

    assert Trial.objects.get().failed_at
    assert set(inbox(administrator)) >= {"T1", "X3.trial"}


# --- what people leave behind


def test_the_work_of_somebody_who_leaves_is_told_to_the_leads_until_it_is_given_to_others(
    case, lawyer, legal_lead, director, administrator, sweep, client
):
    hearing_at(case, "2026-12-05T08:30", who_goes=lawyer)
    with viewing_as(administrator):
        end_person(lawyer.pk, by=administrator, now=NOW)
    sweep(NOW)
    (alert,) = alerts(rule="A2")
    facts = {name: alert.facts[name] for name in ("hearings", "cases", "alerts")}
    assert (alert.case, alert.urgency, facts) == (None, "U-C", {"hearings": 1, "cases": 1, "alerts": 0})
    assert inbox(legal_lead, title_code="A2") == inbox(director, title_code="A2") == ["A2"]
    assert inbox(administrator, title_code="A2") == []
    client.force_login(legal_lead)
    page = client.get(reverse("notifications:alert-detail", args=[alert.pk])).content.decode()
    assert "Still in the name of Bob" in page
    assert case.number in page

    with as_reminders("a test arranges") as _:
        Hearing.objects.update(who_goes=legal_lead)
        case.assignments.filter(user=lawyer).update(ended_at=NOW)
    sweep(NOW + MINUTE)
    assert alerts(rule="A2")[0].state == "closed"


def test_a_case_that_is_given_to_somebody_says_what_is_open_on_it(case, lawyer, legal_lead, sweep):
    heir = person(Role.LAWYER, case.office)
    with as_reminders("a test arranges") as _:
        mine = case.assignments.get(user=lawyer)
        mine.ended_at = NOW
        mine.save(update_fields=["ended_at"])
        named = case.assignments.get(user=on_case(heir, case, Role.LAWYER))
    fact("case.assign", legal_lead, named, user=heir.pk, role="lawyer", backup=False)
    sweep(NOW)

    assert inbox(heir, title_code="A1") == ["A1"]


def test_a_place_that_can_no_longer_be_reached_is_told_to_its_person_and_her_lead(
    case, lawyer, legal_lead, colleague, sweep
):
    with as_reminders("a test arranges") as (by, _now):
        place = Endpoint(user=lawyer, kind="sms", verified_at=NOW, disabled_at=NOW, disabled_why="gone")
        place.seal_address("+639170000000")
        place.save(force_insert=True)
        record("endpoint.disable", by=by, subject=place, kind="sms", why="gone")
    sweep(NOW)

    assert inbox(lawyer, title_code="X1") == inbox(legal_lead, title_code="X1") == ["X1"]
    assert inbox(colleague) == []
    with as_reminders("a test arranges") as _:
        Endpoint.objects.update(disabled_at=None)
    sweep(NOW + 2 * MINUTE)
    assert [row.state for row in rows_of(Alert, rule="X1")] == ["closed"]
