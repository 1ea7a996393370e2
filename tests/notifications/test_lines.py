"""Providers that are down, slow or unsure: each slows only itself, and each message ends as it may."""

from datetime import time, timedelta

import pytest

from accounts.roles import Role
from audit.models import Event
from notifications import actions
from notifications.actions.owing import Owed, owe
from notifications.channels import ROOMS, providers
from notifications.channels.callbacks import Provider
from notifications.channels.channel import Again, Channel, Handed
from notifications.clock import as_reminders
from notifications.models import Choice, Delivery, Line, Receipt
from notifications.rules import To, Urgency
from notifications.sending import ask_channel, send_channel, send_due
from notifications.states import Kind, Outcome
from tests.factories import CaseMake
from tests.notifications.conftest import deliveries, hearing_at, local
from tests.notifications.test_outside import place
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")
YES = Handed(Outcome.ACCEPTED, ref="their-1")
LATER, PERHAPS = Handed(Outcome.TEMPORARY, "word"), Handed(Outcome.UNKNOWN, "word")


class Room(Channel):
    """A provider that answers as it is told, and remembers what it was given."""

    kind = Kind.SMS

    def __init__(self, again=Again.BLIND):
        self.again, self.answers, self.given, self.known = again, [], [], None

    def ready(self):
        return True

    def hand_over(self, outgoing):
        self.given.append(outgoing)
        return self.answers.pop(0) if self.answers else YES

    def ask(self, outgoing, ref):
        return self.known


@pytest.fixture
def room(monkeypatch):
    room = Room()
    monkeypatch.setitem(ROOMS.known, Kind.SMS, room)
    return room


def tell(case, user, urgency=Urgency.SAFETY, key="one", at=NOW, **fields):
    with as_reminders("a test tells"):
        owe([Owed(user.pk, case, key, "B3", To.LAW, urgency, **fields)], now=at)


def sms(**filters):
    return deliveries(channel="sms", **filters)


def test_a_line_that_is_down_rests_is_tried_with_one_message_and_then_everything_goes(
    case, lawyer, room, clock, mailoutbox
):
    place(lawyer, Kind.SMS)
    clock(NOW)
    for number in range(6):
        tell(case, lawyer, key=str(number))
    room.answers = [LATER] * 4

    assert send_due() == 6  # the mails: nobody waits for the telephones
    assert len(room.given) == 3
    line = Line.objects.get(channel="sms")
    assert NOW + timedelta(seconds=3) < line.next_try_at < NOW + timedelta(minutes=2)
    send_due()
    assert len(room.given) == 3  # it is left alone

    clock(line.next_try_at)
    send_due()
    assert len(room.given) == 4
    again = Line.objects.get(channel="sms")
    assert again.failures > line.failures

    clock(again.next_try_at)
    send_due()
    assert {row.state for row in sms()} == {"accepted"}
    assert Line.objects.get(channel="sms").failures == 0
    assert len({outgoing.key for outgoing in room.given}) == 6


def test_a_provider_that_asks_to_be_left_alone_is_left_alone_so_long(case, lawyer, room, clock):
    place(lawyer, Kind.SMS)
    room.answers = [Handed(Outcome.TEMPORARY, "429", wait=600)]
    clock(NOW)
    tell(case, lawyer)
    send_channel("sms")
    clock(NOW + timedelta(seconds=500))
    tell(case, lawyer, key="two", at=NOW + timedelta(seconds=500))
    assert send_channel("sms") == 0
    clock(NOW + timedelta(seconds=720))
    assert send_channel("sms") == 2


def test_what_failed_for_good_goes_another_way_and_a_place_that_refuses_twice_is_left_alone(
    case, lawyer, room, clock, monkeypatch
):
    telephone = place(lawyer, Kind.SMS)
    with as_reminders("a test arranges"):
        Choice.objects.create(user=lawyer, normal_by=["sms"], confirm_by=["sms"])
    room.answers = [Handed(Outcome.PERMANENT, "no such number", dead=True)] * 2
    clock(NOW)
    for number in range(2):
        tell(case, lawyer, Urgency.CONFIRM, key=str(number))
        send_channel("sms")
    tell(case, lawyer, Urgency.CONFIRM, key="later")

    assert [row.state for row in sms()] == ["failed", "failed"]
    mails = deliveries(channel="mail")
    assert [row.reason for row in mails].count("instead of sms") == 2
    assert [row.priority for row in mails] == [3, 3, 3]
    with as_reminders("a test looks"):
        telephone.refresh_from_db()
        event = Event.objects.get(verb="endpoint.disable")
    assert telephone.disabled_why == "no such number"
    assert event.detail == {"kind": "sms", "why": "no such number"}


@pytest.mark.parametrize(
    ("again", "urgency", "calls", "end"),
    [
        (Again.BLIND, Urgency.SAFETY, 2, ("unknown", None)),
        (Again.BLIND, Urgency.CONFIRM, 2, ("unknown", None)),
        (Again.KEY, Urgency.CONFIRM, 4, ("accepted", None)),
    ],
)
def test_what_may_have_arrived_is_sent_again_as_its_provider_allows(
    case, lawyer, room, clock, again, urgency, calls, end
):
    place(lawyer, Kind.SMS)
    with as_reminders("a test arranges"):
        Choice.objects.create(user=lawyer, confirm_by=["sms"])
    room.again, room.answers = again, [PERHAPS] * 3
    clock(NOW)
    tell(case, lawyer, urgency)
    for minutes in (0, 2, 4, 30, 90):
        clock(NOW + timedelta(minutes=minutes))
        send_channel("sms")

    (row,) = sms()
    assert (len(room.given), (row.state, row.next_at)) == (calls, end)
    assert len({(outgoing.key, outgoing.code, outgoing.message) for outgoing in room.given}) == 1


def test_a_provider_that_can_be_asked_is_asked_before_anything_is_sent_twice(case, lawyer, room, clock):
    place(lawyer, Kind.SMS)
    room.again, room.answers = Again.ASK, [PERHAPS]
    clock(NOW)
    tell(case, lawyer)
    send_channel("sms")
    clock(NOW + timedelta(seconds=59))
    assert send_channel("sms") == 0
    room.known = Outcome.ACCEPTED
    clock(NOW + timedelta(seconds=61))
    assert send_channel("sms") == 1
    assert len(room.given) == 1
    assert sms()[0].state == "accepted"


class Teller(Provider):
    name = "teller"
    kind = Kind.SMS
    steps = {"sent": 1, "there": 2, "lost": -1}


def receipt(status, ref="their-1", at=NOW):
    Receipt.objects.create(
        provider="teller", event_ref=f"{ref}{status}", message_ref=ref, status=status, received_at=at
    )


def test_receipts_move_a_message_forward_only_and_a_lost_one_takes_another_way(
    case, lawyer, room, clock, monkeypatch
):
    monkeypatch.setitem(providers.PROVIDERS, "teller", Teller())
    place(lawyer, Kind.SMS)
    with as_reminders("a test arranges"):
        Choice.objects.create(user=lawyer, confirm_by=["sms"])
    room.answers = [YES, Handed(Outcome.ACCEPTED, ref="their-2")]
    clock(NOW)
    for key in ("one", "two"):
        tell(case, lawyer, Urgency.CONFIRM, key=key)
        send_channel("sms")
    for status in ("there", "sent", "lost"):
        receipt(status)
    receipt("lost", "their-2")
    receipt("there", "nobody knows")

    with as_reminders("a test applies") as (_by, now):
        assert actions.apply_receipts(now=now) == 4
        assert actions.apply_receipts(now=now) == 0

    first, second = sorted(sms(), key=lambda row: row.provider_ref)
    assert (first.state, first.provider_step, first.delivered_at) == ("delivered", 2, NOW)
    assert (second.state, second.reason) == ("failed", "did not arrive")
    assert [row.reason for row in deliveries(channel="mail")] == ["instead of sms"]


def test_a_silent_provider_is_asked_after_two_minutes(case, lawyer, room, clock):
    place(lawyer, Kind.SMS)
    room.again = Again.ASK
    clock(NOW)
    tell(case, lawyer)
    send_channel("sms")
    room.known = Outcome.PERMANENT
    assert ask_channel("sms") == 0
    clock(NOW + timedelta(minutes=3))
    assert ask_channel("sms") == 1
    assert sms()[0].state == "failed"


def test_quiet_hours_hold_what_is_not_a_matter_of_safety(case, lawyer, clock, mailoutbox):
    night = local("2026-12-01T23:30")
    with as_reminders("a test arranges"):
        Choice.objects.create(user=lawyer, quiet_from=time(21), quiet_until=time(7))
    clock(night)
    for urgency in (Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM, Urgency.NORMAL):
        tell(case, lawyer, urgency, key=urgency, at=night)
    soon = hearing_at(case, "2026-12-02T08:30")
    tell(case, lawyer, Urgency.COURT, key="soon", at=night, hearing=soon)

    assert send_due() == 2  # safety, and the court of tomorrow morning
    waiting = {row.priority: row.next_at for row in deliveries(state="queued")}
    assert waiting == {
        1: local("2026-12-02T06:00"), 3: local("2026-12-02T07:00"), 5: local("2026-12-02T07:00"),
    }  # fmt: skip
    clock(local("2026-12-02T06:00"))
    assert send_due() == 1
    clock(local("2026-12-02T07:00"))
    assert send_due() == 1  # together
    assert {row.state for row in deliveries()} == {"accepted"}


def test_the_flood_of_one_office_does_not_hold_up_another(case, lawyer, other_office, clock):
    other_case = CaseMake(office=other_office)
    other_lawyer = on_case(person(Role.LAWYER, other_office), other_case, Role.LAWYER)
    clock(NOW)
    for number in range(30):
        tell(case, lawyer, key=str(number))
    tell(other_case, other_lawyer, key="late", at=NOW + timedelta(seconds=1))
    clock(NOW + timedelta(seconds=2))
    with as_reminders("a test claims") as (_by, now):
        mine = actions.claim_messages("mail", now=now, limit=4)
        users = [Delivery.objects.get(pk=message.rows[0]).user_id for message in mine]
    assert users.count(other_lawyer.pk) == 1
