"""Compensation and benefits, per currency.

Readings of the rules: an award's amount is its `total`, else `each` times the people it is for; it is known
when both ends are the same. `compensation_awarded` is given for a case and currency only when every award
in it is known. `compensation_due` is awarded minus paid, never below nothing, over the awards whose amount
is known and whose payments are recorded; payments in another currency do not lessen it. What an award is
`about` worth elsewhere counts nowhere. `compensation_each` is what one survivor gets: `each`, or the total
of an award for one, or her own where the amounts differ. What was deposited with a court is not paid
yet, and an award that a higher court set aside counts no more. Benefits of a head-count are amounts for the
whole group.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from figures.rows import NOTHING, happened
from reference.values import Quantity

AWARD = "prosecutions.Award"
RECEIVED = "received"


def awards(snapshot):
    return [
        award
        for award in snapshot.table("awards")
        if happened(award.ordered_on, snapshot.as_of)
        and not (award.set_aside_on and happened(award.set_aside_on, snapshot.as_of))
    ]


def _people(snapshot):
    """How many people each award is for; a head-count counts with its people."""
    number = {}
    for share in snapshot.table("award_shares"):
        people = Quantity.of(1)
        if share.survivor_id is None:
            people = (
                Quantity.of(share.headcount__people)
                if share.headcount__people
                else Quantity(Decimal(1), None)
            )
        number[share.award_id] = number.get(share.award_id, NOTHING) + people
    return number


def amount_of(award, snapshot):
    """(amount, currency) of an award for everybody together; the ends are equal when it is known."""
    if award.total_currency:
        return Quantity(award.total_low, award.total_high), award.total_currency
    people = snapshot.once(_people).get(award.id, NOTHING)
    low = award.each_low * (people.low or 0)
    high = None if people.high is None else award.each_high * people.high
    return Quantity(low, high), award.each_currency


def each(snapshot):
    rows = []
    for award in awards(snapshot):
        own = [share for share in snapshot.once(_shares).get(award.id, ()) if share.amount_currency]
        for share in own:
            amount = Quantity(share.amount_low, share.amount_high)
            rows.append(_row(snapshot, award, amount, share.amount_currency))
        if own:
            continue
        if award.each_currency:
            rows.append(_row(snapshot, award, Quantity(award.each_low, award.each_high), award.each_currency))
        elif snapshot.once(_people).get(award.id) == Quantity.of(1):
            rows.append(
                _row(snapshot, award, Quantity(award.total_low, award.total_high), award.total_currency)
            )
    return rows


def _shares(snapshot):
    return snapshot.grouped("award_shares", "award_id")


def awarded(snapshot):
    unknown, rows = set(), []
    for award in awards(snapshot):
        amount, currency = amount_of(award, snapshot)
        if not amount.exact:
            unknown.add((award.case_id, currency))
        rows.append(_row(snapshot, award, amount, currency))
    return [row for row in rows if (row.case_id, row.currency) not in unknown]


def _row(snapshot, award, amount, currency):
    return snapshot.row(award, AWARD, _("Award"), on=award.ordered_on, amount=amount, currency=currency)


def paid(snapshot):
    """Payments, and a nothing for each award of which it is recorded that nothing was paid."""
    rows = [
        snapshot.row(
            payment,
            "prosecutions.Payment",
            _("Payment"),
            amount=Quantity(payment.amount_low, payment.amount_high),
            currency=payment.amount_currency,
        )
        for payment in _payments(snapshot)
        if payment.amount_currency
    ]
    with_payments = {payment.award_id for payment in _payments(snapshot)}
    for award in awards(snapshot):
        if award.payments_known and award.id not in with_payments:
            rows.append(_row(snapshot, award, NOTHING, award.total_currency or award.each_currency))
    return rows


def _payments(snapshot):
    return [
        payment
        for payment in snapshot.table("payments")
        if payment.kind == RECEIVED and happened(payment.on, snapshot.as_of)
    ]


def owed(award, snapshot):
    """(low, high) still owed on an award whose payments are recorded; never below nothing."""
    amount, currency = amount_of(award, snapshot)
    received = [
        payment
        for payment in snapshot.once(_payments_by_award).get(award.id, ())
        if payment.amount_currency == currency
        and payment.kind == RECEIVED
        and happened(payment.on, snapshot.as_of)
    ]
    low = max(amount.low - sum(payment.amount_high for payment in received), Decimal(0))
    high = None
    if amount.high is not None:
        high = max(amount.high - sum(payment.amount_low for payment in received), Decimal(0))
    return Quantity(low, high)


def _payments_by_award(snapshot):
    return snapshot.grouped("payments", "award_id")


def due(snapshot):
    rows = []
    for award in awards(snapshot):
        amount, currency = amount_of(award, snapshot)
        if award.payments_known and amount.exact:
            rows.append(_row(snapshot, award, owed(award, snapshot), currency))
    return rows


def benefits_granted(snapshot):
    return _benefits(snapshot, "granted", _("Benefit granted"))


def benefits_paid(snapshot):
    return _benefits(snapshot, "paid", _("Benefit received"))


def _benefits(snapshot, part, what):
    rows = []
    for benefit in snapshot.table("entitlements"):
        low, high, currency, on = (
            getattr(benefit, f"{part}_{end}") for end in ("low", "high", "currency", "on")
        )
        if currency and happened(on, snapshot.as_of):
            rows.append(
                snapshot.row(
                    benefit,
                    "aftercare.Entitlement",
                    what,
                    on=on,
                    amount=Quantity(low, high),
                    currency=currency,
                )
            )
    return rows
