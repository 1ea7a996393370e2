"""ZIP, and what is ZIP inside: no bombs, no way out of the folder, no locks, no programs."""

import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from documents.inspection import refused
from documents.inspection.reading import PIECE, at
from documents.inspection.refused import Refused

MOST_ENTRIES = 2000
MOST_DEPTH = 3
MEGABYTE = 1024 * 1024
MOST_UNPACKED = 1024 * MEGABYTE
# A spreadsheet of numbers grows some sixty times; a bomb a thousand times and more.
MOST_GROWTH = 100
ALWAYS_FINE = 32 * MEGABYTE
HELD_IN_MEMORY = MEGABYTE
LOCKED, SYMLINK_BITS = 0x1, 16
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError)

Inspect = Callable[..., str]


class Budget:
    """How much may come out of one upload, however deep things lie in each other."""

    def __init__(self, size: int) -> None:
        self.left = min(MOST_UNPACKED, max(ALWAYS_FINE, size * MOST_GROWTH))
        self.entries = MOST_ENTRIES
        self.depth = 0

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise Refused(refused.BOMB)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Refused(refused.BOMB)
        yield
        self.depth -= 1


@contextmanager
def opened(file: IO[bytes], budget: Budget) -> Iterator[zipfile.ZipFile]:
    """The archive, once its table of contents is in order."""
    if at(file, 0, 4) == b"PK\x05\x06":
        raise Refused(refused.EMPTY)
    if at(file, 0, 4) != b"PK\x03\x04":
        raise Refused(refused.TWO_KINDS)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            budget.entries -= len(entries)
            if budget.entries < 0:
                raise Refused(refused.BOMB)
            check_entries(entries)
            yield archive
    except BROKEN as broken:
        raise Refused(refused.DAMAGED) from broken


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Names that stay inside, nothing twice, nothing locked, no links."""
    if not entries:
        raise Refused(refused.EMPTY)
    names = [unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise Refused(refused.PATHS)
    for entry in entries:
        if entry.flag_bits & LOCKED:
            raise Refused(refused.LOCKED)
        # zipfile itself cuts a name at its first zero byte; the name as written tells.
        if leads_out(entry.orig_filename) or stat.S_ISLNK(entry.external_attr >> SYMLINK_BITS):
            raise Refused(refused.PATHS)
        if entry.compress_type not in METHODS:
            raise Refused(refused.DAMAGED)


def leads_out(name: str) -> bool:
    """Absolute, upwards, with a drive, or with characters that hide what it is."""
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co") for letter in name):
        return True
    if "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return True
    return ".." in PurePosixPath(name).parts


@contextmanager
def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Iterator[IO[bytes]]:
    """One entry as a file of its own; what comes out is counted, not what the archive says of itself."""
    with tempfile.SpooledTemporaryFile(HELD_IN_MEMORY) as out:
        with archive.open(entry) as inside:
            while piece := inside.read(PIECE):
                budget.spend(len(piece))
                out.write(piece)
        out.seek(0)
        yield out


def look_at_archive(file: IO[bytes], budget: Budget, inspect: Inspect) -> None:
    """Everything in the archive could have been uploaded by itself."""
    with opened(file, budget) as archive, budget.deeper():
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            with unpacked(archive, entry, budget) as inside:
                if entry.file_size:
                    inspect(inside, PurePosixPath(entry.filename).suffix.lower(), budget)
