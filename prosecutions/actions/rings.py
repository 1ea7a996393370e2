from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from prosecutions.actions.casework import locked, put, settle
from prosecutions.actions.clock import check_order
from prosecutions.models import Accused, Network, RingMember


def add_ring_member(
    network_id: UUID,
    *,
    by: User,
    now: datetime,
    accused: UUID,
    role: str = "",
    since: str = "",
    until: str = "",
    note: str = "",
) -> RingMember:
    """Somebody of the case belongs to the ring and does this in it; a second part is a second row."""
    network, person = locked(Network, network_id), locked(Accused, accused)
    check_order(since, until, "until")
    if RingMember.objects.filter(network=network, accused=person, role=role, since=since).exists():
        raise IllegalMove(_("This part in the ring is recorded already."), "role")
    member = RingMember.objects.create(
        case=network.case, network=network, accused=person, role=role, since=since, until=until, note=note
    )
    if person.key not in network.members:
        put(network, members=[*network.members, person.key])
    if person.network_id is None:
        put(person, network=network)
    record("ring.add", by=by, subject=member, at=now, role=role)
    settle(network.case, now)
    return member


def edit_ring_member(
    member_id: UUID,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    role: str = "",
    since: str = "",
    until: str = "",
    note: str = "",
) -> RingMember:
    """Put right what the person does in the ring, or say until when."""
    member = locked(RingMember, member_id)
    check_order(since, until, "until")
    others = RingMember.objects.filter(network=member.network_id, accused=member.accused_id)
    if others.filter(role=role, since=since).exclude(pk=member.pk).exists():
        raise IllegalMove(_("This part in the ring is recorded already."), "role")
    put(member, version=version, role=role, since=since, until=until, note=note)
    record("ring.edit", by=by, subject=member, at=now, role=role)
    settle(member.case, now)
    return member
