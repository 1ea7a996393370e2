from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, next_position, put, settle
from prosecutions.actions.clock import check_near, starts_at
from prosecutions.actions.witnesses import ask_again, plan_needs
from prosecutions.models import Attendance, CalledWitness, Hearing, Proceeding
from prosecutions.states import HearingOutcome
from reference.values import PartialDate
from survivors.models import Survivor


def schedule_hearing(
    proceeding_id: UUID,
    *,
    by: User,
    now: datetime,
    on: date,
    local_time: time | None = None,
    purpose: str = "",
    room: str = "",
    judge: str = "",
    who_goes: User | None = None,
    called: Sequence[Survivor] = (),
    follows: Hearing | None = None,
    note: str = "",
    external_id: str = "",
) -> Hearing:
    """Put a hearing into the calendar; one that lies in the past waits for its outcome."""
    proceeding = locked(Proceeding, proceeding_id)
    check_near(PartialDate(on).first, proceeding.office, now, "on")
    hearing = Hearing.objects.create(
        case=proceeding.case,
        proceeding=proceeding,
        position=next_position(proceeding.hearings.all()),
        on=PartialDate(on),
        local_time=local_time,
        starts_at=starts_at(on, local_time, proceeding.office),
        scheduled_at=now,
        purpose=purpose,
        room=room,
        judge=judge,
        who_goes=who_goes,
        follows=follows,
        note=note,
        external_id=external_id,
    )
    call_all(hearing, called, follows, now)
    record("hearing.schedule", by=by, subject=hearing, at=now, version=hearing.schedule_version)
    settle(proceeding.case, now)
    return hearing


def call_all(hearing: Hearing, called: Sequence[Survivor], follows: Hearing | None, now: datetime) -> None:
    """The survivors called, with what each needs for the day; others come over from the hearing before."""
    for survivor in called:
        Attendance.objects.create(case=hearing.case, hearing=hearing, survivor=survivor, called=True)
    plan_needs(hearing, called, now=now, after=follows)
    for witness in follows.witnesses.filter(called=True).order_by("created_at", "pk") if follows else ():
        CalledWitness.objects.create(
            case=hearing.case, hearing=hearing, role=witness.role, label=witness.label
        )


def check_ahead(hearing: Hearing) -> None:
    """Only a hearing without an outcome can still be changed."""
    if hearing.outcome:
        raise IllegalMove(_("What happened at this hearing is recorded already; it cannot be changed now."))


def reschedule_hearing(
    hearing_id: UUID,
    *,
    by: User,
    now: datetime,
    on: date,
    local_time: time | None = None,
    room: str = "",
    version: int | None = None,
) -> Hearing:
    """Another date, time or room: a new version of the schedule, which nobody has confirmed yet."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    check_ahead(hearing)
    check_near(on, hearing.office, now, "on")
    begins = starts_at(on, local_time, hearing.office)
    if on < today_in(hearing.office, now):
        raise IllegalMove(_("A hearing cannot be moved into the past."), "on")
    if local_time and begins is not None and begins <= now:
        raise IllegalMove(_("A hearing cannot be moved into the past: this time has gone by."), "local_time")
    was = hearing.starts_at.isoformat() if hearing.starts_at else hearing.on
    another_day, place = PartialDate(on) != hearing.on, "same" if room == hearing.room else "other"
    put(
        hearing,
        on=PartialDate(on),
        local_time=local_time,
        starts_at=begins,
        room=room,
        schedule_version=hearing.schedule_version + 1,
        scheduled_at=now,
        confirmed_at=None,
    )
    record(
        "hearing.reschedule", by=by, subject=hearing, at=now, version=hearing.schedule_version, was=was,
        room=place,
    )  # fmt: skip
    if another_day:
        ask_again(hearing, now)
    settle(hearing.case, now)
    return hearing


def cancel_hearing(
    hearing_id: UUID, *, by: User, now: datetime, reason: str = "", version: int | None = None
) -> Hearing:
    """The court has taken the hearing off its list."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    check_ahead(hearing)
    put(hearing, outcome=HearingOutcome.VACATED, outcome_at=now, reason=reason)
    record("hearing.cancel", by=by, subject=hearing, at=now, version=hearing.schedule_version)
    settle(hearing.case, now)
    return hearing


def assign_hearing(
    hearing_id: UUID, *, by: User, now: datetime, who_goes: User | None, version: int | None = None
) -> Hearing:
    """Say who goes; the person has still to say yes."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    check_ahead(hearing)
    if who_goes != hearing.who_goes:
        put(hearing, who_goes=who_goes, confirmed_at=None)
    record("hearing.assign", by=by, subject=hearing, at=now, user=who_goes.pk if who_goes else "")
    settle(hearing.case, now)
    return hearing


def confirm_hearing(hearing_id: UUID, *, by: User, now: datetime, version: int | None = None) -> Hearing:
    """Who goes says yes to this date."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    check_ahead(hearing)
    if hearing.who_goes_id != by.pk:
        raise IllegalMove(_("Only the person who goes can confirm it."))
    put(hearing, confirmed_at=hearing.confirmed_at or now)
    record("hearing.confirm", by=by, subject=hearing, at=now)
    settle(hearing.case, now)
    return hearing
