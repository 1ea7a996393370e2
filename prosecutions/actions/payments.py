from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import add_note
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.ledger import ordered, own
from prosecutions.models import Award, Payment
from prosecutions.sentencing import PaymentKind
from reference.templatetags.show import money as in_money
from survivors.models import Survivor


def record_payment(
    award_id: UUID,
    *,
    by: User,
    now: datetime,
    amount: Decimal,
    currency: str = "",
    on: str = "",
    survivor: Survivor | None = None,
    kind: str = PaymentKind.RECEIVED,
    note: str = "",
) -> Payment:
    """Money on an award has come: to the survivor, or to the court that keeps it for her."""
    award = locked(Award, award_id)
    check_happened(on, award.office, now, "on")
    check_order(award.ordered_on, on, "on")
    currency = currency.upper() or award.each_currency or award.total_currency
    check_currency(award, currency)
    if award.set_aside_on:
        raise IllegalMove(_("This award was set aside. Nothing is owed on it."))
    if survivor and not award.shares.filter(survivor=survivor).exists():
        raise IllegalMove(_("This award is not for this survivor."), "survivor")
    check_not_above(award, amount, currency, kind)
    check_share(award, survivor, amount, currency, kind)
    payment = Payment.objects.create(
        case=award.case, award=award, survivor=survivor, kind=kind, on=on, note=note,
        **money("amount", amount, currency),
    )  # fmt: skip
    put(award, payments_known=True)
    record("payment.record", by=by, subject=payment, at=now)
    settle(award.case, now)
    return payment


def correct_payment(
    payment_id: UUID, *, by: User, now: datetime, amount: Decimal, reason: str, version: int | None = None
) -> Payment:
    """Another amount than was written down; what stood there stays in the trail and in a note."""
    award = locked(Award, Payment.objects.get(pk=payment_id).award_id)
    payment = locked(Payment, payment_id)
    check_version(payment, version)
    if not reason.strip():
        raise IllegalMove(_("Say what was wrong with it."), "reason")
    currency = payment.amount_currency
    check_not_above(award, amount, currency, payment.kind, beside=payment)
    check_share(award, payment.survivor, amount, currency, payment.kind, beside=payment)
    was = in_money(payment.amount_low, payment.amount_high, currency)
    words = {"was": was, "now": in_money(amount, amount, currency), "reason": reason.strip()}
    text = _("A payment was corrected from %(was)s to %(now)s: %(reason)s") % words
    about = [payment.survivor.key] if payment.survivor else []
    add_note(payment.case_id, by=by, now=now, text=text, about=about)
    before = f"{payment.amount_low} {currency}"
    put(payment, **money("amount", amount, currency))
    record("payment.correct", by=by, subject=payment, at=now, was=before)
    settle(payment.case, now)
    return payment


def check_currency(award: Award, currency: str) -> None:
    """Money comes in the currency in which it was awarded."""
    awarded = [code for code in (award.total_currency, award.each_currency) if code]
    if currency not in awarded:
        sentence = _("The award is in %(currency)s. Enter what was paid in that currency.")
        raise IllegalMove(sentence % {"currency": awarded[0]}, "currency")


def check_not_above(
    award: Award, amount: Decimal, currency: str, kind: str, beside: Payment | None = None
) -> None:
    """Nobody is paid more than was awarded, nor the court; the award is locked by the caller."""
    most = ordered(award, award.shares.select_related("headcount")).get(currency)
    paid = so_far(award.payments.filter(kind=kind), currency, beside) + amount
    check_limit(most.high if most else None, paid, currency)


def check_share(
    award: Award,
    survivor: Survivor | None,
    amount: Decimal,
    currency: str,
    kind: str,
    beside: Payment | None = None,
) -> None:
    """No survivor gets more than was ordered for her."""
    share = award.shares.filter(survivor=survivor).first() if survivor else None
    if share is None:
        return
    mine = own(award, share)
    paid = so_far(award.payments.filter(kind=kind, survivor=survivor), currency, beside) + amount
    check_limit(mine.high if mine else None, paid, currency)


def so_far(rows: QuerySet[Payment], currency: str, beside: Payment | None) -> Decimal:
    """What these payments come to at least, without the one that is being corrected."""
    others = rows.filter(amount_currency=currency)
    if beside:
        others = others.exclude(pk=beside.pk)
    return sum((row.amount_low or Decimal() for row in others), Decimal())


def check_limit(most: Decimal | None, paid: Decimal, currency: str) -> None:
    if most is not None and paid > most:
        sums = {"paid": in_money(paid, paid, currency), "awarded": in_money(most, most, currency)}
        sentence = _("With this, %(paid)s would be paid, but %(awarded)s was awarded.")
        raise IllegalMove(sentence % sums, "amount")
