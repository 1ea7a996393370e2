"""Counting ahead: the rows of the cases that wait are counted anew and written down, batch by batch.

There is no second definition of anything here: each figure counts by the function of the catalogue, on a
Snapshot of one case. What is kept holds between two days, which the counting itself notes
(figures/daywise.py).

Safe to kill at any moment: a batch is one transaction, and marks are taken away in it. Only marks that were
there before the facts were read are; one that comes meanwhile makes the case be counted again. One process
counts at a time, so that what was read first is never written last.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Min, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import Office
from accounts.scope import system_access
from cases.clock import today_in
from cases.models import Assignment, Case
from cases.querysets import holding_now
from figures import querysets
from figures.catalogue import FIGURES
from figures.daywise import Day
from figures.figure import PER_CODE, PER_CURRENCY, PERCENT, QUANTITY
from figures.models import Counted, Mark
from figures.rows import ONE
from figures.snapshot import Snapshot

BATCH, MARKS = 250, 2000
CASES = "counted_cases"  # not a figure: one row for each case, dated by its opening
# What reads other cases than the one it counts in.
ACROSS = {"links_from_here", "links_to_here", "namesakes", "bails_of_namesakes"}
COUNTED_ACROSS = {"linked_cases"}
# What a single case can do to the counting; the others are counted all the same.
BROKEN = (DatabaseError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError)
KINDS = (QUANTITY, PER_CURRENCY, PERCENT, PER_CODE)
logger = logging.getLogger(__name__)


@cache
def kept() -> tuple[str, ...]:
    """The figures that are counted ahead: those of one case at a time whose parts can be added."""
    return tuple(
        name
        for name, figure in FIGURES.items()
        if figure.kind in KINDS and figure.fold is None and name not in COUNTED_ACROSS
    )


class Common(Snapshot):
    """Cases as everybody sees them who sees them at all: plans of operations, known to a circle alone, give
    no head-count to anybody's figures.
    """

    def table(self, name):
        if name not in self._tables and name in OF_OPERATIONS:
            rows = super().table(name)
            self._tables[name] = [row for row in rows if OF_OPERATIONS[name](self, row)]
        return super().table(name)


def _known(snapshot: Snapshot, operation_id: Any) -> bool:
    return operation_id in snapshot.once(_operations)


def _operations(snapshot):
    return {row.id for row in snapshot.table("operations")}


def _headcounts(snapshot):
    return {row.id for row in snapshot.table("headcounts")}


OF_OPERATIONS: dict[str, Callable] = {
    "sites": lambda snapshot, row: _known(snapshot, row.operation_id),
    "headcounts": lambda snapshot, row: row.operation_id is None or _known(snapshot, row.operation_id),
    "headcount_members": lambda snapshot, row: row.headcount_id in snapshot.once(_headcounts),
}


class OneCase(Common):
    """A single case, of which everything was read together with many others."""

    cases: Any = None  # nothing more is asked of the database

    def __init__(self, tables: dict[str, list], as_of: date):
        self.as_of, self.among = as_of, None
        self._tables, self._worked_out = {}, {}
        self._read = tables

    def table(self, name):
        if name not in self._tables:
            if name in ACROSS:
                raise LookupError(f"{name} reads other cases: the figure must stand in COUNTED_ACROSS")
            rows = self._read.get(name, [])
            keep = OF_OPERATIONS.get(name)
            self._tables[name] = [row for row in rows if keep is None or keep(self, row)]
        return self._tables[name]


def read(cases: Any) -> dict[UUID, dict[str, list]]:
    """{case: {table: its rows}} of many cases, each table read once."""
    found: dict[UUID, dict[str, list]] = {}
    snapshot = Snapshot(cases, timezone.localdate())
    for name, fields in querysets.FIELDS.items():
        if name in ACROSS:
            continue
        rows = getattr(querysets, name)(snapshot)
        of = "id" if rows.model is Case else "case_id"
        named = fields if of in fields else (*fields, of)
        for row in rows.values_list(*named, named=True):
            found.setdefault(getattr(row, of), {}).setdefault(name, []).append(row)
    return found


def count(tables: dict[str, list], today: date) -> tuple[list[dict], tuple[date, date]]:
    """(what the figures count in one case, the days between which that holds)."""
    day = Day.noting(today)
    snapshot = OneCase(tables, day)
    case = tables["cases"][0]
    facts = [fact(CASES, case.id, case.id, case.opened_on)]
    for name in kept():
        for row in FIGURES[name].count(snapshot):
            facts.append(fact(name, case.id, row.pk, row.on, row.amount, row.currency, row.code))
    return facts, day.held


def fact(figure, case_id, pk, on, amount=ONE, currency="", code="") -> dict:  # noqa: PLR0913
    """One row as it is written down."""
    return {
        "figure": figure, "case_id": str(case_id), "pk": str(pk), "code": str(code), "currency": currency,
        "first": on.first.isoformat() if on else None, "last": on.last.isoformat() if on else None,
        "low": None if amount.low is None else str(amount.low),
        "high": None if amount.high is None else str(amount.high), "about": amount.about,
    }  # fmt: skip


def hurry() -> None:
    """A batch that is lost in a fall of the machine is counted again: nobody waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off; SET LOCAL work_mem = '64MB'")


def recount(case_ids: Iterable[UUID], marks: Iterable[int], now: datetime) -> int:
    """Count these cases anew and write it down; in the transaction and with the eyes of the principal."""
    wanted = set(case_ids)
    # As one value: as one for each case, the statements alone would take as long as their answers.
    cases = Case.objects.filter(pk__in=RawSQL("SELECT unnest(%s::uuid[])", [sorted(map(str, wanted))]))
    days = {office.pk: today_in(office, now) for office in Office.objects.all()}
    lapses = _lapses(cases)
    held: list[dict] = []
    facts: list[dict] = []
    for case_id, tables in read(cases).items():
        if not tables.get("cases"):
            continue
        rows, (since, until) = count(tables, days[tables["cases"][0].office_id])
        ends = lapses.get(case_id)
        held.append({
            "case_id": str(case_id), "since": since.isoformat(), "until": until.isoformat(),
            "lapses_at": ends and ends.isoformat(),
        })  # fmt: skip
        facts += rows
    write(wanted, list(marks), held, facts)
    return len(wanted)


def _lapses(cases: Any) -> dict[UUID, datetime]:
    """When the first name on each case ends by itself."""
    rows = Assignment.objects.filter(holding_now(), case__in=cases.values("pk"), until__isnull=False)
    return dict(rows.order_by().values("case_id").annotate(ends=Min("until")).values_list("case_id", "ends"))


def write(wanted, marks, held, facts):
    """All of it in one call of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figures_write(%s::uuid[], %s::bigint[], %s::json, %s::json)",
            [sorted(wanted), marks, json.dumps(held), json.dumps(facts)],
        )


def count_waiting(
    now: datetime | None = None, seconds: float = 60, told: Callable = lambda done: None
) -> int:
    """Count what waits, for about so long at most; how many cases that were."""
    done, ends, after = 0, time.monotonic() + seconds, 0
    tried: set[UUID] = set()
    while time.monotonic() < ends:
        with system_access("figures", "counts anew the cases whose facts have changed"):
            if not _alone():
                break
            step, after = _batch(now or timezone.now(), after, tried)
        if not step:
            break
        done += step
        told(done)
    return done


def _batch(now: datetime, after: int, tried: set[UUID]) -> tuple[int, int]:
    """(how many cases were counted, the last mark that was looked at); those whose day has come only once."""
    waiting = Mark.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "case_id")
    chosen: dict[UUID, list[int]] = {}
    for pk, case_id in waiting[:MARKS]:
        if case_id not in chosen and len(chosen) == BATCH:
            break
        chosen.setdefault(case_id, []).append(pk)
        after = pk
    if not chosen:
        due = [case_id for case_id in due_cases(now) if case_id not in tried]
        tried.update(due)
        return _each({case_id: [] for case_id in due}, now) if due else 0, after
    return _each(chosen, now), after


def _each(chosen: dict[UUID, list[int]], now: datetime) -> int:
    """All together; where that breaks, one by one, so that one broken case holds up no other."""
    try:
        with transaction.atomic():
            hurry()
            return recount(chosen, [mark for marks in chosen.values() for mark in marks], now)
    except BROKEN as broken:
        logger.error("figures: a batch broke: %s", type(broken).__name__)
    for case_id, marks in chosen.items():
        try:
            with transaction.atomic():
                recount([case_id], marks, now)
        except BROKEN as broken:
            logger.error("figures: case %s cannot be counted: %s", case_id, type(broken).__name__)
    return len(chosen)


def due_cases(now: datetime) -> list[UUID]:
    """Cases of which nothing has changed but the day, as the clocks of their offices go."""
    found: list[UUID] = []
    for office in Office.objects.order_by("pk"):
        today = today_in(office, now)
        over = Q(until__lt=today) | Q(since__gt=today) | Q(lapses_at__lte=now)
        room = BATCH - len(found)
        found += Counted.objects.filter(over, office=office).values_list("case_id", flat=True)[:room]
        if len(found) >= BATCH:
            break
    return found


def _alone() -> bool:
    """Does nobody else count just now?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures_alone()")
        return cursor.fetchone()[0]


def mark_all(*, every: bool) -> int:
    """Let all cases be counted anew, or those that never were; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures_mark_all(%s)", [every])
        return cursor.fetchone()[0]
