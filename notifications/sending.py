"""Handing messages over: the network is never touched inside a transaction."""

import logging
import smtplib
import time

from notifications import actions
from notifications.clock import as_reminders
from notifications.mails import compose
from notifications.models import Beat
from notifications.states import Outcome

logger = logging.getLogger(__name__)
PATIENCE = 60  # seconds after which a worker leaves the rest to the next poke


def send_due(*, at=None):
    """Send all that is due; how many messages were handed over."""
    stop, sent = time.monotonic() + PATIENCE, 0
    tokens = claim(at)
    while tokens:
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
    outcome, error = hand_over(outgoing)
    with as_reminders("finish a mail", at=at) as (_principal, now):
        actions.finish_message(token, outcome, now=now, error=error)
    return outcome is Outcome.ACCEPTED


def hand_over(outgoing):
    """(how it ended, the class of what went wrong)."""
    try:
        message = compose(outgoing)
    except Exception as broken:  # nothing has left the house: what is put right is sent by itself
        logger.error("mail could not be written: %s", type(broken).__name__)
        return Outcome.TEMPORARY, type(broken).__name__
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as refusal:
        return refused(refusal), type(refusal).__name__
    except smtplib.SMTPResponseException as refusal:
        return by_code(refusal.smtp_code), type(refusal).__name__
    except (smtplib.SMTPServerDisconnected, TimeoutError) as broken:
        return Outcome.UNKNOWN, type(broken).__name__
    except (OSError, smtplib.SMTPException) as broken:
        return Outcome.TEMPORARY, type(broken).__name__
    return Outcome.ACCEPTED, ""


def refused(refusal):
    """Refused for good only when every address was."""
    codes = getattr(refusal, "recipients", None)
    codes = [code for code, _words in codes.values()] if codes else [refusal.smtp_code]
    return Outcome.PERMANENT if all(code >= 500 for code in codes) else Outcome.TEMPORARY


def by_code(code):
    return Outcome.PERMANENT if code >= 500 else Outcome.TEMPORARY
