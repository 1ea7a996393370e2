"""Celery carries no work: these say "look now". Lost, late or doubled pokes change nothing."""

from celery import shared_task

from exchange.building import build_waiting, destroy_expired
from exchange.incoming.running import work_waiting
from exchange.sweeping import destroy_batches, end_handovers


# Files are made step by step; a large one takes its time, and others go on beside it.
@shared_task(acks_late=True, soft_time_limit=1700, time_limit=1800)
def make_exports(**_):
    """Make the files that wait."""
    build_waiting()


@shared_task(acks_late=True)
def destroy_exports(**_):
    """Destroy what has had its day."""
    destroy_expired()
    end_handovers()
    destroy_batches()


@shared_task(acks_late=True)
def work_batches(**_):
    """Check, bring in and take back what waits."""
    work_waiting()
