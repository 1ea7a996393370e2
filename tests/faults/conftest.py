"""Faults on real processes. `make faults` runs all of it; `make test` only the short form."""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from devservices import valkey
from tests.faults.letterbox import Letterbox
from tests.faults.oracle import Oracle
from tests.faults.rig import Clock, Rig
from tests.notifications.conftest import committed

__all__ = ["committed"]

WHOLE = bool(os.environ.get("FAULTS"))
collect_ignore_glob = [] if WHOLE else ["test_[!s]*.py", "test_s[!h]*.py"]


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


@pytest.fixture
def broker(folder):
    """A Valkey of this test alone, to be flushed and killed."""
    server = valkey.start(folder, folder / "valkey.log", throwaway=True)
    yield server
    with suppress(ProcessLookupError):
        server.stop()


@pytest.fixture
def clock(committed):
    """Wednesday, 03:40 UTC: at no office of the world does anything fall due within the next hour."""
    clock = Clock(committed["owner"])
    now = clock.now()
    clock.set_to((now + timedelta(days=(2 - now.weekday()) % 7)).replace(hour=3, minute=40, second=0))
    yield clock
    clock.back()


@pytest.fixture
def oracle(committed, clock, letterbox):
    server, _, name = os.environ["DATABASE_URL"].rpartition("/")
    return Oracle(f"{server}/{committed['owner'].rpartition('/')[2]}", clock, letterbox)


@pytest.fixture
def rig(committed, broker, folder, letterbox):
    rig = Rig(committed, broker.url, folder, letterbox)
    yield rig
    rig.end()
