"""The day as the office of a case counts it."""

from zoneinfo import ZoneInfo


def today_in(office, now):
    """The calendar day in the office at this moment."""
    return now.astimezone(ZoneInfo(office.time_zone)).date()


def day_of_figures(user, now, office=None):
    """The day in the office asked for, or the latest in any office in reach.

    A figure must not depend on where the one who looks has her clock; None where no office is in reach.
    """
    days = [today_in(row, now) for row in user.offices_seen if office in (None, row.pk)]
    return max(days, default=None)
