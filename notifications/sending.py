"""Handing messages over: the network is never touched inside a transaction, no channel waits for another."""

import threading
import time

from notifications import actions
from notifications.channels import ROOMS, channel_of
from notifications.channels.channel import Again, Handed
from notifications.clock import as_reminders
from notifications.failpoints import failpoint
from notifications.models import Beat
from notifications.states import Outcome

PATIENCE = 60  # seconds after which a worker leaves the rest to the next poke
AT_ONE_STRETCH = 2.0  # seconds of calls that one claim is meant to be
TOO_LONG = 20.0  # seconds after which what was claimed and not begun is given back
RUNNING = threading.Event()  # never set: nobody asks this process to stop


def send_due(*, at=None):
    """Send all that is due by every channel, one after the other; how many messages were handed over."""
    return sum(send_channel(kind, at=at) for kind in ROOMS.ready())


def channels_due(*, at=None):
    """The channels that have something to send, to take back or to ask for."""
    with as_reminders("look which channels have something to send", at=at) as (_principal, now):
        held = Beat.objects.held().exists()
        return [] if held else actions.busy_channels(ROOMS.ready(), now=now)


def send_channel(kind, *, at=None, stop=RUNNING):
    """Send what is due by one channel until nothing is left or it has taken long enough."""
    room, pace, sent = channel_of(kind), Pace(), 0
    end = time.monotonic() + PATIENCE
    while mine := claim(kind, at, limit=pace.limit(room)):
        failpoint("after_claim")
        sent += send_claimed(room, mine, at, pace, stop)
        pace.failed = 0
        if stop.is_set() or time.monotonic() >= end:
            break
    return sent


class Pace:
    """How long one message takes: whoever is slow claims fewer, so that what is urgent need not wait."""

    def __init__(self):
        self.seconds = None
        self.failed = 0  # in a row

    def limit(self, room):
        if room.together > 1:
            return room.together
        if self.seconds is None:
            return actions.AT_A_TIME
        return max(1, min(actions.AT_A_TIME, int(AT_ONE_STRETCH / max(self.seconds, 0.001))))

    def heard(self, outcomes):
        """How many were accepted; a line that breaks in the middle of a claim gets no more of it."""
        for outcome in outcomes:
            broken = outcome in (Outcome.TEMPORARY, Outcome.UNKNOWN)
            self.failed = self.failed + 1 if broken else 0
        return sum(outcome is Outcome.ACCEPTED for outcome in outcomes)

    def took(self, seconds):
        self.seconds = seconds if self.seconds is None else 0.7 * self.seconds + 0.3 * seconds


def claim(kind, at, *, limit=None):
    """The right to send some messages of this channel."""
    with as_reminders("claim messages", at=at) as (_principal, now):
        if Beat.objects.held().exists():
            return []
        actions.reap_leases(now=now)
        return actions.claim_messages(kind, now=now, limit=limit or actions.AT_A_TIME)


def send_claimed(room, mine, at, pace, stop):
    """Send what was claimed; what would outlive its lease is given back."""
    began, sent = time.monotonic(), 0
    for first in range(0, len(mine), room.together):
        if stop.is_set() or pace.failed >= actions.TRIP or time.monotonic() - began > TOO_LONG:
            with as_reminders("give messages back", at=at) as (_principal, now):
                actions.give_back(mine[first:], now=now)
            break
        start = time.monotonic()
        part = mine[first : first + room.together]
        handed = send_together(room, part, at)
        sent += pace.heard(handed)
        pace.took((time.monotonic() - start) / len(part))
    return sent


def send_together(room, mine, at):
    """Begin, hand over, finish: killed anywhere in between, the lease runs out and nothing is lost."""
    with as_reminders("begin messages", at=at) as (principal, now):
        going = actions.begin_messages(mine, by=principal, now=now)
    failpoint("after_attempt")
    done = []
    for message in going:
        failpoint("before_call")
        done.append((message, hand_over(room, message)))
        failpoint("after_call")
    failpoint("before_finish")
    with as_reminders("finish messages", at=at) as (principal, now):
        actions.finish_messages(done, by=principal, now=now)
    failpoint("after_finish")
    return [handed.outcome for _message, handed in done]


def hand_over(room, message):
    """One call; of what may have arrived before, its provider is asked first where it can be."""
    if not message.outgoing.address:
        return Handed(Outcome.PERMANENT, "the address cannot be read", dead=True)
    if message.unsure and room.again is Again.ASK:
        known = room.ask(message.outgoing, message.ref)
        if known is not None:
            return Handed(known, "as it was asked" if known is not Outcome.ACCEPTED else "", ref=message.ref)
    return room.hand_over(message.outgoing)


def ask_channel(kind, *, at=None):
    """Ask a provider what became of messages of which nothing was heard; how many it knew of."""
    room = channel_of(kind)
    if room.again is not Again.ASK:
        return 0
    with as_reminders("ask what became of messages", at=at) as (_principal, now):
        silent = actions.silent_messages(kind, now=now)
    answers = [(message, room.ask(message.outgoing, message.ref)) for message in silent]
    known = [(message, answer) for message, answer in answers if answer is not None]
    if known:
        with as_reminders("note what became of messages", at=at) as (_principal, now):
            actions.note_answers(known, now=now)
    return len(known)
