"""What a figure is: one function that counts, and how its rows fold into a value."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from accounts.roles import Can
from figures import courts
from figures.rows import by_code, by_currency, by_key, by_key_and_code, codes_once, happened, total, within
from figures.snapshot import Snapshot

QUANTITY, PER_CURRENCY, PER_KEY, PER_CODE = "quantity", "per_currency", "per_key", "per_code"
PERCENT, LIST, SCORES = "percent", "list", "scores"

FOLDS = {
    QUANTITY: total,
    PER_CURRENCY: by_currency,
    PER_KEY: by_key,
    PER_CODE: by_code,
    PERCENT: courts.rate,
    LIST: codes_once,
    SCORES: by_key_and_code,
}


@dataclass(frozen=True)
class Figure:
    """One figure: the one function that says what it counts, and how that folds into a value.

    The words are for whoever has to defend it: `date_rule` says which date puts a record into a month,
    `left_out` what does not count, `states` whatever of cases or records decides, `source` where the rule
    comes from, `confused` with which other figures it is mixed up (by name) and `confusion` how they differ.
    `of_the_day`: true of the day, whatever period is asked for. `need`: what one must hold to see it.
    """

    name: str
    label: Any
    definition: Any
    unit: Any
    count: Callable
    kind: str = QUANTITY
    fold: Callable | None = None
    group: str = ""
    date_rule: Any = ""
    left_out: Any = ""
    states: Any = ""
    source: Any = ""
    confused: tuple[str, ...] = ()
    confusion: Any = ""
    of_the_day: bool = False
    need: Can = Can.VIEW_DASHBOARD

    def __post_init__(self):
        if self.of_the_day:
            object.__setattr__(self, "count", of_cases_begun(self.count))

    @property
    def listed(self):
        """Does its number fold from rows that can be shown one by one, whatever part of them is asked for?"""
        return self.kind in (PER_CURRENCY, PERCENT, PER_CODE) or (self.kind, self.fold) == (QUANTITY, None)

    @property
    def rule(self):
        """The function that counts, by its name in the code."""
        return f"{self.count.__module__}.{self.count.__qualname__}"

    def rows(self, cases, as_of=None, period=None):
        """What it counts; in a period, only what is dated wholly within it."""
        return [row for row in self.count(Snapshot.of(cases, as_of)) if within(row.on, period)]

    def value(self, cases, as_of=None, period=None):
        """quantity and percent: a Quantity (None: nothing to say); per_currency: {currency: Quantity};
        per_key: {(case number, key): Quantity}; per_code: {code: Quantity}; scores: {(case number, key):
        {domain: Decimal}}; list: [code].
        """
        return (self.fold or FOLDS[self.kind])(self.rows(cases, as_of, period))


def of_cases_begun(count):
    """The same counting, of a day before which the case was opened: nothing can be true of it earlier."""

    @wraps(count)
    def counted(snapshot):
        return [
            row
            for row in count(snapshot)
            if happened(snapshot.by_case[row.case_id].opened_on, snapshot.as_of)
        ]

    return counted
