"""Handing messages over: the network is never touched inside a transaction."""

import time

from notifications import actions
from notifications.channels import channel_of
from notifications.clock import as_reminders
from notifications.failpoints import failpoint
from notifications.models import Beat
from notifications.states import Outcome

PATIENCE = 60  # seconds after which a worker leaves the rest to the next poke


def send_due(*, at=None):
    """Send all that is due; how many messages were handed over."""
    stop, sent = time.monotonic() + PATIENCE, 0
    tokens = claim(at)
    while tokens:
        failpoint("after_claim")
        sent += sum(send_one(token, at) for token in tokens)
        tokens = claim(at) if time.monotonic() < stop else []
    return sent


def claim(at):
    with as_reminders("claim mail", at=at) as (_principal, now):
        if Beat.objects.held().exists():
            return []
        actions.reap_leases(now=now)
        return actions.claim_messages(now=now)


def send_one(token, at):
    """Begin, hand over, finish: killed anywhere in between, the lease runs out and nothing is lost."""
    with as_reminders("begin a mail", at=at) as (principal, now):
        outgoing = actions.begin_message(token, by=principal, now=now)
    if outgoing is None:
        return False
    failpoint("after_attempt")
    handed = channel_of(outgoing.channel).hand_over(outgoing)
    failpoint("after_call")
    with as_reminders("finish a mail", at=at) as (_principal, now):
        actions.finish_message(token, handed, now=now)
    failpoint("after_finish")
    return handed.outcome is Outcome.ACCEPTED
