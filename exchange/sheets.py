"""Tables as files. No cell of ours is ever a formula, whatever somebody wrote into a record.

A spreadsheet takes a text for a formula by its first sign, even behind spaces and quotation marks and in full
width. Such a text gets an apostrophe before it. Numbers are written as numbers, everything else as text, and
signs that break lines or cells become spaces.
"""

import csv
import io
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

# What begins a formula, or a call to another program, in one spreadsheet or another.
BEGINS_FORMULA = frozenset("=+-@|%−")
# What a spreadsheet passes over before it looks at the first sign.
PASSED_OVER = frozenset("\"'`´‘’‚‛“”„‟«»‹›;,")
LONGEST = 32_000  # Excel's limit for one cell is 32,767 signs


def inert(value):
    """The value as a cell may hold it: a number stays one, everything else is text that starts no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, Decimal)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, (date, datetime)):
        value = value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    text = "".join(plain_sign(sign) for sign in str(value)).strip()[:LONGEST]
    return f"'{text}" if starts_formula(text) else text


def plain_sign(sign):
    """Signs that break lines, cells or files become spaces."""
    return " " if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else sign


def starts_formula(text):
    """Would a spreadsheet take this text for a formula?"""
    for sign in text:
        if sign.isspace() or sign in PASSED_OVER or unicodedata.category(sign) == "Cf":
            continue
        folded = unicodedata.normalize("NFKC", sign)
        if not folded.strip():
            continue
        return folded.strip()[0] in BEGINS_FORMULA
    return False


def as_csv(columns, rows, notes):
    """The notes first, a line each, then an empty line and the table. Every text is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([inert(cell) for cell in note] for note in notes)
    writer.writerow([])
    writer.writerow([inert(column) for column in columns])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()  # the mark by which spreadsheets know UTF-8


def as_xlsx(columns, rows, notes, titles):
    """A sheet with the table and a sheet that says what it is; titles are the names of both."""
    book = Workbook()
    table, about = book.active, book.create_sheet()
    table.title, about.title = titles
    table.append([cell_of(table, column, bold=True) for column in columns])
    for row in rows:
        table.append([cell_of(table, value) for value in row])
    table.freeze_panes = "A2"
    for note in notes:
        about.append([cell_of(about, value) for value in note])
    for sheet in (table, about):
        for column in "ABCDEFGHIJKL"[: len(columns)]:
            sheet.column_dimensions[column].width = 24
    return written(book)


def cell_of(sheet, value, *, bold=False):
    """A number, or a text that the file itself declares to be one."""
    value = inert(value)
    cell = WriteOnlyCell(sheet)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


class InMemory(ExcelWriter):
    """As openpyxl writes a book, but no sheet lies on the disk in the clear meanwhile."""

    def write_worksheet(self, ws):
        ws._drawing = SpreadsheetDrawing()
        out = BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def written(book):
    """The bytes of a book."""
    out = BytesIO()
    InMemory(book, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()
