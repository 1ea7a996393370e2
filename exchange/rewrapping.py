"""The keys of files that wait to be taken follow the master key in use."""

from accounts.scope import system_access
from exchange.incoming import holding
from exchange.keeping import about
from exchange.models import Batch, Export
from exchange.states import ExportState
from reference.sealed import rewrap

STEP = 100


def rewrap_exports():
    """Bring the key of every kept file under the master key in use; how many were changed."""
    changed, last = 0, None
    while True:
        with system_access("retention", "brings the keys of exports under the new master key"):
            rows = Export.objects.select_for_update().filter(status=ExportState.READY).order_by("pk")
            page = list((rows.filter(pk__gt=last) if last else rows)[:STEP])
            changed += sum(renew(export) for export in page)
        if len(page) < STEP:
            return changed
        last = page[-1].pk


def renew(export):
    """Whether the key of this file had to be wrapped anew."""
    wrapped = bytes(export.file_key)
    again = rewrap(wrapped, about(export.pk))
    if again == wrapped:
        return False
    export.file_key = again
    export.save(update_fields=["file_key"])
    return True


def rewrap_batches():
    """The same for files that bring records in."""
    changed, last = 0, None
    while True:
        with system_access("retention", "brings the keys of batches under the new master key"):
            rows = Batch.objects.select_for_update().exclude(file="").order_by("pk")
            page = list((rows.filter(pk__gt=last) if last else rows)[:STEP])
            changed += sum(renew_batch(batch) for batch in page)
        if len(page) < STEP:
            return changed
        last = page[-1].pk


def renew_batch(batch):
    """Whether the key of this file had to be wrapped anew."""
    wrapped = bytes(batch.file_key)
    again = rewrap(wrapped, holding.about(batch))
    if again == wrapped:
        return False
    batch.file_key = again
    batch.save(update_fields=["file_key"])
    return True
