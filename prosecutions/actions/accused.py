from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case
from cases.keys import next_key
from cases.states import IllegalMove
from prosecutions.actions.casework import locked, put, settle
from prosecutions.actions.identity import join_people, start_as
from prosecutions.actions.naming import TELLING, index_names
from prosecutions.models import Accused, Network, Perpetrator
from survivors.models import Kinship


class AccusedFacts(TypedDict, total=False):
    """What may be said of an accused person."""

    name: str
    label: str
    aliases: list[str]
    standing: str
    gender: str
    nationality: list[str]
    roles: list[str]
    position: str
    role_details: str
    network: Network | None
    phones: list[str]
    places: list[str]
    born_year: int | None
    note: str
    external_id: str


def check_called(name: str, label: str) -> None:
    """Somebody without a name needs a description."""
    if not name and not label:
        raise IllegalMove(_("Write a name, or a description when no name is known."), "name")


def add_accused(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    same_as: UUID | None = None,
    **facts: Unpack[AccusedFacts],
) -> Accused:
    """Record somebody on the wrong side of the case: a new person, or the same as in another case."""
    case = lock_case(case_id)
    check_called(facts.get("name", ""), facts.get("label", ""))
    accused = Accused.objects.create(
        case=case, key=next_key(Accused, case, "p"), perpetrator=Perpetrator.objects.create(), **facts
    )
    index_names(accused)
    if same_as:
        start_as(accused, Accused.objects.get(pk=same_as), by=by, now=now)
    record("accused.add", by=by, subject=accused, at=now, perpetrator=accused.perpetrator_id)
    settle(case, now)
    return accused


def edit_accused(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    same_as: UUID | None = None,
    **facts: Unpack[AccusedFacts],
) -> Accused:
    """Put right what is known of the person, and who it is in another case."""
    accused = locked(Accused, accused_id)
    check_called(facts.get("name", accused.name), facts.get("label", accused.label))
    put(accused, version=version, **facts)
    if TELLING & facts.keys():
        index_names(accused)
    record("accused.edit", by=by, subject=accused, at=now)
    if same_as:
        join_people(accused, Accused.objects.get(pk=same_as), by=by, now=now)
    settle(accused.case, now)
    return accused


def add_network(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    name: str,
    members: list[str],
    active_since: str = "",
    note: str = "",
) -> Network:
    """Record a ring and who of the accused belongs to it."""
    case = lock_case(case_id)
    network = Network.objects.create(
        case=case,
        key=next_key(Network, case, "n"),
        name=name,
        members=members,
        active_since=active_since,
        note=note,
    )
    record("network.add", by=by, subject=network, at=now)
    for accused in Accused.objects.filter(case=case, key__in=members):
        put(accused, network=network)
        record("accused.edit", by=by, subject=accused, at=now)
    settle(case, now)
    return network


def add_kinship(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    who: str,
    relation: str,
    role: str = "",
    note: str = "",
) -> Kinship:
    """Say what a survivor is to the accused person."""
    accused = locked(Accused, accused_id)
    if Kinship.objects.filter(case=accused.case, of=accused.key, who=who, relation=relation).exists():
        raise IllegalMove(_("This relation is recorded already."), "who")
    kinship = Kinship.objects.create(
        case=accused.case, of=accused.key, who=who, relation=relation, role=role, note=note
    )
    record("kinship.add", by=by, subject=kinship, at=now, of=accused.key, who=who, relation=relation)
    settle(accused.case, now)
    return kinship
