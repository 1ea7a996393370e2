"""From a file of any generation to rows of the 27 columns, and every cell that cannot be understood."""

import csv
import io
from dataclasses import dataclass, field

from exchange.ctdc.columns import COLUMNS, LEFT_ASIDE, generation_of, place_of, value_of

MOST_FAULTS = 1000


class NotCtdc(Exception):
    """The file has no header that we know."""


@dataclass
class Reading:
    """A file as it was understood. A row is a tuple of 27 texts in the order of the codebook."""

    generation: str
    rows: list[tuple[str, ...]] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)  # (row of the file, column, value)
    aside: list[str] = field(default_factory=list)  # columns that have no place among the 27
    missing: list[str] = field(default_factory=list)  # columns of the 27 that the file has not


def read_ctdc(content: bytes) -> Reading:
    """The rows of a CSV file; a cell that the codebook does not know is left empty and told."""
    text = io.StringIO(decoded(content), newline="")
    lines = csv.reader(text, strict=True)
    try:
        header = [name.strip().lstrip("\ufeff") for name in next(lines)]
    except (StopIteration, csv.Error) as why:
        raise NotCtdc from why
    places = [place_of(name) for name in header]
    if sum(place is not None for place in places) < len(COLUMNS) // 3:
        raise NotCtdc
    reading = Reading(generation_of(header))
    reading.aside = [name for name, place in zip(header, places, strict=True) if place is None and name]
    reading.missing = [name for name in COLUMNS if name not in places]
    try:
        for number, line in enumerate(lines, 2):
            if any(cell.strip() for cell in line) or len(line) == len(header):
                reading.rows.append(row_of(reading, header, places, line, number))
    except csv.Error as why:
        raise NotCtdc from why
    return reading


def decoded(content):
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotCtdc


def row_of(reading, header, places, line, number):
    """One row; several columns of an older file may set one of ours."""
    found = dict.fromkeys(COLUMNS, "")
    if len(line) > len(header):
        reading.faults.append((number, "", ""))
    for name, place, cell in zip(header, places, line, strict=False):
        if place is None:
            continue
        try:
            found[place] = value_of(place, cell) or found[place]
        except ValueError:
            if len(reading.faults) < MOST_FAULTS:
                reading.faults.append((number, name, cell[:40]))
    return tuple(found.values())


def strange(reading):
    """Columns that no generation of files has: perhaps not this data at all."""
    return [name for name in reading.aside if name not in LEFT_ASIDE]
