"""Spans of time that figures are asked for."""

import calendar
import re
from datetime import date

from babel.dates import format_date
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

MONTH = re.compile(r"^([12]\d{3})-(0[1-9]|1[0-2])$")
CALENDAR_YEAR = re.compile(r"^[12]\d{3}$")
MOST_MONTHS = 24  # as many as one picture shows


class Period(models.TextChoices):
    """Which part of the calendar, up to its end?"""

    MONTH = "month", _("This month")
    QUARTER = "quarter", _("This quarter")
    YEAR = "year", _("This year")
    LAST_12 = "last12", _("Last 12 months")


def span(asked, today):
    """(first day, last day) of what was asked for; None for all time."""
    if not asked:
        return None
    month = MONTH.match(asked)
    if month:
        return whole(date(int(month[1]), int(month[2]), 1))
    if CALENDAR_YEAR.match(asked):
        return date(int(asked), 1, 1), date(int(asked), 12, 31)
    first = {
        Period.MONTH: today.replace(day=1),
        Period.QUARTER: today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1),
        Period.YEAR: today.replace(month=1, day=1),
        Period.LAST_12: months_on(today.replace(day=1), -11),
    }[asked]
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12, Period.LAST_12: 12}[asked]
    return first, whole(months_on(first, months - 1))[1]


def between(since, until, today):
    """From one month to another, each 2026-03 or nothing; None where neither is said."""
    if not since and not until:
        return None
    first = span(since, today)[0] if since else date(1900, 1, 1)
    return first, span(until, today)[1] if until else whole(today.replace(day=1))[1]


def known(asked):
    """Is this a period that `span` can read?"""
    return asked in Period.values or bool(MONTH.match(asked) or CALENDAR_YEAR.match(asked))


def whole(first):
    """The month that begins on this day."""
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def months_on(first, count):
    """The first day of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)


def months_back(today, count):
    """The first days of the last so many months, this one included, oldest first."""
    return [months_on(today.replace(day=1), -back) for back in range(count - 1, -1, -1)]


def months_of(period, today):
    """The months to show one by one: those of the period, the latest of a long one, or the last twelve."""
    if period is None:
        return months_back(today, 12)
    first, last = period
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_on(first, step) for step in range(max(0, count - MOST_MONTHS), count)]


def spoken(period):
    """A span of whole months in words: March 2026, 2025, or Mar 2026 to Nov 2026."""
    if period is None:
        return str(_("All time"))
    first, last = period
    if first.year == 1900:
        return _("Until %(month)s") % {"month": named(last)}
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return named(first)
    return _("%(first)s to %(last)s") % {"first": named(first), "last": named(last)}


def named(day, short=False):
    """Mar 2026, or Mar on the foot of a chart."""
    language = (translation.get_language() or "en").split("-")[0]
    return format_date(day, "LLL" if short else "LLL y", locale=language)
