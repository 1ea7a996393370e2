"""Using the embedded services: whoever comes first starts them, the last one out ends them."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from devservices import keeper, pids, places
from devservices.children import tail
from devservices.failures import ServiceFailure
from devservices.locks import FileLock, alone

START_SECONDS = 90


@dataclass
class Use:
    """One process's use of the services; they stay up at least until it ends."""

    dev: Path
    record: dict
    lock: FileLock

    @property
    def database_url(self) -> str:
        """The address of the database server, for its superuser."""
        return self.record["database_url"]

    @property
    def redis_url(self) -> str:
        """The address of the broker and cache."""
        return self.record["redis_url"]

    def still_up(self) -> bool:
        """Say whether the services still run."""
        return pids.is_alive(self.record["keeper"])

    def leave(self) -> None:
        """Stop using the services; if nobody else does they end in a moment by themselves."""
        self.lock.close()

    def leave_and_wait(self) -> None:
        """Stop using the services, and if nobody else does wait until they have ended."""
        with alone(self.dev / keeper.STARTING):
            if self.lock.try_take():
                pids.end(self.record["keeper"], patience=40)
            self.lock.close()


def use(dev: Path, *, throwaway: bool = False) -> Use:
    """Use the services of this folder, starting them if they are not up."""
    with alone(dev / keeper.STARTING):
        lock = FileLock(dev / keeper.IN_USE)
        lock.share()
        record = running(dev) or _start_keeper(dev, throwaway=throwaway)
    return Use(dev, record, lock)


def running(dev: Path) -> dict:
    """Return where the services are, or nothing when they are not up."""
    record = places.read_record(dev / keeper.RECORD)
    return record if pids.is_alive(record.get("keeper")) else {}


def _start_keeper(dev: Path, *, throwaway: bool) -> dict:
    """Start the keeper and wait until both services answer."""
    log = places.private_folder(dev / "log") / "keeper.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "devservices.keeper", str(dev), *(["--throwaway"] if throwaway else [])],
            cwd=places.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            # A session of its own: Ctrl-C at the terminal is not meant for the services.
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if record := running(dev):
            return record
        time.sleep(0.02)
    process.terminate()
    raise ServiceFailure(f"PostgreSQL and Valkey did not start:\n{tail(log)}")
