"""Frozen months: which figures stand on a sheet, by which words they were counted, and what the digest is of.

Flows are what happened in the month; each is kept case by case, so that a correction can name its cases.
Stands are true of the last day of the month. What is true of a day cannot be counted again later from records
that say only what is true now, so stands are frozen and not compared; the flows are.
"""

import calendar
import json
from dataclasses import fields
from datetime import UTC, date, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import translation

from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, QUANTITY
from reference.values import Quantity

FLOWS = (
    "people_found", "people_relieved", "relieved_by_operation", "people_repatriated", "children_found",
    "suspects_arrested", "accused_charged", "accused_convicted", "life_sentences", "hearings_total",
    "hearings_adjourned", "operations_total", "operations_failed", "survivors_testified",
    "assessments_total", "survivors_restored", "cases_opened", "fines", "wages_lost",
    "compensation_awarded", "compensation_paid", "benefits_granted", "benefits_paid", "service_costs",
)  # fmt: skip
STANDS = (
    "cases_open", "accused_on_bail", "accused_in_custody", "people_restrained", "survivors_in_aftercare",
    "reviews_due",
)  # fmt: skip
CENT = Decimal("0.01")
FORM = "ijm-month-sheet-1"


def flows():
    """The flows that the catalogue knows, each a sum of its rows."""
    return [name for name in FLOWS if name in FIGURES and _is_sum(FIGURES[name])]


def stands():
    return [name for name in STANDS if name in FIGURES]


def _is_sum(figure):
    return figure.kind in (QUANTITY, PER_CURRENCY) and figure.fold is None


def last_day(month):
    """The last day of the month that begins on this day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def month_before(day):
    """The first day of the month before that of this day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day):
    return last_day(day) + timedelta(days=1)


def definition_of(name):
    """The beginning of a digest of the words by which a figure is counted."""
    figure = FIGURES[name]
    with translation.override("en"):
        said = [str(getattr(figure, field.name)) for field in fields(figure) if field.name not in CODE]
    return sha256("|".join(said).encode()).hexdigest()[:16]


CODE = ("count", "fold")


def per_case(seen, name, period):
    """{(currency, id of the case): what the case gives to the figure in the period}."""
    sums = {}
    for row in FIGURES[name].rows(seen, period=period):
        place = (row.currency, row.case_id)
        sums[place] = sums[place] + row.amount if place in sums else row.amount
    return {place: rounded(amount) for place, amount in sums.items()}


def rounded(amount):
    """As the columns hold it."""
    low, high = (None if end is None else end.quantize(CENT) for end in (amount.low, amount.high))
    return Quantity(low, high, amount.about)


def quantity_of(row, before=False):
    """What a row says, as a quantity; `before`: what the line was before it was corrected."""
    start = "was_" if before else ""
    low, high = getattr(row, f"{start}low"), getattr(row, f"{start}high")
    return Quantity(low, high, getattr(row, f"{start}about"))


def amount_fields(amount, start=""):
    """The columns of a quantity."""
    return {f"{start}low": amount.low, f"{start}high": amount.high, f"{start}about": amount.about}


def digest_of_cases(rows):
    """Over what each case gave, in an order that does not depend on anything."""
    said = sorted(
        f"{row.name}|{row.month}|{row.currency}|{row.case_id}|{_told(quantity_of(row))}" for row in rows
    )
    return sha256("\n".join(said).encode()).hexdigest()


def digest_of(sheet, lines):
    """Over everything on the sheet, as canonical JSON, and by it over every sheet before."""
    said = {
        "form": FORM,
        "office": sheet.office.key,
        "month": sheet.month.isoformat(),
        "as_of": sheet.as_of.isoformat(),
        "counted_at": sheet.counted_at.astimezone(UTC).isoformat(),
        "previous": sheet.previous.digest if sheet.previous else "",
        "cases": sheet.cases_digest,
        "lines": sorted(_line(line) for line in lines),
    }
    return _hash(said)


def digest_of_word(word):
    """Over the sheet that was signed, and who signed it when with which note."""
    said = {
        "sheet": word.sheet.digest,
        "by": str(word.signed_by_id),
        "at": word.signed_at.astimezone(UTC).isoformat(),
        "note": word.note,
    }
    return _hash(said)


def message_of(what, digest):
    """What the house puts its signature under: never to be taken for the signature of anything else."""
    return f"{FORM}|{what}|{digest}".encode()


def _hash(said):
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _line(line):
    month = line.month if isinstance(line.month, str) else line.month.isoformat()
    return [
        line.name, month, line.currency, _told(quantity_of(line)), _told(quantity_of(line, before=True)),
        line.definition,
    ]  # fmt: skip


def _told(amount):
    low, high = ("" if end is None else f"{end:.2f}" for end in (amount.low, amount.high))
    return f"{low}..{high}{'~' if amount.about else ''}"


def jumps(was, now):
    """Has a figure moved so far that whoever signs should say why? By ten or more, and by half or more."""
    if was is None or now is None:
        return False
    move = abs(now - was)
    return move >= 10 and 2 * move >= max(abs(was), 1)


def middle(amount):
    """One number for comparing: the lower end, else the upper one."""
    return amount.low if amount.low is not None else amount.high


def is_month(day: date) -> bool:
    return day.day == 1
