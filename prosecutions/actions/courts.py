from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case
from cases.keys import next_key
from cases.states import IllegalMove
from law.models import Identifier
from prosecutions.actions.casework import locked, next_position, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.actions.linking import with_court, with_docket, with_law
from prosecutions.models import Accused, Charge, Party, Proceeding


class ChargeFacts(TypedDict, total=False):
    """What may be said of a charge."""

    proceeding: Proceeding | None
    committed_on: str
    offence: str
    statute: str
    section: str
    country: str
    attempted: bool | None
    status: str
    filed_on: str
    plea: str
    plea_on: str
    plea_bargain: bool | None
    note: str


class ProceedingFacts(TypedDict, total=False):
    """What may be said of a proceeding."""

    kind: str
    court: str
    judge: str
    docket: str
    docket_kind: Identifier | None
    stage: str
    fast_track: bool | None
    opened_on: str
    closed_on: str
    note: str
    external_id: str


def check_charge(accused: Accused, facts: ChargeFacts, now: datetime) -> None:
    """A charge names an offence or a law, and its days have come."""
    if not facts.get("offence") and not facts.get("statute"):
        raise IllegalMove(_("Write the offence or the law."), "offence")
    check_happened(facts.get("committed_on", ""), accused.office, now, "committed_on")
    check_happened(facts.get("filed_on", ""), accused.office, now, "filed_on")
    check_happened(facts.get("plea_on", ""), accused.office, now, "plea_on")


def add_charge(accused_id: UUID, *, by: User, now: datetime, **facts: Unpack[ChargeFacts]) -> Charge:
    """Charge the person with an offence under a law and section."""
    accused = locked(Accused, accused_id)
    check_charge(accused, facts, now)
    position = next_position(accused.charges.all())
    known = with_law(dict(facts), country=accused.office.country)
    charge = Charge.objects.create(case=accused.case, accused=accused, position=position, **known)
    record("charge.add", by=by, subject=charge, at=now)
    settle(accused.case, now)
    return charge


def edit_charge(
    charge_id: UUID, *, by: User, now: datetime, version: int | None = None, **facts: Unpack[ChargeFacts]
) -> Charge:
    """Change a charge: amended, dropped, answered by a plea."""
    charge = locked(Charge, charge_id)
    check_charge(charge.accused, facts, now)
    put(charge, version=version, **with_law(dict(facts), charge, charge.office.country))
    record("charge.edit", by=by, subject=charge, at=now)
    settle(charge.case, now)
    return charge


def open_proceeding(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    accused: Sequence[Accused] = (),
    **facts: Unpack[ProceedingFacts],
) -> Proceeding:
    """A court takes the matter up."""
    case = lock_case(case_id)
    check_happened(facts.get("opened_on", ""), case.office, now, "opened_on")
    known = with_court(with_docket(dict(facts)), case.office.country)
    proceeding = Proceeding.objects.create(case=case, key=next_key(Proceeding, case, "t"), **known)
    record("proceeding.open", by=by, subject=proceeding, at=now)
    add_parties(proceeding, accused)
    settle(case, now)
    return proceeding


def edit_proceeding(
    proceeding_id: UUID,
    *,
    by: User,
    now: datetime,
    accused: Sequence[Accused] = (),
    version: int | None = None,
    **facts: Unpack[ProceedingFacts],
) -> Proceeding:
    """Change court, docket or stage, close it, or join further accused."""
    proceeding = locked(Proceeding, proceeding_id)
    opened_on = facts.get("opened_on", proceeding.opened_on)
    check_happened(opened_on, proceeding.office, now, "opened_on")
    check_order(opened_on, facts.get("closed_on", ""), "closed_on")
    known = with_court(with_docket(dict(facts), proceeding), proceeding.office.country)
    put(proceeding, version=version, **known)
    record("proceeding.edit", by=by, subject=proceeding, at=now)
    add_parties(proceeding, accused)
    settle(proceeding.case, now)
    return proceeding


def add_parties(proceeding: Proceeding, accused: Sequence[Accused]) -> None:
    """Join people to the proceeding who are not in it yet."""
    there = set(proceeding.parties.values_list("accused_id", flat=True))
    for person in accused:
        if person.pk not in there:
            Party.objects.create(case_id=proceeding.case_id, proceeding=proceeding, accused=person)
