from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.clock import as_reminders, database_now, sweep_age, wall, working_day_before, works_on
from notifications.models import Beat
from tests.notifications.conftest import local


def test_a_gap_of_summer_time_gives_the_first_minute_after_it_and_a_fold_the_earlier_one():
    new_york = ZoneInfo("America/New_York")

    assert wall(new_york, date(2026, 3, 8), time(2, 30)).astimezone(new_york).time() == time(3)
    assert wall(new_york, date(2026, 11, 1), time(1, 30)).isoformat() == "2026-11-01T05:30:00+00:00"


@pytest.mark.parametrize(
    ("country", "day", "before"),
    [
        ("PH", date(2026, 12, 10), date(2026, 12, 9)),
        ("PH", date(2026, 12, 28), date(2026, 12, 23)),  # Christmas, and its eve
        ("BO", date(2026, 8, 10), date(2026, 8, 7)),
        ("BD", date(2026, 12, 13), date(2026, 12, 10)),  # Friday and Saturday are free
        ("XX", date(2026, 12, 28), date(2026, 12, 25)),  # nobody has written its holidays down
    ],
)
def test_the_working_day_before(country, day, before):
    assert working_day_before(country, day) == before


def test_a_country_without_a_calendar_has_weekends():
    assert works_on("XX", date(2026, 12, 11))
    assert not works_on("XX", date(2026, 12, 12))


def test_the_clock_moves_for_one_transaction_alone(db):
    with as_reminders("a test", at=local("2030-01-01T08:00")) as (who, now):
        assert now == local("2030-01-01T08:00")
        assert who.principal == "reminders"

    assert abs(database_now() - timezone.now()) < timedelta(minutes=5)


def test_the_age_of_the_sweep(db):
    assert sweep_age() is None

    Beat.objects.create(loop="sweep", ok_at=datetime.now(tz=ZoneInfo("UTC")) - timedelta(seconds=90))
    assert 85 <= sweep_age() <= 120
