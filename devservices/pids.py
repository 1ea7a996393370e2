"""Processes remembered across runs, told apart from strangers that were given the same number."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def identify(pid: int) -> dict | None:
    """Return what tells this process from every other, or None if it is not running."""
    try:
        # The name may hold spaces and brackets, so the fields are counted from the last bracket.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    if fields[0] in "ZX":
        return None
    return {"pid": pid, "started": int(fields[19]), "boot": boot}


def is_alive(identity: dict | None) -> bool:
    """Say whether this very process still runs, not another that was given its number."""
    return identity is not None and identify(identity["pid"]) == identity


def wait_until_gone(identity: dict, seconds: float) -> bool:
    """Wait for a process that is not our child, and say whether it ended in time."""
    deadline = time.monotonic() + seconds
    while is_alive(identity):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(identity: dict | None, *, first: int = signal.SIGTERM, patience: float = 20) -> None:
    """End this very process, asking first and forcing it only when it does not listen."""
    for sign, seconds in ((first, patience), (signal.SIGKILL, 5)):
        if identity is None or not is_alive(identity):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(identity["pid"], sign)
        wait_until_gone(identity, seconds)


def left_in_session(leader: dict, *, marker: str) -> Iterator[dict]:
    """Find what a dead leader left running: same session, and our own marker in its environment."""
    if identify(leader["pid"]) not in (None, leader):
        # The number went to a stranger, which the kernel allows only when the session is empty.
        return
    for folder in PROC.glob("[0-9]*"):
        pid = int(folder.name)
        try:
            ours = os.getsid(pid) == leader["pid"] and marker.encode() in _environment(folder)
        except OSError:
            continue
        if ours and (identity := identify(pid)):
            yield identity


def _environment(folder: Path) -> list[bytes]:
    """Return the environment that a process was started with."""
    return (folder / "environ").read_bytes().split(b"\0")
