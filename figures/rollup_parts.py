"""Sums of rows: added to each other, taken off each other, folded into what a figure comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from figures import courts
from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, PERCENT
from figures.rows import NOTHING, Row
from reference.values import PartialDate, Quantity, plain


@dataclass
class Part:
    """Sums of some rows of one figure, added or taken off."""

    office: Any
    code: str
    currency: str
    first: date | None
    last: date | None
    n: int = 0
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    open_n: int = 0
    about_n: int = 0

    def add(self, other: "Part") -> None:
        self.n += other.n
        self.low += other.low
        self.high += other.high
        self.open_n += other.open_n
        self.about_n += other.about_n

    def taken_off(self) -> "Part":
        """The same, to be added where it is too much."""
        sums = (-self.n, -self.low, -self.high, -self.open_n, -self.about_n)
        return Part(self.office, self.code, self.currency, self.first, self.last, *sums)

    @property
    def quantity(self) -> Quantity:
        """The sum, as `figures.rows.total` gives it."""
        if not self.n:
            return NOTHING
        high = None if self.open_n else Decimal(plain(self.high))
        return Quantity(Decimal(plain(self.low)), high, bool(self.about_n))

    def lies_in(self, period: tuple[date, date] | None) -> bool:
        """As `figures.rows.within` says of a date."""
        if period is None:
            return True
        if self.first is None or self.last is None:
            return False
        return period[0] <= self.first and self.last <= period[1]


def part_of(row: Row, office: Any) -> Part:
    """A row that was counted just now."""
    first, last = (row.on.first, row.on.last) if isinstance(row.on, PartialDate) else (None, None)
    low, high = row.amount.low, row.amount.high
    return Part(
        office, row.code, row.currency, first, last, 1, low or Decimal(0), high or Decimal(0),
        int(high is None), int(row.amount.about),
    )  # fmt: skip


def part_of_sums(row: tuple) -> Part:
    """One row of figures.rollup_statement."""
    _kind, _case, office, _figure, code, currency, first, last, *sums = row
    return Part(office, code, currency, first, last, *sums)


def folded(name: str, parts: Iterable[Part]) -> Any:
    """What a figure comes to: an amount by currency, a share, or a sum."""
    kind = FIGURES[name].kind if name in FIGURES else ""
    if kind == PER_CURRENCY:
        return {currency: part.quantity for currency, part in grouped(parts, "currency").items() if part.n}
    if kind == PERCENT:
        return courts.rate_of({code: part.n for code, part in grouped(parts, "code").items()})
    return whole_of(parts).quantity


def grouped(parts: Iterable[Part], field: str) -> dict[Any, Part]:
    """The sums under each value of a field."""
    sums: dict[Any, Part] = {}
    for part in parts:
        sums.setdefault(getattr(part, field), empty()).add(part)
    return sums


def whole_of(parts: Iterable[Part]) -> Part:
    total = empty()
    for part in parts:
        total.add(part)
    return total


def empty() -> Part:
    return Part(None, "", "", None, None)
