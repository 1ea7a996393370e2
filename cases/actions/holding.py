"""Holding a case while it is changed, and moving it up in the lists."""

from datetime import datetime
from uuid import UUID

from cases.models import Case


def lock_case(case_id: UUID) -> Case:
    """The case, held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=case_id)


def touch(case: Case | UUID, now: datetime) -> None:
    """Something in this case changed now: lists of cases show the latest first. Every action calls it."""
    Case.objects.filter(pk=getattr(case, "pk", case)).update(touched_at=now)
