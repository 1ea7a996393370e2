"""Whoever sends is killed without warning: at exact points, and at random."""

import random
import time

import pytest

from tests.faults.rig import PATIENCE


def first_death(worker):
    """Somebody of the worker's family has died since it was first seen whole."""
    seen = set()

    def looked():
        alive = {child.pid for child in worker.family() if child.status() != "zombie"}
        died = bool(seen - alive) or not worker.running()
        seen.update(alive)
        return died

    return looked


@pytest.mark.parametrize("point", ["after_claim", "after_attempt", "after_call", "after_finish"])
def test_a_worker_is_killed(scenario, point):
    scenario.note = point
    worker = scenario.rig.worker("mortal", failpoints=f"{point}:2", seats=1)
    worker.start()
    scenario.world(cases=2)
    scenario.wait(first_death(worker), "a sender has died")
    worker.kill()
    scenario.leases_end()
    scenario.rig.worker("next").start()

    verdict = scenario.settle(held=True)

    assert verdict.copies <= verdict.unknowns
    if point in ("after_claim", "after_finish"):
        assert verdict.copies == 0
    if point == "after_claim":
        assert verdict.unknowns == 0  # nothing had left the house: nothing is in doubt
    if point == "after_call":
        assert verdict.copies >= 1  # the fault did happen, and was owned to


def test_a_sweep_is_killed_in_the_middle_of_owing(scenario):
    scenario.world()
    for number in range(6):
        sweep = scenario.rig.sweep(f"sweep{number}").start()
        scenario.wait(lambda: scenario.oracle.told() or not sweep.running(), "it has begun", poke=False)  # noqa: B023
        time.sleep(0.15 * number)
        sweep.kill()
    scenario.leases_end()
    scenario.rig.worker().start()
    scenario.settle(held=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_storm_of_kills(scenario, seed):
    """Two workers, two beats and the loop; something new happens all the while; kills by seeded dice."""
    dice = random.Random(seed)  # noqa: S311
    rig = scenario.rig
    rig.more = {"ALERT_STORM": "1000"}  # so much in ten minutes would rightly pull the brake against floods
    programs = [rig.worker("worker1"), rig.worker("worker2"), rig.beat("beat1"), rig.loop()]
    for program in programs:
        program.start()
    world = scenario.world(seed=seed)
    for _kill in range(24):
        world.granted(dice.choice(world.cases)) if dice.random() < 0.5 else world.released(
            dice.choice(world.cases)
        )
        rig.poke()
        time.sleep(dice.uniform(0.2, 2.5))
        victim = dice.choice(programs)
        victim.kill()
        victim.start()
        if dice.random() < 0.3:
            scenario.leases_end()
    scenario.mark()
    scenario.leases_end()

    verdict = scenario.settle(seconds=PATIENCE * 2, held=True)

    assert verdict.copies <= verdict.unknowns
