from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.hearings import schedule_hearing
from prosecutions.models import Attendance, Hearing
from prosecutions.states import HearingOutcome
from reference.values import PartialDate
from survivors.models import Survivor


def check_outcome(hearing: Hearing, outcome: str, reason: str, asked_by: str, now: datetime) -> None:
    """What may be said of this hearing at this moment."""
    if hearing.outcome:
        raise IllegalMove(_("What happened at this hearing is recorded already."), "outcome")
    if outcome == HearingOutcome.HELD and hearing.starts_at and hearing.starts_at > now:
        raise IllegalMove(_("This hearing is still ahead, so it cannot have been held."), "outcome")
    if outcome == HearingOutcome.ADJOURNED and not reason:
        raise IllegalMove(_("Choose why the hearing was adjourned."), "reason")
    if outcome == HearingOutcome.HELD and (reason or asked_by):
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
    if next_on < today_in(hearing.office, now):
        raise IllegalMove(_("The next date is in the past."), "next_on")


def record_hearing(
    hearing_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str,
    reason: str = "",
    asked_by: str = "",
    next_on: date | None = None,
    next_time: time | None = None,
    next_purpose: str = "",
    came: Sequence[Survivor] = (),
    wages_lost: Decimal | None = None,
    wages_lost_currency: str = "",
    whose_wages: str = "",
    note: str = "",
    version: int | None = None,
) -> Hearing:
    """Say what happened; with a next date, the next hearing stands in the calendar at once."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    check_outcome(hearing, outcome, reason, asked_by, now)
    check_next(hearing, next_on, next_time, now)
    put(
        hearing,
        outcome=outcome,
        outcome_at=now,
        reason=reason,
        asked_by=asked_by,
        next_on=PartialDate(next_on) if next_on else "",
        next_time=next_time,
        whose_wages=whose_wages,
        note=note or hearing.note,
        **money("wages_lost", wages_lost, wages_lost_currency or hearing.office.currency),
    )
    record("hearing.record", by=by, subject=hearing, at=now, outcome=outcome, reason=hearing.reason)
    tell_that_it_is_off(hearing, by=by, now=now)
    mark_attendance(hearing, came)
    if next_on:
        follow_up(hearing, by=by, now=now, on=next_on, local_time=next_time, purpose=next_purpose)
    settle(hearing.case, now)
    return hearing


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
    """The next hearing of the same proceeding, with the same person going and the same survivors called."""
    called = [row.survivor for row in hearing.attendances.filter(called=True).select_related("survivor")]
    return schedule_hearing(
        hearing.proceeding_id,
        by=by,
        now=now,
        on=on,
        local_time=local_time,
        purpose=purpose or hearing.purpose,
        room=hearing.room,
        who_goes=hearing.who_goes,
        called=called,
        follows=hearing,
    )
