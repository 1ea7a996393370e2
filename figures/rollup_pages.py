"""The list behind a number, page by page: what was written down says which rows stand on it, and the records
of the few cases of the page say what stands there.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from figures.catalogue import FIGURES
from figures.models import CountedRow
from figures.recounting import Common
from figures.rows import Row, within
from reference.values import PartialDate


def page_of(sums: Any, cut: tuple[str, Any, Any, str], start: int, size: int) -> list[Row]:
    """So many rows from `start` on, the newest first; `cut` is (figure, period, office, code).

    Rows of cases that wait are put in where they belong among those that were written down.
    """
    name, period, office, code = cut
    live = [
        row
        for row in sums.live_rows(name)
        if within(row.on, period)
        and (office is None or sums.office_of[row.case_id] == office)
        and (not code or row.code == code)
    ]
    skipped = max(0, start - len(live))
    stored = _stored(sums, *cut)[skipped : start + size]
    places = [(place_of(row), row) for row in live] + [(_place_of_stored(row), row) for row in stored]
    places.sort(key=lambda one: one[0])
    return _shown(sums, name, [row for _place, row in places[start - skipped : start - skipped + size]])


def _stored(sums: Any, name: str, period: Any, office: Any, code: str) -> QuerySet:
    """The rows that were written down, of cases that do not wait."""
    rows = sums.narrow.counted(CountedRow.objects.filter(figure=name))
    if not sums.behind:
        rows = rows.exclude(case_id__in=sums.waiting)
    if period is not None:
        rows = rows.filter(first__gte=period[0], first__lte=period[1], last__lte=period[1])
    if office is not None:
        rows = rows.filter(office_id=office)
    if code:
        rows = rows.filter(code=code)
    return rows.order_by(F("first").desc(nulls_last=True), "case_id", "pk_counted")


def _shown(sums: Any, name: str, chosen: list) -> list[Row]:
    """The rows in full, as the viewer sees their records now: what was written down is but their place."""
    stored = {row.case_id for row in chosen if isinstance(row, CountedRow)}
    now = FIGURES[name].count(Common(sums.cases_asked.filter(pk__in=stored), sums.today)) if stored else []
    found: dict[tuple, list[Row]] = {}
    for row in now:
        found.setdefault((row.case_id, row.pk, row.code, row.currency), []).append(row)
    rows = []
    for row in chosen:
        if isinstance(row, Row):
            rows.append(row)
        elif same := found.get((row.case_id, row.pk_counted, row.code, row.currency)):
            rows.append(same.pop(0))
    return rows


def place_of(row: Row) -> tuple:
    """Where a row stands in a list: later dates first, unknown ones last."""
    return _place(row.on.first if isinstance(row.on, PartialDate) else None, row.case_id, row.pk)


def _place_of_stored(row: CountedRow) -> tuple:
    return _place(row.first, row.case_id, row.pk_counted)


def _place(first: date | None, case_id: UUID, pk: UUID) -> tuple:
    return first is None, -first.toordinal() if first else 0, case_id, pk
