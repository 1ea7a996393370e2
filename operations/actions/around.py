"""What stands around an operation: places, people counted, the work before it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import check_order, lock_case, touch
from cases.keys import next_key
from cases.states import IllegalMove, check_version
from operations.actions.attempts import check_facts
from operations.models import Headcount, Investigation, Operation, Venue


def add_venue(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    name: str = "",
    locality: str = "",
    area: str = "",
    country: str = "",
    network: str = "",
    opened_on: str = "",
    closed_on: str = "",
    closed_why: str = "",
    note: str = "",
) -> Venue:
    """A place where people were exploited, held, found or stopped."""
    case = lock_case(case_id)
    check_order(opened_on, closed_on, "closed_on")
    venue = Venue.objects.create(
        case=case, key=next_key(Venue, case, "v"), kind=kind, name=name, locality=locality, area=area,
        country=country, network=network, opened_on=opened_on, closed_on=closed_on, closed_why=closed_why,
        note=note,
    )  # fmt: skip
    record("venue.add", by=by, subject=venue, at=now)
    touch(case, now)
    return venue


def close_venue(
    venue_id: UUID,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    closed_on: str = "",
    closed_why: str = "",
    moved_to: Sequence[str] = (),
) -> Venue:
    """The place was shut, and where the business opened again, as far as that is known."""
    venue = Venue.objects.select_for_update(of=("self",), no_key=True).get(pk=venue_id)
    check_version(venue, version)
    check_order(venue.opened_on, closed_on, "closed_on")
    there = Venue.objects.filter(case=venue.case_id, key__in=moved_to).exclude(pk=venue.pk)
    if there.count() != len(set(moved_to)):
        raise IllegalMove(_("Choose other venues of this case."), "moved_to")
    venue.closed_on, venue.closed_why, venue.moved_to = closed_on, closed_why, list(moved_to)
    venue.version += 1
    venue.save(update_fields=["closed_on", "closed_why", "moved_to", "version"])
    record("venue.close", by=by, subject=venue, at=now)
    touch(venue.case, now)
    return venue


def add_headcount(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    label: str,
    what: str,
    on: str = "",
    operation: Operation | None = None,
    note: str = "",
    **counts: str,
) -> Headcount:
    """A group of people of whom most have no record of their own."""
    case = lock_case(case_id)
    if operation and operation.case_id != case.pk:
        raise IllegalMove(_("This operation belongs to another case."), field="operation")
    if operation and operation.closed:
        raise IllegalMove(_("Record the outcome of the operation first."), field="operation")
    check_facts(counts)
    if not any(counts.values()):
        raise IllegalMove(_("Give at least one number."), field="people")
    headcount = Headcount.objects.create(
        case=case, key=next_key(Headcount, case, "h"), label=label, what=what, on=on, operation=operation,
        note=note, **counts,
    )  # fmt: skip
    record("headcount.add", by=by, subject=headcount, at=now)
    touch(case, now)
    return headcount


def add_investigation(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    starts_on: str = "",
    ends_on: str = "",
    months: str = "",
    led_by: str = "",
    undercover: bool | None = None,
    result: str = "",
    note: str = "",
) -> Investigation:
    """Work before or between operations; an undercover agent is never named."""
    case = lock_case(case_id)
    check_order(starts_on, ends_on, "ends_on")
    investigation = Investigation.objects.create(
        case=case, key=next_key(Investigation, case, "i"), starts_on=starts_on, ends_on=ends_on,
        months=months, led_by=led_by, undercover=undercover, result=result, note=note,
    )  # fmt: skip
    record("investigation.add", by=by, subject=investigation, at=now)
    touch(case, now)
    return investigation
