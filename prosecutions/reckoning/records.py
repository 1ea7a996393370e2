"""What a case has on record, read once, and small questions about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cases.models import Case
from cases.states import CaseworkType
from law.models import Court
from prosecutions.models.accused import Accused, Arrest, Custody
from prosecutions.models.bail import BailOrder
from prosecutions.models.clocks import CourtEvent
from prosecutions.models.courts import Charge, Hearing, Proceeding
from prosecutions.models.judgments import Appeal, Verdict
from prosecutions.states import Charging
from reference.values import PartialDate
from survivors.models import Relief, Survivor

LIFE = 10**6  # months; longer than any number
OF_CHILDREN = {CaseworkType.CSEC, CaseworkType.OSEC, CaseworkType.CHILD_LABOUR_SLAVERY}
# The lists of the law and of the cases name one thing in two ways.
SAME_WORK = {"labour_trafficking": CaseworkType.TRAFFICKED_LABOUR.value}


@dataclass
class Records:
    """The rows that clocks follow from."""

    case: Case
    now: datetime
    accused: dict[UUID, Accused] = field(default_factory=dict)
    survivors: dict[UUID, Survivor] = field(default_factory=dict)
    proceedings: dict[UUID, Proceeding] = field(default_factory=dict)
    parties: dict[UUID, list[UUID]] = field(default_factory=dict)
    arrests: Sequence[Arrest] = ()
    custodies: Sequence[Custody] = ()
    charges: Sequence[Charge] = ()
    hearings: Sequence[Hearing] = ()
    verdicts: Sequence[Verdict] = ()
    appeals: Sequence[Appeal] = ()
    bails: Sequence[BailOrder] = ()
    reliefs: Sequence[Relief] = ()
    events: Sequence[CourtEvent] = ()
    majority: int = 18

    @property
    def country(self) -> str:
        return self.case.country or self.case.office.country

    def accused_of(self, proceeding: UUID | None) -> list[UUID]:
        """Who stands in the proceeding; everybody accused in the case when nobody is named in it."""
        named = self.parties.get(proceeding, []) if proceeding else []
        return [pk for pk in named if pk in self.accused] or list(self.accused)

    def proceedings_of(self, accused: UUID | None) -> list[Proceeding]:
        """The proceedings in which the person stands."""
        return [self.proceedings[pk] for pk, people in self.parties.items() if accused in people]

    def court(self, accused: UUID | None, proceeding: UUID | None) -> Court | None:
        """The court of the list that has the matter, when it is one alone."""
        if proceeding:
            return self.proceedings[proceeding].known_court
        of_person = self.proceedings_of(accused) if accused else []
        courts = {row.known_court_id: row.known_court for row in of_person or self.proceedings.values()}
        return next(iter(courts.values())) if len(courts) == 1 else None

    def charges_of(self, people: Iterable[UUID]) -> list[Charge]:
        """What stands against these people."""
        wanted = set(people)
        standing = [row for row in self.charges if row.status != Charging.DROPPED]
        return [row for row in standing if row.accused_id in wanted]


@dataclass(frozen=True)
class Term:
    """The longest term of prison that the charges can bring: of those that are known, and whether all are."""

    months: int
    whole: bool

    @property
    def certain(self) -> int | None:
        """The number, when there is one."""
        return self.months if self.whole and 0 < self.months < LIFE else None


def longest_term(charges: Sequence[Charge]) -> Term:
    """A charge that is not in the list of offences may bring any term."""
    known = [row.known_offence for row in charges if row.known_offence]
    with_term = [row for row in known if row.life or row.months_max is not None]
    months = max((LIFE if row.life else row.months_max or 0 for row in with_term), default=0)
    return Term(months, whole=bool(charges) and len(with_term) == len(charges))


def work_of(records: Records, charges: Sequence[Charge]) -> set[str]:
    """What kind of exploitation the case and the charges are about."""
    named = {work for row in charges if row.known_offence for work in row.known_offence.casework}
    return {SAME_WORK.get(work, work) for work in named} | {records.case.casework_type}


def held_on(records: Records, accused: UUID, day: date) -> bool | None:
    """Was the person in custody that day? None: nobody has written down where the person was."""
    spells = [row for row in records.custodies if row.accused_id == accused]
    if any(covers(row, day) for row in spells):
        return True
    arrests = [row for row in records.arrests if row.accused_id == accused]
    arrested = any(not row.on or PartialDate(row.on).first <= day for row in arrests)
    out = any(row.accused_id == accused and row.released_on for row in records.bails)
    return None if arrested and not spells and not out else False


def covers(spell: Custody, day: date) -> bool:
    """Can the spell hold this day?"""
    if spell.starts_on and PartialDate(spell.starts_on).first > day:
        return False
    if spell.ends_on:
        return PartialDate(spell.ends_on).last >= day
    return not spell.over or not spell.starts_on or PartialDate(spell.starts_on).last >= day


def child(records: Records, survivors: Iterable[Any]) -> bool | None:
    """Is one of these survivors a child?"""
    known = [person.child for person in survivors]
    if True in known:
        return True
    if None in known or not known:
        return True if records.case.casework_type in OF_CHILDREN else None
    return False
