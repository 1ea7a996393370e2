"""Mail under leases: killed anywhere, nothing is lost, and what may be sent twice is known beforehand."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Assignment
from notifications import actions
from notifications.channels import channel_of
from notifications.channels.channel import Handed
from notifications.channels.mail import Mail
from notifications.clock import as_reminders
from notifications.models import Attempt
from notifications.sending import RUNNING, Pace, claim, send_claimed, send_due
from notifications.states import Outcome
from tests.factories import BailOrderMake, LookoutMake, UserMake
from tests.notifications.conftest import alerts, deliveries, fact, hearing_at, inbox, local, log_of, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def granted(case, lawyer, sweep):
    """One urgent mail waits, for the lawyer."""
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)


def one():
    (row,) = deliveries(round=0)
    return row


def broken_line(monkeypatch, error, at="send_messages"):
    line = f"django.core.mail.backends.locmem.EmailBackend.{at}"
    monkeypatch.setattr(line, lambda *_a, **_k: (_ for _ in ()).throw(error))


def die(*_args, **_kwargs):
    raise Killed


def test_it_is_sent_once_with_the_attempt_written_down(granted, mailoutbox):
    assert send_due() == 1
    assert send_due() == 0

    (attempt,) = rows_of(Attempt)
    row = one()
    assert (row.state, row.attempts, attempt.outcome, attempt.n) == ("accepted", 1, "accepted", 1)
    assert attempt.pid
    assert len(mailoutbox) == 1
    assert mailoutbox[0].extra_headers["Message-ID"].startswith(f"<{row.message}@")


def test_killed_after_taking_it_nothing_has_left_and_it_goes_out_once(granted, clock, mailoutbox):
    claim("mail", None)
    assert send_due() == 0

    clock(NOW + timedelta(seconds=61))
    assert send_due() == 1
    assert (one().unknowns, len(mailoutbox)) == (0, 1)


def test_killed_after_the_attempt_was_written_it_goes_once_more_under_its_number(
    granted, clock, mailoutbox, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(Mail, "hand_over", die)
        with pytest.raises(Killed):
            send_due()
    assert one().state == "sending"

    clock(NOW + timedelta(seconds=61))
    assert send_due() == 1
    assert (one().state, one().unknowns, one().attempts) == ("accepted", 1, 2)
    assert len(mailoutbox) == 1


def test_killed_after_handing_over_the_copy_carries_the_same_number(granted, clock, mailoutbox, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(actions, "finish_messages", die)
        with pytest.raises(Killed):
            send_due()

    clock(NOW + timedelta(seconds=61))
    send_due()

    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.subject == second.subject
    assert one().unknowns == 1


def test_what_may_have_been_sent_twice_is_not_sent_a_third_time(granted, clock, mailoutbox, monkeypatch):
    monkeypatch.setattr(actions, "finish_messages", die)
    for minutes in (0, 2):
        clock(NOW + timedelta(minutes=minutes))
        with pytest.raises(Killed):
            send_due()

    clock(NOW + timedelta(minutes=4))
    assert send_due() == 0
    assert (len(mailoutbox), one().state, one().unknowns, one().next_at) == (2, "unknown", 2, None)


def test_a_slow_worker_whose_lease_ran_out_writes_nothing_over_the_new_one(granted, clock, mailoutbox):
    (old,) = claim("mail", None)
    with as_reminders("a test") as (by, now):
        (going,) = actions.begin_messages([old], by=by, now=now)
    clock(NOW + timedelta(seconds=61))
    (new,) = claim("mail", None)
    assert new != old

    with as_reminders("a test") as (by, now):
        assert actions.finish_messages([(going, Handed(Outcome.ACCEPTED))], by=by, now=now) == [False]
    assert one().state == "claimed"
    room = channel_of("mail")
    assert send_claimed(room, [old], None, Pace(), RUNNING) == 0
    assert send_claimed(room, [new], None, Pace(), RUNNING) == 1


def test_a_refusal_for_now_is_tried_again_ever_more_slowly(granted, clock, mailoutbox, monkeypatch):
    moment = NOW
    waits = []
    with monkeypatch.context() as patch:
        broken_line(patch, ConnectionRefusedError(), at="open")
        for _attempt in range(7):
            send_due()
            waits.append((one().next_at - moment).total_seconds())
            moment = one().next_at
            clock(moment)
    planned = [15, 60, 300, 900, 1800, 3600, 3600]
    assert all(0.8 * plan <= wait <= 1.2 * plan for plan, wait in zip(planned, waits, strict=True)), waits

    assert send_due() == 1
    assert len(mailoutbox) == 1


def test_it_is_not_sent_when_it_comes_too_late(granted, clock, mailoutbox):
    clock(NOW + timedelta(hours=25))

    assert send_due() == 0
    assert (one().state, one().reason) == ("suppressed", "too late")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such person")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"later")}), "queued"),
        (smtplib.SMTPSenderRefused(553, b"no", "desk@localhost"), "failed"),
        (smtplib.SMTPDataError(554, b"no"), "failed"),
        (smtplib.SMTPDataError(421, b"later"), "queued"),
        (smtplib.SMTPServerDisconnected("gone"), "unknown"),
        (TimeoutError(), "unknown"),
        (smtplib.SMTPException(), "queued"),
    ],
)
def test_each_kind_of_refusal(granted, monkeypatch, error, state):
    broken_line(monkeypatch, error)
    monkeypatch.setattr("notifications.sending.PATIENCE", -1)

    send_due()

    assert one().state == state
    assert rows_of(Attempt)[0].error == type(error).__name__


# --- looked at again at the moment of sending


def test_somebody_who_left_the_case_since_gets_nothing_and_the_next_hear_at_once(
    case, lawyer, granted, sweep, clock, mailoutbox, director
):
    with viewing_as(lawyer):
        Assignment.objects.filter(user=lawyer).update(ended_at=timezone.now())

    assert send_due() == 0

    assert (one().state, one().reason) == ("suppressed", "no longer theirs")
    (alert,) = alerts()
    assert log_of(alert) == ["opened", "skipped_recipient"]
    sweep(NOW + timedelta(seconds=10))
    assert inbox(director) == ["B3.step"]
    assert inbox(lawyer) == ["B3"]


@pytest.mark.breaks("I4")
def test_somebody_who_was_given_leave_to_go_gets_nothing(lawyer, granted, mailoutbox):
    User.objects.filter(pk=lawyer.pk).update(is_active=False)

    assert send_due() == 0
    assert mailoutbox == []


def test_an_alert_that_is_over_is_not_mailed_any_more(case, lawyer, granted, sweep, mailoutbox):
    with viewing_as(lawyer):
        type(BailOrderMake.build()).objects.update(status="CANCELLED")
    sweep(NOW)

    assert send_due() == 0
    assert one().reason == "over"


def test_what_has_been_answered_in_the_meantime_is_not_mailed(lawyer, granted, client, mailoutbox):
    client.force_login(lawyer)
    client.post(f"/notifications/inbox/{one().item_id}/acknowledge/")

    assert send_due() == 0
    assert one().reason == "overtaken"


@pytest.mark.parametrize("change", [{"schedule_version": 2}, {"outcome": "vacated"}])
def test_a_reminder_of_a_date_that_holds_no_more_is_not_mailed(case, lawyer, sweep, mailoutbox, change):
    hearing = hearing_at(case, "2026-12-08T08:30", who_goes=lawyer)
    sweep(NOW)
    with viewing_as(lawyer):
        type(hearing).objects.filter(pk=hearing.pk).update(**change)

    assert send_due() == 0
    assert mailoutbox == []


# --- bundles


def test_ordinary_mail_comes_at_most_hourly_and_urgent_mail_at_once(case, lawyer, client, tick, mailoutbox):
    hearing_at(case, "2026-12-08T08:30", who_goes=lawyer)
    hearing_at(case, "2026-12-08T10:30", who_goes=lawyer)
    tick(NOW)
    assert len(mailoutbox) == 1

    tick(local("2026-12-01T10:31"))
    assert len(mailoutbox) == 1
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    tick(local("2026-12-01T10:32"))
    assert len(mailoutbox) == 2
    client.force_login(lawyer)
    client.post(f"/notifications/alerts/{alerts()[0].pk}/acknowledge/")

    tick(local("2026-12-01T11:01"))
    assert len(mailoutbox) == 3
    assert {row.state for row in deliveries()} == {"accepted"}


def test_each_person_gets_her_own_mail_in_her_own_language(case, lawyer, sweep, mailoutbox):
    on_case(person(Role.PARALEGAL, case.office, language="es"), case, Role.PARALEGAL)
    hearing_at(case, "2026-12-08T08:30", who_goes=lawyer)
    sweep(NOW)

    send_due()

    assert sorted(len(message.to) for message in mail.outbox) == [1, 1]
    assert len({message.to[0] for message in mail.outbox}) == 2
    assert UserMake.build().language == "en"


def test_two_workers_take_different_messages(case, lawyer, granted):
    assert len(claim("mail", None)) == 1
    assert claim("mail", None) == []


def test_a_mail_that_cannot_be_written_waits_until_it_can(granted, clock, mailoutbox, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("notifications.channels.mail.compose", lambda _outgoing: [][0])
        assert send_due() == 0
    assert (one().state, one().unknowns) == ("queued", 0)

    clock(NOW + timedelta(minutes=1))
    assert send_due() == 1


@pytest.mark.breaks("I4")
def test_a_lookout_is_not_mailed_to_a_watcher_who_has_gone(case, lawyer, other_office, sweep, mailoutbox):
    watch = person(Role.INVESTIGATOR, other_office)
    fact("lookout.send", lawyer, LookoutMake(case=case, to_office=other_office, to_agency=""))
    sweep(NOW)
    User.objects.filter(pk=watch.pk).update(is_active=False)

    assert send_due() == 0
    assert one().reason == "no longer theirs"
