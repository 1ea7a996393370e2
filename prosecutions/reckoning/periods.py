"""How long a period of the law is, and when it ends: pure functions (docs/adr/0044-clocks-of-the-law.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from law.states import ClockKind, Counts, RollOver, StartDay
from prosecutions.reckoning.days import DAY, WorkingDays, day_there, first_moment, months_later
from prosecutions.states import Doubt
from reference.values import PartialDate

INSTANT = timedelta(microseconds=1)
DAYS_OF_A_MONTH = 30
LENGTHS = ("hours", "days", "months", "years", "fraction_of_max")


@dataclass(frozen=True)
class Period:
    """One rule's length and way of counting, as the law gives it."""

    hours: int | None = None
    days: int | None = None
    months: int | None = None
    years: int | None = None
    fraction_of_max: Decimal | None = None
    counts: str = Counts.CALENDAR
    start_day: str = StartDay.EXCLUDED
    roll_over: str = RollOver.NONE
    kind: str = ClockKind.DEADLINE
    suspended_by: str = ""
    readings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Any) -> "Period":
        """The period of a row of law."""
        return cls(**{name: getattr(rule, name) for name in cls.__dataclass_fields__})

    @property
    def in_hours(self) -> bool:
        """A pure duration: months and years go before hours, hours before days."""
        return self.hours is not None and self.months is None and self.years is None

    @property
    def other(self) -> "Period | None":
        """The same rule as other courts read it."""
        known = {
            name: value for name, value in self.readings.items() if name in type(self).__dataclass_fields__
        }
        return replace(self, readings={}, **known) if known else None

    @property
    def has_a_number(self) -> bool:
        return any(getattr(self, name) is not None for name in LENGTHS)


@dataclass(frozen=True)
class Start:
    """When something began: the first and the last day it can mean, and the moment where it is known."""

    first: date
    last: date
    moment: datetime | None = None

    @classmethod
    def on(cls, text: str | date) -> "Start":
        """A partial date; one that is only about right stands for what it says."""
        day = PartialDate(text)
        return cls(day.first, day.last)

    @classmethod
    def at(cls, moment: datetime, zone: ZoneInfo) -> "Start":
        day = day_there(moment, zone)
        return cls(day, day, moment)

    @property
    def vague(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True)
class End:
    """The last day of a period and the first moment after it; of two possible ends the earlier one.

    `other_on` is the last day by the other reading of the law, `latest_on` the one if everything that is not
    known were as late as it can be. Of a minimum the last day on which it is still too early.
    """

    on: date | None = None
    at: datetime | None = None
    other_on: date | None = None
    latest_on: date | None = None
    doubts: tuple[str, ...] = ()


def end_of(
    period: Period, start: Start, zone: ZoneInfo, working: WorkingDays, longest_months: int | None = None
) -> End:
    """When the period ends that began then. `longest_months`: the longest term charged; None is not known."""
    doubts = doubts_of(period, start)
    if period.fraction_of_max is not None and not longest_months and _only_share(period):
        return End(doubts=(*doubts, Doubt.TERM))
    if not period.has_a_number:
        return End(doubts=doubts)
    earliest, *other = both_ends(period, start.first, start.moment, zone, working, longest_months)
    latest = latest_end(period, start, zone, working, longest_months)
    return End(
        on=earliest.on,
        at=earliest.at,
        other_on=other[0].on if other and other[0].on != earliest.on else None,
        latest_on=latest if latest != earliest.on else None,
        doubts=doubts,
    )


def doubts_of(period: Period, start: Start) -> tuple[str, ...]:
    """What the date itself leaves open."""
    doubts = []
    if start.vague:
        doubts.append(Doubt.START)
    if period.in_hours and start.moment is None:
        doubts.append(Doubt.HOUR)
    if period.suspended_by:
        doubts.append(Doubt.VACATION)
    return tuple(doubts)


def _only_share(period: Period) -> bool:
    return all(getattr(period, name) is None for name in ("hours", "days", "months", "years"))


@dataclass(frozen=True)
class Point:
    """One end by one reading."""

    on: date
    at: datetime


def both_ends(
    period: Period,
    day: date,
    moment: datetime | None,
    zone: ZoneInfo,
    working: WorkingDays,
    longest_months: int | None,
) -> list[Point]:
    """The end by each reading of the law, the earlier first."""
    readings = filter(None, (period, period.other))
    ends = [one_end(reading, day, moment, zone, working, longest_months) for reading in readings]
    return sorted(ends, key=lambda end: end.at)


def one_end(
    period: Period,
    day: date,
    moment: datetime | None,
    zone: ZoneInfo,
    working: WorkingDays,
    longest_months: int | None,
) -> Point:
    """The end by one reading, from a day that is known."""
    if period.in_hours:
        return hours_later(period, moment or first_moment(day, zone), zone)
    last = last_day(period, day, working, longest_months)
    if period.roll_over == RollOver.NEXT_WORKING_DAY:
        last = working.from_day(last)
    return Point(last, first_moment(last + DAY, zone))


def hours_later(period: Period, moment: datetime, zone: ZoneInfo) -> Point:
    """Hours are pure durations: a night on which the clocks change makes them no shorter and no longer."""
    at = moment.astimezone(UTC) + timedelta(hours=period.hours or 0)
    return Point(day_there(at - INSTANT, zone), at)


def last_day(period: Period, day: date, working: WorkingDays, longest_months: int | None) -> date:
    """The last day of the period; for a lead time the last day on which it can still be kept."""
    if period.kind == ClockKind.LEAD_TIME:
        return ahead_of(period, day, working)
    if period.months is not None or period.years is not None:
        return _counted(period, months_later(day, (period.months or 0) + 12 * (period.years or 0)))
    if period.days is None:
        return _counted(period, share_later(day, period.fraction_of_max, longest_months))
    if period.counts == Counts.CALENDAR:
        return _counted(period, day + DAY * period.days)
    if period.start_day == StartDay.INCLUDED:
        return working.later(working.from_day(day), period.days - 1)
    return working.later(day, period.days)


def _counted(period: Period, excluded: date) -> date:
    """Counting the first day ends a period one day earlier."""
    return excluded - DAY if period.start_day == StartDay.INCLUDED else excluded


def share_later(day: date, share: Decimal | None, longest_months: int | None) -> date:
    """A share of the longest term: whole months by the calendar, the rest in days of a month of thirty."""
    months = Decimal(longest_months or 0) * (share or Decimal())
    return months_later(day, int(months)) + DAY * int((months % 1) * DAYS_OF_A_MONTH)


def ahead_of(period: Period, day: date, working: WorkingDays) -> date:
    """So long before the day."""
    if period.months is not None or period.years is not None:
        return months_later(day, -(period.months or 0) - 12 * (period.years or 0))
    count = period.days or 0
    if period.counts == Counts.CALENDAR:
        return day - DAY * count
    while count:
        day -= DAY
        count -= working.open_on(day)
    return day


def latest_end(
    period: Period, start: Start, zone: ZoneInfo, working: WorkingDays, longest_months: int | None
) -> date:
    """The last day if the beginning was as late as it can have been."""
    moment = start.moment
    if period.in_hours and moment is None:
        moment = first_moment(start.last + DAY, zone) - INSTANT
    return both_ends(period, start.last, moment, zone, working, longest_months)[0].on


def extended(until: date, zone: ZoneInfo) -> Point:
    """A person put the end there."""
    return Point(until, first_moment(until + DAY, zone))


def skipped_days(period: Period, start: date, end: End, working: WorkingDays) -> list[tuple[date, str]]:
    """(day, what is kept that day or '') of the days that were not counted, for whoever checks the date."""
    if period.counts != Counts.WORKING or end.on is None:
        return []
    return [(day, working.holiday(day)) for day in working.closed_between(start + DAY, end.on)]
