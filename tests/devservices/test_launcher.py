"""`make run` as a person sees it: it starts, says where things are, and leaves nothing behind."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from devservices import launcher, pids, places, services

# The launcher itself, with small programs in the place of the product's own.
LAUNCH = """
import sys
from devservices import launcher, processes
from devservices.processes import Process
step = Process("migrate", ("fake_step",), "owner")
processes.STEPS = (step,)
processes.ACCOUNTS = Process("accounts", ("fake_step",), "worker")
processes.LASTING = (
    Process("web", ("http.server", "--bind", "127.0.0.1", "{port}"), "web"),
    Process("worker", ("fake_worker",), "worker"),
)
Process.argv = lambda self, bind, schedule: [
    sys.executable, "-m", *(part.format(port=bind.split(":")[1]) for part in self.command)
]
sys.exit(launcher.main())
"""
STEP = """
import os
print(os.environ["IJM_PROCESS"], os.environ["DATABASE_URL_OWNER"].split(":")[1], "step done")
"""
# As gunicorn and celery do, it has a child of its own; and it needs a moment to stop.
WORKER = """
import signal, subprocess, sys, time
child = subprocess.Popen(["sleep", "300"])
print("child", child.pid)
def stop(*_):
    print("worker stopped")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
while True:
    time.sleep(1)
"""


class Run:
    """A running launcher and what it said so far."""

    def __init__(self, process):
        self.process = process
        self.said = []
        self.lines = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def until(self, words):
        """Wait until a line holds these words, and return it."""
        while (line := self.lines.get(timeout=60)) is not None:
            self.said.append(line)
            if words in line:
                return line
        pytest.fail(f"{words!r} was never said, but: {''.join(self.said)}")

    def end(self):
        """Wait for the end and return the exit code."""
        code = self.process.wait(60)
        while (line := self.lines.get(timeout=60)) is not None:
            self.said.append(line)
        return code


@pytest.fixture
def port():
    """A port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def launch(dev, port, tmp_path):
    """Start launchers in one private folder."""
    (tmp_path / "fake_step.py").write_text(STEP)
    (tmp_path / "fake_worker.py").write_text(WORKER)
    kept = {name: value for name, value in os.environ.items() if "_URL" not in name}
    environment = kept | {"IJM_DEV_DIR": str(dev), "PORT": str(port), "PYTHONPATH": str(tmp_path)}

    @contextmanager
    def start(**more):
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH],
            cwd=places.CHECKOUT,
            env=environment | {name: str(value) for name, value in more.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with process:
            try:
                yield Run(process)
            finally:
                process.kill()

    return start


def everything_of(dev):
    """Return the processes that run in this folder: of the launcher and of the services."""
    ours = [*places.read_record(dev / launcher.RECORD).get("processes", [])]
    return ours + services.running(dev).get("children", [])


def test_a_run_says_where_it_is_and_leaves_nothing_behind(launch, dev, port):
    with launch() as run:
        assert "owner //ijm_cases_owner step done" in run.until("step done")
        child = int(run.until("child").split()[-1])
        run.until(f"IJM Cases is at http://127.0.0.1:{port}")
        running = [*everything_of(dev), pids.identify(child), services.running(dev)["keeper"]]
        run.until("Ctrl-C stops it")

        run.process.send_signal(signal.SIGINT)

        assert run.end() == 0
        assert any("worker stopped" in line for line in run.said)
        assert not any(map(pids.is_alive, running))
        assert len(running) == 6


def test_a_second_run_is_told_about_the_first(launch, port):
    with launch() as first:
        first.until("Ctrl-C stops it")
        with launch(PORT=port + 1) as second:
            assert second.end() == 1
            assert second.said == [
                f"This checkout is running already, at http://127.0.0.1:{port}. Stop it first.\n"
            ]
        first.process.terminate()
        assert first.end() == 0


def test_after_a_killed_run_nothing_is_left_and_the_next_one_starts(launch, dev):
    with launch() as killed:
        child = pids.identify(int(killed.until("child").split()[-1]))
        killed.until("Ctrl-C stops it")
        left = everything_of(dev)
        killed.process.kill()
        killed.end()
    # The kernel told its children; what they started themselves is found at the next start.
    for process in left[:2]:
        assert pids.wait_until_gone(process, 10)
    with launch() as second:
        second.until("Ctrl-C stops it")
        assert not pids.is_alive(child)
        second.process.terminate()
        assert second.end() == 0


def worker_of(dev):
    """The worker, which stands second until it is started again and then last."""
    recorded = places.read_record(dev / launcher.RECORD)["processes"]
    return recorded[1]


def test_a_killed_process_is_started_again_and_the_rest_goes_on(launch, dev):
    with launch() as run:
        child = pids.identify(int(run.until("child").split()[-1]))
        run.until("Ctrl-C stops it")
        before = places.read_record(dev / launcher.RECORD)["processes"]
        os.kill(worker_of(dev)["pid"], signal.SIGKILL)
        run.until("worker was killed; it is started again")
        run.until("child")
        after = places.read_record(dev / launcher.RECORD)["processes"]
        assert [kept for kept in before if kept in after] == [before[0], *before[2:]]
        assert len(after) == len(before)
        assert not pids.is_alive(child)
        run.process.terminate()
        assert run.end() == 0


def test_a_process_that_is_killed_again_and_again_ends_the_run(launch, dev):
    with launch() as run:
        run.until("Ctrl-C stops it")
        os.kill(worker_of(dev)["pid"], signal.SIGKILL)
        for _again in range(launcher.KILLED_AT_MOST):
            run.until("worker was killed; it is started again")
            run.until("child")
            last = places.read_record(dev / launcher.RECORD)["processes"][-1]
            os.kill(last["pid"], signal.SIGKILL)
        assert run.end() == 1
        assert any("worker ended by itself" in line for line in run.said)
        assert services.running(dev) == {}


def test_a_busy_port_is_said_in_one_sentence(launch, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with launch() as run:
            assert run.end() == 1
            assert run.said == [
                f"Port {port} is in use by another program. Take another: PORT=8001 make run\n"
            ]


def test_a_port_that_is_no_number_is_said_in_one_sentence(launch):
    with launch(PORT="eight") as run:
        assert run.end() == 1
        assert run.said == ["PORT is 'eight', which is not a number. For example: PORT=8001 make run\n"]
