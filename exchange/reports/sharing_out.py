"""Who paid for what, without counting anything twice. Pure: no database, no words.

A fact may be paid by several grants. Each of them counts it, the total counts it once, and what is counted
more than once is told: the sum over the grants, less the overlaps, is the total.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reference.values import PartialDate


def donor_key(name: str) -> str:
    """The same donor, however she was typed."""
    return " ".join(name.split()).casefold()


@dataclass
class Shares:
    """Of one figure (in one currency): what each donor counts, what she shares, and all of it once."""

    of: dict[str, Any] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    total: Any = 0
    overlap: Any = 0
    nobody: Any = 0  # what no grant paid for
    facts: dict[str, int] = field(default_factory=dict)

    def add(self, donors: Iterable[str], amount: Any = 1) -> None:
        """One fact with all who paid for it."""
        paying = sorted(set(donors))
        if not paying:
            self.nobody += amount
            return
        self.total += amount
        self.overlap += amount * (len(paying) - 1)
        for donor in paying:
            self.of[donor] = self.of.get(donor, 0) + amount
            self.facts[donor] = self.facts.get(donor, 0) + 1
            if len(paying) > 1:
                self.shared[donor] = self.shared.get(donor, 0) + amount


@dataclass(frozen=True)
class Money:
    """A grant on one case: whose, and from when to when it pays."""

    donor: str
    starts: date
    ends: date

    @classmethod
    def of(cls, name: str, starts_on: Any, ends_on: Any) -> "Money":
        """From the records; an end that nobody wrote down is open."""
        starts = starts_on.first if isinstance(starts_on, PartialDate) else date.min
        ends = ends_on.last if isinstance(ends_on, PartialDate) else date.max
        return cls(donor_key(name), starts, ends)

    def meets(self, first: date, last: date) -> bool:
        """Does it pay on any day of these?"""
        return self.starts <= last and first <= self.ends

    def pays_for(self, on: Any) -> bool:
        """Does what happened lie wholly in its time? A fact without a date is nobody's."""
        return isinstance(on, PartialDate) and self.starts <= on.first and on.last <= self.ends


def paying(grants: Sequence[Money], on: Any) -> set[str]:
    """Whose money was there for the case when it happened."""
    return {grant.donor for grant in grants if grant.pays_for(on)}


def present(grants: Sequence[Money], first: date, last: date) -> set[str]:
    """Whose money was there for the case at any time of a period."""
    return {grant.donor for grant in grants if grant.meets(first, last)}
