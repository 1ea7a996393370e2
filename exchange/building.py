"""Making a file, in steps that are each a transaction of its own, with the eyes of whoever asked.

A worker that dies leaves the export where it was claimed; after some minutes it is claimed again.
"""

import hashlib
import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation

from accounts.models import User
from accounts.scope import system_access, viewing_as
from audit.actions import record
from exchange import keeping
from exchange.actions.exports import destroy_file, lock_export, save
from exchange.consents import consent_needed, reasons_against
from exchange.kinds import LISTINGS, has_name
from exchange.makers import MAKERS
from exchange.models import Export
from exchange.notes import notes_of
from exchange.sheets import as_csv, as_xlsx
from exchange.states import (
    OF_SURVIVORS,
    UNFINISHED,
    ExportFormat,
    ExportKind,
    ExportState,
    LeftOut,
)
from exchange.summary import summary_of
from exchange.work import Stopped, Work, send_back_if_grown, still_wanted
from reference.sealed_fields import keys_in_hand
from survivors.actions import open_identity

STEP = 500
CLAIM_HOLDS = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def build_waiting():
    """Make what waits for its turn, one after the other; how many were made."""
    made = 0
    while claimed := claim_next(timezone.now()):
        made += build(*claimed)
    return made


def claim_next(now):
    """(id of the export, whoever asked) of the next one, ours from now on; None when nothing waits."""
    left = Q(status=ExportState.BUILDING, claimed_at__lt=now - CLAIM_HOLDS)
    with system_access("retention", "finds the next export that waits"):
        waiting = Export.objects.select_for_update(of=("self",), skip_locked=True)
        waiting = waiting.filter(Q(status=ExportState.QUEUED) | left, expires_at__gt=now)
        export = waiting.order_by("created_at", "pk").first()
        if export is None:
            return None
        export.status, export.claimed_at, export.done = ExportState.BUILDING, now, 0
        save(export, "status", "claimed_at", "done")
        return export.pk, export.requested_by_id


def build(export_id, user_id):
    """Make one file; whether it is ready now."""
    try:
        user = User.objects.get(pk=user_id, is_active=True)
        with translation.override(user.language):
            finish(export_id, user, *content_of(export_id, user))
    except Stopped:
        return False
    except Exception as broken:
        logger.error("export %s broke: %s", export_id, type(broken).__name__)
        give_up(export_id)
        return False
    return True


def give_up(export_id):
    """It could not be made; the next one has its turn."""
    with system_access("retention", "puts away an export that broke"):
        export = lock_export(export_id)
        if export.status == ExportState.BUILDING:
            export.status = ExportState.FAILED
            save(export, "status")


def content_of(export_id, user):
    """(the file's bytes, rows, who was left out), read step by step as the person who asked."""
    with viewing_as(user):
        export = still_wanted(export_id, user)
        if export.kind == ExportKind.SUMMARY:
            return summary_of(export, timezone.now())
    if export.kind in MAKERS:
        return MAKERS[export.kind](Work(export_id, user))
    with viewing_as(user):
        keys = list(LISTINGS[export.kind].pick(export.filters).values_list("pk", flat=True))
        grown = send_back_if_grown(export, len(keys))
    if grown:
        raise Stopped
    rows, left_out = [], []
    for start in range(0, len(keys), STEP):
        with viewing_as(user):
            export = still_wanted(export_id, user)
            more, without = step_of(export, keys[start : start + STEP])
            rows, left_out = rows + more, left_out + without
            Export.objects.filter(pk=export.pk).update(done=len(rows) + len(left_out))
    with viewing_as(user):
        export = still_wanted(export_id, user)
        export.left_out = left_out
        return as_file(export, rows, timezone.now()), len(rows), left_out


def step_of(export, keys):
    """(rows, who was left out) of some records; those that are hidden by now are not there."""
    listing = LISTINGS[export.kind]
    records = {record_.pk: record_ for record_ in listing.pick(export.filters).filter(pk__in=keys)}
    found = [records[key] for key in keys if key in records]
    against = reasons_of(export, found)
    with keys_in_hand({one.case_id for one in found} if export.kind == ExportKind.IDENTITIES else ()):
        rows = [listing.row(one) for one in found if one.pk not in against]
    return rows, [{"survivor": str(key), "reason": str(reason)} for key, reason in against.items()]


def reasons_of(export, found):
    """{id of a survivor: why she is not in this file}; each name that is given is written down as opened."""
    if export.kind not in OF_SURVIVORS or not consent_needed(export.kind, export.purpose):
        return {}
    now = timezone.now()
    against = reasons_against(found, export.purpose, export.receiver, now, export.kind)
    if export.kind == ExportKind.IDENTITIES:
        for survivor in found:
            if survivor.pk in against:
                continue
            if has_name(survivor):
                open_identity(survivor.pk, by=export.requested_by, now=now, parts=("names", "birth"))
            else:
                against[survivor.pk] = LeftOut.NO_NAME
    return against


def as_file(export, rows, now):
    """The table in the kind of file that was asked for."""
    columns, notes = LISTINGS[export.kind].columns(), notes_of(export, len(rows), now)
    if export.form == ExportFormat.CSV:
        return as_csv(columns, rows, notes)
    return as_xlsx(columns, rows, notes, (translation.gettext("List"), translation.gettext("Notes")))


def finish(export_id, user, plain, rows, left_out):
    """Put the file away and say that it is ready, or leave nothing behind."""
    name, key = keeping.keep(export_id, plain)
    try:
        with viewing_as(user):
            export = lock_export(export_id)
            if export.status != ExportState.BUILDING:
                raise Stopped
            export.file, export.file_key, export.status = name, key, ExportState.READY
            export.sha256, export.size = hashlib.sha256(plain).hexdigest(), len(plain)
            export.rows, export.left_out = rows, left_out
            save(export, "file", "file_key", "status", "sha256", "size", "rows", "left_out")
            record(
                "export.make", by=user, subject=export, case_id=export.about_case, rows=rows,
                left_out=len(left_out), sha256=export.sha256,
            )  # fmt: skip
    except BaseException:
        keeping.destroy(name)
        raise


def destroy_expired(now=None):
    """Destroy what has had its day, as the principal of retention; how many."""
    now = now or timezone.now()
    gone = 0
    with system_access("retention", "destroys exports on their day") as principal:
        states = [*UNFINISHED[:2], ExportState.READY]
        for export in Export.objects.select_for_update().filter(expires_at__lte=now, status__in=states):
            destroy_file(export, ExportState.EXPIRED)
            record("export.expire", by=principal, subject=export, at=now, case_id=export.about_case)
            gone += 1
    return gone
