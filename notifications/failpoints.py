"""Named points at which a test lets this process die or stand still; nowhere else do they do anything."""

import os
import signal
import time
from pathlib import Path

from django.conf import settings

# "after_claim" or "after_attempt:20" (only the twentieth time) or "after_call:1:sleep=30", comma between two;
# "after_claim:1:wait=/tmp/x" makes /tmp/x.met and goes on once somebody has made /tmp/x.
NAME = "IJM_FAILPOINTS"
POINTS = (
    "after_claim", "after_attempt", "before_call", "after_call", "before_finish", "after_finish",
    "after_event", "after_step", "before_beat",
)  # fmt: skip
_met: dict[str, int] = {}


def armed():
    """{point: (at which time it is met, what happens)}; {} outside the embedded services of a test."""
    written = os.environ.get(NAME, "")
    if not written or not settings.EMBEDDED:
        return {}
    points = {}
    for words in written.split(","):
        name, nth, deed = (*words.strip().split(":"), "", "")[:3]
        if name not in POINTS:
            raise ValueError(f"no such failpoint: {name}")
        points[name] = (int(nth or 1), deed or "die")
    return points


ARMED = armed()


def failpoint(name):
    """Die here without a word, or stand still, if the test that started this process wants it."""
    if not ARMED or name not in ARMED:
        return
    nth, deed = ARMED[name]
    _met[name] = _met.get(name, 0) + 1
    if _met[name] != nth:
        return
    if deed.startswith("sleep="):
        time.sleep(float(deed.removeprefix("sleep=")))
    elif deed.startswith("wait="):
        stand_still(Path(deed.removeprefix("wait=")))
    else:
        os.kill(os.getpid(), signal.SIGKILL)


def stand_still(until):
    """Say that this point is reached, and wait for the word to go on."""
    until.with_suffix(".met").touch()
    while not until.exists():
        time.sleep(0.05)
