from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can, roles_that_can
from aftercare.models import Care
from aftercare.states import CARE_GOES_ON
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.models import Case
from cases.querysets import holding_now
from cases.states import IllegalMove, check_version
from operations.models import Headcount
from reference.values import PartialDate
from survivors.models import Survivor


def refuse_future(day: PartialDate | str, *, office: Office, now: datetime, field: str) -> None:
    """What has happened has happened by today."""
    if day and PartialDate(day).first > today_in(office, now):
        raise IllegalMove(_("This day has not come yet."), field=field)


def refuse_before(day: PartialDate | str, start: PartialDate | str, sentence: str, *, field: str) -> None:
    """Nothing ends before it began, as far as both days are known."""
    if day and start and PartialDate(day).last < PartialDate(start).first:
        raise IllegalMove(sentence, field=field)


def lock(model: Any, pk: UUID, version: int | None = None) -> Any:
    """The row, held until the transaction ends and as the person last saw it."""
    row = model.objects.select_for_update(of=("self",)).select_related("case", "office").get(pk=pk)
    check_version(row, version)
    return row


def keep(row: Any, *fields: str) -> None:
    """Save the named fields as a new version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def team_of_care(case: Case) -> Any:
    """Those on the team who may work in aftercare: whom a person can be entrusted to."""
    roles = roles_that_can(Can.WRITE_AFTERCARE)
    named = case.assignments.filter(holding_now(), role__in=roles).values("user_id")
    return User.objects.filter(pk__in=named, is_active=True).order_by("name", "pk")


def not_yet_in_care(case: Case) -> tuple[list[Survivor], list[Headcount]]:
    """The people and the groups of a case whose aftercare has not been opened."""
    people = Survivor.objects.filter(case=case, care=None).order_by("key", "pk")
    groups = Headcount.objects.filter(case=case, care=None).order_by("key", "pk")
    return list(people), list(groups)


def worker_on_team(case: Case, worker_id: UUID | None) -> User | None:
    """The social worker, who must be on the team of the case."""
    if worker_id is None:
        return None
    worker = team_of_care(case).filter(pk=worker_id).first()
    if worker is None:
        raise IllegalMove(
            _("This person is not on the team of the case as a social worker."), field="worker_id"
        )
    return worker


def conclude_care(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    result: str,
    result_on: PartialDate,
    basis: str = "",
    note: str = "",
    version: int | None = None,
) -> Care:
    """Say where a care stands that goes on. Its end is asked for and agreed to (actions/closing.py)."""
    care = lock(Care, care_id, version)
    refuse_future(result_on, office=care.office, now=now, field="result_on")
    if result not in CARE_GOES_ON:
        raise IllegalMove(_("The end of care is asked for, and somebody else agrees to it."), field="result")
    if care.result not in CARE_GOES_ON:
        raise IllegalMove(_("This care has ended. Take it up again, and say why."), field="result")
    care.result, care.result_on, care.basis, care.result_note = result, result_on, basis, note
    keep(care, "result", "result_on", "basis", "result_note")
    record("care.outcome", by=by, subject=care, at=now, result=result)
    touch(care.case, now)
    return care


def next_position(rows: Any) -> int:
    """The place behind the last of its kind; the care above is locked, so nobody else takes it."""
    last = rows.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1
