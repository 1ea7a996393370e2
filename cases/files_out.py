"""A whole case as a file: who writes it stands above, whoever sends it away asks here.

In ``ready()`` of the app that knows the format::

    register_writer(case_as_file)    # (case_id, *, now, exact, may, without, notes) -> (bytes, people)
"""

from collections.abc import Callable
from typing import Any

_writer: list[Callable[..., Any]] = []


def register_writer(write: Callable[..., Any]) -> None:
    """The one writer of case files."""
    _writer[:] = [write]


def case_as_file(case_id, **facts) -> tuple[bytes, int]:
    """(the bytes of the file, how many people it tells of)."""
    return _writer[0](case_id, **facts)
