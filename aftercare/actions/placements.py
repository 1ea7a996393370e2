from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_before, refuse_future
from aftercare.models import Care, Placement
from audit.actions import record
from cases.actions import touch
from reference.values import PartialDate


def start_placement(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    starts_on: PartialDate,
    at: str = "",
    address: str = "",
    note: str = "",
) -> Placement:
    """The person has come to another home; the stay before ends on that day."""
    care = lock(Care, care_id)
    refuse_future(starts_on, office=care.office, now=now, field="starts_on")
    before = care.placements.select_for_update().filter(ends_on="", over=False)
    for stay in before:
        close(stay, starts_on, field="starts_on")
        record("placement.end", by=by, subject=stay, at=now)
    placement = Placement(
        care=care, case=care.case, kind=kind, at=at, address=address, starts_on=starts_on, note=note
    )
    placement.position = next_position(care.placements)
    placement.save(force_insert=True)
    record("placement.start", by=by, subject=placement, at=now)
    touch(placement.case, now)
    return placement


def end_placement(
    placement_id: UUID, *, by: User, now: datetime, ends_on: PartialDate, version: int | None = None
) -> Placement:
    """The person has left this home."""
    placement = lock(Placement, placement_id, version)
    refuse_future(ends_on, office=placement.office, now=now, field="ends_on")
    close(placement, ends_on, field="ends_on")
    record("placement.end", by=by, subject=placement, at=now)
    touch(placement.case, now)
    return placement


def open_shelter(placement_id: UUID, *, by: User, now: datetime) -> Placement:
    """Somebody looks where the person lives: no row in the audit, no page."""
    placement = Placement.objects.select_related("care__survivor", "case__office").get(pk=placement_id)
    survivor = placement.care.survivor_id or ""
    record("shelter.open", by=by, subject=placement, at=now, survivor=survivor)
    return placement


def close(placement: Placement, ends_on: PartialDate, *, field: str) -> None:
    """Write the last day of a stay, which is not before its first."""
    refuse_before(ends_on, placement.starts_on, _("The stay began later than this day."), field=field)
    placement.ends_on = ends_on
    keep(placement, "ends_on")
