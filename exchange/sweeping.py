"""Links and files that have had their day."""

from django.utils import timezone

from accounts.scope import system_access
from audit.actions import record
from exchange.actions.batches import destroy_file
from exchange.actions.handovers import end
from exchange.batch_states import AT_WORK, BEFORE, BatchState
from exchange.models import Batch, Handover
from exchange.states import HandoverEnd


def end_handovers(now=None):
    """Close links whose day has passed and destroy their files; how many."""
    now = now or timezone.now()
    gone = 0
    with system_access("retention", "ends links on their day"):
        over = Handover.objects.select_for_update(skip_locked=True).filter(ended_at=None, expires_at__lte=now)
        for handover in over:
            end(handover, HandoverEnd.EXPIRED, now)
            gone += 1
    return gone


def destroy_batches(now=None):
    """Destroy files that brought records in, or never did, on their day; how many. What they made stays."""
    now = now or timezone.now()
    gone = 0
    with system_access("retention", "destroys the files of batches on their day") as principal:
        over = Batch.objects.select_for_update(skip_locked=True).filter(expires_at__lte=now).exclude(file="")
        for batch in over.exclude(status__in=AT_WORK):
            if batch.status in BEFORE:
                batch.status = BatchState.EXPIRED
            destroy_file(batch, "status")
            record("batch.expire", by=principal, subject=batch, at=now)
            gone += 1
    return gone
