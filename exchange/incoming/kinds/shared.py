"""What several kinds ask: the case of a row, numbers of one's own that are taken, days that cannot be."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from cases.clock import today_in
from cases.models import Case
from exchange.incoming.contract import Chunk, Row


def cases_of(chunk: Chunk, name: str = "case") -> None:
    """Find the case of each row by its number, into row.work["case"]; a fault where there is none."""
    numbers = {row[name] for row in chunk.rows if row[name]}
    found = {case.number: case for case in Case.objects.filter(number__in=numbers).select_related("office")}
    for row in chunk.rows:
        case = found.get(row[name])
        if row[name] and case is None:
            row.fault(name, "case_unknown")
        elif case is not None and case.office_id != chunk.office.pk:
            row.fault(name, "case_elsewhere")
        row.work["case"] = case


def taken_numbers(chunk: Chunk, model: type[models.Model], rows: Iterable[Row]) -> None:
    """Numbers of the office's own that another record, or an earlier row, has already."""
    rows = [row for row in rows if row["external_id"]]
    said = {row["external_id"] for row in rows}
    known = model.objects.filter(office=chunk.office, external_id__in=said)  # type: ignore[attr-defined]
    known = set(known.values_list("external_id", flat=True))
    for row in rows:
        if row["external_id"] in known:
            row.fault("external_id", "external_taken")
        elif first := chunk.again((model._meta.label, row["external_id"]), row):
            row.fault("external_id", "row_again", row=first)


def not_ahead(chunk: Chunk, row: Row, *names: str) -> None:
    """These days have been."""
    today = today_in(chunk.office, chunk.now)
    for name in names:
        if row[name] and row[name].first > today:
            row.fault(name, "date_future")


def in_order(row: Row, first: str, last: str, label: Any) -> None:
    """An end does not lie before its beginning."""
    if row[first] and row[last] and row[last].last < row[first].first:
        row.fault(last, "date_before", other=str(label))


def touch_all(cases: Iterable[UUID], now: datetime) -> None:
    """Something in these cases changed now."""
    Case.objects.filter(pk__in=set(cases)).update(touched_at=now)


def locked(cases: Iterable[UUID]) -> None:
    """Nobody else gives out keys in these cases until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(cases))
    list(rows.order_by("pk").values_list("pk", flat=True))


class Keys:
    """The next free local keys of many cases: s1, s2."""

    def __init__(self, model: type[models.Model], letter: str, cases: set[UUID]) -> None:
        self.letter = letter
        self.last = dict.fromkeys(cases, 0)
        rows = model.objects.filter(case_id__in=cases)  # type: ignore[attr-defined]
        for case_id, key in rows.values_list("case_id", "key"):
            number = key[len(letter) :]
            if key.startswith(letter) and number.isdecimal() and len(number) < 10:
                self.last[case_id] = max(self.last[case_id], int(number))

    def next(self, case_id: UUID) -> str:
        self.last[case_id] += 1
        return f"{self.letter}{self.last[case_id]}"


def today(chunk: Chunk) -> date:
    return today_in(chunk.office, chunk.now)
