"""What survivors agreed to: who may stand in a file for this purpose, and why the others may not."""

from collections import defaultdict

from cases.clock import today_in
from cases.models import Agency
from exchange.states import CONSENT_FOR, INSIDE, ExportKind, LeftOut
from survivors.models import Consent


def consent_needed(kind, purpose):
    """A list of pseudonyms for our own use needs none; whatever names people or leaves the house does."""
    return kind == ExportKind.IDENTITIES or purpose not in INSIDE


def reasons_against(survivors, purpose, receiver, now):
    """{id of a survivor: why she may not stand in the file}; those who may are not in it."""
    survivors = list(survivors)
    wanted = CONSENT_FOR.get(purpose)
    given = consents_of(survivors, wanted)
    names = agencies_of(survivors)
    found = {}
    for survivor in survivors:
        reason = judge(given[survivor.pk], names, receiver, today_in(survivor.office, now))
        if reason:
            found[survivor.pk] = reason
    return found


def consents_of(survivors, wanted):
    """{id of a survivor: her consents for the purpose, the latest first}; no purpose, no consents."""
    found = defaultdict(list)
    rows = Consent.objects.filter(survivor__in=survivors, purpose=wanted or "")
    for row in rows.order_by("-created_at", "-pk"):
        found[row.survivor_id].append(row)
    return found


def agencies_of(survivors):
    """{(case, local key): name of the agency}: consents name their receiver by the key."""
    rows = Agency.objects.filter(case__in={survivor.case_id for survivor in survivors})
    return {(row.case_id, row.key): plain(row.name) for row in rows}


def judge(consents, names, receiver, today):
    """The latest word that speaks of this receiver and has not run out decides."""
    if not consents:
        return LeftOut.NEVER_ASKED
    relevant = [row for row in consents if speaks_of(row, names, receiver)]
    if not relevant:
        return LeftOut.OTHER_RECEIVER
    valid = [row for row in relevant if not row.given or not row.until or row.until.last >= today]
    if not valid:
        return LeftOut.RAN_OUT
    if not valid[0].given:
        return LeftOut.REFUSED
    return LeftOut.WITHDRAWN if valid[0].withdrawn_on else ""


def speaks_of(consent, names, receiver):
    """For everybody, or for this very receiver."""
    return not consent.to or (bool(receiver) and names.get((consent.case_id, consent.to)) == plain(receiver))


def plain(name):
    """A name as it is compared: capitals and spaces do not matter."""
    return " ".join(name.split()).casefold()
