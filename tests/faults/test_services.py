"""The broker forgets, is gone, comes back; the database is restarted, gently or not; loops are doubled."""

import signal
import time

import pytest
import redis


def begun(scenario):
    """Some messages are out, and some are not."""
    return scenario.letterbox.letters


def test_the_broker_forgets_everything(scenario, broker):
    scenario.rig.poke()  # nobody is there to take them
    with redis.Redis.from_url(broker.url) as memory:
        assert memory.dbsize() > 0
        memory.flushall()
    scenario.rig.worker().start()
    scenario.rig.beat().start()
    scenario.world(cases=1)
    scenario.wait(lambda: begun(scenario), "some are out", poke=False)
    with redis.Redis.from_url(broker.url) as memory:
        memory.flushall()
    scenario.settle(poke=False)  # by beat alone


def test_the_broker_is_killed_and_comes_back(scenario, broker):
    scenario.rig.worker().start()
    scenario.rig.beat().start()
    scenario.world(cases=1)
    scenario.wait(lambda: begun(scenario), "some are out", poke=False)
    broker.kill()
    scenario.kills += 1
    time.sleep(1)
    broker.again()
    scenario.settle(poke=False)


def test_the_broker_is_gone_and_the_loop_goes_on(scenario, broker):
    broker.kill()
    scenario.kills += 1
    scenario.rig.loop().start()
    scenario.wait(lambda: scenario.oracle.asked("begun"), "the loop is up", poke=False)
    scenario.world(cases=1)
    scenario.settle(poke=False)


@pytest.mark.parametrize(
    "sign", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], ids=["fast", "immediate", "killed"]
)
def test_the_database_is_restarted(scenario, server, sign):
    """Nobody restarts the programs: they find their way back by themselves."""
    scenario.rig.worker().start()
    scenario.rig.beat().start()
    scenario.world(cases=1)
    scenario.wait(lambda: begun(scenario), "some are out", poke=False)
    scenario.hang_up()
    server.stop(sign)
    scenario.kills += 1
    server.again()
    scenario.mark()
    scenario.leases_end()

    verdict = scenario.settle(poke=False, held=True)

    assert verdict.copies <= verdict.unknowns


@pytest.mark.parametrize("beats", [2, 5])
def test_as_many_beats_as_one_likes(scenario, beats):
    for number in range(beats):
        scenario.rig.beat(f"beat{number}").start()
    scenario.rig.worker("worker1").start()
    scenario.rig.worker("worker2").start()
    scenario.world(cases=1)
    first = scenario.settle(poke=False)
    scenario.rig.poke(*["sweep", "send"] * 5)  # and as many pokes on top of it
    here = scenario.clock.now()
    scenario.wait(lambda: scenario.oracle.swept_since(here), "once more round", poke=False)

    # What the pokes on top have claimed may still be on its way out.
    verdict = scenario.settle(poke=False, held=True)

    assert (verdict.told, verdict.copies) == (first.told, 0)  # the lists of the day may leave in between


def test_one_task_five_times_over_in_one_moment(scenario):
    """What the broker hands out twice, or eight times, is done once."""
    scenario.world(cases=1)
    sweeps = [scenario.rig.sweep(f"sweep{number}").start() for number in range(5)]
    assert [sweep.ended() for sweep in sweeps] == [0] * 5
    verdict = scenario.settle(poke=False, held=True)
    assert verdict.copies == verdict.unknowns == 0
