"""Clocks that jump: the database's, one machine's alone, and those on the wall when summer begins or ends."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import HearingMake
from tests.faults.world import World
from tests.notifications.conftest import local

HOURS = timedelta(hours=1)


@pytest.mark.parametrize("hours", [3, -3])
def test_the_clock_of_the_database_jumps(scenario, hours):
    scenario.rig.worker().start()
    scenario.world(cases=1)
    scenario.settle()
    before = scenario.oracle.told()
    scenario.oracle.remember()

    scenario.clock.jump(hours * HOURS)
    scenario.mark()
    scenario.note = f"{hours:+d} h"
    after = scenario.settle(held=True)

    if hours < 0:
        # Nothing is said a second time. A reminder that had been overtaken may be the latest once more.
        told = scenario.oracle.told()
        assert {key: told.get(key) for key in before} == before
        assert after.copies == 0


def test_the_clock_jumps_forty_days_and_nobody_is_flooded(scenario):
    scenario.rig.worker().start()
    world = scenario.world(cases=1)
    scenario.settle()
    scenario.oracle.remember()
    before = reminders(scenario)

    scenario.clock.jump(timedelta(days=40))
    scenario.mark()
    scenario.note = "+40 d"
    scenario.settle(held=True)

    late = reminders(scenario) - before
    assert late == set(), "every hearing of the world is over by then: nobody is reminded of it"
    assert len({key.split(":")[1] for key in before}) <= len(world.hearings)


@pytest.mark.parametrize("hours", [3, -3])
def test_the_clock_of_one_machine_is_wrong(scenario, hours):
    """What runs there goes by the clock of the database, or is refused; the other machine goes on."""
    scenario.oracle.run(
        LOCK_CLOCK.format(moment="clock_timestamp()")
    )  # as deployed: tests let it stand still
    try:
        wrong = scenario.rig.worker("wrong")
        wrong.argv = [wrong.argv[0], "-c", ANOTHER_TIME.format(hours=hours, argv=wrong.argv[2:])]
        wrong.start()
        scenario.rig.loop().start()
        scenario.note = f"{hours:+d} h"
        scenario.world(cases=1)
        verdict = scenario.settle()
        assert verdict.copies == 0
    finally:
        scenario.oracle.run(LOCK_CLOCK.format(moment="'2000-01-01'::timestamptz"))


ANOTHER_TIME = """
import datetime, runpy, sys, time_machine
there = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours={hours})
time_machine.travel(there, tick=True).start()
sys.argv = {argv!r}
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
LOCK_CLOCK = """
CREATE OR REPLACE FUNCTION lock_clock() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$ SELECT {moment} $$
"""

# Zone, the night itself, the hour on the wall that does not exist or comes twice, and when it is in UTC.
NIGHTS = [
    ("America/New_York", date(2027, 3, 14), time(2, 30), "2027-03-14T07:00"),  # gap: 03:00 summer time
    ("America/New_York", date(2027, 11, 7), time(1, 30), "2027-11-07T05:30"),  # fold: the earlier of two
    ("Europe/London", date(2027, 3, 28), time(1, 30), "2027-03-28T01:00"),
    ("Europe/London", date(2027, 10, 31), time(1, 30), "2027-10-31T00:30"),
    ("Australia/Sydney", date(2027, 10, 3), time(2, 30), "2027-10-02T16:00"),
    ("Australia/Sydney", date(2027, 4, 4), time(2, 30), "2027-04-03T15:30"),
]


@pytest.mark.parametrize(("zone", "night", "hour", "due"), NIGHTS)
def test_a_night_on_which_the_clocks_are_changed(scenario, zone, night, hour, due):
    """A hearing two days later at that hour: its reminder is due in the gap, or when an hour comes twice."""
    scenario.note = f"{zone} {night}"
    moment = datetime.fromisoformat(due).replace(tzinfo=UTC)
    scenario.clock.set_to(moment - timedelta(minutes=3))
    world = World(now=scenario.clock.now())
    case = world.case(world.office(zone, "XX"))
    day = night + timedelta(days=2)
    HearingMake(
        case=case,
        on=f"{day}",
        local_time=hour,
        starts_at=local(f"{day}T{hour}", ZoneInfo(zone)),
        scheduled_at=world.now - timedelta(days=60),
        confirmed_at=world.now - timedelta(days=1),
        proceeding=world.proceeding(case),
        updated_at=world.now,
        who_goes=world.lawyer(case),
    )
    scenario.rig.worker().start()
    scenario.mark()
    scenario.settle()
    assert not any(key.endswith(":t2") for key in reminders(scenario))  # three minutes too early
    scenario.oracle.remember()

    scenario.clock.jump(timedelta(minutes=3, seconds=5))
    scenario.mark()
    scenario.settle()
    assert sum(key.endswith(":t2") for key in reminders(scenario)) == 1
    scenario.clock.jump(HOURS)  # in autumn the same hour once more
    here = scenario.clock.now()
    scenario.wait(lambda: scenario.oracle.swept_since(here), "once more round")
    verdict = scenario.oracle.judge()
    assert verdict.inbox_right, verdict.words()


def reminders(scenario):
    return set(scenario.oracle.asked("reminders", ""))
