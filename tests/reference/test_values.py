"""Half-known dates, numbers and amounts: what can be read, what it can mean, how it adds up."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.fields import PartialDateField, QuantityField
from reference.values import Money, PartialDate, Quantity


@pytest.mark.parametrize(
    ("text", "first", "last", "exact"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31), False),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), False),
        ("2017-03-10", date(2017, 3, 10), date(2017, 3, 10), True),
        ("2017-03-10~", date(2017, 3, 10), date(2017, 3, 10), False),
        ("2017?", date(2017, 1, 1), date(2017, 12, 31), False),
        (date(2017, 3, 10), date(2017, 3, 10), date(2017, 3, 10), True),
    ],
)
def test_a_partial_date_can_mean_its_days(text, first, last, exact):
    known = PartialDate(text)
    assert (known.first, known.last, known.exact) == (first, last, exact)


@pytest.mark.parametrize(
    "text",
    ["", "17", "2017-13", "2017-00", "2017-02-30", "2017-3-1", "0000", "2017\n", "2017-03-10 ", "²017"],
)
def test_what_is_no_date_is_not_read_as_one(text):
    with pytest.raises(ValueError):
        PartialDate(text)


@settings(deadline=None)  # a busy machine is no fault of the calendar
@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_is_its_own_first_and_last(day):
    known = PartialDate(f"{day.year:04}-{day.month:02}-{day.day:02}")
    assert known.first == known.last == day


@pytest.mark.parametrize(
    ("typed", "kept"), [("২০২৬-০৫", "2026-05"), ("២០២៦", "2026"), ("२०२६-११-२४", "2026-11-24")]
)
def test_digits_of_every_keyboard_are_taken(typed, kept):
    assert PartialDate(typed) == kept
    assert type(PartialDate(typed)) is PartialDate


@pytest.mark.parametrize(
    ("text", "low", "high", "about"),
    [
        ("31", 31, 31, False),
        ("5~", 5, 5, True),
        ("7..10", 7, 10, False),
        ("..24", None, 24, False),
        ("101..", 101, None, False),
        ("০৭..১০", 7, 10, False),
        (12, 12, 12, False),
        (Decimal("1.50"), Decimal("1.5"), Decimal("1.5"), False),
    ],
)
def test_a_quantity_knows_its_ends(text, low, high, about):
    assert Quantity.of(text) == Quantity(low, high, about)


@pytest.mark.parametrize("text", ["", "..", "-1", "10..7", "5~..9", "five", "5\n", "1,5", "²"])
def test_what_is_no_quantity_is_not_read_as_one(text):
    with pytest.raises(ValueError):
        Quantity.of(text)


@pytest.mark.parametrize(
    ("one", "other", "total"),
    [
        ("5", "7", "12"),
        ("5~", "7", "12~"),
        ("7..10", "5", "12..15"),
        ("101..", "5", "106.."),
        ("..24", "5", "5..29"),
        ("..24", "101..", "101.."),
    ],
)
def test_quantities_add_up_as_far_as_they_are_known(one, other, total):
    assert str(Quantity.of(one) + Quantity.of(other)) == total
    assert str(Quantity.of(other) + Quantity.of(one)) == total


@pytest.mark.parametrize(
    ("text", "shown"),
    [("12000 PHP", "12000 PHP"), ("3000..8000 USD", "3000..8000 USD"), ("9.50 USD", "9.5 USD")],
)
def test_an_amount_is_read_with_its_currency_and_shown_without_idle_zeros(text, shown):
    assert str(Money.of(text)) == shown


def test_the_range_of_an_amount_is_a_quantity():
    assert Money.of("3000..8000 USD").quantity == Quantity(Decimal(3000), Decimal(8000))


@pytest.mark.parametrize("text", ["12000", "PHP", "8000..3000 USD", "12,000 PHP", "1.234 USD", "12000 PHP\n"])
def test_an_amount_without_currency_or_backwards_is_not_read(text):
    with pytest.raises(ValueError):
        Money.of(text)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (PartialDateField(), "2017-03", "2017-03"),
        (PartialDateField(), "", ""),
        (QuantityField(), "007", "7"),
        (QuantityField(), 12, "12"),
        (QuantityField(), None, ""),
    ],
)
def test_a_column_keeps_what_can_be_read(field, value, kept):
    assert field.to_python(value) == kept
    assert field.get_prep_value(value) == kept


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [(PartialDateField(), "soon", "Write the date as 2017"), (QuantityField(), "some", "Write a number")],
)
def test_a_column_says_how_to_write_what_it_cannot_read(field, value, sentence):
    with pytest.raises(ValidationError, match=sentence):
        field.to_python(value)
