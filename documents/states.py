"""Words of documents: how far one was looked at for viruses, the steps of custody, why one is not kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.inspection import refused


class Scan(models.TextChoices):
    """What is known of viruses in this file?"""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    WAITING = "waiting", _("Not yet checked for viruses")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("A virus was found")


# A file in one of these is handed to nobody.
QUARANTINE = (Scan.WAITING, Scan.INFECTED)


class StepKind(models.TextChoices):
    """What happened to this piece of evidence?"""

    RECEIVED = "received", _("Received")
    STORED = "stored", _("Put in a place")
    HANDED_OVER = "handed_over", _("Handed over")
    RETURNED = "returned", _("Came back")
    EXAMINED = "examined", _("Examined")
    CORRECTED = "corrected", _("Correction of an earlier entry")


REFUSALS = {
    refused.KIND: _(
        "This kind of file is not kept here. Allowed are PDF, pictures (JPEG, PNG, WebP, TIFF, HEIC), Word,"
        " Excel, PowerPoint and OpenDocument, plain text, sound, film and ZIP."
    ),
    refused.MISMATCH: _(
        "What is in this file is not what its name says. Save it again in the program it comes from."
    ),
    refused.TWO_KINDS: _(
        "Something else is hidden in this file. Save it again in the program it comes from, or print it"
        " to a PDF."
    ),
    refused.DAMAGED: _("This file is damaged or was cut off. Fetch it again from where it came."),
    refused.LOCKED: _("This file is locked with a password. Add it without the password."),
    refused.MACROS: _(
        "This file can hold programs (macros, scripts or attached files). Print it to a PDF and add that."
    ),
    refused.REACHES_OUT: _(
        "This document fetches something from elsewhere when it is opened. Print it to a PDF and add that."
    ),
    refused.BOMB: _("This file grows far too large when it is opened. Add its parts one by one."),
    refused.PATHS: _(
        "This archive has names that lead out of its folder or stand in it twice. Add its files one by one."
    ),
    refused.PIXELS: _("This picture has too many points to be opened safely. Make it smaller."),
    refused.ENTITIES: _(
        "This document holds definitions that can do harm when it is opened. Print it to a PDF and add that."
    ),
    refused.TOO_HARD: _("This file could not be looked into within the time and memory that are allowed."),
    refused.EMPTY: _("This file is empty."),
    refused.MARKS: _(
        "The black bars in this PDF only lie on the page, and what is under them can still be read."
        " Print it to a new PDF, or add it as pictures."
    ),
    refused.NOT_REDACTABLE: _(
        "A redacted copy has to be a PDF or a picture: other files keep what was taken out of them."
    ),
}
