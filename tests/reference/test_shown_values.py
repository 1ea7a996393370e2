"""What half-known values look like on a page."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from reference.templatetags.show import clock, countries, day, edtf, labels, lines, moment, money, quantity

AT = datetime.datetime(2026, 11, 24, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2017", "2017"),
        ("2017-03~", "about March 2017"),
        ("2017?", "2017 (not certain)"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_partial_date_says_how_sure_it_is(value, words):
    assert edtf(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("31", "31"),
        ("12000", "12,000"),
        ("5~", "about 5"),
        ("7..10", "7 to 10"),
        ("..24", "at most 24"),
        ("101..", "at least 101"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_quantity_says_what_is_known_of_it(value, words):
    assert quantity(value) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (Decimal(3000), Decimal(3000), "₱3,000.00"),
        (Decimal(3000), None, "₱3,000.00"),
        (Decimal(3000), Decimal(8000), "₱3,000.00 to ₱8,000.00"),
    ],
)
def test_an_amount_is_shown_in_its_currency(low, high, words):
    assert money(low, high, "PHP") == words


def test_moments_are_told_by_the_clock_of_the_office():
    with timezone.override("Asia/Manila"):
        assert (day(AT), clock(AT)) == ("Tue 24 November 2026", "08:30")
    assert clock(datetime.time(9, 5)) == "09:05"
    assert (day(AT.date()), day(None), moment(None), clock(None)) == ("Tue 24 November 2026", "", "", "")


def test_codes_and_countries_are_said_in_words():
    assert labels(["a", "z"], [("a", "Apple"), ("b", "Pear")]) == "Apple, z"
    assert countries(["PH", "GH", "XX"]) == "Philippines, Ghana, XX"
    with translation.override("es"):
        assert countries(["PH"]) == "Filipinas"
    assert (labels(None, []), countries(None)) == ("", "")


def test_lines_stand_one_beneath_the_other_and_are_escaped():
    assert lines(["a <b>", "c"]) == "a &lt;b&gt;<br>c"
    assert lines(None) == ""
