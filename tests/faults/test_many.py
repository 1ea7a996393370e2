"""A hundred thousand reminders fall due in one moment, and in the midst somebody is let out on bail."""

import os
import time
from datetime import timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

import pytest

from accounts.roles import Role
from cases.models import Assignment
from prosecutions.models import Hearing
from tests.factories import arranging
from tests.faults.world import World
from tests.people import person

MANY = int(os.environ.get("MANY", "100000"))
PEOPLE, CASES = 200, 100  # each hearing reaches its lawyer and three paralegals
# (nobody is named to go: two hundred people in a hundred courts at once would rightly clash)
RELEASE = 30  # seconds from the release to the last of its letters, on a loaded machine


@pytest.mark.timeout(1200)
def test_a_hundred_thousand_reminders_due_at_once(scenario):
    world = crowd(scenario)
    assert scenario.rig.sweep("plans").start().ended(600) == 0
    before = len(scenario.oracle.asked("reminders", ""))
    worker, loop = scenario.rig.worker().start(), scenario.rig.loop().start()
    # Both at work, the worker with all its seats: only what is held beyond that is the crowd's.
    here = scenario.clock.now()
    scenario.wait(lambda: scenario.oracle.swept_since(here) and len(worker.family()) > 1, "they are up")
    small = worker.memory() + loop.memory()

    scenario.clock.jump(timedelta(minutes=31))
    scenario.mark()
    scenario.rig.poke()
    largest, released = 0, 0.0
    while not released or scenario.outside is None:
        largest = max(largest, worker.memory() + loop.memory())
        told = scenario.oracle.asked("how many reminders")[0]
        if not released and told > before:
            scenario.inbox = time.monotonic() - scenario.marked if told >= MANY else None
            world.released(world.cases[0])
            released = time.monotonic()
        if scenario.inbox is None and told >= MANY:
            scenario.inbox = time.monotonic() - scenario.marked
        if released and scenario.outside is None and scenario.oracle.asked("releases out", 4)[0]:
            scenario.outside = time.monotonic() - released
        assert time.monotonic() - scenario.marked < 600, scenario.rig.said()
        time.sleep(0.2)
        scenario.rig.poke()
    scenario.wait(lambda: scenario.oracle.asked("how many reminders")[0] >= MANY, "all are told")
    verdict = scenario.oracle.judge()
    scenario.note = f"{MANY} reminders; outside: the release among them; memory {small} to {largest} MB"
    scenario.finish(verdict)
    assert verdict.inbox_right, verdict.words()
    assert scenario.outside <= RELEASE
    assert largest < small * 3 + 300


def crowd(scenario):
    """Two hundred people, a hundred cases, and as many hearings as it takes, all in one week's time."""
    now = scenario.clock.now()
    world = World(now=now)
    office = world.office("Asia/Manila", "XX")
    people = [person(Role.LAWYER, office, factor=False) for _number in range(PEOPLE)]
    turn = cycle(people)
    begins = (now + timedelta(days=7, minutes=30)).astimezone(ZoneInfo("Asia/Manila"))
    rows = []
    for _number in range(CASES):
        case = world.case(office, ())
        team = {Role.LAWYER: [next(turn)], Role.PARALEGAL: [next(turn) for _helper in range(3)]}
        members = [(role, user) for role, users in team.items() for user in users]
        world.teams[case.pk] = {role: users[0] for role, users in team.items()}
        proceeding = world.proceeding(case)
        with arranging():
            Assignment._base_manager.bulk_create(
                Assignment(
                    case=case, office=office, user=user, role=role, started_at=now - timedelta(days=60)
                )
                for role, user in members
            )
        rows += [
            Hearing(
                case=case, office=office, proceeding=proceeding, position=number, on=f"{begins:%Y-%m-%d}",
                local_time=begins.time(), starts_at=begins, scheduled_at=now - timedelta(days=60),
                confirmed_at=now - timedelta(days=1), purpose="evidence",
                created_at=now, updated_at=now,
            )
            for number in range(MANY // 4 // CASES)
        ]  # fmt: skip
    for some in chunks(rows, 5000):
        with arranging():
            Hearing._base_manager.bulk_create(some)
    return world


def chunks(rows, size):
    return (rows[start : start + size] for start in range(0, len(rows), size))
