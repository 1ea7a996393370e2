"""What the maker of a file works with.

def make_it(work: Work) -> tuple[bytes, int, list]:
    with work.step() as export:          # a transaction as whoever asked; Stopped when wanted no more
        ...read what the filters mean...
    work.told(40)                        # how far it has come, for the bar on the page
    return plain_bytes, rows, left_out   # left_out: [{"survivor": id, "reason": LeftOut}]
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.roles import Can
from accounts.scope import viewing_as
from exchange.actions.exports import save
from exchange.limits import needs_second_person
from exchange.models import Export
from exchange.states import NEEDS, ExportKind, ExportState


class Stopped(Exception):
    """The export was cancelled, or may not be made any more."""


@dataclass
class Work:
    """One file in the making."""

    export_id: UUID
    user: User

    @contextmanager
    def step(self) -> Iterator[Export]:
        """One transaction with the eyes of whoever asked; keep each short, a file may take many."""
        with viewing_as(self.user):
            yield still_wanted(self.export_id, self.user)

    def told(self, done: int, rows: int | None = None) -> None:
        """How far it has come, in rows; whoever tells is alive, and keeps what she has claimed."""
        facts = {"done": done, "claimed_at": timezone.now()} | ({} if rows is None else {"rows": rows})
        with viewing_as(self.user):
            Export.objects.filter(pk=self.export_id).update(**facts)


def still_wanted(export_id, user):
    """The export while it is being made and the person may still have it; otherwise Stopped."""
    export = Export.objects.select_related("requested_by", "approved_by", "office").get(pk=export_id)
    if export.status != ExportState.BUILDING:
        raise Stopped
    if not user.can(Can.EXPORT_DATA) or not user.can(NEEDS[ExportKind(export.kind)]):
        raise PermissionError("the person may not have this any more")
    return export


def send_back_if_grown(export, rows):
    """More by now than was approved, or than one person alone may take: a second person looks first."""
    grown = rows > export.rows if export.approved_at else needs_second_person(export.kind, rows)
    if grown:
        export.rows, export.status = rows, ExportState.WAITING
        export.approved_by = export.approved_at = None
        save(export, "rows", "status", "approved_by", "approved_at")
    return grown
