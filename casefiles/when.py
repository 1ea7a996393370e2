"""Dates of a file: relative ones become days, and every one is a day of the calendar."""

import datetime
import re
from functools import cache

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from casefiles.contract import schema
from reference.values import Money, PartialDate, Quantity

RELATIVE = re.compile(r"^([+-]\d{1,5})d(?: (\d\d:\d\d))?$")
DATED = re.compile(r"^(\d{4}(?:-\d\d){0,2})(?: (\d\d:\d\d))?([~?%]?)$")
KINDS = {
    "#/$defs/date": "date",
    "#/$defs/moment": "date",
    "#/$defs/money": "money",
    "#/$defs/quantity": "quantity",
}


def _named(part, found):
    """Names of the fields that hold dates, money or quantities, anywhere in the schema."""
    if isinstance(part, dict):
        for name, field in part.get("properties", {}).items():
            if isinstance(field, dict) and (kind := KINDS.get(field.get("$ref"))):
                found.setdefault(name, set()).add(kind)
        for value in part.values():
            _named(value, found)
    elif isinstance(part, list):
        for value in part:
            _named(value, found)
    return found


@cache
def fields_by_kind():
    return _named(schema(), {})


def moment(text):
    """(date or '', local time or None) of a date with or without a clock time."""
    if not text:
        return "", None
    day, clock, mark = DATED.match(text).groups()
    time = datetime.time.fromisoformat(clock) if clock else None
    return PartialDate(day + mark), time


def resolve(value, loaded_on):
    """The same document with every relative date as the day it means, counted from the day of first
    loading.
    """
    if isinstance(value, dict):
        return {key: resolve(part, loaded_on) for key, part in value.items()}
    if isinstance(value, list):
        return [resolve(part, loaded_on) for part in value]
    if isinstance(value, str) and (match := RELATIVE.match(value)):
        days, clock = match.groups()
        day = loaded_on + datetime.timedelta(days=int(days))
        return day.isoformat() + (f" {clock}" if clock else "")
    return value


def is_relative(value):
    return isinstance(value, str) and bool(RELATIVE.match(value))


def check_values(file):
    """Every date is a day of the calendar, relative ones stand in demo files only, and no range runs
    backwards.
    """
    kinds, demo = fields_by_kind(), bool(file.document.get("demo"))
    for where, name, value in leaves(file.document):
        for kind in kinds.get(name, ()):
            if reason := CHECKS[kind](value, demo):
                file.fault(reason, *where)


def leaves(value, where=(), name=""):
    """(place, field name, value) of every value that is not a list or group."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*where, key), key)
    elif isinstance(value, list):
        for position, part in enumerate(value, 1):
            yield from leaves(part, (*where, position), name)
    else:
        yield where, name, value


def _date_fault(value, demo):
    if is_relative(value):
        if not demo:
            return _("a date counted from the day of loading may stand only in a file marked demo: true")
        return "" if _in_calendar(value) else _("lies beyond the calendar")
    if isinstance(value, str) and DATED.match(value):
        try:
            moment(value)
        except ValueError:
            return _("%s is not a day of the calendar") % value
    return ""


def _in_calendar(value):
    try:
        resolve(value, datetime.date(2026, 1, 1))
    except OverflowError:
        return False
    return True


def _quantity_fault(value, demo):
    if isinstance(value, str) and ".." in value:
        try:
            Quantity.of(value)
        except ValueError:
            return _("%s runs backwards") % value
    return ""


def _money_fault(value, demo):
    if not isinstance(value, str):
        return ""
    try:
        money = Money.of(value)
    except ValueError:
        return _("%s runs backwards") % value if re.search(r"\d \w{3}$", value) else ""
    if money.currency not in currencies():
        return _("%s is not a currency in use") % money.currency
    return _("is more money than can be stored") if money.high >= 10**14 else ""


@cache
def currencies():
    """ISO 4217 codes, old ones too: histories reach back."""
    return list_currencies()


CHECKS = {"date": _date_fault, "quantity": _quantity_fault, "money": _money_fault}
