"""The keeper: owns both services, and stops them when the last process that uses them is gone."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

from devservices import pids, places, postgres, valkey
from devservices.locks import FileLock, alone
from devservices.postgres import Postgres
from devservices.provision import drop_everything
from devservices.valkey import Valkey

RECORD = "services.json"
KEEPING = "keeping"
STARTING = "starting"
IN_USE = "in-use"

# Long enough that commands typed one after the other find the services still warm.
GRACE_SECONDS = 2
LOOK_EVERY_SECONDS = 0.2
KILLED_AT_MOST = 5  # a broker that only ends again is not started for ever


class Keeper:
    """Both services, from their start to their stop."""

    def __init__(self, dev: Path, *, throwaway: bool):
        self.dev = dev
        self.throwaway = throwaway
        self.logs = places.private_folder(dev / "log")
        self.starting = FileLock(dev / STARTING)
        self.in_use = FileLock(dev / IN_USE)
        self.services: list = []
        self.asked_to_stop = False
        self.broker_lives = KILLED_AT_MOST
        self.idle_since: float | None = None

    def run(self) -> None:
        """Start both services, wait until nobody needs them, and stop them."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self.ask_to_stop)
        try:
            self.start()
            while not self.asked_to_stop and self.all_running() and self.wanted():
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            places.forget(self.dev / RECORD)
            for service in reversed(self.services):
                service.stop()

    def ask_to_stop(self, *_signal) -> None:
        """Remember that somebody asked for the end."""
        self.asked_to_stop = True

    def start(self) -> None:
        """Start both services and record where they are."""
        database = postgres.start(self.dev, self.logs / "postgres.log", throwaway=self.throwaway)
        self.services.append(database)
        if self.throwaway:
            drop_everything(database.url)
        broker = valkey.start(self.dev, self.logs / "valkey.log", throwaway=self.throwaway)
        self.services.append(broker)
        self.write_down(database, broker)

    def all_running(self) -> bool:
        """Say whether both services still run; a broker that was killed is started again at its address."""
        database, broker = self.services
        if broker.process.poll() is not None and self.broker_lives > 0:
            self.broker_lives -= 1
            self.services[1] = valkey.again(
                broker, self.dev, self.logs / "valkey.log", throwaway=self.throwaway
            )
            self.write_down(database, self.services[1])
        return all(service.process.poll() is None for service in self.services)

    def write_down(self, database: Postgres, broker: Valkey) -> None:
        """Record where they are."""
        places.write_record(
            self.dev / RECORD,
            {
                "keeper": pids.identify(os.getpid()),
                "children": [pids.identify(service.process.pid) for service in self.services],
                "sockets": str(database.sockets),
                "port": database.port,
                "database_url": database.url,
                "redis_url": broker.url,
            },
        )

    def wanted(self) -> bool:
        """Say whether anybody uses the services, or did a moment ago."""
        if not self.in_use.still_there:
            return False
        # Users come in while holding `starting`, so the one order of both locks is safe to try.
        if not self.starting.try_take():
            return True
        if not self.in_use.try_take():
            self.idle_since = None
            self.in_use.release()
            self.starting.release()
            return True
        now = time.monotonic()
        self.idle_since = self.idle_since or now
        if now - self.idle_since >= GRACE_SECONDS:
            # Both locks are kept until this process ends: nobody comes in while the services stop.
            return False
        self.in_use.release()
        self.starting.release()
        return True


def main(dev: Path, *, throwaway: bool) -> None:
    """Keep the services of this folder, one keeper at a time."""
    with alone(dev / KEEPING):
        end_orphans(dev)
        Keeper(dev, throwaway=throwaway).run()


def end_orphans(dev: Path) -> None:
    """Wait for the services of a keeper that was killed, which the kernel has told to end."""
    record = places.read_record(dev / RECORD)
    for child in record.get("children", []):
        pids.end(child, first=signal.SIGINT)
    if record:
        shutil.rmtree(record["sockets"], ignore_errors=True)
        places.forget(dev / RECORD)


if __name__ == "__main__":
    main(Path(sys.argv[1]), throwaway="--throwaway" in sys.argv)
