"""The table of the rules says what the system does: whom, how hard, by what, when it climbs and repeats."""

import csv
import io

from notifications.catalogue_words import RULE_WORDS
from notifications.columns import CHANNELS, asked, page
from notifications.rules import CATALOGUE, WORKING, Urgency

TEXT = CATALOGUE.read_text(encoding="utf-8")


def test_the_columns_of_working_rules_are_what_they_do():
    assert page(TEXT) == TEXT, "write it anew with `python -m notifications.columns`"


def test_the_urgencies_of_the_table_are_those_that_people_read():
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(TEXT))}
    told = {code: set(RULE_WORDS[code].urgency or (how.urgency,)) for code, how in WORKING.items()}
    assert {code: set(asked(rows[code])) for code in WORKING} == told


def test_every_row_is_whole():
    for row in csv.DictReader(io.StringIO(TEXT)):
        assert [name for name, words in row.items() if not (words or "").strip()] == [], row["code"]
    assert set(CHANNELS) == {urgency.value for urgency in Urgency}
