"""A process is known by more than its number."""

import os
import signal
import subprocess
import sys
import time

import pytest

from devservices import children, keeper, pids, places


@pytest.fixture
def stranger():
    """A process that has nothing to do with us."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_a_stranger_with_a_remembered_number_is_never_ended(dev, stranger):
    remembered = pids.identify(stranger.pid) | {"started": 1}

    pids.end(remembered)
    places.write_record(dev / keeper.RECORD, {"children": [remembered], "sockets": str(dev / "gone")})
    keeper.end_orphans(dev)

    assert stranger.poll() is None


def test_a_number_from_before_the_last_boot_means_nothing(stranger):
    assert not pids.is_alive(pids.identify(stranger.pid) | {"boot": "another"})


def test_our_own_process_is_ended(stranger):
    pids.end(pids.identify(stranger.pid))

    assert stranger.wait(5) == -signal.SIGTERM


def test_a_process_that_does_not_listen_is_forced():
    deaf = subprocess.Popen(
        [
            sys.executable,
            "-uc",
            "import signal,time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    with deaf:
        deaf.stdout.readline()
        pids.end(pids.identify(deaf.pid), patience=0.1)
        assert deaf.wait(5) == -signal.SIGKILL


def test_what_a_dead_leader_left_is_found_by_session_and_mark():
    leader = children.spawn(
        ["sh", "-c", "sleep 60 & echo $!; exec sleep 60"],
        env={"PATH": os.defpath, "IJM_DEV_DIR": "/somewhere"},
        stdout=subprocess.PIPE,
    )
    orphan = int(leader.stdout.readline())
    identity = pids.identify(leader.pid)
    leader.kill()
    leader.wait()
    leader.stdout.close()

    assert list(pids.left_in_session(identity, marker="IJM_DEV_DIR=/elsewhere")) == []
    (found,) = pids.left_in_session(identity, marker="IJM_DEV_DIR=/somewhere")
    assert found["pid"] == orphan
    pids.end(found)
    assert pids.identify(orphan) is None


def test_a_child_dies_with_its_parent():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from devservices import children; import time;"
            "print(children.spawn(['sleep', '60']).pid, flush=True); time.sleep(60)",
        ],
        cwd=places.CHECKOUT,
        stdout=subprocess.PIPE,
    )
    with parent:
        child = pids.identify(int(parent.stdout.readline()))
        parent.kill()
    assert pids.wait_until_gone(child, 5)


def test_waiting_for_a_process_has_an_end(stranger):
    began = time.monotonic()

    assert not pids.wait_until_gone(pids.identify(stranger.pid), 0.1)
    assert time.monotonic() - began < 2
