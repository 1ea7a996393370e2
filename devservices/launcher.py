"""`make run`: everything the product needs on one machine, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from devservices import children, environment, pids, places, processes, services
from devservices.failures import ServiceFailure
from devservices.locks import FileLock
from devservices.logs import Logs
from devservices.processes import Process

RUN_LOCK = "run.lock"
RECORD = "run.json"
STOP_SECONDS = 25
WEB_SECONDS = 60
KILLED_AT_MOST = 5


class Stopped(Exception):
    """Somebody asked for the end."""


@dataclass(frozen=True)
class Running:
    """A process that this run started, and what tells it from others once it is gone."""

    process: Process
    child: subprocess.Popen
    identity: dict | None


class Launcher:
    """One `make run`, from its first step to its last process."""

    def __init__(self, dev: Path, port: int):
        self.dev = dev
        self.port = port
        self.lock = FileLock(dev / RUN_LOCK)
        self.logs = Logs()
        self.running: list[Running] = []
        self.killed: Counter[str] = Counter()
        self.using: services.Use | None = None
        self.settings: dict[str, str] = {}

    def run(self) -> int:
        """Start everything, show what it says, and stop it all in reverse order."""
        self.claim()
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, _ask_to_stop)
        try:
            self.start()
            self.watch()
        except Stopped:
            self.logs.say("run", "Stopping.")
            return 0
        except ServiceFailure as failure:
            self.logs.say("run", str(failure))
            return 1
        finally:
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sign, signal.SIG_IGN)
            self.stop()
        return 0

    def claim(self) -> None:
        """Make sure that this is the checkout's only run, and that its port is free."""
        if not self.lock.try_take():
            raise ServiceFailure(
                "This checkout is running already, at "
                f"{places.read_record(self.dev / RECORD).get('address', 'another address')}. Stop it first."
            )
        end_leftovers(self.dev)
        with socket.socket() as probe:
            # As gunicorn does: connections that are just closing do not make a port busy.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as taken:
                raise ServiceFailure(
                    f"Port {self.port} is in use by another program. Take another: PORT=8001 make run"
                ) from taken

    def start(self) -> None:
        """Start the services, bring the database up to date, and start what lasts."""
        self.logs.say("run", "Starting PostgreSQL and Valkey.")
        self.settings, self.using = environment.prepare()
        for step in processes.STEPS:
            self.do(step)
        for process in processes.LASTING:
            self.launch(process)
        self.wait_for_web()
        self.do(processes.ACCOUNTS)
        for line in self.welcome():
            self.logs.say("run", line)

    def do(self, step: Process) -> None:
        """Run one step to its end."""
        started = self.spawn(step)
        while started.child.poll() is None:
            self.logs.show_for(0.2)
        self.logs.drain()
        if started.child.returncode:
            raise ServiceFailure(f"`{' '.join(step.command)}` failed; its messages are above.")
        self.running.remove(started)

    def launch(self, process: Process) -> None:
        """Start a process that lasts, and record it for a run after a crash."""
        self.spawn(process)
        places.write_record(
            self.dev / RECORD,
            {
                "address": f"http://127.0.0.1:{self.port}",
                "processes": [running.identity for running in self.running],
            },
        )

    def spawn(self, process: Process) -> Running:
        """Start a process of ours and follow what it says."""
        child = children.spawn(
            process.argv(bind=f"127.0.0.1:{self.port}", schedule=str(self.dev / "beat-schedule")),
            cwd=places.CHECKOUT,
            env=self.environment_of(process),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started = Running(process, child, pids.identify(child.pid))
        self.running.append(started)
        self.logs.follow(process.name, child.stdout)
        return started

    def environment_of(self, process: Process) -> dict[str, str]:
        """Return what a process is told: where everything is, and whose role it has."""
        quiet = [os.environ[name] for name in ("PYTHONWARNINGS",) if name in os.environ]
        if os.geteuid() == 0:
            # Celery's six lines about root are for servers; this is somebody trying it in a container.
            quiet.append("ignore:You're running the worker with superuser privileges")
        return {
            **os.environ,
            **self.settings,
            "IJM_PROCESS": process.role,
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": ",".join(quiet),
        }

    def wait_for_web(self) -> None:
        """Wait until the site can be reached."""
        deadline = time.monotonic() + WEB_SECONDS
        while time.monotonic() < deadline:
            self.check()
            self.logs.show_for(0.1)
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                continue
            return
        raise ServiceFailure(f"The site did not answer within {WEB_SECONDS} seconds.")

    def watch(self) -> None:
        """Show what is said until somebody asks for the end or something breaks."""
        while True:
            self.check()
            self.logs.show_for(0.5)

    def check(self) -> None:
        """Start again what somebody killed; complain if what should last has given up."""
        for running in list(self.running):
            if running.child.poll() is not None:
                self.logs.drain()
                self.replace(running)
        if self.using and not self.using.still_up():
            raise ServiceFailure("PostgreSQL or Valkey ended by itself; their logs are in .dev/log.")

    def replace(self, running: Running) -> None:
        """Start a killed process again, a few times; one that ended of its own will would only end again."""
        name = running.process.name
        self.killed[name] += 1
        if running.child.returncode >= 0 or self.killed[name] > KILLED_AT_MOST:
            raise ServiceFailure(f"{name} ended by itself; its last messages are above.")
        self.logs.say("run", f"{name} was killed; it is started again.")
        self.running.remove(running)
        if running.identity:
            _end_session(running.identity, self.dev)
        self.launch(running.process)

    def welcome(self) -> list[str]:
        """Say where everything is."""
        address = f"http://127.0.0.1:{self.port}"
        return [
            f"IJM Cases is at {address}",
            f"Mail that it sends is at {address}/dev/mail/",
            "Ctrl-C stops it.",
        ]

    def stop(self) -> None:
        """Stop the processes in reverse order, then the services if nobody else uses them."""
        for running in reversed(self.running):
            self.end(running)
        places.forget(self.dev / RECORD)
        if self.using:
            self.using.leave_and_wait()
        self.lock.close()

    def end(self, running: Running) -> None:
        """End one process and whatever it started."""
        child = running.child
        if child.poll() is None:
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while child.poll() is None and time.monotonic() < deadline:
            self.logs.show_for(0.1)
        if child.poll() is None:
            self.logs.say("run", f"{running.process.name} did not stop when asked; it is ended now.")
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(10)
        if running.identity:
            _end_session(running.identity, self.dev)
        self.logs.drain()


def end_leftovers(dev: Path) -> None:
    """End what a killed run left, and no process that merely has the same number."""
    for leader in places.read_record(dev / RECORD).get("processes", []):
        if leader:
            pids.end(leader)
            _end_session(leader, dev)
    places.forget(dev / RECORD)


def _end_session(leader: dict, dev: Path) -> None:
    """End what a process of ours started and did not end itself."""
    for orphan in list(pids.left_in_session(leader, marker=f"IJM_DEV_DIR={dev}")):
        pids.end(orphan, patience=5)


def _ask_to_stop(*_signal) -> None:
    """Turn a signal into the end of the run."""
    raise Stopped


def main() -> int:
    """Run everything at the port that the environment names."""
    try:
        port = int(os.environ.get("PORT", "8000"))
        return Launcher(places.dev_dir(), port).run()
    except ValueError:
        failure = f"PORT is {os.environ['PORT']!r}, which is not a number. For example: PORT=8001 make run"
    except ServiceFailure as stop:
        failure = str(stop)
    sys.stderr.write(failure + "\n")
    return 1
