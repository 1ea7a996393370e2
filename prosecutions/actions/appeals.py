"""Appeals: filed, heard in a proceeding of their own, decided, and what follows from the decision."""

from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import add_note
from cases.states import IllegalMove, check_move, check_version
from prosecutions.actions.casework import locked, next_position, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.actions.courts import open_proceeding
from prosecutions.actions.hearings import schedule_hearing
from prosecutions.models import Accused, Appeal, Proceeding, Verdict
from prosecutions.states import (
    APPEAL_MOVES,
    AppealOutcome,
    Charging,
    HearingPurpose,
    ProceedingKind,
    Stage,
    VerdictResult,
)
from reference.templatetags.show import edtf, quantity


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


def open_appeal(
    appeal_id: UUID,
    *,
    by: User,
    now: datetime,
    court: str = "",
    docket: str = "",
    opened_on: str = "",
    hearing_on: date | None = None,
    hearing_time: time | None = None,
) -> Proceeding:
    """The proceeding in which the higher court hears the appeal, with its first hearing if that is known."""
    appeal = locked(Appeal, appeal_id)
    if appeal.proceedings.filter(kind=ProceedingKind.APPEAL).exists():
        raise IllegalMove(_("The proceeding of this appeal is open already."))
    proceeding = begin(
        appeal, ProceedingKind.APPEAL, Stage.APPEAL, by=by, now=now, court=court or appeal.court,
        docket=docket, opened_on=opened_on or appeal.filed_on,
    )  # fmt: skip
    if hearing_on:
        schedule_hearing(
            proceeding.pk,
            by=by,
            now=now,
            on=hearing_on,
            local_time=hearing_time,
            purpose=HearingPurpose.APPEAL,
        )
    return proceeding


def open_retrial(
    appeal_id: UUID,
    *,
    by: User,
    now: datetime,
    court: str = "",
    docket: str = "",
    opened_on: str = "",
    hearing_on: date | None = None,
    hearing_time: time | None = None,
) -> Proceeding:
    """The new trial that the higher court ordered; the charges wait for it."""
    appeal = locked(Appeal, appeal_id)
    if appeal.outcome != AppealOutcome.RETRIAL:
        raise IllegalMove(_("No retrial was ordered on this appeal."))
    if appeal.proceedings.filter(kind=ProceedingKind.CRIMINAL_TRIAL).exists():
        raise IllegalMove(_("The new trial is open already."))
    proceeding = begin(
        appeal, ProceedingKind.CRIMINAL_TRIAL, Stage.TRIAL, by=by, now=now, court=court, docket=docket,
        opened_on=opened_on or appeal.decided_on,
    )  # fmt: skip
    if hearing_on:
        schedule_hearing(
            proceeding.pk, by=by, now=now, on=hearing_on, local_time=hearing_time,
            purpose=HearingPurpose.FIRST_APPEARANCE,
        )  # fmt: skip
    return proceeding


def begin(
    appeal: Appeal, kind: str, stage: str, *, by: User, now: datetime, court: str, docket: str, opened_on: str
) -> Proceeding:
    """A proceeding that comes of the appeal, against the same person."""
    proceeding = open_proceeding(
        appeal.case_id, by=by, now=now, accused=[appeal.accused], kind=kind, stage=stage, court=court,
        docket=docket, opened_on=opened_on,
    )  # fmt: skip
    put(proceeding, appeal=appeal)
    record("appeal.open", by=by, subject=appeal, at=now, proceeding=str(proceeding.pk))
    return proceeding


def decide_appeal(
    appeal_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str,
    decided_on: str = "",
    months: str = "",
    set_aside: bool = False,
    life: bool = False,
    note: str = "",
    version: int | None = None,
) -> Appeal:
    """What came of the appeal; set_aside = the conviction no longer stands."""
    appeal = locked(Appeal, appeal_id)
    check_version(appeal, version)
    old = AppealOutcome(appeal.outcome or AppealOutcome.PENDING)
    check_move(APPEAL_MOVES, old, AppealOutcome(outcome))
    check_decision(appeal, outcome, decided_on, months, life, now)
    fell = carry_out(appeal, outcome, decided_on, set_aside)
    put(appeal, outcome=outcome, decided_on=decided_on, months=months, life=life, note=note or appeal.note)
    record("appeal.decide", by=by, subject=appeal, at=now, set_aside=fell)
    settle(appeal.case, now)
    return appeal


def check_decision(
    appeal: Appeal, outcome: str, decided_on: str, months: str, life: bool, now: datetime
) -> None:
    """The decision came after the appeal, and changes the sentence only where it may."""
    check_happened(decided_on, appeal.office, now, "decided_on")
    check_order(appeal.filed_on, decided_on, "decided_on")
    if months and life:
        raise IllegalMove(_("Either a number of months or for life, not both."), "months")
    if (months or life) and outcome in (AppealOutcome.WITHDRAWN, AppealOutcome.RETRIAL):
        raise IllegalMove(_("This outcome leaves no new sentence."), "months")


def carry_out(appeal: Appeal, outcome: str, decided_on: str, set_aside: bool) -> bool:
    """What the decision does to the conviction; True when it fell. A retrial always takes it away."""
    retrial = outcome == AppealOutcome.RETRIAL
    if not set_aside and not (retrial and standing_conviction(appeal.accused)):
        return False
    verdict = set_conviction_aside(appeal.accused, outcome, decided_on)
    if retrial:
        move_charges(verdict, Charging.DECIDED, Charging.FILED)
    return True


def standing_conviction(accused: Accused) -> Verdict | None:
    """The last conviction that stands."""
    rows = accused.verdicts.filter(result=VerdictResult.CONVICTED, overturned_on="")
    return rows.select_for_update(of=("self",), no_key=True).order_by("-position").first()


def set_conviction_aside(accused: Accused, outcome: str, decided_on: str) -> Verdict:
    """The last conviction that stands falls on the day of the higher court's decision."""
    if outcome not in (AppealOutcome.ALLOWED, AppealOutcome.RETRIAL):
        raise IllegalMove(
            _("A conviction falls only when the appeal is allowed or a retrial ordered."), "set_aside"
        )
    if not decided_on:
        raise IllegalMove(_("Enter the date of the decision."), "decided_on")
    verdict = standing_conviction(accused)
    if verdict is None:
        raise IllegalMove(_("No conviction of this person stands."), "set_aside")
    put(verdict, overturned_on=decided_on)
    return verdict


def move_charges(verdict: Verdict, old: str, new: str) -> None:
    """The charges that this judgment decided are open again, or decided after all."""
    rows = verdict.accused.charges.filter(status=old)
    if verdict.charge_positions:
        rows = rows.filter(position__in=[int(place) for place in verdict.charge_positions])
    for charge in rows.select_for_update(of=("self",), no_key=True):
        put(charge, status=new)


def correct_appeal(
    appeal_id: UUID,
    *,
    by: User,
    now: datetime,
    reason: str,
    outcome: str,
    decided_on: str = "",
    months: str = "",
    set_aside: bool = False,
    life: bool = False,
    version: int | None = None,
) -> Appeal:
    """A decision that was written down wrongly: its consequences are taken back and drawn anew."""
    appeal = locked(Appeal, appeal_id)
    check_version(appeal, version)
    if not reason.strip():
        raise IllegalMove(_("Say what was wrong with it."), "reason")
    if appeal.outcome in ("", AppealOutcome.PENDING):
        raise IllegalMove(_("This appeal is not decided yet."))
    check_decision(appeal, outcome, decided_on, months, life, now)
    was = [text for text in (appeal.outcome, appeal.decided_on, appeal.months) if text]
    tell_what_stood(appeal, reason, by=by, now=now)
    restore(appeal)
    fell = carry_out(appeal, outcome, decided_on, set_aside)
    put(appeal, outcome=outcome, decided_on=decided_on, months=months, life=life)
    record("appeal.correct", by=by, subject=appeal, at=now, was=was, set_aside=fell)
    settle(appeal.case, now)
    return appeal


def tell_what_stood(appeal: Appeal, reason: str, *, by: User, now: datetime) -> None:
    """The decision as it was, in a note for whoever reads the case later."""
    facts = [
        (_("Outcome"), appeal.get_outcome_display()),
        (_("Date"), edtf(appeal.decided_on)),
        (_("Months of prison"), quantity(appeal.months) if appeal.months else ""),
        (_("For life"), _("Yes") if appeal.life else ""),
    ]
    words = {"who": appeal.accused.code, "reason": reason.strip()}
    lines = [_("The decision on the appeal of %(who)s was corrected: %(reason)s") % words, _("It said:")]
    lines += [f"{label}: {value}" for label, value in facts if value]
    add_note(appeal.case_id, by=by, now=now, text="\n".join(lines))


def restore(appeal: Appeal) -> None:
    """The conviction that fell by this decision stands again, and with it what it decided."""
    if appeal.outcome not in (AppealOutcome.ALLOWED, AppealOutcome.RETRIAL) or not appeal.decided_on:
        return
    fallen = appeal.accused.verdicts.filter(result=VerdictResult.CONVICTED, overturned_on=appeal.decided_on)
    verdict = fallen.select_for_update(of=("self",), no_key=True).order_by("-position").first()
    if verdict is None:
        return
    put(verdict, overturned_on="")
    if appeal.outcome == AppealOutcome.RETRIAL:
        move_charges(verdict, Charging.FILED, Charging.DECIDED)
