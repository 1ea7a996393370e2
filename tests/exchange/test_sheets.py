"""No cell is ever a formula, whatever somebody wrote into a record."""

import csv
import io
import unicodedata
from decimal import Decimal

import openpyxl.worksheet._writer
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exchange.sheets import as_csv, as_xlsx, inert

BEFORE = st.text(alphabet=" \t\r\n\x00\xa0\u200b\ufeff\u3000\"'’“«;,", max_size=4)
FIRST = st.sampled_from(
    ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "﹣", "−", "|", "%", "﹢"]
)
NASTY = st.builds("{}{}{}".format, BEFORE, FIRST, st.text(max_size=20))


def first_that_counts(text):
    """What a spreadsheet looks at, behind spaces, quotation marks and signs that nobody sees."""
    for sign in text:
        if sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc") or sign in "\"'’‘“”«»;,":
            continue
        return unicodedata.normalize("NFKC", sign)[:1]
    return ""


def read_xlsx(content):
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=2)]


def read_csv(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return rows[rows.index([]) + 2 :]


@settings(max_examples=300, deadline=None)
@given(NASTY)
@example('"=1+1"')
@example(" ;=cmd|' /C calc'!A0")
@example("\ufeff＝1+1")
@example("+639171234567")
@example("-Anna")
def test_what_would_be_a_formula_is_a_text_behind_an_apostrophe(text):
    (cell,) = read_xlsx(as_xlsx(["A"], [[text]], [], ("List", "Notes")))[0]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    (told,) = read_csv(as_csv(["A"], [[text]], []))[0]
    assert told == cell.value
    assert "\n" not in told
    assert "\r" not in told
    assert "\t" not in told


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_no_text_at_all_becomes_anything_but_a_text(text):
    (cell,) = read_xlsx(as_xlsx(["A"], [[text]], [], ("List", "Notes")))[0]
    assert cell.data_type in ("s", "inlineStr", "n")
    assert cell.value is None or isinstance(cell.value, str)
    value = cell.value or ""
    assert value.startswith("'") or first_that_counts(value) not in set("=+-@|%−")
    assert read_csv(as_csv(["A"], [[text]], [])) == [[value]]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.integers(-(10**9), 10**9), st.decimals(-1000, 1000, places=2)))
def test_true_numbers_stay_numbers(number):
    (cell,) = read_xlsx(as_xlsx(["A"], [[number]], [], ("List", "Notes")))[0]
    assert cell.data_type == "n"
    assert Decimal(str(cell.value)) == Decimal(number)
    line = as_csv(["A"], [[number]], []).decode().splitlines()[-1]
    assert Decimal(line) == number


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (True, "True"), (float("nan"), "nan"), (2.5, 2.5)])
def test_odd_values(value, shown):
    assert inert(value) == shown


def test_an_ordinary_text_is_left_as_it_is():
    assert inert("Joana's home, RTC 10") == "Joana's home, RTC 10"
    assert len(inert("x" * 40_000)) == 32_000


def test_no_sheet_lies_on_the_disk_meanwhile(monkeypatch):
    def refused(*_args):
        raise AssertionError("a sheet was written to the disk")

    monkeypatch.setattr(openpyxl.worksheet._writer, "create_temporary_file", refused)
    assert as_xlsx(["A"], [["x"]], [["note"]], ("List", "Notes"))[:2] == b"PK"
