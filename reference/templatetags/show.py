"""How half-known values are shown: partial dates, quantities, money, codes."""

from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from django import template
from django.utils import timezone, translation
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reference.values import PartialDate, Quantity

register = template.Library()


# Babel's long patterns would put the month first in English; each language has its own glue.
PATTERNS = {
    "en": {"date": "d MMMM y", "month": "LLLL y", "day": "EEE d MMMM y", "moment": "EEE d MMMM y, HH:mm"},
    "es": {
        "date": "d 'de' MMMM 'de' y",
        "month": "LLLL 'de' y",
        "day": "EEE d 'de' MMMM 'de' y",
        "moment": "EEE d 'de' MMMM 'de' y, HH:mm",
    },
}


def _pattern(name):
    return PATTERNS.get(_language().language, PATTERNS["en"])[name]


def _language():
    return _locale((translation.get_language() or "en").split("-")[0])


@cache
def _locale(language):
    """Babel reads the name of a language anew for each date it is asked for."""
    return Locale.parse(language)


@register.filter
def edtf(value):
    """A partial date in words: 10 March 2017, about March 2017, 2017?; '' stays ''."""
    if not value:
        return ""
    value = PartialDate(value)
    year, month, day, mark = value.parts
    if day:
        text = format_date(value.first, _pattern("date"), locale=_language())
    elif month:
        text = format_date(value.first, _pattern("month"), locale=_language())
    else:
        text = str(year)
    if mark == "~":
        return _("about %(date)s") % {"date": text}
    if mark:
        return _("%(date)s (not certain)") % {"date": text}
    return text


@register.filter
def day(value):
    """A date or moment as its day in the current time zone: Tue 24 November 2026."""
    if not value:
        return ""
    if hasattr(value, "tzinfo"):
        value = timezone.localtime(value).date()
    return format_date(value, _pattern("day"), locale=_language())


@register.filter
def moment(value):
    """Day and clock time in the current time zone."""
    if not value:
        return ""
    return format_datetime(timezone.localtime(value), _pattern("moment"), locale=_language())


@register.filter
def clock(value):
    """Clock time: 08:30."""
    if not value:
        return ""
    if hasattr(value, "date"):
        value = timezone.localtime(value).time()
    return format_time(value, "HH:mm", locale=_language())


@register.filter
def quantity(value):
    """A quantity in words: 31, about 5, 7 to 10, at least 101, at most 24."""
    if value in ("", None):
        return ""
    known = Quantity.of(value)
    low, high = (
        end if end is None else format_decimal(end, locale=_language()) for end in (known.low, known.high)
    )
    if low == high:
        return _("about %(number)s") % {"number": low} if known.about else low
    if high is None:
        return _("at least %(number)s") % {"number": low}
    if low is None:
        return _("at most %(number)s") % {"number": high}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


@register.simple_tag
def money(low, high, currency):
    """An amount or a range of it with its currency; '' when there is none."""
    if low is None:
        return ""
    first = format_currency(low, currency, locale=_language())
    if high is None or high == low:
        return first
    return _("%(low)s to %(high)s") % {
        "low": first,
        "high": format_currency(high, currency, locale=_language()),
    }


@register.filter
def labels(values, choices):
    """The words of several codes, in a row."""
    names = dict(choices)
    return ", ".join(str(names.get(value, value)) for value in values or [])


@register.filter
def countries(values):
    """The names of countries by their two letters, in a row."""
    names = _language().territories
    return ", ".join(names.get(value, value) for value in values or [])


@register.filter
def lines(values):
    """Short texts one beneath the other."""
    return format_html_join(mark_safe("<br>"), "{}", ((value,) for value in values or []))  # noqa: S308
