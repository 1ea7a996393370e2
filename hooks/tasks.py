"""Celery carries no work: these say "look now". Lost, late or doubled pokes change nothing."""

from celery import shared_task
from django.utils import timezone

from accounts.scope import system_access
from hooks.actions import forget_deliveries
from hooks.sending import send_due


@shared_task(acks_late=True)
def send_hooks(**_):
    """Tell other programs what was done."""
    send_due()


@shared_task(acks_late=True)
def forget_hooks(**_):
    """What was told long ago needs no row any more."""
    with system_access("reminders", "forget old messages to other programs"):
        forget_deliveries(now=timezone.now())
