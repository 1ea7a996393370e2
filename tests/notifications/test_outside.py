"""Which ways out of the house an item takes: by its urgency, the person's places and what she chose."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Signal, User
from accounts.roles import Role
from notifications.actions.outside import queue_outside
from notifications.actions.owing import Owed, owe
from notifications.channels import ROOMS
from notifications.channels.channel import Channel, Handed
from notifications.clock import as_reminders
from notifications.models import Choice, Delivery, Endpoint, InboxItem
from notifications.rules import To, Urgency
from notifications.states import Kind, Outcome
from tests.notifications.conftest import deliveries, local
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")


class Ready(Channel):
    """A channel that is set up and takes everything."""

    def __init__(self, kind):
        self.kind = kind

    def ready(self):
        return True

    def hand_over(self, outgoing):
        return Handed(Outcome.ACCEPTED)


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    for kind in (Kind.SMS, Kind.PUSH):
        monkeypatch.setitem(ROOMS.known, kind, Ready(kind))


def place(user, kind, address="+63 900", **fields):
    """A verified place of this person."""
    with as_reminders("a test arranges"):
        end = Endpoint(user=user, kind=kind, verified_at=fields.pop("verified_at", NOW), **fields)
        end.seal_address(address)
        end.save()
        return end


def tell(case, users, urgency, key="one", **fields):
    with as_reminders("a test tells") as _:
        return owe([Owed(user.pk, case, key, "B3", To.LAW, urgency, **fields) for user in users], now=NOW)


def ways(user, **filters):
    return sorted(row.channel for row in deliveries(user=user, **filters))


def test_what_is_urgent_takes_every_way_and_asks_nobody_s_leave(case, lawyer):
    for kind in (Kind.SMS, Kind.PUSH, Kind.TELEGRAM):  # nobody has set up the last one here
        place(lawyer, kind)
    place(lawyer, Kind.PUSH, "another browser")
    place(lawyer, Kind.SMS, "+63 901", verified_at=None)
    place(lawyer, Kind.SMS, "+63 902", disabled_at=NOW)
    place(lawyer, Kind.SMS, "+63 903", removed_at=NOW)
    with as_reminders("a test arranges"):
        Choice.objects.create(user=lawyer, confirm_by=["sms", "push"], normal_by=["telegram"])

    for urgency in Urgency:
        tell(case, [lawyer], urgency, key=urgency)

    by_priority = {priority: ways(lawyer, priority=priority) for priority in (0, 1, 3, 5)}
    assert by_priority == {
        0: ["mail", "push", "push", "sms"],
        1: ["mail", "push", "push", "sms"],
        3: ["push", "push", "sms"],
        5: ["mail"],  # the chosen way is not to be had
    }
    assert len(deliveries()) == 12  # the morning list carries the rest
    (mail,) = deliveries(channel="mail", priority=5)
    assert (mail.next_at, mail.expires_at, mail.endpoint_id) == (NOW, NOW + timedelta(days=3), None)


def test_once_and_to_nobody_who_left_or_is_forced_or_need_not_hear_outside(case, office, lawyer):
    gone, forced = (on_case(person(Role.PARALEGAL, office), case, Role.PARALEGAL) for _one in "12")
    Signal.objects.create(user=forced, given_at=timezone.now())
    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert tell(case, [lawyer, gone, forced], Urgency.SAFETY) == 3
    assert tell(case, [lawyer, gone, forced], Urgency.SAFETY) == 0
    tell(case, [lawyer], Urgency.SAFETY, key="in the house", mail=False)
    with as_reminders("a test repeats"):
        assert queue_outside(InboxItem.objects.all(), now=NOW) == 0

    assert Counter(row.user_id for row in deliveries()) == {lawyer.pk: 1}


def test_it_may_be_held_back_and_ends_when_its_item_does(case, lawyer):
    end = NOW + timedelta(hours=2)
    with as_reminders("a test tells"):
        item = InboxItem.objects.create(
            case=case, user=lawyer, key="k", title_code="H2.t7", why="LAW", urgency="U-C", code="ABCDE",
            created_by_pid=1, expires_at=end, office=case.office,
        )  # fmt: skip
        queue_outside([item.pk], now=NOW, since=NOW + timedelta(minutes=2))
        row = Delivery.objects.get()
    assert (row.next_at, row.expires_at, row.code) == (NOW + timedelta(minutes=2), end, "ABCDE")
