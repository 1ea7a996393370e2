"""Where the names of the columns stand, which column is which, and what of it is remembered."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.utils import translation

from exchange.incoming.contract import Column, Kind
from exchange.incoming.parsers import LANGUAGES, plainly, says_nothing
from exchange.incoming.tables import shown
from reference.sealed import token

LOOKED_AT = 20  # rows among which the header is looked for
BETWEEN = " - "


def header_at(rows: Sequence[tuple[int, list[Any]]], columns: Sequence[Column]) -> tuple[int, int]:
    """(number of the row, number of rows) of the header: the row with most words, ours before others."""
    known = {word for column in columns for word in words_for(column)}
    best, at = -1.0, 0
    for place, (_number, cells) in enumerate(rows[:LOOKED_AT]):
        said = [plainly(cell) for cell in cells if isinstance(cell, str) and plainly(cell)]
        ours = sum(word in known for word in said)
        score = 5 * ours + min(len(set(said)), 40) - place * 0.5
        if said and score > best:
            best, at = score, place
    if not rows:
        return 1, 1
    number = rows[at][0]
    if at and rows[at - 1][0] == number - 1 and groups(rows[at - 1][1], rows[at][1]):
        return number - 1, 2
    if at + 1 < len(rows) and rows[at + 1][0] == number + 1 and parts(rows[at][1], rows[at + 1][1]):
        return number, 2
    return number, 1


def parts(above: Sequence[Any], below: Sequence[Any]) -> bool:
    """Do the cells below name parts of the columns above? They fill gaps, and leave others as they are."""
    words = all(cell is None or isinstance(cell, str) for cell in below)
    return words and gaps(above, below) and gaps(below, above)


def gaps(line: Sequence[Any], other: Sequence[Any]) -> bool:
    """Does the other line say something where this one says nothing?"""
    return any(cell is not None and (at >= len(line) or line[at] is None) for at, cell in enumerate(other))


def groups(above: Sequence[Any], below: Sequence[Any]) -> bool:
    """Do the cells above name groups of the columns below? A title alone does not."""
    words = [cell for cell in above if cell is not None]
    return len(words) >= 2 and all(isinstance(cell, str) for cell in words) and gaps(above, below)


def joined(lines: Sequence[Sequence[Any]]) -> list[str]:
    """The name of each column from one or more rows; a merged cell above counts for all below it."""
    width = max((len(line) for line in lines), default=0)
    parts: list[list[str]] = [[] for _column in range(width)]
    for depth, line in enumerate(lines):
        last = ""
        for place in range(width):
            said = " ".join(shown(line[place]).split()) if place < len(line) else ""
            below = any(place < len(other) and other[place] is not None for other in lines[depth + 1 :])
            if said:
                last = said
            elif below:
                said = last
            if said and said not in parts[place]:
                parts[place].append(said)
    return [BETWEEN.join(found)[:200] for found in parts]


def words_for(column: Column) -> set[str]:
    """Every word by which this column is known."""
    found = {plainly(column.name), *(plainly(word) for word in column.also)}
    for language in LANGUAGES:
        with translation.override(language):
            found.add(plainly(column.label))
    return found


def guessed(
    kind: Kind, columns: Sequence[Column], header: Sequence[str], kept: dict[str, str]
) -> dict[int, str]:
    """{position: name of a column}: as it was before, as the kind knows it, by its words, by what is near."""
    names = {column.name for column in columns}
    if (told := kind.guess(header)) is not None:
        return {place: name for place, name in told.items() if name in names}
    found: dict[int, str] = {}
    for place, head in enumerate(header):
        name = kept.get(head_token(head), "")
        if name in names and name not in found.values():
            found[place] = name
    exact = {word: column.name for column in reversed(columns) for word in words_for(column)}
    for near in (False, True):
        for place, head in enumerate(header):
            if place in found or not plainly(head) or head_token(head) in kept:
                continue
            word = exact.get(plainly(head)) or exact.get(last_part(head), "")
            name = like(head, exact) if near else word
            if name and name not in found.values():
                found[place] = name
    return found


def last_part(head: str) -> str:
    """What stands below the name of a group."""
    return plainly(head.rpartition(BETWEEN)[2])


def like(head: str, exact: dict[str, str]) -> str:
    """The column one of whose words stands in the header as a whole, the longest first."""
    said = f" {plainly(head)} "
    for word in sorted(exact, key=len, reverse=True):
        if len(word) > 3 and f" {word} " in said:
            return exact[word]
    return ""


def head_token(head: str) -> str:
    """By which a header is remembered: nobody can read it back."""
    return token("exchange header", plainly(head)).hex()


def signature(header: Sequence[str]) -> str:
    """The same for files with the same header."""
    whole = "\x1f".join(plainly(head) for head in header)
    return hmac.new(b"exchange header", token("exchange header", whole), sha256).hexdigest()[:32]


def samples(rows: Sequence[tuple[int, list[Any]]], after: int, width: int) -> list[list[str]]:
    """A few values of each column, each once."""
    found: list[list[str]] = [[] for _column in range(width)]
    for number, cells in rows:
        for place, cell in enumerate(cells[:width] if number > after else ()):
            said = shown(cell)[:60]
            if said and not says_nothing(cell) and said not in found[place] and len(found[place]) < 3:
                found[place].append(said)
    return found
