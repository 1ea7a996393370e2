from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from prosecutions.actions.casework import locked, next_position, put, settle
from prosecutions.actions.clock import before
from prosecutions.actions.sentences import PartFacts, check_days, save_parts, sum_up
from prosecutions.models import Accused, Charge, Proceeding, Verdict
from prosecutions.states import Charging, VerdictResult
from reference.templatetags.show import edtf


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
    sentence_on: str = "",
    parts: Sequence[PartFacts] = (),
) -> Verdict:
    """The court's judgment on one accused person; the charges it decides have their outcome."""
    accused = locked(Accused, accused_id)
    check_days(accused, on, sentence_on, now)
    facts = sum_up(accused, result, months, life, suspended, fine, fine_currency, parts)
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
        sentence_on=sentence_on,
        note=note,
        **facts,
    )
    save_parts(verdict, parts)
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
