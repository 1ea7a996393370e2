"""Is what was counted ahead what the records give? Two questions, asked of the database and of the figures.

`sums`: are the tallies the sums of the rows that were written down? `cases`: are the rows of each case those
that its records give as of a day for which they say that they hold? Cases that wait are passed over: whoever
looks counts them anew.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from accounts.models import Office
from accounts.scope import system_access
from cases.clock import today_in
from cases.models import Case
from figures.models import Counted, CountedRow, Mark
from figures.recounting import count, read
from figures.rollup_policies import STORED
from notifications.looping import beat
from notifications.models import Beat
from notifications.watching import DIFFER

STEP = 200
TOTALS = """
WITH stored AS ({stored})
SELECT figure, first, casework_type, donor <> '', coalesce(s.n, 0), coalesce(t.n, 0)
  FROM stored s FULL JOIN (SELECT * FROM figures_tally WHERE office_id = %(office)s) t
 USING (office_id, sensitivity, casework_type, donor, figure, code, currency, first, last)
 WHERE (s.n, s.low, s.high, s.open_n, s.about_n) IS DISTINCT FROM (t.n, t.low, t.high, t.open_n, t.about_n)
 ORDER BY 1, 2 LIMIT 1000
""".replace("{stored}", STORED.replace("{office}", "%(office)s"))


@dataclass(frozen=True)
class Difference:
    """Where the two do not agree."""

    office: str
    figure: str
    month: str
    stored: int
    counted: int
    part: str

    def __str__(self) -> str:
        return (
            f"{self.office} {self.figure} {self.month}: {self.stored} written down, "
            f"{self.counted} counted ({self.part})"
        )


def differences(
    office_key: str = "",
    sample: int | None = None,
    told: Callable[[int], None] = lambda done: None,
    *,
    mend: bool = False,
) -> Iterator[Difference]:
    """Every place where they differ, office by office; of a sample of the cases of each, or of all.

    `mend`: the sums are made anew from the rows, and cases whose rows differ are marked to be counted.
    """
    for office in Office.objects.filter(**({"key": office_key} if office_key else {})).order_by("key"):
        with system_access("figures", "compares what was counted with the records"):
            yield from sums(office)
            if mend:
                mend_sums(office)
        for batch in _batches(office, sample):
            with system_access("figures", "compares what was counted with the records"):
                yield from cases(office, batch, mend=mend)
            told(len(batch))


def sums(office: Office) -> list[Difference]:
    """Tallies that are not the sum of the rows."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"office": office.pk})
        return [
            Difference(
                office.key,
                figure,
                "all time" if first.year == 1 else f"{first:%Y-%m}",
                tallied,
                stored,
                " ".join(["sum", *filter(None, (kind, donor and "of a donor"))]),
            )
            for figure, first, kind, donor, stored, tallied in cursor.fetchall()
        ]


def tell_the_watch(*, differ: bool) -> None:
    """The watch says it to administrators; a sample without fault does not take it back."""
    if differ:
        beat([DIFFER])
    else:
        Beat.objects.filter(loop=DIFFER).delete()


def mend_sums(office: Office) -> int:
    """The sums of an office anew, from its rows, in one transaction; how many were wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures_mend(%s)", [office.pk])
        return cursor.fetchone()[0]


def mend_all() -> int:
    """The sums of all offices, each in a transaction of its own; how many were wrong."""
    mended = 0
    for office in Office.objects.order_by("key"):
        with system_access("figures", "sums anew what was counted"):
            mended += mend_sums(office)
    return mended


def _batches(office: Office, sample: int | None) -> Iterator[list[UUID]]:
    """Keys of cases in their order, some at a time; of a sample, those from a random key on."""
    after, left = uuid4() if sample else UUID(int=0), sample
    while left is None or left > 0:
        with system_access("figures", "chooses the cases to compare"):
            rows = Case.objects.filter(office=office, pk__gt=after).order_by("pk")
            batch = list(rows.values_list("pk", flat=True)[: STEP if left is None else min(left, STEP)])
        if not batch:
            return
        yield batch
        after, left = batch[-1], left and left - len(batch)


def cases(office: Office, batch: Collection[UUID], *, mend: bool = False) -> list[Difference]:
    """Rows of cases that are not what their records give."""
    waiting = _waiting(batch)
    held = {row.case_id: row for row in Counted.objects.filter(case_id__in=batch)}
    stored = Counter(map(_place, CountedRow.objects.filter(case_id__in=batch)))
    today, counted = today_in(office, timezone.now()), Counter[tuple]()
    for case_id, tables in read(Case.objects.filter(pk__in=batch)).items():
        facts, _held = count(tables, _day_of(held.get(case_id), today))
        counted.update(map(_place_of_fact, facts))
    waiting |= _waiting(batch)
    found: Counter = Counter()
    wrong: set[UUID] = set()
    for place in stored.keys() | counted.keys():
        if (case_id := UUID(place[0])) not in waiting and stored[place] != counted[place]:
            found[place[1], (place[2] or "")[:7], stored[place], counted[place]] += 1
            wrong.add(case_id)
    if mend:
        Mark.objects.bulk_create(Mark(case_id=pk, office_id=office.pk, xact=0) for pk in sorted(wrong))
    return [
        Difference(office.key, figure, month or "undated", was, now, f"{times} times")
        for (figure, month, was, now), times in sorted(found.items())
    ]


def _waiting(batch: Collection[UUID]) -> set[UUID]:
    return {*Mark.objects.filter(case_id__in=batch).values_list("case_id", flat=True)}


def _day_of(held: Counted | None, today: date) -> date:
    """A day for which what is written down says that it holds: today, or the nearest to it."""
    return today if held is None else min(max(today, held.since), held.until)


def _place(row: CountedRow) -> tuple:
    days = [day and day.isoformat() for day in (row.first, row.last)]
    amounts = [_said(row.low), _said(row.high)]
    return (
        str(row.case_id), row.figure, *days, str(row.pk_counted), row.code, row.currency, *amounts, row.about,
    )  # fmt: skip


def _place_of_fact(fact: dict) -> tuple:
    amounts = [_said(fact["low"]), _said(fact["high"])]
    return (
        fact["case_id"], fact["figure"], fact["first"], fact["last"], fact["pk"], fact["code"],
        fact["currency"], *amounts, fact["about"],
    )  # fmt: skip


def _said(amount: Any) -> str | None:
    return None if amount is None else f"{Decimal(amount):.4f}"
