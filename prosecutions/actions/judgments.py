from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case
from cases.states import IllegalMove, check_move, check_version
from prosecutions.actions.casework import locked, money, next_position, put, settle
from prosecutions.actions.clock import before, check_happened, check_order
from prosecutions.models import Accused, Appeal, Award, AwardShare, Charge, Proceeding, Verdict
from prosecutions.states import APPEAL_MOVES, AppealOutcome, Charging, VerdictResult
from reference.templatetags.show import edtf
from survivors.models import Survivor


def check_sentence(result: str, months: str, life: bool, fine: Decimal | None) -> None:
    """Only somebody convicted is sentenced, and either for life or for a time."""
    if result != VerdictResult.CONVICTED and (months or life or fine is not None):
        raise IllegalMove(_("Only a conviction carries a sentence."), "result")
    if months and life:
        raise IllegalMove(_("Either a number of months or for life, not both."), "months")


def record_verdict(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    result: str,
    on: str,
    proceeding: Proceeding | None = None,
    court: str = "",
    charges: Sequence[Charge] = (),
    after_plea: bool | None = None,
    months: str = "",
    life: bool = False,
    suspended: bool | None = None,
    fine: Decimal | None = None,
    fine_currency: str = "",
    note: str = "",
) -> Verdict:
    """The court's judgment on one accused person; the charges it decides have their outcome."""
    accused = locked(Accused, accused_id)
    check_happened(on, accused.office, now, "on")
    check_sentence(result, months, life, fine)
    decided = charges_decided(accused, charges)
    check_day_of_judgment(accused, proceeding, decided, on)
    free = [charge for charge in decided if not covered(charge, standing_of(accused))]
    check_not_judged(accused, result, proceeding, charges, free)
    # A judgment on the rest says which the rest is; one on all names none.
    charges = charges or (free if len(free) < len(decided) else ())
    verdict = Verdict.objects.create(
        case=accused.case,
        accused=accused,
        proceeding=proceeding,
        position=next_position(accused.verdicts.all()),
        on=on,
        court=court or (proceeding.court if proceeding else ""),
        result=result,
        after_plea=after_plea,
        charge_positions=[str(charge.position) for charge in charges],
        months=months,
        life=life,
        suspended=suspended,
        note=note,
        **money("fine", fine, fine_currency or accused.office.currency),
    )
    for charge in free:
        put(charge, status=Charging.DECIDED)
    record("verdict.record", by=by, subject=verdict, at=now, result=result)
    settle(accused.case, now)
    return verdict


def charges_decided(accused: Accused, charges: Sequence[Charge]) -> list[Charge]:
    """The charges meant; all that were not dropped when none are named."""
    rows = accused.charges.exclude(status=Charging.DROPPED)
    if charges:
        rows = rows.filter(pk__in=[charge.pk for charge in charges])
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("position"))


def check_day_of_judgment(
    accused: Accused, proceeding: Proceeding | None, decided: Sequence[Charge], on: str
) -> None:
    """Nobody is judged before the proceeding, the first arrest or the charge, as far as the dates tell."""
    if proceeding and before(on, proceeding.opened_on):
        raise IllegalMove(_("This is before the proceeding was opened."), "on")
    arrests = [arrest.on for arrest in accused.arrests.all()]
    if arrests and all(before(on, arrest) for arrest in arrests):
        raise IllegalMove(_("This is before the person was arrested."), "on")
    if any(before(on, charge.filed_on) for charge in decided):
        raise IllegalMove(_("This is before a charge that it decides was filed."), "on")


def standing_of(accused: Accused) -> list[Verdict]:
    """The judgments on the person that no higher court has set aside."""
    return list(accused.verdicts.filter(overturned_on="").order_by("position"))


def covered(charge: Charge, verdicts: Sequence[Verdict]) -> bool:
    """Is the charge decided by one of these judgments? One that names no charge decided all of its day."""
    unnamed = charge.status == Charging.DECIDED
    return any(
        str(charge.position) in verdict.charge_positions or (unnamed and not verdict.charge_positions)
        for verdict in verdicts
    )


def check_not_judged(
    accused: Accused,
    result: str,
    proceeding: Proceeding | None,
    charges: Sequence[Charge],
    free: Sequence[Charge],
) -> None:
    """One judgment on one charge, and one of a kind in a proceeding that has nothing left to decide."""
    if charges and len(free) < len(charges):
        raise IllegalMove(_("A judgment that stands has decided one of these charges already."), "charges")
    if charges or free:
        return
    place = proceeding.pk if proceeding else None
    for verdict in standing_of(accused):
        if verdict.result == result and verdict.proceeding_id == place:
            raise IllegalMove(on_record_already(verdict), "result")
    if accused.charges.filter(status=Charging.DECIDED).exists():
        sentence = _("Every charge is decided by a judgment that stands already. Add the charge it is about.")
        raise IllegalMove(sentence, "charges")


def on_record_already(verdict: Verdict) -> str:
    """The judgment there is, in words."""
    when = {"when": edtf(verdict.on) or _("an unknown date")}
    if verdict.result == VerdictResult.CONVICTED:
        return _("A conviction of %(when)s in this proceeding is on record already.") % when
    return _("A judgment of %(when)s with this result in this proceeding is on record already.") % when


def file_appeal(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    appellant: str,
    filed_on: str = "",
    court: str = "",
    note: str = "",
) -> Appeal:
    """Somebody asks a higher court to look at the judgment."""
    accused = locked(Accused, accused_id)
    if not accused.verdicts.exists():
        raise IllegalMove(_("There is no judgment yet that could be appealed."))
    check_happened(filed_on, accused.office, now, "filed_on")
    appeal = Appeal.objects.create(
        case=accused.case,
        accused=accused,
        position=next_position(accused.appeals.all()),
        by=appellant,
        filed_on=filed_on,
        court=court,
        outcome=AppealOutcome.PENDING,
        note=note,
    )
    record("appeal.file", by=by, subject=appeal, at=now)
    settle(accused.case, now)
    return appeal


def decide_appeal(
    appeal_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str,
    decided_on: str = "",
    months: str = "",
    set_aside: bool = False,
    note: str = "",
    version: int | None = None,
) -> Appeal:
    """What came of the appeal; set_aside = the conviction no longer stands."""
    appeal = locked(Appeal, appeal_id)
    check_version(appeal, version)
    old = AppealOutcome(appeal.outcome or AppealOutcome.PENDING)
    check_move(APPEAL_MOVES, old, AppealOutcome(outcome))
    check_happened(decided_on, appeal.office, now, "decided_on")
    check_order(appeal.filed_on, decided_on, "decided_on")
    if set_aside:
        set_conviction_aside(appeal.accused, outcome, decided_on)
    put(appeal, outcome=outcome, decided_on=decided_on, months=months, note=note or appeal.note)
    record("appeal.decide", by=by, subject=appeal, at=now)
    settle(appeal.case, now)
    return appeal


def set_conviction_aside(accused: Accused, outcome: str, decided_on: str) -> None:
    """The last conviction that stands falls on the day of the higher court's decision."""
    if outcome not in (AppealOutcome.ALLOWED, AppealOutcome.RETRIAL):
        raise IllegalMove(
            _("A conviction falls only when the appeal is allowed or a retrial ordered."), "set_aside"
        )
    if not decided_on:
        raise IllegalMove(_("Enter the date of the decision."), "decided_on")
    convictions = accused.verdicts.filter(result=VerdictResult.CONVICTED, overturned_on="")
    verdict = convictions.select_for_update(of=("self",), no_key=True).order_by("-position").first()
    if verdict is None:
        raise IllegalMove(_("No conviction of this person stands."), "set_aside")
    put(verdict, overturned_on=decided_on)


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
    currency: str = "",
    note: str = "",
) -> Award:
    """A court or authority orders money for survivors: so much for each, or so much in all."""
    case = lock_case(case_id)
    check_happened(ordered_on, case.office, now, "ordered_on")
    if each is None and total is None:
        raise IllegalMove(_("Enter the amount for each survivor or the amount in all."), "each")
    currency = currency or case.office.currency
    award = Award.objects.create(
        case=case,
        position=next_position(Award.objects.filter(case=case)),
        against=list(against),
        ordered_on=ordered_on,
        by=authority,
        note=note,
        **money("each", each, currency),
        **money("total", total, currency),
    )
    for survivor in survivors:
        AwardShare.objects.create(case=case, award=award, survivor=survivor)
    record("award.order", by=by, subject=award, at=now)
    settle(case, now)
    return award
