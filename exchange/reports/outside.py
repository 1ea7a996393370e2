"""What a count looks like to somebody outside: hidden under eleven with what would tell it, else rounded."""

from decimal import Decimal
from typing import Any

from exchange.reports.paper import Amount
from exchange.states import INSIDE
from figures.hiding import LEAST, parts, rounded
from reference.values import Quantity


def leaves_us(export: Any) -> bool:
    """Does this file go to somebody outside?"""
    return export.purpose not in INSIDE


def outward(export: Any, value: Any) -> Any:
    """A count, an amount, or a row of counts of one whole, as its reader may see them; inside exactly."""
    if isinstance(value, list):
        amounts = [Amount(one) for one in value]
        return series(amounts) if leaves_us(export) else amounts
    if not leaves_us(export):
        return value
    if isinstance(value, int):
        return rounded(value) if value >= LEAST else Amount(None, hidden=True)
    return one_outward(value)


def one_outward(amount: Amount) -> Amount:
    """A single count; money and a rate are told of eleven records and more."""
    if amount.amount is None:
        return amount
    if amount.currency or amount.percent:
        return amount if amount.behind >= LEAST else Amount(None, hidden=True)
    count = whole(amount.amount)
    if count is None or count < LEAST:
        return Amount(None, hidden=True)
    return exactly(rounded(count))


def series(amounts: list[Amount]) -> list[Amount]:
    """Parts of one whole: a small one takes another with it, or the whole would tell it."""
    counts = {place: whole(one.amount) or 0 for place, one in enumerate(amounts) if one.amount is not None}
    if not counts:
        return amounts
    shown, _total = parts(counts)
    return [
        exactly(rounded(shown[place])) if shown.get(place) is not None else Amount(None, hidden=True)
        for place in range(len(amounts))
    ]


def whole(quantity: Quantity) -> int | None:
    """A count as a number, its lower end where it is a range."""
    known = quantity.low if quantity.low is not None else quantity.high
    return None if known is None else int(known)


def exactly(number: int) -> Amount:
    return Amount(Quantity(Decimal(number), Decimal(number)))
