"""Celery carries no work: these say "look now"."""

from celery import shared_task
from django.utils import timezone

from figures.months_count import count_ended_months


@shared_task(acks_late=True)
def count_months(**_):
    """Freeze the months that have ended."""
    count_ended_months(timezone.now())
