from datetime import datetime

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from notifications.actions.claiming import reap_leases
from notifications.models import Beat, Delivery
from notifications.states import DUE_DELIVERY, DeliveryState

WHY = "restored from a backup"


def release_sending(*, by: User, now: datetime, let_out: bool = False) -> int:
    """Let mail go out again after a restore, from now on; how many messages of before are never sent.

    The system that was lost went on after the backup was made, and may have sent whatever waits here. So
    none of it goes out, unless somebody decides otherwise; it stands in the inboxes all the same.
    """
    held = Beat.objects.held().select_for_update().first()
    if held is None:
        raise IllegalMove("Sending is not held.")
    kept_back = 0
    if not let_out:
        reap_leases(now=now)
        waiting = Delivery.objects.filter(state__in=DUE_DELIVERY, next_at__isnull=False)
        kept_back = waiting.update(state=DeliveryState.SUPPRESSED, reason=WHY, next_at=None)
    record("sending.release", by=by, subject=held, kept_back=kept_back, let_out=let_out)
    held.delete()
    return kept_back
