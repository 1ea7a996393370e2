"""Longer attacks, for `make attack` alone: nothing here is collected by `make test`."""

import os

from tests.matrix.conftest import world

__all__ = ["world"]

collect_ignore_glob = [] if os.environ.get("ATTACK") else ["test_*.py"]
