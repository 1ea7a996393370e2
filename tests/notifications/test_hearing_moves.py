"""Moved in a hurry, moved back, called off and on again; and whoever holds the old date is chased herself."""

from datetime import datetime, timedelta

import pytest

from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Assignment
from notifications.clock import as_reminders
from notifications.models import Delivery, InboxItem
from prosecutions.actions import cancel_hearing, correct_hearing, reschedule_hearing
from tests.notifications.conftest import alerts, deliveries, hearing_at, inbox, local, log_of, rows_of
from tests.people import on_case, person


@pytest.fixture
def paralegal(case):
    return on_case(person(Role.PARALEGAL, case.office, name="Pia"), case, Role.PARALEGAL)


@pytest.fixture
def told(case, lawyer, paralegal, tick, mailoutbox):
    """A hearing of which lawyer and paralegal have been told, also outside."""
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, room="3")
    tick(local("2026-12-03T09:00"))
    assert len(mailoutbox) == 2
    mailoutbox.clear()
    return hearing


def move(hearing, by, to, now, room="3"):
    with viewing_as(by):
        begins = local(to)
        reschedule_hearing(hearing.pk, by=by, now=now, on=begins.date(), local_time=begins.time(), room=room)


def test_moved_three_times_in_a_minute_one_correction_leaves_the_house(told, lawyer, tick, mailoutbox):
    now = local("2026-12-04T10:00")
    for turn, day in enumerate((20, 21, 22)):
        move(told, lawyer, f"2026-12-{day}T08:30", now + timedelta(seconds=20 * turn))
        tick(now + timedelta(seconds=20 * turn + 10))
    assert inbox(lawyer, superseded=False) == ["H3"]  # at once
    assert mailoutbox == []

    tick(now + timedelta(seconds=39 + 120))
    assert mailoutbox == []
    tick(now + timedelta(seconds=40 + 120))

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        {item.user.email for item in rows_of(InboxItem, title_code="H3", superseded=False)}
    )
    assert {row.state for row in deliveries(item__alert__state="superseded")} == {"suppressed"}
    (alert,) = alerts(rule="H3", state="open")
    # What they hold, not the day before the last.
    assert datetime.fromisoformat(alert.facts["was"]) == local("2026-12-10T08:30")


@pytest.mark.parametrize(("room", "title", "mails"), [("3", "H3.back", 0), ("5", "H3", 2)])
def test_moved_back_to_the_date_they_hold_nothing_leaves_unless_the_room_is_another(
    told, lawyer, tick, mailoutbox, room, title, mails
):
    now = local("2026-12-04T10:00")
    move(told, lawyer, "2026-12-20T08:30", now)
    tick(now + timedelta(seconds=10))
    move(told, lawyer, "2026-12-10T08:30", now + timedelta(seconds=30), room=room)
    for seconds in (40, 160, 4000):
        tick(now + timedelta(seconds=seconds))

    assert inbox(lawyer, superseded=False) == [title]
    assert len({mail.to[0] for mail in mailoutbox}) == mails
    assert [alert.state for alert in alerts(rule="H3")][0] == "superseded"


def test_one_that_was_off_stands_again_and_is_not_told_as_moved(told, lawyer, paralegal, tick, mailoutbox):
    with viewing_as(lawyer):
        cancel_hearing(told.pk, by=lawyer, now=local("2026-12-08T10:00"))
    tick(local("2026-12-08T10:03"))
    assert inbox(paralegal, superseded=False) == ["H4"]
    assert len(mailoutbox) == 2

    with viewing_as(lawyer):
        correct_hearing(told.pk, by=lawyer, now=local("2026-12-08T11:00"), reason="Another case.")
    tick(local("2026-12-08T11:00:10"))
    tick(local("2026-12-08T11:03"))

    assert inbox(paralegal, superseded=False) == ["H3.again"]
    assert [(alert.rule, alert.state) for alert in alerts(rule__in=["H3", "H4"])] == [
        ("H4", "superseded"), ("H3", "open"),
    ]  # fmt: skip
    assert len(mailoutbox) == 4
    # The date has its reminders again, and none of the one that was called off is sent.
    tick(local("2026-12-09T17:00"))
    assert "H2.d1" in inbox(paralegal, superseded=False)


def test_who_gets_the_old_date_while_it_is_being_moved_gets_the_correction_too(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, room="3")
    stranger = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL)
    sweep(local("2026-12-03T09:00"))
    with as_reminders("the gateway has it", at=local("2026-12-03T09:00")) as (_principal, now):
        Delivery.objects.update(
            state="sending", attempts=1, lease_until=now + timedelta(minutes=1), lease_token=hearing.pk
        )
    move(hearing, lawyer, "2026-12-20T08:30", local("2026-12-03T09:00:05"))
    sweep(local("2026-12-03T09:00:10"))

    assert inbox(stranger, superseded=False) == ["H3"]
    assert {row.state for row in deliveries(item__title_code="H2.t7")} == {"sending"}


def test_each_who_holds_the_old_date_is_chased_until_she_says_so_herself(
    told, case, lawyer, paralegal, sweep, client
):
    move(told, lawyer, "2026-12-20T08:30", local("2026-12-08T10:00"))
    sweep(local("2026-12-08T10:01"))
    (alert,) = alerts(rule="H3")
    client.force_login(lawyer)
    for _twice in range(2):
        client.post(f"/notifications/alerts/{alert.pk}/acknowledge/")

    sweep(local("2026-12-08T11:02"))
    assert [row.state for row in alerts(rule="H3")] == ["open"]
    assert (inbox(lawyer).count("H3"), inbox(paralegal).count("H3")) == (1, 2)
    assert log_of(alert) == ["opened", "acked", "escalated"]

    with as_reminders("she leaves the case"):
        Assignment.objects.filter(user=paralegal).update(ended_at=local("2026-12-08T11:03"))
    sweep(local("2026-12-08T11:04"))
    assert [row.state for row in alerts(rule="H3")] == ["closed"]
