"""The loop that needs no broker: it sweeps and sends by itself, beside beat and workers or without."""

import logging
import os
import threading
import time

from django.db import DatabaseError, close_old_connections, connections

from notifications.channels import ROOMS
from notifications.clock import sweep_age
from notifications.failpoints import failpoint
from notifications.models import Beat
from notifications.senders import Senders
from notifications.sweeping import DatabaseClock, sweep_once

LOOK = 1.0  # seconds between two looks for something to send
SWEEP = 10  # seconds after which somebody should sweep again
BEATS = 10.0
WORST = 30.0  # seconds of rest at most while the database is away
PATIENCE = 25.0  # seconds to end well, once somebody asks for it
logger = logging.getLogger(__name__)


class Loop:
    """One thread that sweeps, one that looks what is due, and those that each channel needs."""

    def __init__(self):
        self.senders = Senders()
        self.stop = self.senders.stop
        self.beaten = 0.0

    def run(self):
        """Until somebody asks for the end; did every thread finish what it had in hand?"""
        sweeper = threading.Thread(target=self.keep, args=[self.sweep, LOOK], name="sweep", daemon=True)
        sweeper.start()
        self.keep(self.look, LOOK)
        ended = self.senders.end(PATIENCE)
        sweeper.join(PATIENCE)
        return ended and not sweeper.is_alive()

    def keep(self, deed, pause):
        """Do it again and again; where the database is away, more and more rarely until it is back."""
        rest = pause
        while not self.stop.is_set():
            try:
                close_old_connections()
                deed()
                rest = pause
            except DatabaseError as broken:
                logger.error("%s: the database is away (%s)", deed.__name__, type(broken).__name__)
                connections.close_all()
                rest = min(rest * 2, WORST)
            except Exception as broken:
                logger.error("%s broke: %s", deed.__name__, type(broken).__name__)
                rest = min(rest * 2, WORST)
            self.stop.wait(rest)
        connections.close_all()

    def sweep(self):
        """Sweep, unless somebody has just done it."""
        age = sweep_age()
        if age is None or age >= SWEEP:
            sweep_once()

    def look(self):
        """Let every channel send that has something to send, and say that all are alive."""
        self.senders.start()
        if time.monotonic() - self.beaten >= BEATS:
            failpoint("before_beat")
            beat(["send", *(f"send.{kind}" for kind in self.senders.well(ROOMS.ready()))])
            self.beaten = time.monotonic()


def beat(loops):
    """These loops are well, at this moment of the database's own clock."""
    Beat.objects.bulk_create(
        [
            Beat(loop=loop, began_at=DatabaseClock(), ok_at=DatabaseClock(), pid=os.getpid())
            for loop in dict.fromkeys(loops)
        ],
        update_conflicts=True,
        unique_fields=["loop"],
        update_fields=["began_at", "ok_at", "pid"],
    )
