"""Where the accused person is, as somebody made sure."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove
from prosecutions.actions.casework import locked, put, settle
from prosecutions.actions.clock import check_happened
from prosecutions.bail_states import Whereabouts
from prosecutions.models import Accused, Custody, StatusCheck


def confirm_status(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    status: str,
    how: str,
    on: date | None = None,
    at: str = "",
    note: str = "",
) -> StatusCheck:
    """Somebody made sure where the person is: the age of this answer counts from that day on."""
    accused = locked(Accused, accused_id)
    day = on or today_in(accused.office, now)
    check_happened(day.isoformat(), accused.office, now, "on")
    check = StatusCheck.objects.create(
        case=accused.case, accused=accused, status=status, on=day, at=at, how=how, by=by, note=note
    )
    record("status.confirm", by=by, subject=check, at=now, status=status)
    settle(accused.case, now)
    return check


def transfer_custody(
    custody_id: UUID,
    *,
    by: User,
    now: datetime,
    at: str,
    how: str,
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Custody:
    """The person is held in another place from now on: the same spell, so that no clock begins anew."""
    custody = locked(Custody, custody_id)
    if custody.ends_on or custody.over:
        raise IllegalMove(_("This spell in custody is over already."), "at")
    day = on or today_in(custody.office, now)
    check_happened(day.isoformat(), custody.office, now, "on")
    put(custody, version=version, at=at)
    StatusCheck.objects.create(
        case=custody.case, accused=custody.accused, status=Whereabouts.IN_CUSTODY, on=day, at=at, how=how,
        by=by, note=note,
    )  # fmt: skip
    record("custody.transfer", by=by, subject=custody, at=now)
    settle(custody.case, now)
    return custody
