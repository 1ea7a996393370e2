"""Before a second person says yes: who would not stand in the file, though the filters mean her."""

from django.utils import timezone

from exchange.consents import consent_needed, reasons_against
from exchange.htcds import making as htcds
from exchange.kinds import pick_identities, pick_survivors
from exchange.states import OF_SURVIVORS, ExportKind, ExportState
from survivors.consents import counts_told

MOST = 2_000  # people whose consents are read for one page
STANDARD = (ExportKind.HTCDS, ExportKind.HTCDS_NAMES)


def foreseen(export):
    """Sentences: how many would be left out if it were made now, by reason, as far as the reader sees."""
    waits = export.status == ExportState.WAITING and export.rows <= MOST
    if not waits or export.kind not in (*OF_SURVIVORS, *STANDARD):
        return []
    if not consent_needed(export.kind, export.purpose):
        return []
    named = export.kind in (ExportKind.HTCDS_NAMES, ExportKind.IDENTITIES)
    pick = pick_identities if named else pick_survivors
    rows = list(pick(export.filters).select_related("case__office")[:MOST])
    now = timezone.now()
    if export.kind == ExportKind.HTCDS_NAMES:
        against = htcds.against_names(export, rows, now)
    elif export.kind == ExportKind.HTCDS:
        against = htcds.against_passing_on(export, rows, now)
    else:
        against = reasons_against(rows, export.purpose, export.receiver, now, export.kind)
    return counts_told(against.values())
