"""The parts of a period that stand side by side: months; of a long one quarters, of a longer one years."""

from datetime import date
from typing import NamedTuple

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from dashboards.periods import MOST_MONTHS, months_back, months_on, named, spoken, whole

MONTH, QUARTER, YEAR = 1, 3, 12
FEET = 10  # years that are named under one picture


class Stretch(NamedTuple):
    """Some whole months: their name, what stands under their column (often nothing), and their address."""

    first: date
    last: date
    label: str
    foot: str
    slim: bool  # no room for the foot on a phone
    link: dict

    @property
    def period(self):
        return self.first, self.last


def words(step):
    """What pictures and tables are called, by how much one of their parts spans."""
    if step == MONTH:
        return {
            "one": _("Month"), "all": _("Month by month"),
            "relieved": _("People relieved, by month"), "hearings": _("Hearings, by month and outcome"),
        }  # fmt: skip
    if step == QUARTER:
        return {
            "one": _("Quarter"), "all": _("Quarter by quarter"),
            "relieved": _("People relieved, by quarter"), "hearings": _("Hearings, by quarter and outcome"),
        }  # fmt: skip
    return {
        "one": _("Year"), "all": _("Year by year"),
        "relieved": _("People relieved, by year"), "hearings": _("Hearings, by year and outcome"),
    }  # fmt: skip


def stretches_of(period, today, counted):
    """(months in each, all of them from the oldest): the whole period, or the last twelve months of all time.

    `counted(first, last)` says whether anything lies there: of years those before the first are left out.
    """
    if period is None:
        months = months_back(today, 12)
        return MONTH, [stretch(MONTH, *whole(first), len(months)) for first in months]
    first = period[0]
    last = min(period[1], max(date(today.year + 1, 12, 31), whole(first)[1]))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (MONTH, QUARTER) if count <= step * MOST_MONTHS), YEAR)
    if step == YEAR:
        first = max(first, date(first_year(first, last, counted), 1, 1))
    spans, at = [], first
    while at <= last:
        after = months_on(at.replace(month=(at.month - 1) // step * step + 1), step)
        spans.append((at, min(whole(months_on(after, -1))[1], last)))
        at = after
    return step, [stretch(step, *span, len(spans)) for span in spans]


def first_year(first, last, counted):
    """The first year in which anything lies, or the last one; found by halves."""
    low, high = first.year, last.year
    while low < high:
        middle = (low + high) // 2
        if counted(first, date(middle, 12, 31)):
            high = middle
        else:
            low = middle + 1
    return low


def stretch(step, first, last, count):
    """One of so many."""
    full = (first.month - 1) % step == 0 and months_on(first, step - 1) == last.replace(day=1)
    if step == MONTH:
        crowded, foot = count > 12, (named(first) if first.month % 3 == 1 else "")
        foot, slim = (foot, first.month % 6 == 4) if crowded else (named(first, short=True), None)
        return Stretch(first, last, named(first), foot, slim, {"period": f"{first:%Y-%m}"})
    link = {"since": f"{first:%Y-%m}", "until": f"{last:%Y-%m}", "period": None}
    if step == QUARTER:
        label = quarter(first) if full else spoken((first, last))
        return Stretch(first, last, label, str(first.year) if first.month == 1 else "", False, link)
    every = -(-count // FEET)
    foot = "" if first.year % every else str(first.year)
    link = {"period": str(first.year)} if full else link
    return Stretch(first, last, spoken((first, last)), foot, first.year // every % 2 == 1, link)


def quarter(first):
    """Q1 2016."""
    language = (translation.get_language() or "en").split("-")[0]
    return format_date(first, "QQQ y", locale=language)
