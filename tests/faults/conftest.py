"""Faults on real processes. `make faults` runs all of it; `make test` only the short form."""

import os
import shutil
import signal
import tempfile
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest

from devservices import postgres, postgres_home, valkey
from devservices.provision import provision
from tests.faults.letterbox import Letterbox
from tests.faults.oracle import Oracle
from tests.faults.reporting import FOLDER, Report
from tests.faults.rig import Clock, Rig
from tests.faults.scenario import Scenario
from tests.notifications.conftest import committed

__all__ = ["committed"]

WHOLE = bool(os.environ.get("FAULTS"))
collect_ignore_glob = [] if WHOLE else ["test_[!s]*.py", "test_s[!h]*.py"]
REPORT = Report()


class Server:
    """PostgreSQL of these tests alone, to be stopped in the middle of work.

    What it says is written is written, as a deployment's is; only the disk is not waited for, since it is
    processes that are killed here and not the machine.
    """

    def __init__(self):
        self.dev = Path(tempfile.mkdtemp(prefix="ijm-faults-"))
        self.log = self.dev / "postgres.log"
        self.running = postgres.start(self.dev, self.log, throwaway=True)
        self.url = self.running.url

    def stop(self, sign=signal.SIGINT):
        self.running.process.send_signal(sign)
        self.running.process.wait(60)

    def again(self):
        self.running = postgres.again(self.running, self.log, throwaway=True)

    def end(self):
        self.running.stop()
        postgres_home.remove_home(self.dev)
        shutil.rmtree(self.dev, ignore_errors=True)


if WHOLE:

    @pytest.fixture(scope="session")
    def server():
        server = Server()
        yield server
        server.end()

    @pytest.fixture(scope="session")
    def database_roles(server):
        """In the place of the one that all tests share, which may not be stopped."""
        roles = provision(server.url, "faults")
        with closing(psycopg2.connect(server.url)) as line, line, line.cursor() as cursor:
            cursor.execute("ALTER DATABASE faults SET synchronous_commit = on")
        return roles

    @pytest.fixture
    def superuser(server):
        return server.url.rpartition("/")[0] + "/faults"

else:

    @pytest.fixture
    def superuser(committed):
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{committed['owner'].rpartition('/')[2]}"


@pytest.fixture
def letterbox():
    box = Letterbox()
    yield box
    box.down()


@pytest.fixture
def folder():
    """Short enough for sockets, and gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="ijm-faults-"))
    yield place
    shutil.rmtree(place, ignore_errors=True)


class Broker:
    """A Valkey of this test alone, to be flushed and killed; it writes everything down, as deployed."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder / "valkey.log"
        self.running = valkey.start(folder, self.log, throwaway=False)
        self.url = self.running.url

    def kill(self):
        self.running.process.kill()
        self.running.process.wait(20)

    def again(self):
        self.running = valkey.again(self.running, self.folder, self.log, throwaway=False)


@pytest.fixture
def broker(folder):
    broker = Broker(folder)
    yield broker
    with suppress(ProcessLookupError):
        broker.kill()


@pytest.fixture
def clock(committed):
    """Wednesday, 03:40 UTC: at no office of the world does anything fall due within the next hour."""
    clock = Clock(committed["owner"])
    now = clock.now()
    clock.set_to((now + timedelta(days=(2 - now.weekday()) % 7)).replace(hour=3, minute=40, second=0))
    yield clock
    clock.back()


@pytest.fixture
def oracle(superuser, clock, letterbox):
    oracle = Oracle(superuser, clock, letterbox)
    yield oracle
    oracle.run("DROP SCHEMA oracle CASCADE")  # the database may be one that other tests use, too


@pytest.fixture
def rig(committed, broker, folder, letterbox):
    rig = Rig(committed, broker.url, folder, letterbox)
    yield rig
    rig.end()


@pytest.fixture
def scenario(request, rig, oracle, clock, letterbox):
    """Named after its test."""
    name = request.node.name.removeprefix("test_").replace("_", " ")
    return Scenario(name, rig, oracle, clock, letterbox, REPORT)


def pytest_terminal_summary(terminalreporter):
    if WHOLE and REPORT.lines:
        terminalreporter.write_line("")
        terminalreporter.write_line(REPORT.table())
        terminalreporter.write_line(
            f"\nalso in {FOLDER.relative_to(FOLDER.parents[1])}/report.md and report.json"
        )


def pytest_runtest_logreport(report):
    """Each failure at once, not only at the end of a long run."""
    if WHOLE and report.failed:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / "failures.txt").open("a") as said:
            said.write(f"===== {report.nodeid} ({report.when})\n{report.longreprtext}\n")
