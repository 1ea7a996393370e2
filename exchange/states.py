"""What may leave the house, for what, and the life of a file and of a link."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Can
from exchange.batch_states import BATCH_MOVES as BATCH_MOVES  # drawn with the other tables of moves
from survivors.states import LeftOut as LeftOut  # why somebody stands in no file is said in one place


class ExportKind(models.TextChoices):
    """What is in the file?"""

    CASES = "cases", _("List of cases")
    HEARINGS = "hearings", _("List of hearings")
    SURVIVORS = "survivors", _("List of survivors, by pseudonym")
    IDENTITIES = "identities", _("List of survivors, with their names")
    SUMMARY = "summary", _("Summary of one case")
    HTCDS = "htcds", _("HTCDS 2.0, without names")
    HTCDS_NAMES = "htcds_names", _("HTCDS 2.0, with names")
    CTDC = "ctdc", _("CTDC, 27 columns, k-anonymous")
    COUNTS = "counts", _("Counts for IC-TIP and SDG 16.2.2")
    BOARD = "board", _("Report for the board")
    DONOR = "donor", _("Report for a donor, by grant")
    FIGURES = "figures", _("Figures with their definitions")
    CASE_FILE = "case_file", _("Whole case, as a case file")


class ExportFormat(models.TextChoices):
    """What kind of file?"""

    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    CSV = "csv", _("Plain table (CSV)")
    PDF = "pdf", _("Document (PDF)")
    JSON = "json", _("Data (JSON)")
    ZIP = "zip", _("Several tables in one archive (ZIP)")
    YAML = "yaml", _("Case file (YAML)")
    AGE = "age", _("Sealed for one office (age)")


class ExportPurpose(models.TextChoices):
    """What is the file for?"""

    CASEWORK = "casework", _("Our own work on the cases")
    SUPERVISION = "supervision", _("Supervision inside the organisation")
    COURT = "court", _("A court or prosecutor")
    AGENCY = "agency", _("An agency that works with the survivors")
    SERVICES = "services", _("A provider of services to the survivors")
    RESEARCH = "research", _("Research")
    DONOR = "donor", _("A donor, the board or the public")


class ExportState(models.TextChoices):
    """Where does the file stand?"""

    WAITING = "waiting", _("Waits for a second person")
    QUEUED = "queued", _("Waits for its turn")
    BUILDING = "building", _("Is being made")
    READY = "ready", pgettext_lazy("file", "Ready")
    REFUSED = "refused", _("Refused by the second person")
    FAILED = "failed", _("Could not be made")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired and destroyed")


class HandoverEnd(models.TextChoices):
    """Why does this link open nothing any more?"""

    USED = "used", _("Fetched as often as it may be")
    REVOKED = "revoked", pgettext_lazy("link", "Taken back")
    GUESSED = "guessed", _("Closed after too many wrong codes")
    EXPIRED = "expired", _("Expired")


EXPORT_MOVES = {
    ExportState.WAITING: {
        ExportState.QUEUED,
        ExportState.REFUSED,
        ExportState.CANCELLED,
        ExportState.EXPIRED,
    },
    ExportState.QUEUED: {ExportState.BUILDING, ExportState.CANCELLED, ExportState.EXPIRED},
    ExportState.BUILDING: {
        ExportState.READY,
        ExportState.WAITING,
        ExportState.FAILED,
        ExportState.CANCELLED,
    },
    ExportState.READY: {ExportState.EXPIRED, ExportState.CANCELLED},
    ExportState.REFUSED: set(),
    ExportState.FAILED: set(),
    ExportState.CANCELLED: set(),
    ExportState.EXPIRED: set(),
}
UNFINISHED = (ExportState.WAITING, ExportState.QUEUED, ExportState.BUILDING)

# Which verb a kind needs, beside the right to export at all.
NEEDS = {
    ExportKind.CASES: Can.VIEW_CASE,
    ExportKind.HEARINGS: Can.VIEW_HEARING,
    ExportKind.SURVIVORS: Can.VIEW_SURVIVOR,
    ExportKind.IDENTITIES: Can.OPEN_IDENTITY,
    ExportKind.SUMMARY: Can.VIEW_CASE,
    ExportKind.HTCDS: Can.VIEW_SURVIVOR,
    ExportKind.HTCDS_NAMES: Can.OPEN_IDENTITY,
    ExportKind.CTDC: Can.VIEW_SURVIVOR,
    ExportKind.COUNTS: Can.VIEW_DASHBOARD,
    ExportKind.BOARD: Can.VIEW_DASHBOARD,
    ExportKind.DONOR: Can.VIEW_DASHBOARD,
    ExportKind.FIGURES: Can.VIEW_DASHBOARD,
    ExportKind.CASE_FILE: Can.VIEW_CASE,
}
_TABLE = (ExportFormat.XLSX, ExportFormat.CSV)
# In which kinds of file each can be had.
FORMS = {
    ExportKind.CASES: _TABLE,
    ExportKind.HEARINGS: _TABLE,
    ExportKind.SURVIVORS: _TABLE,
    ExportKind.IDENTITIES: _TABLE,
    ExportKind.SUMMARY: (ExportFormat.PDF,),
    ExportKind.HTCDS: (ExportFormat.XLSX, ExportFormat.ZIP, ExportFormat.JSON),
    ExportKind.HTCDS_NAMES: (ExportFormat.XLSX, ExportFormat.ZIP, ExportFormat.JSON),
    ExportKind.CTDC: (ExportFormat.XLSX, ExportFormat.ZIP),
    ExportKind.COUNTS: (*_TABLE, ExportFormat.JSON),
    ExportKind.BOARD: (ExportFormat.PDF, ExportFormat.XLSX),
    ExportKind.DONOR: (ExportFormat.PDF, ExportFormat.XLSX),
    ExportKind.FIGURES: _TABLE,
    ExportKind.CASE_FILE: (ExportFormat.YAML, ExportFormat.AGE),
}
# Kinds that are about one case.
OF_CASE = (ExportKind.SUMMARY, ExportKind.CASE_FILE)
# Kinds that name people: a second person always says yes, for a purpose survivors were asked about.
OF_NAMES = (ExportKind.IDENTITIES, ExportKind.HTCDS_NAMES)
# Kinds of which one person alone takes none, however small: names, and the whole story of a case.
ALWAYS_TWO = (*OF_NAMES, ExportKind.CASE_FILE)
# Kinds that hold numbers and nobody: what alone may go to a donor or the public.
OF_NUMBERS = (ExportKind.COUNTS, ExportKind.BOARD, ExportKind.DONOR, ExportKind.FIGURES)
# Kinds whose rows are survivors, and for which consent is asked.
OF_SURVIVORS = (ExportKind.SURVIVORS, ExportKind.IDENTITIES)
# Purposes for which the file stays inside the organisation. Everything else is sent to a receiver.
INSIDE = (ExportPurpose.CASEWORK, ExportPurpose.SUPERVISION)
# To which consent of a survivor a purpose answers (survivors.states.ConsentPurpose).
CONSENT_FOR = {
    ExportPurpose.COURT: "legal_support",
    ExportPurpose.AGENCY: "share_with_agency",
    ExportPurpose.SERVICES: "services",
    ExportPurpose.RESEARCH: "research",
}
