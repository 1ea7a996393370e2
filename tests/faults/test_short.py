"""The short form of `make faults`, in one go: four faults on real processes, and nobody misses anything."""

from datetime import timedelta

import psutil
import pytest
import redis

from tests.faults.rig import until
from tests.faults.world import seeded

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280, func_only=True)]
LEASES_END = timedelta(minutes=2)
BEGUN = """
SELECT d.message::text, a.pid FROM notifications_delivery d
  JOIN notifications_attempt a ON a.delivery_id = d.id
 WHERE d.state = 'sending' AND a.finished_at IS NULL
"""
CLAIMED = "SELECT user_id::text FROM notifications_delivery WHERE state = 'claimed'"


def test_killed_flushed_doubled_and_left_behind_everybody_is_told_what_she_is_owed_once(
    rig, oracle, clock, letterbox, broker, folder
):
    everybody_is_told(rig, oracle, clock, letterbox, broker, folder)


def everybody_is_told(rig, oracle, clock, letterbox, broker, folder):
    """Also run against products that were broken on purpose (test_broken.py): there it must fail."""
    world = seeded(clock.now(), cases=2)
    rig.poke()
    with redis.Redis.from_url(broker.url) as memory:  # whatever was said to the workers is forgotten
        memory.flushall()
    worker = rig.worker(failpoints="after_call:2").start()
    rig.poke("sweep", "sweep")

    # Three sweeps at once, one of which dies between its note that it will send and the sending.
    assert rig.sweep("dies", failpoints="after_attempt").start().ended() < 0
    right_in_time(rig, oracle, lambda verdict: verdict.inbox_right, poke=lambda: rig.poke("sweep"))
    assert oracle.judge().owed > 100

    # The next one stands still with the messages in its hands, and somebody leaves the case meanwhile.
    clock.jump(LEASES_END)
    go_on = folder / "go-on"
    waits = rig.sweep("waits", failpoints=f"after_claim:1:wait={go_on}").start()
    until(go_on.with_suffix(".met").exists, "a sweep has claimed its messages", rig=rig)
    gone = leaves_now(world, oracle)
    go_on.touch()
    assert waits.ended() == 0
    assert letterbox.letters
    assert not oracle.letters_of_cases(gone)

    # Something new, of which the worker dies with the message sent and not yet written down.
    world.released(world.cases[0])
    until(lambda: half_sent(oracle, letterbox), "a sender was killed", poke=rig.poke, rig=rig)
    worker.kill()
    clock.jump(LEASES_END)
    rig.worker("another").start()
    right_in_time(rig, oracle, lambda verdict: verdict.outside_right, poke=rig.poke)
    verdict = oracle.judge()
    assert verdict.inbox_right, verdict.words()
    assert 1 <= verdict.copies <= verdict.unknowns
    assert not oracle.letters_of_cases(gone)


def right_in_time(rig, oracle, question, *, poke):
    """Wait for the oracle's yes; what it misses stands first in the failure."""
    try:
        until(lambda: question(oracle.judge()), "the oracle says yes", poke=poke, rig=rig)
    except AssertionError as late:
        raise AssertionError(f"{oracle.judge().words()}\n{late}") from None


def leaves_now(world, oracle):
    """Somebody whose message is in the hands of a sender leaves the only case for which she works."""
    oracle.remember()
    claimed = oracle.run(CLAIMED)
    team = {str(user.pk): (user, case) for case in world.cases for user in world.teams[case.pk].values()}
    gone, case = next(team[who] for (who,) in claimed if who in team and team[who][1].sensitivity == 1)
    world.leaves(gone, case)
    return gone


def half_sent(oracle, letterbox):
    """A message that came in, of which its dead sender has written down only that it began."""
    rows = oracle.run(BEGUN)
    copies = letterbox.copies()
    return any(copies[message] and dead(pid) for message, pid in rows)


def dead(pid):
    """Gone, or waiting to be buried."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
