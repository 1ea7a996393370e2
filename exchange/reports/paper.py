"""A report as a document or as a spreadsheet: the same blocks, in words or in numbers."""

import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _
from openpyxl import Workbook

from exchange.notes import notes_of, watermark
from exchange.sheets import cell_of, written
from reference.templatetags.show import money, quantity
from reference.values import Quantity

PAGE = Path(__file__).with_name("report.typ")


@dataclass
class Amount:
    """What stands in a cell: an amount, in a currency where it is money; or that it is too small to tell."""

    amount: Quantity | None
    currency: str = ""
    percent: bool = False
    hidden: bool = False
    behind: int = 0  # how many records it is the sum, or the share, of

    def __str__(self) -> str:
        if self.hidden:
            return _("hidden")
        if self.amount is None:
            return "–"
        if self.currency:
            return money(self.amount.low, self.amount.high, self.currency)
        return f"{quantity(self.amount)} %" if self.percent else quantity(self.amount)

    @property
    def cell(self) -> Any:
        """A number where it is one, for a spreadsheet."""
        if self.amount is not None and not self.hidden and not self.currency and self.amount.exact:
            return self.amount.low
        return str(self)


@dataclass
class Move:
    """How an amount has moved: +47 on paper, a number in a spreadsheet where it is a plain one."""

    words: str
    by: Any = None

    def __str__(self) -> str:
        return self.words

    @property
    def cell(self) -> Any:
        return self.words if self.by is None else self.by


@dataclass
class Table:
    """A table of a report; numbers stand to the right."""

    title: str
    columns: Sequence[str]
    rows: list[list[Any]]
    text: str = ""
    empty: str = ""
    numbers: Sequence[int] = ()  # which columns hold numbers
    widths: Sequence[float] = ()  # how wide the columns are, beside each other

    @property
    def shares(self) -> list[float]:
        """The first column is wider than a number; a table of words says itself how wide each is."""
        first = 2.4 if len(self.columns) < 6 else 1.4
        return list(self.widths) or [first if place == 0 else 1 for place in range(len(self.columns))]

    def on_paper(self) -> dict:
        return {
            "kind": "table", "title": self.title, "text": self.text, "empty": self.empty,
            "columns": [str(column) for column in self.columns],
            "numbers": list(self.numbers), "widths": self.shares,
            "rows": [[str(cell) for cell in row] for row in self.rows],
        }  # fmt: skip


@dataclass
class Bars:
    """Columns by month, one part per series from the ground up."""

    title: str
    labels: list[str]
    series: dict[str, list[float]] = field(default_factory=dict)
    text: str = ""

    def on_paper(self) -> dict:
        totals = [sum(values) for values in zip(*self.series.values(), strict=True)]
        return {
            "kind": "bars", "title": self.title, "text": self.text, "labels": self.labels,
            "names": [name for name in self.series if name],
            "series": [list(values) for values in self.series.values()],
            "top": max([*totals, 5]),
        }  # fmt: skip


@dataclass
class Curves:
    """Lines that climb from nothing to all over time; each a list of (days, share)."""

    title: str
    lines: dict[str, list[tuple[int, float]]]
    last: int
    text: str = ""

    def on_paper(self) -> dict:
        span = max(self.last, 1)
        return {
            "kind": "curves", "title": self.title, "text": self.text, "names": list(self.lines),
            "lines": [[[x / span, y] for x, y in line] for line in self.lines.values()],
            "from": _("day 0"), "until": _("day %(number)s") % {"number": self.last},
        }  # fmt: skip


def as_document(export: Any, title: str, facts: list, blocks: list, rows: int, now: Any) -> bytes:
    """The report as a PDF; its code, its reader and the time stand on every page."""
    told = {
        "title": title,
        "facts": [[str(label), str(value)] for label, value in facts if value],
        "blocks": [block.on_paper() for block in blocks],
        "watermark": watermark(export, now),
        "watermark_short": f"{export.code} · {export.requested_by.name}",
        "keep": _("Do not pass this copy on; destroy it when it is used."),
        "notes_title": _("About this copy"),
        "notes": [[str(label), str(words)] for label, words in notes_of(export, rows, now)],
    }
    return printed(told)


def printed(told: dict) -> bytes:
    """The pages as PDF. A word in a script for which this machine has no font is no reason to stop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs={"told": json.dumps(told)})


def as_book(export: Any, facts: list, blocks: list, rows: int, now: Any) -> bytes:
    """The report as a spreadsheet: a sheet for each table, and one of notes. No cell is a formula."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for table in (block for block in blocks if isinstance(block, Table)):
        sheet = book.create_sheet(sheet_title(table.title, book.sheetnames))
        if table.text:
            sheet.append([cell_of(sheet, table.text)])
        sheet.append([cell_of(sheet, column, bold=True) for column in table.columns])
        for row in table.rows:
            sheet.append([cell_of(sheet, getattr(cell, "cell", cell)) for cell in row])
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(table.columns)]:
            sheet.column_dimensions[letter].width = 28
    about = book.create_sheet(_("Notes"))
    for note in [*((label, value) for label, value in facts if value), *notes_of(export, rows, now)]:
        about.append([cell_of(about, value) for value in note])
    for letter in "AB":
        about.column_dimensions[letter].width = 40
    return written(book)


def sheet_title(title: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have: short, once, without the signs that a spreadsheet keeps for itself."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)[:28].strip() or "1"
    return plain if plain not in taken else f"{plain[:25]} {len(taken) + 1}"
