"""Court time is local: which moment a date and a clock time mean in the office's zone."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import Office
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate

MINUTE = datetime.timedelta(minutes=1)
MIDNIGHT = datetime.time()
LONG_AGO = datetime.date(1950, 1, 1)
YEARS_AHEAD = 80  # some courts do give dates that are never meant


def starts_at(
    on: datetime.date | str, local_time: datetime.time | None, office: Office
) -> datetime.datetime | None:
    """The moment a hearing begins; its local midnight when no time is known, None when not even the day is.

    A time that the clocks skip becomes the first minute after the gap; one that comes twice is the earlier.
    """
    date = PartialDate(on)
    if not date.parts[2]:
        return None
    zone = ZoneInfo(office.time_zone)
    wall = datetime.datetime.combine(date.first, local_time or MIDNIGHT)
    while skipped(wall, zone):
        wall += MINUTE
    return wall.replace(tzinfo=zone).astimezone(datetime.UTC)


def skipped(wall: datetime.datetime, zone: ZoneInfo) -> bool:
    """Do the clocks of this zone jump over that time?"""
    there_and_back = wall.replace(tzinfo=zone).astimezone(datetime.UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) != wall


def check_happened(on: str, office: Office, now: datetime.datetime, field: str) -> None:
    """Refuse a fact that is dated after today."""
    if on and PartialDate(on).first > today_in(office, now):
        raise IllegalMove(_("This date is in the future."), field)
    if on and PartialDate(on).last < LONG_AGO:
        raise IllegalMove(_("This is before 1950. Check the year."), field)


def check_near(on: datetime.date, office: Office, now: datetime.datetime, field: str) -> None:
    """Refuse a day of court so far ahead that the year must be a slip."""
    if on.year > today_in(office, now).year + YEARS_AHEAD:
        raise IllegalMove(_("This is too far in the future. Check the year."), field)


def check_order(earlier: str, later: str, field: str) -> None:
    """Refuse an end that lies before its beginning, as far as the dates tell."""
    if before(later, earlier):
        raise IllegalMove(_("This is before the beginning."), field)


def before(day: str, other: str) -> bool:
    """Does this day certainly lie before the other?"""
    return bool(day and other) and PartialDate(day).last < PartialDate(other).first
