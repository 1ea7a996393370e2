"""Time as reminders need it: the database's clock, an office's wall clock, and its working days."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.db import connection

from accounts.scope import system_access
from notifications.models import Beat

MINUTE = timedelta(minutes=1)
WEEKEND = {5, 6}


def database_now():
    """The moment it is for sweeps and leases; the machine's own clock is never asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        return cursor.fetchone()[0]


@contextmanager
def as_reminders(reason, *, at=None):
    """One short transaction as the reminders principal: (who, now). `at` moves the clock for it alone."""
    with system_access("reminders", reason) as principal:
        if at is not None:
            move_clock(at)
        try:
            yield principal, database_now()
        finally:
            # Also where a test's transaction goes on after this one.
            if at is not None and not connection.needs_rollback:
                move_clock("")


def move_clock(at):
    """Let the database believe that it is then, until the transaction ends; '' is the true time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.now', %s, true)", [at and at.isoformat()])


def sweep_age():
    """Seconds since the sweep last ended well; None when it never has."""
    return Beat.objects.age()


def wall(zone, day, time):
    """The moment of this wall-clock time: the first minute after a gap of summer time, the earlier of two."""
    local = datetime.combine(day, time)
    while True:
        moment = local.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            return moment
        local += MINUTE


@cache
def zone_of(name):
    return ZoneInfo(name)


@cache
def calendar_of(country):
    """Holidays and weekend of a country; None where nobody has written them down."""
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None


def works_on(country, day):
    """Is the office of this country open that day?"""
    known = calendar_of(country)
    return known.is_working_day(day) if known is not None else day.weekday() not in WEEKEND


def working_day_before(country, day):
    day -= timedelta(days=1)
    while not works_on(country, day):
        day -= timedelta(days=1)
    return day


def working_days_later(office, moment, days):
    """The same clock time so many working days of the office later."""
    zone = zone_of(office.time_zone)
    local = moment.astimezone(zone)
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= works_on(office.country, day)
    return wall(zone, day, local.time().replace(tzinfo=None))
