"""Money on an award: ordered, deposited, received, still due. Sums over rows that are read already.

Three numbers that are never one: what was ordered, the range of what each gets, what came. Ranges stay
ranges and currencies stay apart. Still due is what was ordered less what the survivors received, never below
nothing; what lies with the court is what was deposited less what was received.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prosecutions.models import Award, AwardShare, Payment
from prosecutions.sentencing import PaymentKind
from reference.values import Quantity

ZERO = Decimal(0)
NOTHING = Quantity(ZERO, ZERO)


@dataclass(frozen=True)
class Line:
    """One line of the ledger, in one currency."""

    currency: str
    ordered: Quantity
    deposited: Quantity = NOTHING
    received: Quantity = NOTHING
    due: Quantity = NOTHING
    waiting: Quantity = NOTHING
    share: AwardShare | None = None

    @property
    def owed(self) -> bool:
        """Is anything still due, or may it be?"""
        return self.due.high is None or self.due.high > 0


def ordered(award: Award, shares: Iterable[AwardShare]) -> dict[str, Quantity]:
    """What the award comes to for everybody together, by currency; an open end where nobody knows."""
    if award.total_low is not None:
        return {award.total_currency: Quantity(award.total_low, award.total_high)}
    sums: dict[str, Quantity] = {}
    for share in shares:
        mine = own(award, share)
        if mine is not None:
            code = share.amount_currency or award.each_currency
            sums[code] = sums.get(code, NOTHING) + mine
    if not sums and award.each_currency:
        sums[award.each_currency] = Quantity(award.each_low, None)
    return sums


def own(award: Award, share: AwardShare) -> Quantity | None:
    """What this share comes to by itself; None where the award is one sum for all."""
    if share.amount_low is not None:
        return Quantity(share.amount_low, share.amount_high)
    if award.each_low is None or award.each_high is None:
        return None
    if share.survivor_id is not None:
        return Quantity(award.each_low, award.each_high)
    people = Quantity.of(share.headcount.people) if share.headcount and share.headcount.people else None
    low = people.low if people and people.low is not None else Decimal(1)
    high = people.high if people else None
    return Quantity(award.each_low * low, None if high is None else award.each_high * high)


def paid(payments: Iterable[Payment], currency: str, kind: str) -> Quantity:
    """The payments of one kind and currency together."""
    rows = [row for row in payments if row.amount_currency == currency and row.kind == kind]
    return sum((Quantity(row.amount_low, row.amount_high) for row in rows), NOTHING)


def less(one: Quantity, other: Quantity) -> Quantity:
    """What is left at the least and at the most; never below nothing."""
    low = ZERO if other.high is None or one.low is None else max(one.low - other.high, ZERO)
    high = None if one.high is None or other.low is None else max(one.high - other.low, ZERO)
    return Quantity(low, high)


def lines_of(
    award: Award, shares: Sequence[AwardShare], payments: Sequence[Payment], currencies: Iterable[str] = ()
) -> list[Line]:
    """The award as a whole: one line for each currency of it."""
    sums = ordered(award, shares)
    return [line(code, sums.get(code, NOTHING), payments, award) for code in (currencies or sums)]


def line(
    code: str, awarded: Quantity, payments: Sequence[Payment], award: Award, share: AwardShare | None = None
) -> Line:
    """What was ordered beside what came. On an award that was set aside nothing is due."""
    deposited = paid(payments, code, PaymentKind.DEPOSITED)
    received = paid(payments, code, PaymentKind.RECEIVED)
    due = NOTHING if award.set_aside_on else less(awarded, received)
    return Line(code, awarded, deposited, received, due, less(deposited, received), share)


def lines_by_survivor(award: Award, shares: Sequence[AwardShare], payments: Sequence[Payment]) -> list[Line]:
    """One line for each share that has an amount. Money paid to all of them may be anybody's: a range."""
    found = []
    to_all = [row for row in payments if row.survivor_id is None]
    for share in shares:
        mine = own(award, share)
        if mine is None:
            continue
        code = share.amount_currency or award.each_currency
        hers = [row for row in payments if share.survivor_id and row.survivor_id == share.survivor_id]
        one = line(code, mine, hers, award, share)
        open_ = paid(to_all, code, PaymentKind.RECEIVED)
        if open_.high and not award.set_aside_on:
            least = less(mine, one.received + open_).low
            one = Line(
                code, mine, one.deposited, one.received, Quantity(least, one.due.high), one.waiting, share
            )
        found.append(one)
    return found


def totals(lines: Iterable[Line]) -> list[Line]:
    """Line upon line, each currency by itself."""
    sums: dict[str, Line] = {}
    for row in lines:
        was = sums.get(row.currency, Line(row.currency, NOTHING))
        sums[row.currency] = Line(
            row.currency, was.ordered + row.ordered, was.deposited + row.deposited,
            was.received + row.received, was.due + row.due, was.waiting + row.waiting,
        )  # fmt: skip
    return [sums[code] for code in sorted(sums)]


def span(lines: Iterable[Line]) -> dict[str, Quantity]:
    """From the lowest to the highest that one survivor gets, by currency."""
    spans: dict[str, Quantity] = {}
    for row in lines:
        was = spans.get(row.currency, row.ordered)
        lows = [end for end in (was.low, row.ordered.low) if end is not None]
        highs = [was.high, row.ordered.high]
        high = None if None in highs else max(end for end in highs if end is not None)
        spans[row.currency] = Quantity(min(lows, default=None), high)
    return spans
