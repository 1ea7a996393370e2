"""The work itself: the dry run, the load, the way back. A poke of the worker that comes twice is well."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation

from accounts.scope import system_access
from audit.actions import record, record_many
from cases.models import Case
from exchange.batch_states import Alike, BatchState
from exchange.incoming import columns
from exchange.incoming.claims import (
    Job,
    Stopped,
    claim_next,
    forget_findings,
    held,
    made,
    making,
    save,
    take_back,
)
from exchange.incoming.contract import Chunk, Column, Faulty, Kind, Row
from exchange.incoming.holding import inside, table_of, write_inside
from exchange.incoming.parsers import plainly, says_nothing
from exchange.incoming.registry import kind_of
from exchange.incoming.tables import LOST, Table, shown
from exchange.models import Batch, BatchFault, BatchRecord, Likeness
from reference.sealed_fields import keys_in_hand

STEP = 500
MOST_FOUND = 50_000  # faults and look-alikes that are kept of one file
MOST_UNKNOWN = 60  # words of one column that people are asked about
MOST_SHOWN = 500
logger = logging.getLogger(__name__)


def work_waiting() -> int:
    """Do what waits, one batch after the other; how many came to their end."""
    done = 0
    while job := claim_next(timezone.now()):
        done += work(job)
    return done


def work(job: Job) -> bool:
    """One batch; whether it came to its end."""
    try:
        with translation.override(job.user.language):
            WORKS[BatchState(job.status)](job)
    except Stopped:
        return False
    except Exception as broken:
        logger.error("batch %s broke: %s", job.batch_id, type(broken).__name__)
        give_up(job)
        return False
    return True


def give_up(job: Job) -> None:
    """It cannot go on by itself: people see where it stopped, and may start it again."""
    with system_access("retention", "puts a batch away that broke"):
        batch = held(job.batch_id)
        if batch.status != job.status:
            return
        back = {BatchState.CHECKING: BatchState.MAPPING, BatchState.UNDOING: came_from(batch)}
        batch.status = back.get(BatchState(job.status), BatchState.STOPPED)
        batch.claimed_at = None
        save(batch, "status", "claimed_at")
        BatchFault.objects.create(batch=batch, row=0, code="broke")


def came_from(batch: Batch) -> str:
    return BatchState.LOADED if batch.done >= batch.rows else BatchState.STOPPED


# --- rows


class Run:
    """One look through a file, chunk by chunk."""

    def __init__(self, job: Job, batch: Batch) -> None:
        self.job, self.office = job, batch.office
        self.kind: Kind = kind_of(batch.kind)
        self.table: Table = table_of(batch)
        self.sheet, self.below = batch.sheet, batch.header_at + batch.header_rows - 1
        self.columns = columns.mapped(batch, self.kind, job.user)
        self.reading = columns.reading_of(batch)
        self.seen: dict[Any, int] = {}
        self.unknown: dict[str, Counter] = {}
        self.makes: Counter = Counter()
        self.found = 0

    def chunks(self) -> Iterator[list[Row]]:
        """The rows below the header, some at a time."""
        rows: list[Row] = []
        for number, cells in self.table.rows(self.sheet):
            if number > self.below and not all(says_nothing(cell) for cell in self.told(cells)):
                rows.append(self.read(number, cells))
            if len(rows) == STEP:
                yield rows
                rows = []
        if rows:
            yield rows

    def told(self, cells: list[Any]) -> list[Any]:
        """The cells by which a row is one: no running number of a template, no formula nobody asked for."""
        if self.kind.numbered:
            return [cells[at] for at in self.columns if at < len(cells)]
        return [cell for at, cell in enumerate(cells) if cell is not LOST or at in self.columns]

    def read(self, number: int, cells: list[Any]) -> Row:
        """One row: each cell as its column wants it, or a fault."""
        row = Row(number, {})
        for place, column in self.columns.items():
            cell = cells[place] if place < len(cells) else None
            if cell is LOST:
                row.fault(column.name, "formula_without_value")
                continue
            if says_nothing(cell):
                if column.required:
                    row.fault(column.name, "required")
                continue
            try:
                row.said[column.name] = column.parse(cell, self.reading)
            except Faulty as why:
                row.fault(column.name, why.code, **why.params)
                if why.code == "code" and column.codes is not None:
                    self.wonder(column, cell)
        return row

    def wonder(self, column: Column, cell: Any) -> None:
        """A word that nobody knows: people are asked what it means."""
        words = self.unknown.setdefault(column.name, Counter())
        word = plainly(cell) and " ".join(shown(cell).split())[:80]
        if word in words or len(words) < MOST_UNKNOWN:
            words[word] += 1

    def chunk(self, rows: list[Row]) -> Chunk:
        return Chunk(self.office, self.job.user, timezone.now(), rows, self.reading, self.seen)

    def keep(self, batch: Batch, rows: list[Row], known: frozenset[int] | set[int] = frozenset()) -> None:
        """Write down what was found in rows of which it is not written down yet."""
        rows = [row for row in rows if row.number not in known]
        faults = [
            BatchFault(batch=batch, row=row.number, column=one.column, code=one.code, params=one.params)
            for row in rows
            for one in row.faults
        ]
        alike = [
            Likeness(
                batch=batch, row=row.number, other_row=one.other_row, label=one.label,
                record_id=one.record_id, score=one.score,
            )
            for row in rows
            if not row.faults
            for one in row.likes
        ]  # fmt: skip
        room = max(0, MOST_FOUND - self.found)
        BatchFault.objects.bulk_create(faults[:room], batch_size=STEP)
        Likeness.objects.bulk_create(alike[:room], batch_size=STEP)
        self.found += len(faults) + len(alike)


# --- the dry run


def check(job: Job) -> None:
    """Look at every row; nothing is made."""
    with job.step() as batch:
        forget_findings(batch)
        batch.done = batch.faults = batch.likenesses = 0
        run = Run(job, batch)
        batch.rows = run.table.estimate(batch.sheet)
        save(batch, "done", "faults", "likenesses", "rows")
    for rows in run.chunks():
        with job.step() as batch:
            with keys_in_hand():
                run.kind.plan(run.chunk(rows))
            run.keep(batch, rows)
            for row in rows:
                run.makes.update(row.makes if not row.faults else ())
            batch.done += len(rows)
            batch.faults += sum(bool(row.faults) for row in rows)
            batch.likenesses += sum(bool(row.likes) and not row.faults for row in rows)
            save(batch, "done", "faults", "likenesses")
    with job.step() as batch:
        batch.status, batch.rows, batch.makes = BatchState.CHECKED, batch.done, dict(run.makes)
        write_inside(batch, inside(batch) | {"unknown": {k: dict(v) for k, v in run.unknown.items()}})
        save(batch, "status", "rows", "makes", "inside")
        columns.remember(batch)
        record("batch.check", by=job.user, subject=batch, rows=batch.rows, faults=batch.faults)


# --- the load


def load(job: Job) -> None:
    """Bring the good rows in, chunk by chunk; what is in stays in, and nothing comes twice."""
    with job.step() as batch:
        run, before = Run(job, batch), batch.done
        out = rows_left_out(batch)
        known = set(BatchFault.objects.filter(batch=batch).values_list("row", flat=True))
    passed = 0
    for rows in run.chunks():
        if passed < before:  # brought in before a worker died: only what it says counts for later rows
            passed += len(rows)
            with job.step(), keys_in_hand():
                run.kind.plan(run.chunk(rows))
            continue
        with job.step() as batch:
            bring(run, batch, rows, out, known)
    with job.step() as batch:
        batch.status = BatchState.LOADED
        save(batch, "status")
        record(
            "batch.load", by=job.user, subject=batch, rows=batch.rows, faults=batch.faults,
            left_out=batch.left_out,
        )  # fmt: skip


def rows_left_out(batch: Batch) -> set[int]:
    """Rows that tell of somebody who is here already."""
    answers = [Alike.SAME, ""] if batch.leave_alike else [Alike.SAME]
    return set(Likeness.objects.filter(batch=batch, answer__in=answers).values_list("row", flat=True))


def bring(run: Run, batch: Batch, rows: list[Row], out: set[int], known: set[int]) -> None:
    """One chunk: the records, what is told of them, and how far it has come, in one transaction."""
    chunk = run.chunk(rows)
    for row in rows:
        row.left_out = row.number in out
    with keys_in_hand():
        run.kind.plan(chunk)
        making(batch)
        cases = write_all(run.kind, chunk)
        made()
    run.keep(batch, [row for row in rows if not row.likes or row.faults], known)
    brought: list[Case] = []
    for case_id in cases:
        case = Case(pk=case_id)
        case.case_id = case_id  # type: ignore[attr-defined]
        brought.append(case)
    record_many(
        "case.bring", by=run.job.user, subjects=brought, at=chunk.now, origin="import", batch=batch.pk
    )
    counted = Counter(batch.made)
    for row in chunk.good:
        counted.update(row.makes)
    batch.made, batch.done = dict(counted), batch.done + len(rows)
    batch.left_out += sum(row.left_out and not row.faults for row in rows)
    batch.faults += sum(bool(row.faults) and row.number not in known for row in rows)
    save(batch, "made", "done", "left_out", "faults")


def write_all(kind: Kind, chunk: Chunk) -> set[UUID]:
    """The chunk at once; where the database refuses it, row by row, and the row it refuses says so."""
    if not chunk.good:
        return set()
    try:
        with transaction.atomic():
            return set(kind.write(chunk))
    except (IntegrityError, DataError):
        pass
    cases: set[UUID] = set()
    for row in chunk.good:
        alone = replace(chunk, rows=[row])
        row.makes, row.likes, row.work = Counter(), [], {}
        try:
            with transaction.atomic():
                kind.plan(alone)
                cases |= set(kind.write(alone)) if alone.good else set()
        except (IntegrityError, DataError):
            row.fault("", "refused")
    return cases


# --- the way back


class BuiltOn(Exception):
    """Some records cannot go, and the person did not say that those may stay."""


def undo(job: Job) -> None:
    """Take the batch back: whole, or without what somebody has built on, as the person said."""
    with job.step() as batch:
        forget_findings(batch)
        records = BatchRecord.objects.filter(batch=batch)
        touched = set(records.exclude(case_id=None).values_list("case_id", flat=True))
        try:
            with transaction.atomic():
                gone = take_back(batch)
                stays = list(records.values_list("table", "record_id", "case_id")[:MOST_SHOWN])
                batch.stayed = records.count()
                if stays and not batch.keep_touched:
                    raise BuiltOn
        except BuiltOn:
            batch.status, batch.undone_at, batch.undone_by = came_from(batch), None, None
            save(batch, "status", "stayed", "undone_at", "undone_by")
            tell(batch, stays)
            return
        batch.status = BatchState.UNDONE
        save(batch, "status", "stayed")
        tell(batch, stays)
        record("batch.undo", by=job.user, subject=batch, records=gone, stayed=batch.stayed)
        cases = [Case(pk=case_id) for case_id in touched]
        for case in cases:
            case.case_id = case.pk  # type: ignore[attr-defined]
        record_many("case.take_back", by=job.user, subjects=cases, at=timezone.now(), batch=batch.pk)


def tell(batch: Batch, stays: list[tuple]) -> None:
    """Which records stay, by table and key."""
    BatchFault.objects.bulk_create(
        BatchFault(
            batch=batch, row=0, code="built_on",
            params={"table": table, "record": str(pk), "case": str(case or "")},
        )
        for table, pk, case in stays
    )  # fmt: skip


WORKS = {BatchState.CHECKING: check, BatchState.LOADING: load, BatchState.UNDOING: undo}
