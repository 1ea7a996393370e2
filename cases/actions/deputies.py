"""Who stands in for somebody who is away: named for a period, ended by its date or at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Deputy, Membership, User
from accounts.roles import ROLE_REACH, Can, Reach, Role
from audit.actions import record
from cases.querysets import CASE_ROLES
from cases.states import IllegalMove


def offices_of(person: User) -> set[int]:
    """Ids of the offices in which this person does casework."""
    return {office for office, role in person.live_memberships if role in CASE_ROLES and office}


def working_in(offices: set[int]) -> QuerySet[User]:
    """People who do casework in one of these offices."""
    live = Membership.objects.filter(ended_at=None, office_id__in=offices, role__in=CASE_ROLES)
    people = User.objects.filter(pk__in=live.values("user_id"), is_active=True, principal="")
    return people.order_by("name", "pk")


def with_roles(memberships: str) -> Prefetch:
    """Fetch what the people of a list hold in one go, where each would be asked for hers."""
    live = Membership.objects.filter(ended_at=None).select_related("office")
    return Prefetch(memberships, live.order_by("office__name", "pk"), to_attr="held")


def may_name_for(by: User, person: User) -> bool:
    """Herself; a lead for those who work in her office; for a lead or director, a director alone."""
    if by.pk == person.pk:
        return bool(offices_of(by))
    led = {office for office in offices_of(person) if by.can_in(office, Can.SEAL_CASE)}
    leads = any(ROLE_REACH[role] is Reach.OFFICE for _office, role in person.live_memberships)
    if leads:
        led = {office for office in led if (office, Role.OFFICE_DIRECTOR) in by.live_memberships}
    return bool(led)


def deputies_to_see(person: User) -> QuerySet[Deputy]:
    """Her own deputies, those she stands in for, and those of the people in the offices she leads."""
    led = {office for office in offices_of(person) if person.can_in(office, Can.SEAL_CASE)}
    mine = Q(person=person) | Q(deputy=person) | Q(person__in=working_in(led).values("pk"))
    rows = Deputy.objects.filter(mine).select_related("person", "deputy", "named_by")
    return rows.prefetch_related(with_roles("person__memberships")).order_by("-until", "pk")


def set_deputy(
    *,
    by: User,
    now: datetime,
    person: User,
    deputy: User,
    starts_at: datetime,
    until: datetime,
    reason: str = "",
) -> Deputy:
    """Let somebody see the cases of a person who is away, but for sealed ones, until a day."""
    if not may_name_for(by, person):
        raise IllegalMove(_("Only she herself or a lead of her office names a deputy."), field="person")
    if by.pk == deputy.pk and by.pk != person.pk:
        raise IllegalMove(_("Nobody names herself for somebody else: ask another lead."), field="deputy")
    if not (offices_of(person) & offices_of(deputy)) or deputy.pk == person.pk or not deputy.is_active:
        raise IllegalMove(_("A deputy is a colleague who does casework in the same office."), field="deputy")
    if until <= max(starts_at, now):
        raise IllegalMove(_("The last day lies in the past, or before the first."), field="last")
    if until - max(starts_at, now) > timedelta(days=settings.DEPUTY_MOST_DAYS + 1):
        raise IllegalMove(_("This is too long: name her again when it is over."), field="last")
    again = Deputy.objects.filter(person=person, deputy=deputy, ended_at=None)
    if again.filter(starts_at__lt=until, until__gt=starts_at).exists():
        raise IllegalMove(_("She stands in on one of these days already."), field="deputy")
    row = Deputy.objects.create(
        person=person, deputy=deputy, starts_at=starts_at, until=until, reason=reason, named_by=by
    )
    record("deputy.set", by=by, subject=row, at=now, user=deputy.pk, person=person.pk, until=until)
    return row


def end_deputy(deputy_id: int, *, by: User, now: datetime) -> Deputy:
    """She no longer stands in: from the next look on she sees her own cases alone."""
    row = Deputy.objects.select_related("person").get(pk=deputy_id)
    if by.pk not in (row.person_id, row.deputy_id) and not may_name_for(by, row.person):
        raise IllegalMove(_("Only one of the two or a lead of the office ends this."))
    # Only now: to others the row is not there to be held.
    row = Deputy.objects.select_for_update(of=("self",)).select_related("person", "deputy").get(pk=deputy_id)
    if row.ended_at or row.until <= now:
        raise IllegalMove(_("This has ended already."))
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record("deputy.end", by=by, subject=row, at=now, user=row.deputy_id, person=row.person_id)
    return row
