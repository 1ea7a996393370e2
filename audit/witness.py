"""The file outside the database that remembers every seal: by it alone a cut at the end is seen."""

import fcntl
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Line(NamedTuple):
    """What the witness remembers of one seal; RESTORED: a restored database went on from it."""

    no: int
    hash: str
    key: str
    signature: str
    events: int
    sealed_at: str
    word: str = "seal"


RESTORED = "restored"
TAIL = 4096


def line_of(no: int, digest: bytes, key: str, signature: bytes, count: int, sealed_at: datetime) -> Line:
    return Line(no, digest.hex(), key, signature.hex(), count, sealed_at.isoformat())


def written(line: Line) -> str:
    return f"{line.word} {line.no} {line.hash} {line.key} {line.signature} {line.events} {line.sealed_at}\n"


def parse(text: str) -> Line | None:
    """One line of the file; None when it is not whole."""
    parts = text.split()
    if len(parts) != 7 or not parts[1].isdecimal() or not parts[5].isdecimal():
        return None
    word, no, digest, key, signature, count, sealed_at = parts
    try:
        bytes.fromhex(digest), bytes.fromhex(signature)
    except ValueError:
        return None
    return Line(int(no), digest, key, signature, int(count), sealed_at, word)


def read(path: Path) -> tuple[list[Line], list[int]]:
    """(the lines, the numbers of lines in the file that are not whole)."""
    lines, broken = [], []
    if path.exists():
        for number, text in enumerate(path.read_text().splitlines(), 1):
            line = parse(text)
            lines.append(line) if line else broken.append(number)
    return lines, broken


def last_of(path: Path) -> Line | None:
    """The newest line that is whole; reads only the end of the file, for it is asked every second."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
        texts = file.read().decode(errors="replace").splitlines()
    return next(filter(None, map(parse, reversed(texts))), None)


def append(path: Path, lines: Iterable[Line]) -> None:
    """Write to the end, and return when the disk has it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        torn = file.tell() and not _ends_in_newline(file)
        # A line that a crash tore ends where it is; the whole one follows it.
        file.write((b"\n" if torn else b"") + "".join(map(written, lines)).encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_in_newline(file) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def message(line: Line) -> bytes:
    """What the signature of a line stands over: the seal's hash, or that a restored database goes on."""
    digest = bytes.fromhex(line.hash)
    return digest if line.word == "seal" else f"{line.word}|{line.no}|".encode() + digest
