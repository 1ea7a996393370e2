"""The day as the office of a case counts it."""

from zoneinfo import ZoneInfo


def today_in(office, now):
    """The calendar day in the office at this moment."""
    return now.astimezone(ZoneInfo(office.time_zone)).date()
