"""Days as a court counts them: its midnight, its weekend and holidays, months of unequal length."""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

DAY = timedelta(days=1)
WEEKEND = {5, 6}


@cache
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins there. Where the clocks skip midnight it is the moment of the jump."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def day_there(moment: datetime, zone: ZoneInfo) -> date:
    """The day it is there at this moment."""
    return moment.astimezone(zone).date()


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 31 January and a month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class WorkingDays:
    """The working days of the courts of a country, or of a part of it that has holidays of its own."""

    def __init__(self, country: str, subdivision: str = "") -> None:
        self.country = country
        self.known = _known(country, subdivision)

    def open_on(self, day: date) -> bool:
        """Does the court work that day?"""
        if self.known is None:
            return day.weekday() not in WEEKEND
        return bool(self.known.is_working_day(day))

    def holiday(self, day: date) -> str:
        """What is kept that day, or ''."""
        return str(self.known.get(day) or "") if self.known is not None else ""

    def later(self, day: date, count: int) -> date:
        """So many working days after this day."""
        while count:
            day += DAY
            count -= self.open_on(day)
        return day

    def from_day(self, day: date) -> date:
        """This day, or the first working day after it."""
        while not self.open_on(day):
            day += DAY
        return day

    def closed_between(self, first: date, last: date) -> Iterator[date]:
        """Days off, ends included."""
        while first <= last:
            if not self.open_on(first):
                yield first
            first += DAY


def _known(country: str, subdivision: str) -> holidays.HolidayBase | None:
    """The holidays that somebody wrote down; a part of the country that nobody knows is the whole country."""
    local = subdivision.removeprefix(f"{country}-")
    for part in (local, None) if local else (None,):
        try:
            return holidays.country_holidays(country, subdiv=part, language=_english(country))
        except NotImplementedError:
            continue
    return None


def _english(country: str) -> str | None:
    languages = getattr(holidays, country).supported_languages if hasattr(holidays, country) else ()
    return next((language for language in languages if language.startswith("en")), None)


@cache
def working_days(country: str, subdivision: str = "") -> WorkingDays:
    return WorkingDays(country, subdivision)
