"""Which moment a court date means: the office's clock, its jumps included."""

from datetime import UTC, date, datetime, time

import pytest

from accounts.models import Office
from prosecutions.actions import starts_at


def office(zone):
    return Office(time_zone=zone)


@pytest.mark.parametrize(
    ("zone", "on", "at", "moment"),
    [
        ("Asia/Manila", date(2026, 11, 24), time(8, 30), datetime(2026, 11, 24, 0, 30, tzinfo=UTC)),
        ("Asia/Manila", date(2026, 11, 24), None, datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("Asia/Kolkata", "2026-11-24", time(10), datetime(2026, 11, 24, 4, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(3, 0), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("America/Santiago", date(2026, 9, 6), None, datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ],
    ids=[
        "in Manila",
        "no time known is local midnight",
        "half hours",
        "a skipped time is the first minute after the gap",
        "the first minute after the gap is itself",
        "a time that comes twice is the earlier",
        "a skipped midnight",
    ],
)
def test_a_court_time_is_local(zone, on, at, moment):
    assert starts_at(on, at, office(zone)) == moment


def test_an_uncertain_day_counts_as_that_day_and_a_month_as_no_moment():
    assert starts_at("2026-11-24~", None, office("UTC")) == datetime(2026, 11, 24, tzinfo=UTC)
    assert starts_at("2026-11", None, office("UTC")) is None
