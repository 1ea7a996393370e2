"""Nobody answers, nobody acts, or whoever had it is gone: the ladder goes round, and begins anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Absence, Deputy
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Assignment
from notifications.climbing import awake, minutes_later, repeat_at
from notifications.clock import as_reminders
from notifications.models import Alert, InboxItem
from prosecutions.models import BailOrder
from tests.factories import AccusedMake, BailOrderMake, KinshipMake, OfficeMake, SurvivorMake
from tests.notifications.conftest import alerts, fact, inbox, local, log_of, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")  # a Tuesday
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def granted(case, lawyer):
    """Bail was granted: U-S. A survivor is to be told, which nobody does here."""
    SurvivorMake(case=case)
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", lawyer, bail)
    return bail


def take(user, at):
    """I have it, at that moment."""
    from notifications.actions import acknowledge_alert

    (alert,) = alerts()
    with viewing_as(user):
        acknowledge_alert(alert.pk, by=user, now=at)


def standing():
    (alert,) = alerts()
    return alert


def test_at_the_top_everybody_is_asked_every_hour_and_after_a_day_every_four(
    case, lawyer, legal_lead, director, granted, sweep
):
    regional = person(Role.REGIONAL_DIRECTOR, case.office)
    for minutes in (0, 15, 30, 60, 120):
        sweep(NOW + minutes * MINUTE)
    assert inbox(regional) == ["B3.step"]
    assert (standing().step, standing().next_step_at) == (4, NOW + 3 * HOUR)
    assert "unheard" not in log_of(standing())

    sweep(NOW + 3 * HOUR)
    assert log_of(standing())[-2:] == ["unheard", "repeated"]
    for user in (lawyer, legal_lead, director, regional):
        assert len(inbox(user, superseded=False)) == 1, "the same thing never stands there twice"
    assert inbox(director) == ["B3.step"] * 2
    sweep(NOW + 4 * HOUR)
    sweep(NOW + 4 * HOUR)
    assert (standing().loop, log_of(standing()).count("unheard")) == (2, 1)
    assert Event.objects.filter(verb="alert.unheard").count() == 1
    assert Event.objects.filter(verb="alert.repeat").count() == 2

    sweep(NOW + 25 * HOUR)
    assert standing().next_step_at == NOW + 29 * HOUR


def test_what_only_wants_a_yes_comes_back_to_the_lead_every_week(case, lawyer, legal_lead, sweep):
    SurvivorMake(case=case, key="s1")
    AccusedMake(case=case, key="p1")
    fact("kinship.add", lawyer, KinshipMake(case=case, of="p1", who="s1"), of="p1", who="s1")
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        sweep(local(f"{day}T10:00"))
    told = len(inbox(lawyer))
    assert inbox(legal_lead) == ["O6.step"]
    sweep(local("2026-12-10T10:00"))
    assert inbox(legal_lead) == ["O6.step"] * 2
    assert len(inbox(lawyer)) == told


def test_what_is_urgent_for_a_court_counts_waking_hours_unless_it_is_near(db):
    office = OfficeMake(time_zone="Asia/Manila", country="PH")
    evening = local("2026-12-01T21:30")
    alert = Alert(urgency="U-C", opened_at=evening, ladder=[], facts={"again": {"minutes": 240}})
    assert minutes_later(alert, office, evening, 60, None) == local("2026-12-02T06:30")
    assert minutes_later(alert, office, evening, 60, local("2026-12-02T09:00")) == evening + HOUR
    assert minutes_later(alert, office, evening, 60, local("2026-12-02T23:00")) == local("2026-12-02T06:30")
    assert repeat_at(alert, office, local("2026-12-01T19:00"), None) == local("2026-12-02T07:00")
    assert repeat_at(alert, office, local("2026-12-02T10:00"), local("2026-12-02T09:00")) is None
    assert awake(office, local("2026-12-01T23:30"), 17 * HOUR) == local("2026-12-03T07:00")
    alert.urgency = "U-S"
    assert minutes_later(alert, office, evening, 60, None) == evening + HOUR


def test_taken_on_and_not_done_in_time_it_is_open_again_at_the_first_step(
    case, lawyer, legal_lead, director, granted, sweep
):
    backup = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL, backup=True)
    sweep(NOW)
    take(lawyer, NOW + 3 * HOUR)
    sweep(NOW + 5 * HOUR)
    assert standing().state == "acked", "whoever takes it late has the whole time of the rule"
    assert inbox(backup) == []

    sweep(NOW + 7 * HOUR)
    alert = standing()
    assert (alert.state, alert.acked_by, alert.step, alert.loop) == ("open", None, 1, 1)
    assert log_of(alert) == ["opened", "acked", "unacked", "escalated"]
    assert inbox(lawyer, acked_at=None, superseded=False) == ["B3"]
    assert inbox(backup) == ["B3.step"]
    assert Event.objects.filter(verb="alert.reopen").count() == 1
    sweep(NOW + 7 * HOUR + 15 * MINUTE)
    assert standing().step == 2
    take(lawyer, NOW + 8 * HOUR)
    assert standing().act_by == NOW + 12 * HOUR


def test_a_deed_of_the_same_second_closes_it(case, lawyer, granted, sweep, monkeypatch):
    """The step before has not seen the deed: it was committed between the two."""
    sweep(NOW)
    take(lawyer, NOW)
    with viewing_as(lawyer):
        BailOrder.objects.filter(pk=granted.pk).update(status="CANCELLED")
    monkeypatch.setattr("notifications.sweeping.actions.close_alerts", lambda **_: 0)
    sweep(NOW + 4 * HOUR)
    assert standing().state == "closed"
    assert "unacked" not in log_of(standing())
    assert len(inbox(lawyer)) == 1


@pytest.mark.parametrize("gone", ["left the case", "left the house"])
def test_whoever_has_it_and_is_gone_has_it_no_more(case, lawyer, legal_lead, granted, sweep, gone):
    sweep(NOW)
    take(lawyer, NOW)
    if gone == "left the case":
        with as_reminders("a test") as _:
            Assignment.objects.filter(user=lawyer).update(ended_at=timezone.now())
    else:
        type(lawyer).objects.filter(pk=lawyer.pk).update(is_active=False)

    sweep(NOW + MINUTE)

    assert (standing().state, standing().acked_by) == ("open", None)
    assert log_of(standing())[-2:] == ["left", "escalated"]
    assert len(inbox(legal_lead)) == 2
    take(legal_lead, NOW + 2 * MINUTE)
    sweep(NOW + 3 * MINUTE)
    assert standing().state == "acked", "a lead holds it by her reach"


def test_whoever_is_away_is_not_asked_first_and_finds_it_afterwards(
    case, lawyer, social_worker, director, sweep
):
    """The lawyer is away: the backup is asked beside the social worker, and no message goes to her."""
    backup = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL, backup=True)
    duty = person(Role.LAWYER, case.office)
    period = {"starts_at": NOW - 24 * HOUR, "until": NOW + 240 * HOUR}
    Absence.objects.create(person=lawyer, named_by=lawyer, **period)
    SurvivorMake(case=case)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)
    assert inbox(backup) == inbox(social_worker) == inbox(lawyer) == ["B3"]
    outside = {row.user_id: row.outside for row in rows_of(InboxItem)}
    assert (outside[lawyer.pk], outside[backup.pk], outside[social_worker.pk]) == (False, True, True)
    assert inbox(duty) == []

    Deputy.objects.create(person=backup, deputy=duty, named_by=backup, **period)
    sweep(NOW + 15 * MINUTE)
    assert {row.user_id for row in rows_of(InboxItem, outside=False)} == {lawyer.pk, backup.pk}
    assert inbox(duty) == ["B3.step"]


def test_when_all_are_away_they_are_asked_all_the_same(case, lawyer, sweep):
    Absence.objects.create(person=lawyer, named_by=lawyer, starts_at=NOW - HOUR, until=NOW + 240 * HOUR)
    fact("bail.seek", lawyer, BailOrderMake(case=case), kind="pretrial")
    sweep(NOW)
    assert [row.outside for row in rows_of(InboxItem, user=lawyer)] == [True]
