from decimal import Decimal

import pytest

from casefiles.expectations import same_percent, same_quantity, shown
from figures.rows import by_code, highest, percent
from reference.values import Quantity


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ("3", "4", "7"),
        ("5~", "3", "8~"),
        ("7..10", "1", "8..11"),
        ("..24", "3", "3..27"),
        ("..24", "..6", "..30"),
        ("101..", "3", "104.."),
        ("..24", "101..", "101.."),
        ("5~", "7..10", "12..15"),
        ("2.5", "0.5", "3"),
    ],
)
def test_what_is_half_known_is_added_by_its_ends(one, two, both):
    assert Quantity.of(one) + Quantity.of(two) == Quantity.of(both)
    assert Quantity.of(two) + Quantity.of(one) == Quantity.of(both)


@pytest.mark.parametrize(
    ("one", "two", "top"),
    [
        ("3", "4", "4"),
        ("5~", "3", "5~"),
        ("5~", "7", "7"),
        ("7..10", "8", "8..10"),
        ("7..10", "12", "12"),
        ("7..", "3", "7.."),
        ("7..", "9", "9.."),
        ("..24", "3", "3..24"),
        ("7~", "3..10", "7..10"),
    ],
)
def test_the_higher_of_two_counts_as_far_as_it_is_known(one, two, top):
    assert Quantity.of(one).higher(Quantity.of(two)) == Quantity.of(top)
    assert Quantity.of(two).higher(Quantity.of(one)) == Quantity.of(top)


def test_a_percentage_has_one_decimal_and_may_be_nothing():
    assert percent(22, 30) == Quantity.of("73.3")
    assert percent(1, 16) == Quantity.of("6.3")
    assert percent(0, 0) is None


def test_the_check_takes_equal_meaning_for_equal():
    assert same_quantity(12, Quantity.of("12.0"))
    assert same_quantity("..24", Quantity.of("0..24"))
    assert same_quantity(0, None)
    assert not same_quantity(5, Quantity.of("5~"))
    assert same_percent(73.3, Decimal(2200) / 30)
    assert same_percent(6.3, Decimal("6.25"))
    assert same_percent(6.2, Decimal("6.25"))
    assert not same_percent(73, Decimal(2200) / 30)
    assert not same_percent(0, None)


def test_a_figure_is_shown_in_one_line():
    assert shown({"PHP": Quantity.of("3..8"), "BOB": Quantity.of(2)}) == "BOB: 2, PHP: 3..8"
    assert (shown({}), shown([]), shown(None)) == ("none", "none", "nothing")


def test_the_highest_of_none_is_nothing_and_codes_come_highest_first():
    assert highest([]) is None
    assert by_code([]) == {}
