"""Sound and film: the frame of the file holds together from the first byte to the last."""

from typing import IO

from documents.inspection import refused
from documents.inspection.reading import at, size_of
from documents.inspection.refused import Refused

# A film has a table of its scenes, a still picture a table of its parts.
TABLES = {"image/heic": b"meta", "image/heif": b"meta"}
MOST_BOXES = 100_000
HEAD, LONG_HEAD = 8, 16


def look_at_film(file: IO[bytes], mime: str) -> None:
    """Its boxes follow each other without a gap and the table is there; what is cut off is refused."""
    size, place, found = size_of(file), 0, set()
    for _box in range(MOST_BOXES):
        if place == size:
            break
        head = at(file, place, LONG_HEAD)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        length = length or size - place
        if len(head) < HEAD or length < HEAD or place + length > size:
            raise Refused(refused.DAMAGED)
        found.add(name)
        place += length
    if place != size or TABLES.get(mime, b"moov") not in found:
        raise Refused(refused.DAMAGED)


def look_at_sound(file: IO[bytes], mime: str) -> None:
    """A recording that says how long it is has that length."""
    if mime in ("audio/x-wav", "audio/wav"):
        said = int.from_bytes(at(file, 4, 4), "little")
        if said not in (0, 0xFFFFFFFF) and said + HEAD > size_of(file) + 1:
            raise Refused(refused.DAMAGED)
