"""Links that have had their day."""

from django.utils import timezone

from accounts.scope import system_access
from exchange.actions.handovers import end
from exchange.models import Handover
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
