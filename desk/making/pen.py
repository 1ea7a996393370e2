"""What everything made up is written with: luck from a seed, days as numbers, lines of COPY."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hmac import digest
from random import Random
from typing import Any

from desk.making.places import Place
from desk.making.sheets import SHEETS
from reference import sealed

FIRST = date(1930, 1, 1).toordinal()
DAYS = tuple(date.fromordinal(FIRST + number).isoformat() for number in range(48_000))
NOTHING = r"\N"


@dataclass(frozen=True)
class Desk:
    """An office with whoever works there: ids by role."""

    place: Place
    office_id: int
    staff: dict[str, tuple[str, ...]]
    since: int


@dataclass(frozen=True)
class World:
    """Where and when everything happens."""

    desks: tuple[Desk, ...]
    weights: tuple[float, ...]
    today: int
    seed: int
    first_number: int = 0


@dataclass
class Pen:
    """One batch of cases. The same seed and numbers give the same lives, but for keys of cases."""

    luck: Random
    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in SHEETS})

    def key(self) -> str:
        """A random key, written as the database reads it."""
        return f"{self.luck.getrandbits(128) & MASK | FORM:032x}"

    def put(self, name: str, *values: Any) -> None:
        """One row; None where nothing is known."""
        self.lines[name].append("\t".join([NOTHING if v is None else str(v) for v in values]))

    def often(self, share: float) -> bool:
        return self.luck.random() < share

    def between(self, least: int, most: int) -> int:
        """Faster than randint, and as fair as made-up lives need it."""
        return least + int(self.luck.random() * (most - least + 1))

    def one(self, choices: Sequence[Any]) -> Any:
        return choices[int(self.luck.random() * len(choices))]

    def common(self, choices: Sequence[Any]) -> Any:
        """The first ones much more often than the last."""
        return choices[int(self.luck.random() ** 2 * len(choices))]

    def weighed(self, weights: Mapping[str, float]) -> str:
        """One of them, each as often as its share of the whole says."""
        left = self.luck.random() * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return choice

    def spell(self, middle: float, spread: float, most: int) -> int:
        """So many days: mostly about the middle, at times much longer."""
        return min(int(self.luck.lognormvariate(middle, spread)) + 1, most)


# Version 4, variant 1: what uuid4() makes.
FORM = 4 << 76 | 8 << 60
MASK = ~(15 << 76 | 12 << 60)


def day(number: int | None) -> str:
    """A day as it is kept; '' when there is none."""
    return DAYS[number - FIRST] if number else ""


def listed(values: Sequence[str]) -> str:
    """An array of words that hold neither quotes nor backslashes."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def bytes_of(value: bytes | None) -> str:
    """Bytes as COPY reads them."""
    return NOTHING if value is None else r"\\x" + value.hex()


class Seals:
    """The data key of one case, made when it first seals something, as cases.sealing keeps it."""

    def __init__(self, case_id: str):
        self.dashed = dashed(case_id)
        self.key: bytes | None = None

    def wrapped(self) -> bytes:
        """The key for its row; makes it."""
        self.key = sealed.new_key()
        return sealed.wrap(self.key, f"cases.CaseKey {self.dashed} 1")

    def seal(self, column: str, row: str, plain: str) -> str:
        """A value for a sealed column, bound to its row."""
        assert self.key is not None  # noqa: S101  the row of the key goes first
        return bytes_of(sealed.seal(self.key, plain.encode(), f"{column} {dashed(row)}", 1))


def dashed(key: str) -> str:
    """As Python writes a UUID."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


@lru_cache(maxsize=4)
def index_key(kind: str) -> bytes:
    """The key of the blind index of this kind, worked out once for a batch of millions."""
    return sealed.token_key(f"survivors.IdentityWord {kind}")


@lru_cache(maxsize=20_000)
def word_token(kind: str, word: str) -> str:
    """As survivors.words.tokens makes them; names come back again and again."""
    return bytes_of(digest(index_key(kind), word.encode(), "sha256")[: sealed.TOKEN_BYTES])
