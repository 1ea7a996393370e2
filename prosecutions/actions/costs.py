"""What a hearing cost the survivors and their families: wages, fares, and the rest."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, put, settle
from prosecutions.models import Hearing, HearingCost
from survivors.models import Survivor


class CostFacts(TypedDict, total=False):
    """One amount: whose, for what, how much."""

    survivor: Survivor
    of_family: bool
    kind: str
    amount: Decimal
    currency: str


def add_cost(hearing_id: UUID, *, by: User, now: datetime, **facts: Unpack[CostFacts]) -> HearingCost:
    """Write down what a survivor or her family lost by this hearing."""
    hearing = locked(Hearing, hearing_id)
    row = write_cost(hearing, facts)
    record("cost.add", by=by, subject=row, at=now, kind=row.kind)
    settle(hearing.case, now)
    return row


def write_costs(hearing: Hearing, costs: Iterable[CostFacts], *, by: User, now: datetime) -> None:
    """The amounts that were said together with the outcome."""
    for facts in costs:
        row = write_cost(hearing, facts)
        record("cost.add", by=by, subject=row, at=now, kind=row.kind)


def write_cost(hearing: Hearing, facts: CostFacts) -> HearingCost:
    """The row; an amount has a currency, that of the office where none is written."""
    if facts["amount"] <= 0:
        raise IllegalMove(_("Enter an amount above nothing."), "amount")
    currency = (facts.get("currency") or hearing.office.currency).upper()
    if not currency:
        raise IllegalMove(_("Write the currency in three letters, like PHP."), "currency")
    return HearingCost.objects.create(
        case=hearing.case, hearing=hearing, survivor=facts["survivor"], kind=facts["kind"],
        of_family=facts.get("of_family", False), amount=facts["amount"], currency=currency,
    )  # fmt: skip


def strike_cost(cost_id: UUID, *, by: User, now: datetime, version: int | None = None) -> HearingCost:
    """It was written by mistake: it stays readable in the trail, and counts no more."""
    cost = locked(HearingCost, cost_id)
    check_version(cost, version)
    if cost.struck_at:
        raise IllegalMove(_("This amount is struck out already."))
    put(cost, struck_at=now)
    record("cost.strike", by=by, subject=cost, at=now)
    settle(cost.case, now)
    return cost
