from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from law.models import Identifier
from prosecutions.actions.casework import locked, put, settle
from prosecutions.actions.linking import kept_number
from prosecutions.models import Proceeding, ProceedingNumber


def check_once(
    proceeding: Proceeding, kind: Identifier | None, number: str, but: ProceedingNumber | None = None
) -> None:
    """A number stands once with a proceeding."""
    there = proceeding.numbers.filter(kind=kind, number=number, wrong=False)
    if (there.exclude(pk=but.pk) if but else there).exists():
        raise IllegalMove(_("This number stands with the proceeding already."), "number")


def add_number(
    proceeding_id: UUID,
    *,
    by: User,
    now: datetime,
    number: str,
    kind: Identifier | None = None,
    note: str = "",
) -> ProceedingNumber:
    """Write down a further number of the proceeding, checked against the pattern of its kind."""
    proceeding = locked(Proceeding, proceeding_id)
    number = kept_number(kind, number)
    check_once(proceeding, kind, number)
    row = ProceedingNumber.objects.create(
        case=proceeding.case, proceeding=proceeding, kind=kind, number=number, note=note
    )
    record("number.add", by=by, subject=row, at=now)
    settle(proceeding.case, now)
    return row


def edit_number(
    number_id: UUID,
    *,
    by: User,
    now: datetime,
    number: str,
    kind: Identifier | None = None,
    note: str = "",
    wrong: bool = False,
    version: int | None = None,
) -> ProceedingNumber:
    """Put a number right, or say that it was a mistake; it stays in the record."""
    row = locked(ProceedingNumber, number_id)
    number = kept_number(kind, number)
    if not wrong:
        check_once(row.proceeding, kind, number, row)
    put(row, version=version, number=number, kind=kind, note=note, wrong=wrong)
    record("number.edit", by=by, subject=row, at=now)
    settle(row.case, now)
    return row
