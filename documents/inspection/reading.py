"""Reading an open file without holding it in memory."""

import os
from collections.abc import Iterator
from typing import IO

PIECE = 256 * 1024


def size_of(file: IO[bytes]) -> int:
    """Bytes from the first to the last."""
    return file.seek(0, os.SEEK_END)


def pieces(file: IO[bytes], start: int = 0) -> Iterator[bytes]:
    """The file from `start` on, piece by piece."""
    file.seek(start)
    while piece := file.read(PIECE):
        yield piece


def at(file: IO[bytes], start: int, length: int) -> bytes:
    """A few bytes; a negative start counts from the end."""
    size = size_of(file)
    file.seek(max(0, size + start if start < 0 else start))
    return file.read(length)


def holds(file: IO[bytes], words: tuple[bytes, ...]) -> bool:
    """Whether one of the words stands anywhere in the file, in capitals or not."""
    longest, tail = max(map(len, words)), b""
    for piece in pieces(file):
        window = (tail + piece).lower()
        if any(word in window for word in words):
            return True
        tail = window[-(longest - 1) :]
    return False
