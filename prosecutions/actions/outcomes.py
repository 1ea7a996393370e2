from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove, check_version
from law.models import Reason
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.clock import check_near
from prosecutions.actions.costs import CostFacts, write_costs
from prosecutions.actions.hearings import schedule_hearing
from prosecutions.hearing_states import SAT
from prosecutions.models import Attendance, Hearing
from prosecutions.states import HearingOutcome
from reference.values import PartialDate
from survivors.models import Survivor


class OutcomeFacts(TypedDict, total=False):
    """What may be said of what happened."""

    reason: str
    exact_reason: Reason | None
    asked_by: str
    next_on: date | None
    next_time: time | None
    next_purpose: str
    came: Sequence[Survivor]
    wages_lost: Decimal | None
    wages_lost_currency: str
    whose_wages: str
    costs: Sequence[CostFacts]
    judge: str
    note: str


def check_outcome(hearing: Hearing, outcome: str, reason: str, asked_by: str, now: datetime) -> None:
    """What may be said of this hearing at this moment."""
    if hearing.outcome:
        raise IllegalMove(_("What happened at this hearing is recorded already."), "outcome")
    if outcome in SAT and hearing.starts_at and hearing.starts_at > now:
        raise IllegalMove(_("This hearing is still ahead, so it cannot have been held."), "outcome")
    if outcome == HearingOutcome.ADJOURNED and not reason:
        raise IllegalMove(_("Choose why the hearing was adjourned."), "reason")
    if outcome in SAT and (reason or asked_by):
        sentence = _("Only a hearing that was put off has this. Choose another outcome or take it out here.")
        raise IllegalMove(sentence, "reason" if reason else "asked_by")


def check_next(hearing: Hearing, next_on: date | None, next_time: time | None, now: datetime) -> None:
    """A next date lies after this one and not in the past."""
    if next_on is None:
        if next_time:
            raise IllegalMove(_("Enter the date that belongs to this time."), "next_on")
        return
    if next_on <= PartialDate(hearing.on).first:
        raise IllegalMove(_("The next hearing must be later than this one."), "next_on")
    check_near(next_on, hearing.office, now, "next_on")
    if next_on < today_in(hearing.office, now):
        raise IllegalMove(_("The next date is in the past."), "next_on")


def key_of(by: User, key: UUID | None) -> UUID | None:
    """The key of a sending as it is kept: one person's key is nobody else's."""
    return uuid5(by.pk, str(key)) if key else None


def record_hearing(
    hearing_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str,
    key: UUID | None = None,
    version: int | None = None,
    **facts: Unpack[OutcomeFacts],
) -> Hearing:
    """Say what happened; with a next date, the next hearing stands in the calendar at once.

    The same key by the same person again is the same sending: it does nothing, and is answered as before.
    """
    hearing = locked(Hearing, hearing_id)
    sent = key_of(by, key)
    if sent and hearing.outcome and hearing.outcome_key == sent:
        return hearing
    check_version(hearing, version)
    facts["reason"] = short_reason(facts.get("reason", ""), facts.get("exact_reason"))
    check_outcome(hearing, outcome, facts["reason"], facts.get("asked_by", ""), now)
    check_next(hearing, facts.get("next_on"), facts.get("next_time"), now)
    put(hearing, outcome=outcome, outcome_at=now, outcome_key=sent, **said(hearing, facts))
    record("hearing.record", by=by, subject=hearing, at=now, outcome=outcome, reason=hearing.reason)
    tell_that_it_is_off(hearing, by=by, now=now)
    mark_attendance(hearing, facts.get("came", ()))
    write_costs(hearing, facts.get("costs", ()), by=by, now=now)
    if next_on := facts.get("next_on"):
        follow_up(
            hearing, by=by, now=now, on=next_on, local_time=facts.get("next_time"),
            purpose=facts.get("next_purpose", ""),
        )  # fmt: skip
    settle(hearing.case, now)
    return hearing


def short_reason(reason: str, exact: Reason | None) -> str:
    """The exact reason of the law's list says which of the short list it is."""
    if exact is None:
        return reason
    if reason and reason != exact.falls_under:
        raise IllegalMove(_("These two reasons do not belong together. Choose one of them."), "exact_reason")
    return exact.falls_under


def said(hearing: Hearing, facts: OutcomeFacts) -> dict:
    """The columns of what was said."""
    next_on = facts.get("next_on")
    currency = facts.get("wages_lost_currency") or hearing.office.currency
    return {
        "reason": facts.get("reason", ""),
        "exact_reason": facts.get("exact_reason"),
        "asked_by": facts.get("asked_by", ""),
        "next_on": PartialDate(next_on) if next_on else "",
        "next_time": facts.get("next_time"),
        "whose_wages": facts.get("whose_wages", ""),
        "judge": facts.get("judge", "") or hearing.judge,
        "note": facts.get("note", "") or hearing.note,
        **money("wages_lost", facts.get("wages_lost"), currency),
    }


def tell_that_it_is_off(hearing: Hearing, *, by: User, now: datetime) -> None:
    """Put off before its hour: whoever still holds the date must hear of it."""
    if hearing.starts_at and hearing.starts_at > now:
        record("hearing.cancel", by=by, subject=hearing, at=now, version=hearing.schedule_version)


def mark_attendance(hearing: Hearing, came: Sequence[Survivor]) -> None:
    """Who of the survivors came, called or not."""
    there = {row.survivor_id: row for row in hearing.attendances.all()}
    for survivor in came:
        row = there.get(survivor.pk)
        if row:
            put(row, came=True)
        else:
            Attendance.objects.create(case_id=hearing.case_id, hearing=hearing, survivor=survivor, came=True)


def follow_up(
    hearing: Hearing, *, by: User, now: datetime, on: date, local_time: time | None, purpose: str
) -> Hearing:
    """The next hearing of the same proceeding: the same person goes, the same people are called again."""
    called = [row.survivor for row in hearing.attendances.filter(called=True).select_related("survivor")]
    return schedule_hearing(
        hearing.proceeding_id,
        by=by,
        now=now,
        on=on,
        local_time=local_time,
        purpose=purpose or hearing.purpose,
        room=hearing.room,
        judge=hearing.judge,
        who_goes=hearing.who_goes,
        called=called,
        follows=hearing,
    )
