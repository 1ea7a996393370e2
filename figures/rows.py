"""What a figure counts, row by row, and how the rows fold into its value."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from reference.values import PartialDate, Quantity

SOON = timedelta(days=7)
ONE = Quantity(Decimal(1), Decimal(1))
NOTHING = Quantity(Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Row:
    """One thing that a figure counts, without a name or label: which record of which case, when, how much."""

    case_id: UUID
    number: str
    model: str
    pk: UUID
    key: str
    on: PartialDate | str
    what: str
    amount: Quantity = field(default=ONE)
    currency: str = ""
    code: str = ""


def happened(on: PartialDate | str, day: date) -> bool:
    """Undated facts have happened; dated ones unless they lie wholly after the day."""
    return not isinstance(on, PartialDate) or on.first <= day


def passed(on: PartialDate | str, day: date) -> bool:
    """Wholly before the day."""
    return isinstance(on, PartialDate) and on.last < day


def within(on: PartialDate | str, period: tuple[date, date] | None) -> bool:
    """In the period; a vague date only if it lies wholly in it, an unknown one never."""
    if period is None:
        return True
    return isinstance(on, PartialDate) and period[0] <= on.first and on.last <= period[1]


def total(rows):
    """The sum of the amounts."""
    return sum((row.amount for row in rows), NOTHING)


def highest(rows):
    """The highest amount; None when there is none."""
    amounts = [row.amount for row in rows]
    if not amounts:
        return None
    top = amounts[0]
    for amount in amounts[1:]:
        top = top.higher(amount)
    return top


def by_currency(rows):
    """The sum of the amounts of each currency."""
    sums = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, NOTHING) + row.amount
    return sums


def span_by_currency(rows):
    """From the lowest to the highest amount of each currency."""
    spans = {}
    for row in rows:
        was = spans.get(row.currency, row.amount)
        spans[row.currency] = Quantity(min(was.low, row.amount.low), max(was.high, row.amount.high))
    return spans


def by_key(rows):
    """The sum for each record, by case number and local key."""
    sums = {}
    for row in rows:
        place = (row.number, row.key)
        sums[place] = sums.get(place, NOTHING) + row.amount
    return sums


def by_key_and_code(rows):
    """For each record, by case number and local key, the amount for each code."""
    tables = {}
    for row in rows:
        tables.setdefault((row.number, row.key), {})[row.code] = row.amount.low
    return tables


def by_code(rows):
    """The sum for each code, the highest first."""
    sums = {}
    for row in rows:
        sums[row.code] = sums.get(row.code, NOTHING) + row.amount
    return dict(sorted(sums.items(), key=lambda item: (-item[1].low, item[0])))


def codes_once(rows):
    """The codes, each once, in order of first sight."""
    return list(dict.fromkeys(row.code for row in rows))


def percent(part, whole):
    """One decimal; None of nothing."""
    if not whole:
        return None
    share = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Quantity(share, share)
