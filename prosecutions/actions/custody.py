from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from operations.models import Operation
from prosecutions.actions.casework import locked, next_position, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.actions.clocks import moment_of
from prosecutions.actions.naming import compare_again
from prosecutions.bail_states import CustodyEnd
from prosecutions.models import Accused, Arrest, CourtEvent, Custody
from prosecutions.states import CustodyKind


def record_arrest(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    on: str = "",
    local_time: time | None = None,
    agency: str = "",
    operation: Operation | None = None,
    venue: str = "",
    held: bool = False,
    note: str = "",
) -> Arrest:
    """The person was arrested; held = stays in custody from that day on."""
    accused = locked(Accused, accused_id)
    check_happened(on, accused.office, now, "on")
    if operation and operation.closed:
        raise IllegalMove(_("Record the outcome of the operation first."), field="operation")
    arrest = Arrest.objects.create(
        case=accused.case, accused=accused, on=on, by=agency, operation=operation, at=venue, note=note
    )
    keep_hour(accused, on, local_time, now)
    compare_again(accused)
    record("arrest.record", by=by, subject=arrest, at=now, perpetrator=accused.perpetrator_id)
    if held and not accused.custodies.running().exists():
        start_custody(accused_id, by=by, now=now, kind=CustodyKind.REMAND, starts_on=on)
    settle(accused.case, now)
    return arrest


def keep_hour(accused: Accused, on: str, local_time: time | None, now: datetime) -> None:
    """The hour of the arrest is a step of its own: clocks of hours are counted from it."""
    happened_at = moment_of(on, local_time, None, accused.office.time_zone)
    if happened_at is None:
        return
    if happened_at > now:
        raise IllegalMove(_("This time is in the future."), "local_time")
    CourtEvent.objects.create(
        case=accused.case, accused=accused, event="arrest", on=on, happened_at=happened_at
    )


def start_custody(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    starts_on: str = "",
    at: str = "",
    note: str = "",
) -> Custody:
    """The person is held from this day on."""
    accused = locked(Accused, accused_id)
    check_happened(starts_on, accused.office, now, "starts_on")
    if accused.custodies.running().exists():
        raise IllegalMove(_("The person is in custody already. End that spell first."), "starts_on")
    custody = Custody.objects.create(
        case=accused.case,
        accused=accused,
        position=next_position(accused.custodies.all()),
        kind=kind,
        starts_on=starts_on,
        at=at,
        note=note,
    )
    record("custody.start", by=by, subject=custody, at=now)
    settle(accused.case, now)
    return custody


def end_custody(
    custody_id: UUID,
    *,
    by: User,
    now: datetime,
    ends_on: str = "",
    how: str = "",
    note: str = "",
    version: int | None = None,
) -> Custody:
    """The person is no longer held, and how it came so; without a date the spell is marked as over."""
    custody = locked(Custody, custody_id)
    if custody.ends_on or custody.over:
        raise IllegalMove(_("This spell in custody is over already."), "ends_on")
    check_happened(ends_on, custody.office, now, "ends_on")
    check_order(custody.starts_on, ends_on, "ends_on")
    facts = {"ends_on": ends_on, "over": not ends_on, "how_ended": how, "note": note or custody.note}
    put(custody, version=version, **facts)
    record("custody.end", by=by, subject=custody, at=now, how=how)
    settle(custody.case, now)
    return custody


def end_running_custody(accused: Accused, *, by: User, now: datetime, on: str) -> None:
    """Whoever is released is no longer held: end every spell that runs, on the same day."""
    for custody in accused.custodies.running().select_for_update(of=("self",), no_key=True):
        ends_on = on if on and not (custody.starts_on and _before(on, custody.starts_on)) else ""
        put(custody, ends_on=ends_on, over=not ends_on, how_ended=CustodyEnd.BAIL)
        record("custody.end", by=by, subject=custody, at=now, how=CustodyEnd.BAIL)


def _before(on: str, start: str) -> bool:
    """Would the end lie before the beginning?"""
    try:
        check_order(start, on, "")
    except IllegalMove:
        return True
    return False
