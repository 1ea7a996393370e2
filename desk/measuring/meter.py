"""Processor time and memory of processes, as the kernel counts them."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def status(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: the state is the first."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def parent(pid: int) -> int:
    fields = status(pid)
    return int(fields[1]) if fields else 0


def children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    found = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    return [other for other in found if parent(other) == pid]


def spent(pid: int) -> float:
    """Milliseconds of processor time of all threads of a process, to the nanosecond."""
    total = 0
    for schedule in (PROC / str(pid) / "task").glob("*/schedstat"):
        try:
            total += int(schedule.read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1e6


def of_those_gone(pid: int) -> float:
    """Milliseconds of children that ended: parallel workers and closed connections; to a tick."""
    fields = status(pid)
    return (int(fields[13]) + int(fields[14])) * 1000 / TICK if fields else 0.0


def tree(pid: int) -> float:
    """Milliseconds of a process, its children and those of them that ended."""
    return spent(pid) + of_those_gone(pid) + sum(map(spent, children(pid)))


def share_of_memory(pid: int) -> float:
    """MB of a process and its children; what they share is counted once (PSS)."""
    kilobytes = 0
    for one in (pid, *children(pid)):
        try:
            text = (PROC / str(one) / "smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        kilobytes += int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1])
    return kilobytes / 1024


@dataclass
class Meter:
    """Processor time of a web server and of the database server, from one reading to the next."""

    web: int
    database: int

    def read(self) -> tuple[float, float]:
        return tree(self.web), tree(self.database)
