"""Celery carries no work: these say "look now"."""

import logging

from celery import shared_task
from django.utils import timezone

from figures.months_count import count_ended_months
from figures.publishing import publish_counts
from figures.recounting import count_waiting
from figures.rollup_checks import differences, tell_the_watch

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, soft_time_limit=3000, time_limit=3300)
def count_months(**_):
    """Freeze the months that have ended."""
    count_ended_months(timezone.now())


@shared_task(acks_late=True)
def publish_month(**_):
    """Publish the counts of all offices, once a month."""
    publish_counts(timezone.localdate())


@shared_task(acks_late=True)
def count_waiting_cases(**_):
    """Count anew the cases whose facts, or whose day, have changed."""
    count_waiting(seconds=60)


@shared_task(acks_late=True, soft_time_limit=500, time_limit=550)
def compare_rollups(**_):
    """A sample of each office every day: what was counted ahead is what the records give."""
    found = 0
    for difference in differences(sample=50):
        found += 1
        logger.error("figures: %s", difference)
    if found:
        tell_the_watch(differ=True)
