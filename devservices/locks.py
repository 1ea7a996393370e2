"""Locks on files, which the kernel releases by itself when their holder dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

CLOSED = -1


class FileLock:
    """One hold on a lock file, shared or exclusive, never passed on to child processes."""

    def __init__(self, path: Path):
        self.path = path
        # Python opens files closed-on-exec; children that fork without exec are handled below.
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.register_at_fork(after_in_child=self._forget)

    def share(self) -> None:
        """Hold the lock together with others, waiting for an exclusive holder to let go."""
        fcntl.flock(self._fd, fcntl.LOCK_SH)

    def take(self) -> None:
        """Hold the lock alone, waiting for every other holder to let go."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Hold the lock alone if nobody else holds it."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let go of the lock, ready to hold it again."""
        fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock for good."""
        if self._fd != CLOSED:
            self.release()
            self._forget()

    def _forget(self) -> None:
        """Close the file only: in a forked child, letting go would take the lock from the parent."""
        if self._fd != CLOSED:
            os.close(self._fd)
            self._fd = CLOSED

    @property
    def still_there(self) -> bool:
        """Say whether the lock file still is where others would look for it."""
        try:
            return self._fd != CLOSED and os.path.samestat(os.fstat(self._fd), os.stat(self.path))
        except FileNotFoundError:
            return False


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Do something while nobody else does it."""
    lock = FileLock(path)
    try:
        lock.take()
        yield
    finally:
        lock.close()
