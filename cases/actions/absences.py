"""When somebody is away and nobody stands in for her: others are asked first, and she finds it afterwards."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Absence, Membership, User
from accounts.roles import Can
from audit.actions import record
from cases.actions.deputies import may_name_for, offices_of, working_in
from cases.states import IllegalMove


def absences_to_see(person: User) -> QuerySet[Absence]:
    """Her own, and those of the people in the offices she leads."""
    led = {office for office in offices_of(person) if person.can_in(office, Can.SEAL_CASE)}
    mine = Q(person=person) | Q(person__in=working_in(led).values("pk"))
    live = Membership.objects.filter(ended_at=None).select_related("office")
    held = Prefetch("person__memberships", live.order_by("office__name", "pk"), to_attr="held")
    rows = Absence.objects.filter(mine).select_related("person", "named_by").prefetch_related(held)
    return rows.order_by("-until", "pk")


def set_absence(*, by: User, now: datetime, person: User, starts_at: datetime, until: datetime) -> Absence:
    """She is away until a day: alerts ask the backup, the duty officer and the leads first."""
    if not may_name_for(by, person):
        raise IllegalMove(_("Only she herself or a lead of her office writes this down."), field="person")
    if until <= max(starts_at, now):
        raise IllegalMove(_("The last day lies in the past, or before the first."), field="last")
    if until - max(starts_at, now) > timedelta(days=settings.DEPUTY_MOST_DAYS + 1):
        raise IllegalMove(_("This is too long: write it down again when it is over."), field="last")
    if Absence.objects.filter(person=person).overlapping(starts_at, until).exists():
        raise IllegalMove(_("She is away on one of these days already."), field="first")
    row = Absence.objects.create(person=person, starts_at=starts_at, until=until, named_by=by)
    record("absence.set", by=by, subject=row, at=now, person=person.pk, until=until)
    return row


def end_absence(absence_id: int, *, by: User, now: datetime) -> Absence:
    """She is back: alerts ask her first again."""
    row = Absence.objects.select_related("person").get(pk=absence_id)
    if not may_name_for(by, row.person):
        raise IllegalMove(_("Only she herself or a lead of the office ends this."))
    # Only now: to others the row is not there to be held.
    row = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence_id)
    if row.ended_at or row.until <= now:
        raise IllegalMove(_("This has ended already."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("absence.end", by=by, subject=row, at=now, person=row.person_id)
    return row
