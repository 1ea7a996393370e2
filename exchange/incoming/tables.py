"""XLSX and CSV as rows of cells, one row at a time; formulas as the values that were kept with them, or LOST.

The file has passed the inspection of uploads (documents/inspection) before it comes here.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from cases.states import IllegalMove

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_IN_CELL = 5_000
MOST_UNPACKED = 400 * MEGABYTE
MOST_STRINGS = 100 * MEGABYTE  # the one part that is read as a whole
SEPARATORS = ";,\t|"
SAMPLE = 64 * 1024
KEPT = "\n\t\u200c\u200d"  # joiners are part of some scripts
LOST = object()  # a formula whose value was not stored: whatever it said, it is not in the file
ENDINGS = {"xlsx": ".xlsx", "csv": ".csv"}
# Other forms of file, which a kind makes one table of: the header, then its rows.
UNPACKED: dict[str, Callable[[bytes], Iterator[list[Any]]]] = {}


class Table:
    """A file with its sheets."""

    def __init__(self, plain: bytes, form: str) -> None:
        self.plain, self.form = plain, form
        self.book = opened(plain) if form == "xlsx" else None

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets; a CSV file has one without a name."""
        return self.book.sheetnames if self.book else [""]

    def estimate(self, sheet: int = 0) -> int:
        """About how many rows there are, for the bar of the progress."""
        most = self.book.worksheets[sheet].max_row if self.book else self.plain.count(b"\n")
        return min(most or 0, MOST_ROWS)

    def rows(self, sheet: int = 0) -> Iterator[tuple[int, list[Any]]]:
        """(number of the row as the file's own program shows it, its cells), without empty rows."""
        unpack = UNPACKED.get(self.form, of_text)
        cells = self.of_book(sheet) if self.book else unpack(self.plain)
        for number, row in enumerate(cells, 1):
            if number > MOST_ROWS:
                return
            said = [known(cell) for cell in row[:MOST_COLUMNS]]
            while said and said[-1] is None:
                said.pop()
            if said:
                yield number, said

    def of_book(self, sheet: int) -> Iterator[Any]:
        page: Any = self.book.worksheets[sheet] if self.book else None
        with page._get_source() as source:
            formats = {"date_formats": page.parent._date_formats, "epoch": page.parent.epoch}
            formats["timedelta_formats"] = page.parent._timedelta_formats
            before = 0
            for number, cells in Cells(source, page._shared_strings, data_only=True, **formats).parse():
                yield from ([] for _missing in range(before + 1, number))
                if number > before:
                    yield in_places(cells)
                before = max(before, number)


class Cells(WorkSheetParser):
    """The library takes a formula without a stored value for an empty cell; here it is LOST."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell = super().parse_cell(element)
        # A text of no signs is a value that was stored: it says t="str".
        if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            cell["value"] = LOST
        return cell


def in_places(cells: list[dict[str, Any]]) -> list[Any]:
    """The values of a row, each where its column is."""
    told = {cell["column"]: cell["value"] for cell in cells if cell["column"] <= MOST_COLUMNS}
    return [told.get(column) for column in range(1, max(told, default=0) + 1)]


def opened(plain: bytes) -> Any:
    """The book, read piece by piece, unless it would not fit."""
    try:
        with ZipFile(io.BytesIO(plain)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        strings = sizes.get("xl/sharedStrings.xml", 0)
        if sum(sizes.values()) > MOST_UNPACKED or strings > MOST_STRINGS:
            raise IllegalMove(_("This file is too large to be read. Send it in parts."), field="file")
        book = load_workbook(io.BytesIO(plain), read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise IllegalMove(_("There is no sheet in this file."), field="file")
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, AttributeError) as broken:
        if isinstance(broken, IllegalMove):
            raise
        raise IllegalMove(_("This file cannot be read as a spreadsheet."), field="file") from None
    return book


def of_text(plain: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file, whatever program wrote it."""
    encoding = encoding_of(plain)
    head = plain[:SAMPLE].decode(encoding, errors="ignore").lstrip("\ufeff")
    text = io.TextIOWrapper(io.BytesIO(plain), encoding=encoding, errors="replace", newline="")
    skip, separator = separator_of(head)
    if skip:
        text.readline()
        yield []
    try:
        for row in csv.reader(text, delimiter=separator):
            yield [cell.lstrip("\ufeff") for cell in row]
    except csv.Error:
        raise IllegalMove(_("This file cannot be read as a table."), field="file") from None


def encoding_of(plain: bytes) -> str:
    """By its mark; else UTF-8 where it is that; else what Windows writes in the west."""
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def separator_of(head: str) -> tuple[bool, str]:
    """(does the first line only say so, the sign between cells): the one that cuts the lines most evenly."""
    if head[:4].casefold() == "sep=" and head[4:5]:
        return True, head[4]
    lines = head.splitlines()[:20]
    best, most = ",", (0, 0)
    for sign in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        if (wide.count(usual), usual) > most:
            best, most = sign, (wide.count(usual), usual)
    return False, best


def known(cell: Any) -> Any:
    """A cell without what says nothing; text of a bounded length without signs that nobody sees."""
    if not isinstance(cell, str):
        return cell
    told = cell[: MOST_IN_CELL + 1].replace("\u00a0", " ")
    text = "".join(sign for sign in told if sign.isprintable() or sign in KEPT).strip()
    return text or None


def shown(cell: Any) -> str:
    """A cell as people read it."""
    if cell is None or cell is LOST:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return cell.isoformat(" ") if hasattr(cell, "hour") and hasattr(cell, "year") else cell.isoformat()
    return str(cell)
