"""Files that bring records in: sent, their columns named, their words explained, loaded, taken back."""

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can
from audit.actions import record
from cases.states import IllegalMove, check_move, check_version
from documents.looking_in import inspect
from exchange import keeping
from exchange.batch_states import BATCH_MOVES, Alike, BatchState, DateOrder
from exchange.incoming import columns, faulty, holding
from exchange.incoming.claims import held, save
from exchange.incoming.parsers import plainly, value_token
from exchange.incoming.registry import KINDS, kind_of
from exchange.incoming.tables import ENDINGS, MEGABYTE, MOST_BYTES, Table
from exchange.models import Batch, Likeness
from reference.sealed import SealBroken

LIVES = timedelta(days=7)


def held_by(batch_id: UUID, by: User, version: int | None = None) -> Batch:
    """The batch, held, for somebody who may bring records into its office."""
    batch = held(batch_id)
    check_version(batch, version)
    if not by.can_in(batch.office_id, Can.IMPORT_DATA):
        raise IllegalMove(_("You do not bring records into this office."))
    return batch


def move(batch: Batch, to: str) -> None:
    check_move(BATCH_MOVES, BatchState(batch.status), BatchState(to))
    batch.status, batch.claimed_at = to, None


def check_sender(batch: Batch, by: User) -> None:
    """What stands in the file is for whoever sent it."""
    if batch.made_by_id != by.pk:
        raise IllegalMove(_("Only whoever sent the file can do this: the others do not see into it."))


def add_batch(office_id: int, *, by: User, now: datetime, kind: str, plain: bytes, name: str) -> Batch:
    """A file was sent: looked at from outside, sealed, and its columns guessed."""
    if kind not in KINDS or not may_bring(by, office_id, kind):
        raise IllegalMove(_("You do not bring this into this office."), field="kind")
    form = PurePath(name).suffix.casefold().lstrip(".")
    if form not in KINDS[kind].endings:
        raise IllegalMove(_("Send a spreadsheet (XLSX) or a plain table (CSV)."), field="file")
    if len(plain) > MOST_BYTES:
        raise IllegalMove(
            _("A file has %(most)s MB at most. Send it in parts.") % {"most": MOST_BYTES // MEGABYTE},
            field="file",
        )
    if form in ENDINGS:  # what else may come is unpacked by its kind, and refused where it is not that
        with open_apart(plain) as file:
            inspect(file, ENDINGS[form])
    batch = Batch(
        office=Office.objects.get(pk=office_id), made_by=by, kind=kind, expires_at=now + LIVES,
        created_at=now, updated_at=now,
    )  # fmt: skip
    table = Table(plain, form)
    holding.put_away(batch, plain, name)
    try:
        holding.look_into(batch, table, find=True)
        if not holding.inside(batch)["header"]:
            raise IllegalMove(_("There is nothing in this file."), field="file")
        columns.guess(batch, kind_of(kind), by)
        batch.save(force_insert=True)
        record("batch.add", by=by, subject=batch, at=now, kind=kind, sha256=batch.sha256, size=batch.size)
    except BaseException:
        keeping.destroy(batch.file)
        raise
    return batch


def open_apart(plain: bytes) -> Any:
    """The bytes as a file without a name, for the process that looks into it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the caller closes it
    file.write(plain)
    file.flush()
    file.seek(0)
    return file


def may_bring(by: User, office_id: int, kind: str) -> bool:
    """The right to bring records in, and to write what this kind holds."""
    needs = KINDS[kind].needs
    return by.can_in(office_id, Can.IMPORT_DATA) and (needs is None or by.can_in(office_id, needs))


def look_again(
    batch_id: UUID,
    *,
    by: User,
    now: datetime,
    sheet: int = 0,
    header_at: int = 1,
    header_rows: int = 1,
    version: int | None = None,
) -> Batch:
    """Another sheet, or another row with the names of the columns."""
    batch = held_by(batch_id, by, version)
    check_sender(batch, by)
    if batch.status == BatchState.CHECKED:
        move(batch, BatchState.MAPPING)
    if batch.status != BatchState.MAPPING:
        raise IllegalMove(_("The columns are not being named now."))
    table = holding.table_of(batch)
    if not 0 <= sheet < len(table.sheets):
        raise IllegalMove(_("There is no such sheet."), field="sheet")
    another = sheet != batch.sheet
    batch.sheet, batch.header_at, batch.header_rows = sheet, header_at, header_rows
    holding.look_into(batch, table, find=another)
    columns.guess(batch, kind_of(batch.kind), by)
    save(batch, "status", "sheet", "header_at", "header_rows", "inside", "mapping", "dates")
    record("batch.look", by=by, subject=batch, at=now, sheet=sheet)
    return batch


def map_columns(
    batch_id: UUID,
    *,
    by: User,
    now: datetime,
    named: Mapping[int, str],
    dates: str = DateOrder.DMY,
    version: int | None = None,
) -> Batch:
    """Say which column is which; the worker checks the file then."""
    batch = held_by(batch_id, by, version)
    check_sender(batch, by)
    if batch.status == BatchState.CHECKED:
        move(batch, BatchState.MAPPING)
    kind = kind_of(batch.kind)
    known = {column.name: column for column in kind.columns_for(by)}
    told = {str(place): name for place, name in named.items() if name in known}
    for name in told.values():
        if list(told.values()).count(name) > 1:
            raise IllegalMove(_("Two columns are called “%(name)s”.") % {"name": known[name].label})
    for column in known.values():
        if column.required and column.name not in told.values():
            raise IllegalMove(_("Say which column is “%(name)s”.") % {"name": column.label})
    batch.mapping = {**batch.mapping, "columns": told}
    batch.dates = dates
    move(batch, BatchState.CHECKING)
    batch.done = 0
    save(batch, "mapping", "dates", "status", "claimed_at", "done")
    record("batch.map", by=by, subject=batch, at=now, columns=len(told))
    return batch


def name_codes(
    batch_id: UUID,
    *,
    by: User,
    now: datetime,
    codes: Mapping[str, Mapping[str, str]],
    version: int | None = None,
) -> Batch:
    """Say what words of the file mean in our lists; the file is checked again."""
    batch = held_by(batch_id, by, version)
    check_sender(batch, by)
    lists = {column.name: column.codes for column in kind_of(batch.kind).columns_for(by) if column.codes}
    kept = {name: dict(words) for name, words in batch.mapping.get("codes", {}).items()}
    for name, words in codes.items():
        for word, code in words.items():
            if name in lists and code in lists[name].values:
                kept.setdefault(name, {})[value_token(name, plainly(word))] = code
    batch.mapping = {**batch.mapping, "codes": kept}
    if batch.status == BatchState.CHECKED:
        move(batch, BatchState.MAPPING)
    move(batch, BatchState.CHECKING)
    batch.done = 0
    save(batch, "mapping", "status", "claimed_at", "done")
    record("batch.map", by=by, subject=batch, at=now, columns=len(batch.mapping.get("columns", {})))
    return batch


def answer_alike(
    batch_id: UUID, *, by: User, now: datetime, answers: Mapping[UUID, str] | None = None, rest: str = ""
) -> Batch:
    """Say of look-alikes whether they are the same; `rest` answers all that nobody has answered."""
    batch = held_by(batch_id, by)
    if batch.status != BatchState.CHECKED:
        raise IllegalMove(_("This can be said only between the check and the load."))
    rows = Likeness.objects.filter(batch=batch)
    done = 0
    for answer in Alike.values:
        ids = [pk for pk, said in (answers or {}).items() if said == answer]
        done += rows.filter(pk__in=ids).update(answer=answer, answered_at=now, answered_by=by)
    if rest in Alike.values:
        done += rows.filter(answer="").update(answer=rest, answered_at=now, answered_by=by)
    record("batch.answer", by=by, subject=batch, at=now, rows=done)
    return batch


def load_batch(
    batch_id: UUID, *, by: User, now: datetime, leave_alike: bool = True, version: int | None = None
) -> Batch:
    """Bring the good rows in; the worker does it, as this person."""
    batch = held_by(batch_id, by, version)
    check_sender(batch, by)
    if not may_bring(by, batch.office_id, batch.kind):
        raise IllegalMove(_("You do not bring this into this office."))
    if batch.faults >= batch.rows:
        raise IllegalMove(_("There is no row that could be brought in."))
    fresh = batch.status == BatchState.CHECKED
    move(batch, BatchState.LOADING)
    if fresh:
        batch.done, batch.made, batch.left_out, batch.leave_alike = 0, {}, 0, leave_alike
    batch.loaded_at, batch.loaded_by = now, by
    save(batch, "status", "claimed_at", "done", "made", "left_out", "leave_alike", "loaded_at", "loaded_by")
    record("batch.start", by=by, subject=batch, at=now, rows=batch.rows - batch.faults)
    return batch


def undo_batch(
    batch_id: UUID, *, by: User, now: datetime, keep_touched: bool = False, version: int | None = None
) -> Batch:
    """Take back all that the batch made, as long as nobody has built on it."""
    batch = held_by(batch_id, by, version)
    move(batch, BatchState.UNDOING)
    batch.undone_at, batch.undone_by, batch.keep_touched = now, by, keep_touched
    save(batch, "status", "claimed_at", "undone_at", "undone_by", "keep_touched")
    record("batch.withdraw", by=by, subject=batch, at=now, keep=keep_touched)
    return batch


def cancel_batch(batch_id: UUID, *, by: User, now: datetime) -> Batch:
    """The file is destroyed; nothing of it stands among the records."""
    batch = held_by(batch_id, by)
    move(batch, BatchState.CANCELLED)
    destroy_file(batch, "status", "claimed_at")
    record("batch.cancel", by=by, subject=batch, at=now)
    return batch


def destroy_file(batch: Batch, *also: str) -> None:
    """Contents and key go together with the state."""
    name = holding.forget(batch)
    save(batch, "file", "file_key", "inside", *also)
    transaction.on_commit(lambda: keeping.destroy(name))


def download_faults(batch_id: UUID, *, by: User, now: datetime) -> bytes:
    """The rows with faults as they were sent, each with its faults in words, to be mended and sent again."""
    batch = held_by(batch_id, by)
    check_sender(batch, by)
    if not batch.file:
        raise IllegalMove(_("There is no file any more."))
    try:
        rows, plain = faulty.sheet_of(batch)
    except (keeping.Lost, SealBroken):
        raise IllegalMove(_("There is no file any more.")) from None
    record("batch.faults", by=by, subject=batch, at=now, rows=rows)
    return plain
