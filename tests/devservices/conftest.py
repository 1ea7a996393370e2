"""Private services for the tests of the launcher itself; nothing here touches the test database."""

import shutil
import tempfile
from pathlib import Path

import pytest

from devservices import keeper, pids, places, postgres_home, services


@pytest.fixture
def dev():
    """A private folder for services, removed with everything that still runs in it."""
    folder = Path(tempfile.mkdtemp(prefix="ijm-test-"))
    yield folder
    pids.end(places.read_record(folder / keeper.RECORD).get("keeper"))
    keeper.end_orphans(folder)
    postgres_home.remove_home(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster():
    """One throwaway cluster for all tests of this folder that only need a server."""
    folder = Path(tempfile.mkdtemp(prefix="ijm-test-"))
    using = services.use(folder, throwaway=True)
    yield using
    using.leave_and_wait()
    postgres_home.remove_home(folder)
    shutil.rmtree(folder, ignore_errors=True)
