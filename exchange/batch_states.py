"""The life of a file that brings records in, and of what was found in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchKind(models.TextChoices):
    """What does each row of the file tell of?"""

    CASES = "cases", _("Cases")
    PEOPLE = "people", _("People: survivors and accused")
    HEARINGS = "hearings", _("Hearings")
    HTCDS = "htcds", _("HTCDS 2.0, the official template")
    CTDC = "ctdc", _("CTDC, the public columns")


class BatchState(models.TextChoices):
    """Where does the batch stand?"""

    MAPPING = "mapping", _("Columns are being named")
    CHECKING = "checking", _("Is being checked")
    CHECKED = "checked", pgettext_lazy("batch", "Checked")
    LOADING = "loading", _("Is being brought in")
    LOADED = "loaded", _("Brought in")
    STOPPED = "stopped", _("Stopped on the way")
    UNDOING = "undoing", _("Is being taken back")
    UNDONE = "undone", pgettext_lazy("batch", "Taken back")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired and destroyed")


class Alike(models.TextChoices):
    """Is the person or case of the row the one that is here already?"""

    SAME = "same", _("The same: leave the row out")
    DIFFERENT = "different", _("Somebody else: bring the row in")


class DateOrder(models.TextChoices):
    """How are dates like 03/04/2019 meant?"""

    DMY = "dmy", _("day first: 3 April 2019")
    MDY = "mdy", _("month first: March 4, 2019")


BATCH_MOVES = {
    BatchState.MAPPING: {BatchState.CHECKING, BatchState.CANCELLED, BatchState.EXPIRED},
    BatchState.CHECKING: {BatchState.CHECKED, BatchState.MAPPING, BatchState.CANCELLED, BatchState.EXPIRED},
    BatchState.CHECKED: {
        BatchState.MAPPING,
        BatchState.LOADING,
        BatchState.CANCELLED,
        BatchState.EXPIRED,
    },
    BatchState.LOADING: {BatchState.LOADED, BatchState.STOPPED},
    BatchState.LOADED: {BatchState.UNDOING},
    BatchState.STOPPED: {BatchState.LOADING, BatchState.UNDOING},
    BatchState.UNDOING: {BatchState.UNDONE, BatchState.LOADED, BatchState.STOPPED},
    BatchState.UNDONE: set(),
    BatchState.CANCELLED: set(),
    BatchState.EXPIRED: set(),
}
# What the worker has to do.
AT_WORK = (BatchState.CHECKING, BatchState.LOADING, BatchState.UNDOING)
# Nothing of it stands among the records yet.
BEFORE = (BatchState.MAPPING, BatchState.CHECKING, BatchState.CHECKED)
