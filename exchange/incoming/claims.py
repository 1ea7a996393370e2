"""What a worker has taken on, in steps that are each a transaction as the person who wanted it.

A worker that dies leaves its batch where it was; after some minutes another one goes on from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from accounts.scope import system_access, viewing_as
from exchange.batch_states import AT_WORK, BatchState
from exchange.models import Batch

CLAIM_HOLDS = timedelta(minutes=3)
WHOSE = {
    BatchState.CHECKING: "made_by_id",
    BatchState.LOADING: "loaded_by_id",
    BatchState.UNDOING: "undone_by_id",
}


class Stopped(Exception):
    """The batch was cancelled, or somebody else has taken it on."""


@dataclass
class Job:
    """One batch that is ours for now."""

    batch_id: UUID
    user: User
    status: str
    claimed_at: datetime

    @contextmanager
    def step(self) -> Iterator[Batch]:
        """One transaction with the eyes of the person, with the batch held; Stopped when it is not ours."""
        with viewing_as(self.user):
            batch = held(self.batch_id)
            if batch.status != self.status or batch.claimed_at != self.claimed_at:
                raise Stopped
            if not self.user.can_in(batch.office_id, Can.IMPORT_DATA):
                raise PermissionError("the person may not bring records in any more")
            yield batch
            batch.claimed_at = timezone.now() if batch.status == self.status else None
            save(batch, "claimed_at")
        self.claimed_at = batch.claimed_at or self.claimed_at


def held(batch_id: UUID) -> Batch:
    """The batch, held until the transaction ends."""
    rows = Batch.objects.select_for_update(of=("self",))
    return rows.select_related("office", "made_by").get(pk=batch_id)


def save(batch: Batch, *fields: str) -> None:
    """Write these fields and count the version on."""
    batch.version += 1
    batch.save(update_fields=[*fields, "version"])


def claim_next(now: datetime) -> Job | None:
    """The next batch that waits, ours from now on; None when nothing waits."""
    left = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS)
    with system_access("retention", "finds the next batch that waits"):
        waiting = Batch.objects.select_for_update(of=("self",), skip_locked=True)
        batch = waiting.filter(left, status__in=AT_WORK).order_by("created_at", "pk").first()
        if batch is None:
            return None
        batch.claimed_at = now
        save(batch, "claimed_at")
        wanted = getattr(batch, WHOSE[BatchState(batch.status)])
    user = User.objects.get(pk=wanted)
    return Job(batch.pk, user, batch.status, now)


def making(batch: Batch) -> None:
    """From here to the end of the transaction the database notes what is made for this batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.batch', %s, true)", [str(batch.pk)])


def made() -> None:
    """No more of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.batch', '', true)")


def forget_findings(batch: Batch) -> None:
    """Faults and look-alikes of an earlier look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT batch_forget(%s)", [batch.pk])


def take_back(batch: Batch) -> int:
    """Delete what it made, where nobody has built on it; how many records that was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT batch_undo(%s)", [batch.pk])
        return cursor.fetchone()[0]
