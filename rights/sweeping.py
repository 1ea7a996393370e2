"""The rules of retention at work, as their own principal: never in a request of anybody."""

from datetime import datetime

from django.utils import timezone

from accounts.scope import system_access
from rights.actions.erasing import carry_out
from rights.actions.keeping import find_due
from rights.models import Review
from rights.states import ReviewState


def put_on_list(now: datetime | None = None) -> int:
    """Cases whose time is over; how many are new on the list."""
    with system_access("retention", "finds cases whose time is over") as by:
        return find_due(by=by, now=now or timezone.now())


def carry_out_agreed(now: datetime | None = None) -> int:
    """What two people agreed to, each in a transaction of its own; how many were erased."""
    with system_access("retention", "looks for what was agreed"):
        waiting = list(Review.objects.filter(status=ReviewState.AGREED).values_list("pk", flat=True))
    done = 0
    for pk in waiting:
        with system_access("retention", "erases what two people agreed to erase") as by:
            review = carry_out(pk, by=by, now=now or timezone.now())
            done += review.status == ReviewState.DONE
    return done
