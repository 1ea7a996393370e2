"""Money that a court ordered: ordered, changed by a higher court, and the steps to get it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import add_note, lock_case
from cases.clock import today_in
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, money, next_position, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.ledger import ordered
from prosecutions.models import Award, AwardShare, AwardStep
from reference.templatetags.show import edtf
from reference.templatetags.show import money as in_money
from survivors.models import Survivor

Own = Mapping[UUID, Decimal]


def order_award(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    survivors: Sequence[Survivor],
    against: Sequence[str] = (),
    ordered_on: str = "",
    authority: str = "",
    each: Decimal | None = None,
    total: Decimal | None = None,
    own: Own | None = None,
    currency: str = "",
    note: str = "",
) -> Award:
    """A court or authority orders money for survivors: so much for each, so much in all, or each her own."""
    case = lock_case(case_id)
    check_happened(ordered_on, case.office, now, "ordered_on")
    currency = currency or case.office.currency
    own = own_amounts([row.pk for row in survivors], own or {}, each, total)
    if each is None and total is None and not own:
        raise IllegalMove(_("Enter the amount for each survivor or the amount in all."), "each")
    award = Award.objects.create(
        case=case,
        position=next_position(Award.objects.filter(case=case)),
        against=list(against),
        ordered_on=ordered_on,
        by=authority,
        note=note,
        **amounts(each, total, own, currency),
    )
    for survivor in survivors:
        mine = money("amount", own.get(survivor.pk), currency)
        AwardShare.objects.create(case=case, award=award, survivor=survivor, **mine)
    record("award.order", by=by, subject=award, at=now)
    settle(case, now)
    return award


def own_amounts(people: Sequence[UUID], own: Own, each: Decimal | None, total: Decimal | None) -> Own:
    """What each survivor gets, where the amounts differ; those without one of their own get `each`."""
    own = {key: amount for key, amount in own.items() if amount is not None and key in people}
    if not own:
        return {}
    if each is None and len(own) < len(set(people)):
        raise IllegalMove(_("Enter an amount for each survivor of this award."), "each")
    full = {key: own.get(key, each or Decimal()) for key in people}
    if total is not None and sum(full.values()) != total:
        raise IllegalMove(_("The amounts of the survivors do not come to the amount in all."), "total")
    return full


def amounts(each: Decimal | None, total: Decimal | None, own: Own, currency: str) -> dict:
    """The columns of the award: with amounts of their own, their sum is the whole."""
    if own:
        each, total = None, sum(own.values(), Decimal())
    return money("each", each, currency) | money("total", total, currency)


def change_award(
    award_id: UUID,
    *,
    by: User,
    now: datetime,
    reason: str,
    each: Decimal | None = None,
    total: Decimal | None = None,
    own: Own | None = None,
    currency: str = "",
    set_aside_on: str = "",
    version: int | None = None,
) -> Award:
    """A higher court changed the award or set it aside, or it was written down wrongly."""
    award = locked(Award, award_id)
    check_version(award, version)
    check_change(award, reason, set_aside_on, now)
    shares = list(award.shares.select_for_update(of=("self",), no_key=True).order_by("created_at", "pk"))
    people = [share.survivor_id for share in shares if share.survivor_id]
    own = own_amounts(people, own or {}, each, total)
    if each is None and total is None and not own:
        raise IllegalMove(_("Enter the amount for each survivor or the amount in all."), "each")
    currency = currency or award.total_currency or award.each_currency
    check_payments_fit(award, currency)
    was = [f"{row.low}..{row.high} {code}" for code, row in ordered(award, shares).items()]
    tell_what_stood(award, reason, by=by, now=now)
    put(award, set_aside_on=set_aside_on, **amounts(each, total, own, currency))
    for share in shares:
        mine = own.get(share.survivor_id) if share.survivor_id else None
        put(share, **money("amount", mine, currency))
    record("award.change", by=by, subject=award, at=now, was=was)
    settle(award.case, now)
    return award


def check_change(award: Award, reason: str, set_aside_on: str, now: datetime) -> None:
    if not reason.strip():
        raise IllegalMove(_("Say why it changes: the decision, or what was wrong."), "reason")
    check_happened(set_aside_on, award.office, now, "set_aside_on")
    check_order(award.ordered_on, set_aside_on, "set_aside_on")


def check_payments_fit(award: Award, currency: str) -> None:
    """What was paid was paid in the currency of the award."""
    if award.payments.exclude(amount_currency=currency).exists():
        sentence = _("Payments in another currency are on record. The currency of the award stays.")
        raise IllegalMove(sentence, "currency")


def tell_what_stood(award: Award, reason: str, *, by: User, now: datetime) -> None:
    """The award as it was, in a note for whoever reads the case later."""
    each = in_money(award.each_low, award.each_high, award.each_currency)
    total = in_money(award.total_low, award.total_high, award.total_currency)
    words = {"when": edtf(award.ordered_on) or _("an unknown date"), "reason": reason.strip()}
    lines = [_("The award of %(when)s was changed: %(reason)s") % words, _("It said:")]
    lines += [f"{label}: {value}" for label, value in ((_("For each"), each), (_("In all"), total)) if value]
    add_note(award.case_id, by=by, now=now, text="\n".join(lines))


def enforce_award(
    award_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    on: str,
    next_on: date | None = None,
    note: str = "",
) -> AwardStep:
    """One step to get the money, and the day on which to look again."""
    award = locked(Award, award_id)
    check_happened(on, award.office, now, "on")
    check_order(award.ordered_on, on, "on")
    if next_on and next_on <= today_in(award.office, now):
        raise IllegalMove(_("The day to look again lies ahead."), "next_on")
    step = AwardStep.objects.create(
        case=award.case, award=award, kind=kind, on=on, next_on=next_on, note=note
    )
    record("award.enforce", by=by, subject=award, at=now, kind=kind)
    settle(award.case, now)
    return step
