"""Celery carries no work: these say "look now". Lost, late or doubled pokes change nothing."""

from celery import shared_task

from notifications.looping import beat
from notifications.senders import Senders
from notifications.sweeping import sweep_once

LONG_ENOUGH = 20  # seconds after which a provider that hangs is left to its own thread
SENDERS = Senders()


@shared_task(acks_late=True)
def sweep(**_):
    """Work out what is owed."""
    sweep_once()


@shared_task(acks_late=True)
def send(**_):
    """Send what is owed, by every channel at once; one that hangs holds up its own thread and nobody else."""
    SENDERS.start()
    SENDERS.wait(LONG_ENOUGH)
    beat(["send"])
