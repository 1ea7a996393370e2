"""What a kind of file is made of, and what it works with; the story is told in __init__.py."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import Office, User
from accounts.roles import Can


class Faulty(Exception):
    """A cell cannot be what its column wants. Carries a code and bounds, never the value."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Reading:
    """How cells of this file are meant."""

    dates: str = "dmy"  # batch_states.DateOrder
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # {field: {token of a value: code}}


@dataclass(frozen=True)
class Column:
    """One thing that a row may tell."""

    name: str
    label: Any
    parse: Callable[[Any, Reading], Any]
    required: bool = False
    also: tuple[str, ...] = ()  # other words for it in the headers of files
    codes: Any = None  # the choices, where the column holds codes of a list
    needs: Can | None = None  # whoever does not hold it has no such column
    hint: Any = ""
    example: str = ""


@dataclass
class Fault:
    """What is wrong with one cell, or with the row where `column` is ''."""

    column: str
    code: str
    params: dict[str, Any]


@dataclass
class Like:
    """A record, or an earlier row, that may be the same person or case."""

    label: str
    record_id: UUID | None
    score: int
    other_row: int | None = None


@dataclass
class Row:
    """One row of the file: its number there, and what its cells say."""

    number: int
    said: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    likes: list[Like] = field(default_factory=list)
    makes: Counter = field(default_factory=Counter)
    left_out: bool = False
    work: dict[str, Any] = field(default_factory=dict)  # what plan found and write needs

    def __getitem__(self, name: str) -> Any:
        """What the row says; '' when it says nothing, or has no such column."""
        return self.said.get(name, "")

    def fault(self, column: str, code: str, **params: Any) -> None:
        self.faults.append(Fault(column, code, params))

    def like(self, record: Any, score: int) -> None:
        """It may tell of this record."""
        self.likes.append(Like(record._meta.label, record.pk, score))

    def like_row(self, number: int, score: int) -> None:
        """It may tell of what an earlier row tells of."""
        self.likes.append(Like("", None, score, number))


@dataclass
class Chunk:
    """Some rows of a file, and around them all that is the same for the whole run."""

    office: Office
    by: User
    now: datetime
    rows: list[Row]
    reading: Reading
    seen: dict[Any, int]  # keys of earlier rows: the number of the row

    @property
    def good(self) -> list[Row]:
        """Rows that can be brought in."""
        return [row for row in self.rows if not row.faults and not row.left_out]

    def again(self, key: Any, row: Row) -> int:
        """The number of an earlier row with this key; 0 when this is the first."""
        return 0 if (first := self.seen.setdefault(key, row.number)) == row.number else first


class Kind:
    """One kind of file."""

    code: str
    columns: tuple[Column, ...] = ()
    needs: Can | None = None  # beside the right to bring records in at all
    endings: tuple[str, ...] = ("xlsx", "csv")  # what may be sent; others stand in tables.UNPACKED
    numbered = False  # rows of its template hold a number of their own, and nothing else where they are empty

    def plan(self, chunk: Chunk) -> None:
        """Say what is wrong with the rows and what they would make; write nothing."""
        raise NotImplementedError

    def write(self, chunk: Chunk) -> Sequence[UUID]:
        """Write `chunk.good`; the ids of the cases that got something."""
        raise NotImplementedError

    def columns_for(self, user: User) -> list[Column]:
        """The columns that this person may fill."""
        return [column for column in self.columns if column.needs is None or user.can(column.needs)]

    def find_header(self, rows: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
        """(row from 1, number of rows) of the header of an official template; None to have it guessed."""
        return None

    def guess(self, header: Sequence[str]) -> dict[int, str] | None:
        """{position: name of a column} for an official template; None to have it guessed."""
        return None
