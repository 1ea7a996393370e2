"""How a clock that ran out is told."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from prosecutions.countdown import gone

NOW = datetime(2026, 11, 22, 4, 51, tzinfo=UTC)  # 10:21 in Mumbai


def ran_out(hours):
    """A period of Mumbai whose last moment was the midnight before."""
    rule = SimpleNamespace(hours=hours, months=None)
    office = SimpleNamespace(time_zone="Asia/Kolkata")
    midnight = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    return SimpleNamespace(
        rule=rule, office=office, due_on=date(2026, 11, 21), due_at=midnight, extended_until=None
    )


@pytest.mark.parametrize(("hours", "said"), [(24, "Ran out today"), (None, "Ran out 1 day ago")])
def test_hours_that_ended_at_midnight_ran_out_today_and_a_day_ran_out_yesterday(hours, said):
    assert gone(ran_out(hours), NOW) == said
