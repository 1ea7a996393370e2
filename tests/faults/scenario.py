"""One fault after the other: facts, a fault, and how soon all is right again."""

import os
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection

from tests.faults.oracle import URGENT
from tests.faults.rig import PATIENCE, until
from tests.faults.world import seeded

LEASES_END = timedelta(minutes=2)
INBOX, OUTSIDE = 60, 120  # seconds from the fact, as promised


def strain():
    """How many times more is asked of this machine than it has; 1 when it is ours alone."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1) / 2)


@dataclass
class Scenario:
    """The rig, the oracle and the report of one test; time is counted from `mark()`."""

    name: str
    rig: object
    oracle: object
    clock: object
    letterbox: object
    report: object
    note: str = ""
    kills: int = 0
    inbox: float | None = None
    outside: float | None = None
    marked: float = field(default_factory=time.monotonic)

    def world(self, **more):
        world = seeded(self.clock.now(), **more)
        self.mark()
        return world

    def mark(self):
        """The facts are in the database: from now on it is counted."""
        self.marked, self.inbox, self.outside = time.monotonic(), None, None

    def right(self):
        """Look once; the verdict if inboxes and messages are as owed."""
        verdict = self.oracle.judge()
        gone = time.monotonic() - self.marked
        if verdict.inbox_right and self.inbox is None:
            self.inbox = gone
        urgent = [words for words in verdict.lost if words.startswith(URGENT)]
        if verdict.inbox_right and not urgent and self.outside is None:
            self.outside = gone
        return verdict if verdict.inbox_right and verdict.outside_right else None

    def wait(self, condition, why, *, poke=True):
        return until(condition, why, poke=self.rig.poke if poke else None, rig=self.rig)

    def settle(self, *, poke=True, seconds=PATIENCE, held=False):
        """Wait until all is right; `held`: the scenario itself kept it down, so nothing is promised."""
        end, last, every = time.monotonic() + seconds, 0.0, 3.0
        while not (verdict := self.right()):
            if time.monotonic() > end:
                verdict = self.oracle.judge()
                self.finish(verdict)
                raise AssertionError(
                    f"{self.name}: not right in {seconds} s\n{verdict.words()}\n{self.rig.said()}"
                )
            if poke and time.monotonic() - last > every:
                self.rig.poke()
                last, every = time.monotonic(), min(every * 1.5, 10)  # beat's own rhythm in the end
            time.sleep(0.5)
        self.finish(verdict)
        if not held:
            assert self.inbox <= INBOX * strain(), f"in the inboxes after {self.inbox:.0f} s"
            assert self.outside <= OUTSIDE * strain(), f"outside after {self.outside:.0f} s"
        return verdict

    def finish(self, verdict):
        kills = self.kills + sum(program.kills for program in self.rig.started if program.name != "ended")
        self.report.add(
            self.name, verdict, kills=kills, inbox=self.inbox, outside=self.outside, note=self.note,
            memory={program.name: program.memory() for program in self.rig.started if program.running()},
        )  # fmt: skip

    def leases_end(self):
        """What a minute and a half would do to what dead senders hold."""
        self.clock.jump(LEASES_END)

    def hang_up(self):
        """The test's own line to a database that was stopped."""
        connection.close()
