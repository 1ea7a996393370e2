"""Can one person be at both? Reckoned from begin, length and way; nothing here asks the database.

A hearing is taken to last an hour. The way between two courts is that of the list of travel times; where it
says nothing it is estimated: half an hour in one town, two hours to another. Where no hour is known, two
hearings of one day are too much only in two towns. Those of one proceeding are never in each other's way.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

LENGTH = timedelta(minutes=60)
SAME_TOWN, OTHER_TOWN = 30, 120  # minutes

Ways = Mapping[frozenset, int]


@dataclass(frozen=True)
class Appointment:
    """One hearing as the day of whoever goes sees it."""

    key: Any
    who: Hashable
    day: date
    begins: datetime | None  # None: no hour is known
    court: str
    town: str = ""
    proceeding: Hashable = None
    version: int = 1
    length: timedelta = LENGTH

    def __post_init__(self) -> None:
        """On one clock: two times of one zone would be compared as their walls show them."""
        if self.begins is not None:
            object.__setattr__(self, "begins", self.begins.astimezone(UTC))

    @property
    def ends(self) -> datetime | None:
        return self.begins + self.length if self.begins else None


@dataclass(frozen=True)
class Clash:
    """Two hearings that one person cannot both reach; `free` is negative where they overlap."""

    one: Appointment
    other: Appointment
    free: int | None  # minutes between them; None where no hour is known
    way: int  # minutes that the way takes
    estimated: bool

    def beside(self, key: Any) -> Appointment:
        """The other hearing of the two."""
        return self.other if self.one.key == key else self.one

    @property
    def overlap(self) -> bool:
        return self.free is not None and self.free < 0


def way_between(one: Appointment, other: Appointment, ways: Ways) -> tuple[int, bool]:
    """(minutes, estimated) from one court to the other."""
    if one.court and one.court == other.court:
        return 0, False
    known = ways.get(frozenset({one.court, other.court}))
    if known is not None:
        return known, False
    same = bool(one.town) and one.town.casefold() == other.town.casefold()
    return (SAME_TOWN if same else OTHER_TOWN), True


def clash_of(one: Appointment, other: Appointment, ways: Ways) -> Clash | None:
    """What stands in the way of being at both; nothing when there is time enough."""
    if one.proceeding is not None and one.proceeding == other.proceeding:
        return None
    way, estimated = way_between(one, other, ways)
    first, second = sorted((one, other), key=_order)
    if first.ends is None or second.begins is None:
        apart = way > SAME_TOWN and one.day == other.day
        return Clash(first, second, None, way, estimated) if apart else None
    free = int((second.begins - first.ends).total_seconds() // 60)
    return Clash(first, second, free, way, estimated) if free < way else None


def _order(one: Appointment) -> tuple:
    return one.begins is None, one.begins or one.day, str(one.key)


def find_clashes(appointments: Iterable[Appointment], ways: Ways) -> list[Clash]:
    """Every pair of hearings of one person that stand in each other's way."""
    longest = timedelta(minutes=max((OTHER_TOWN, *ways.values())))
    found = []
    by_person = sorted(appointments, key=lambda one: (str(one.who), *_order(one)))
    for _who, rows in groupby(by_person, key=lambda one: one.who):
        day_of = list(rows)
        for place, one in enumerate(day_of):
            near = (other for other in day_of[place + 1 :] if is_near(one, other, longest))
            found += [clash for other in near if (clash := clash_of(one, other, ways))]
    return found


def is_near(one: Appointment, other: Appointment, longest: timedelta) -> bool:
    """Could they meet at all? Spares the arithmetic for the rest."""
    if one.begins is None or other.begins is None:
        return one.day == other.day
    return other.begins - one.begins < max(one.length, other.length) + longest
