"""Values that are often only half known: dates, quantities and money.

Dates follow EDTF level 0 and 1 as far as the case-file format uses it (ISO 8601-2:2019): ``2017``,
``2017-03``, ``2017-03-10``, each with ``~`` (about), ``?`` (uncertain) or ``%`` (both) at the end.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

EDTF = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%])?\Z", re.ASCII)
QUANTITY = re.compile(r"^(?:(\d+(?:\.\d+)?)(~)?|(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?)\Z", re.ASCII)
MONEY = re.compile(r"^(\d+(?:\.\d{1,2})?)(?:\.\.(\d+(?:\.\d{1,2})?))? ([A-Z]{3})\Z", re.ASCII)


def western(text):
    """Digits of any script as 0 to 9: keyboards in Kolkata and Phnom Penh have their own."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


class PartialDate(str):
    """A date known to the day, the month or the year; compares and sorts as its text."""

    __slots__ = ()

    def __new__(cls, text):
        if isinstance(text, date):
            text = text.strftime("%Y-%m-%d")
        text = western(text)
        match = EDTF.match(text)
        if not match:
            raise ValueError(f"not a date we can read: {text}")
        year, month, day, _ = match.groups()
        if int(year) < 1:
            raise ValueError(f"not a year: {text}")
        if day and int(day) > calendar.monthrange(int(year), int(month))[1]:
            raise ValueError(f"no such day: {text}")
        return super().__new__(cls, text)

    @property
    def parts(self):
        """(year, month or None, day or None, qualifier or '')."""
        year, month, day, mark = EDTF.match(self).groups()
        return int(year), month and int(month), day and int(day), mark or ""

    @property
    def first(self):
        """The first day it can mean."""
        year, month, day, _ = self.parts
        return date(year, month or 1, day or 1)

    @property
    def last(self):
        """The last day it can mean."""
        year, month, day, _ = self.parts
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    @property
    def exact(self):
        """True when it names one day without a doubt."""
        _, _, day, mark = self.parts
        return bool(day) and not mark


@dataclass(frozen=True)
class Quantity:
    """A number, or what is known of one: 5, 5~, 7..10, ..24, 101.. (ends included, None = open)."""

    low: Decimal | None
    high: Decimal | None
    about: bool = False

    def __post_init__(self):
        # A range says by itself how much is known; "about" belongs to single numbers.
        if self.about and (self.low is None or self.low != self.high):
            object.__setattr__(self, "about", False)

    @classmethod
    def of(cls, text):
        """Read a number or the text of a quantity; ValueError when it is neither or runs backwards."""
        if isinstance(text, Quantity):
            return text
        text = western(str(text))
        match = QUANTITY.match(text)
        if not match or text == "..":
            raise ValueError(f"not a quantity: {text}")
        single, about, low, high = match.groups()
        if single is not None:
            return cls(Decimal(single), Decimal(single), bool(about))
        low, high = (Decimal(end) if end else None for end in (low, high))
        if low is not None and high is not None and low > high:
            raise ValueError(f"runs backwards: {text}")
        return cls(low, high)

    @property
    def exact(self):
        return self.low is not None and self.low == self.high and not self.about

    def __add__(self, other):
        other = Quantity.of(other)
        low, high = (
            None if mine is None or theirs is None else mine + theirs
            for mine, theirs in ((self.low, other.low), (self.high, other.high))
        )
        return Quantity(
            low if low is not None else _known(self.low, other.low), high, self.about or other.about
        )

    __radd__ = __add__

    def higher(self, other):
        """The higher of two counts of the same people, as far as it is known."""
        low = max((end for end in (self.low, other.low) if end is not None), default=None)
        ends = (self.high, other.high)
        high = None if None in ends else max(ends)
        settled = low is not None and low == high
        about = (self.about or other.about) and not (settled and _exactly(low, self, other))
        return Quantity(low, high, about)

    def __str__(self):
        if self.low is not None and self.low == self.high:
            return f"{plain(self.low)}{'~' if self.about else ''}"
        return (
            f"{'' if self.low is None else plain(self.low)}..{'' if self.high is None else plain(self.high)}"
        )


def _known(one, two):
    """At least this many, when only one of two counts has a floor."""
    return one if two is None else two


def _exactly(number, *quantities):
    return any(q.exact and q.low == number for q in quantities)


def plain(number):
    """A decimal without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Money:
    """An amount, or a range of which only the ends are known, in one ISO 4217 currency."""

    low: Decimal
    high: Decimal
    currency: str

    @classmethod
    def of(cls, text):
        """Read '12000 PHP' or '3000..8000 USD'; ValueError when it is neither."""
        match = MONEY.match(western(text))
        if not match:
            raise ValueError(f"not an amount with its currency: {text}")
        low, high, currency = match.groups()
        try:
            low, high = Decimal(low), Decimal(high or low)
        except InvalidOperation as why:
            raise ValueError(f"not an amount: {text}") from why
        if low > high:
            raise ValueError(f"runs backwards: {text}")
        return cls(low, high, currency)

    @property
    def quantity(self):
        return Quantity(self.low, self.high)

    def __str__(self):
        ends = plain(self.low) if self.low == self.high else f"{plain(self.low)}..{plain(self.high)}"
        return f"{ends} {self.currency}"
