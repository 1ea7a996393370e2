"""The one door: asking for a file, the second person, taking it, stopping it; building.py makes it."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can
from audit.actions import record
from cases.actions import lock_case
from cases.states import IllegalMove, check_move
from exchange import keeping
from exchange.limits import check_budget, needs_second_person
from exchange.models import Export
from exchange.querysets import offices_of_exporter
from exchange.states import (
    EXPORT_MOVES,
    FORMS,
    INSIDE,
    NEEDS,
    OF_CASE,
    OF_NAMES,
    OF_NUMBERS,
    ExportKind,
    ExportPurpose,
    ExportState,
)

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without signs that are taken for one another


def new_code() -> str:
    """The code that stands on every copy."""
    return "".join(secrets.choice(ALPHABET) for _place in range(8))


def lock_export(export_id: UUID) -> Export:
    """The export, held until the transaction ends."""
    rows = Export.objects.select_for_update(of=("self",)).select_related(
        "requested_by", "office", "approved_by"
    )
    return rows.get(pk=export_id)


def request_export(
    *,
    by: User,
    now: datetime,
    kind: str,
    form: str,
    purpose: str,
    why: str,
    rows: int,
    office: Office | None = None,
    receiver: str = "",
    filters: dict[str, Any] | None = None,
    case_id: UUID | None = None,
) -> Export:
    """Ask for a file. It is made of what this person may see; a second person must say yes if it is large."""
    check_request(by, kind=kind, form=form, purpose=purpose, receiver=receiver, case_id=case_id)
    check_budget(by, rows, now)
    lives = timedelta(hours=settings.EXPORT_LIVES_HOURS)
    export = Export.objects.create(
        requested_by=by, office=office_of_request(by, office, case_id), kind=kind, form=form, purpose=purpose,
        why=why, receiver="" if purpose in INSIDE else receiver, filters=filters or {}, about_case=case_id,
        rows=rows, code=new_code(), expires_at=now + lives, created_at=now,
        status=ExportState.WAITING if needs_second_person(kind, rows) else ExportState.QUEUED,
    )  # fmt: skip
    record(
        "export.request", by=by, subject=export, at=now, case_id=case_id, kind=kind, form=form,
        purpose=purpose, rows=rows,
    )  # fmt: skip
    return export


def check_request(
    by: User, *, kind: str, form: str, purpose: str, receiver: str, case_id: UUID | None
) -> None:
    """Refuse what cannot be asked for at all."""
    if not by.can(NEEDS[ExportKind(kind)]):
        raise IllegalMove(_("Your role does not let you see what this file would hold."), field="kind")
    if (kind in OF_CASE) != (case_id is not None) or form not in FORMS[ExportKind(kind)]:
        raise IllegalMove(_("This kind of file is not made of this."), field="form")
    if purpose not in INSIDE and not receiver.strip():
        raise IllegalMove(_("Say who receives the file."), field="receiver")
    if purpose == ExportPurpose.DONOR and kind not in OF_NUMBERS:
        raise IllegalMove(_("To a donor, the board or the public go numbers alone."), field="purpose")
    if kind in OF_NAMES and purpose in INSIDE:
        raise IllegalMove(
            _("Names leave only for a purpose that the survivors were asked about."), field="purpose"
        )


def office_of_request(by: User, office: Office | None, case_id: UUID | None) -> Office:
    """The office whose leads may be the second person: that of the case, or one where she may export."""
    if case_id is not None:
        return lock_case(case_id).office
    mine = list(offices_of_exporter(by))
    if office is not None and office in mine:
        return office
    if not mine:
        raise IllegalMove(_("You may not export from any office."))
    return mine[0]


def approve_export(export_id: UUID, *, by: User, now: datetime) -> Export:
    """The second person says yes; from now on the file is made."""
    export = lock_export(export_id)
    check_second_person(export, by)
    check_move(EXPORT_MOVES, ExportState(export.status), ExportState.QUEUED)
    check_not_over(export, now)
    export.approved_by, export.approved_at, export.status = by, now, ExportState.QUEUED
    save(export, "approved_by", "approved_at", "status")
    record("export.approve", by=by, subject=export, at=now, case_id=export.about_case, rows=export.rows)
    return export


def refuse_export(export_id: UUID, *, by: User, now: datetime) -> Export:
    """The second person says no."""
    export = lock_export(export_id)
    check_second_person(export, by)
    check_move(EXPORT_MOVES, ExportState(export.status), ExportState.REFUSED)
    export.status = ExportState.REFUSED
    save(export, "status")
    record("export.refuse", by=by, subject=export, at=now, case_id=export.about_case)
    return export


def check_second_person(export: Export, by: User) -> None:
    """Somebody else, with the right to export in that office, and to open names where the file holds them."""
    if export.requested_by_id == by.pk:
        raise IllegalMove(_("Somebody else must approve what you asked for."))
    if not by.can_in(export.office_id, Can.EXPORT_DATA):
        raise IllegalMove(_("Only somebody who may export from this office can decide this."))
    if not by.can(NEEDS[ExportKind(export.kind)]):
        raise IllegalMove(_("Your role does not let you see what this file would hold."))


def cancel_export(export_id: UUID, *, by: User, now: datetime) -> Export:
    """Whoever asked wants it no more; a file that was made is destroyed."""
    export = lock_export(export_id)
    if export.requested_by_id != by.pk and not by.can_in(export.office_id, Can.EXPORT_DATA):
        raise IllegalMove(_("Only whoever asked for it, or a lead of the office, can cancel this."))
    check_move(EXPORT_MOVES, ExportState(export.status), ExportState.CANCELLED)
    destroy_file(export, ExportState.CANCELLED)
    record("export.cancel", by=by, subject=export, at=now, case_id=export.about_case)
    return export


def download_export(export_id: UUID, *, by: User, now: datetime) -> tuple[Export, bytes]:
    """Take the file: only whoever asked for it, only while it lives, and written down each time."""
    export = lock_export(export_id)
    if export.requested_by_id != by.pk:
        raise IllegalMove(_("Only whoever asked for a file can take it."))
    if export.status != ExportState.READY:
        raise IllegalMove(_("There is no file to take."))
    check_not_over(export, now)
    if not by.can(NEEDS[ExportKind(export.kind)]):
        raise IllegalMove(_("Your role does not let you see what this file would hold."))
    plain = keeping.fetch(export.pk, export.file, export.file_key)
    export.downloads += 1
    save(export, "downloads")
    record(
        "export.download", by=by, subject=export, at=now, case_id=export.about_case, sha256=export.sha256,
        rows=export.rows,
    )  # fmt: skip
    return export, plain


def check_not_over(export: Export, now: datetime) -> None:
    """Its day has not passed, even where nobody has swept it away yet."""
    if export.expires_at <= now:
        raise IllegalMove(_("This file has expired. Ask for it again if it is still needed."))


def destroy_file(export: Export, status: str) -> None:
    """The file and its key go together with the state."""
    name, export.file, export.file_key, export.status = export.file, "", b"", status
    save(export, "file", "file_key", "status")
    # Its key is gone with the row, so nothing is lost should this not be reached.
    transaction.on_commit(lambda: keeping.destroy(name))


def save(export: Export, *fields: str) -> None:
    """Write these fields and count the version on."""
    export.version += 1
    export.save(update_fields=[*fields, "version"])
