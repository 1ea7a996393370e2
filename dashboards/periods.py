"""Spans of time that figures are asked for."""

import calendar
import re
from datetime import date

from babel.dates import format_date
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

MONTH = re.compile(r"^([12]\d{3})-(0[1-9]|1[0-2])$")


class Period(models.TextChoices):
    """Which part of the calendar, up to its end?"""

    MONTH = "month", _("This month")
    QUARTER = "quarter", _("This quarter")
    YEAR = "year", _("This year")


def span(asked, today):
    """(first day, last day) of what was asked for; None for all time."""
    if not asked:
        return None
    month = MONTH.match(asked)
    if month:
        return whole(date(int(month[1]), int(month[2]), 1))
    first = {
        Period.MONTH: today.replace(day=1),
        Period.QUARTER: today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1),
        Period.YEAR: today.replace(month=1, day=1),
    }[asked]
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[asked]
    return first, whole(months_on(first, months - 1))[1]


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
    """The months to show one by one: those of the period, or the last twelve."""
    if period is None:
        return months_back(today, 12)
    first, last = period
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_on(first, step) for step in range(min(count, 12))]


def named(day, short=False):
    """Mar 2026, or Mar on the foot of a chart."""
    language = (translation.get_language() or "en").split("-")[0]
    return format_date(day, "LLL" if short else "LLL y", locale=language)
