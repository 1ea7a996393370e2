"""Celery carries no work: these say "look now". Lost, late or doubled pokes change nothing."""

from celery import shared_task

from notifications.sending import send_due
from notifications.sweeping import sweep_once


@shared_task(acks_late=True)
def sweep(**_):
    """Work out what is owed."""
    sweep_once()


@shared_task(acks_late=True)
def send(**_):
    """Send what is owed."""
    send_due()
