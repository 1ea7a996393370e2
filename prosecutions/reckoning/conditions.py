"""Does a clock start by itself? Three answers: yes, no, and "that cannot be told" (law/conditions.yaml)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from prosecutions.reckoning.records import Records, child, held_on, longest_term, work_of
from prosecutions.states import Doubt

Answer = bool | None


@dataclass(frozen=True)
class Matter:
    """Of whom and of what the question is asked."""

    records: Records
    accused: tuple[UUID, ...]
    survivor: UUID | None
    proceeding: UUID | None
    day: date
    result: str = ""
    instance: str = "trial"

    @property
    def charges(self) -> list[Any]:
        return self.records.charges_of(self.accused)

    @property
    def court(self) -> Any:
        return self.records.court(self.accused[0] if self.accused else None, self.proceeding)


def term(compare: Callable[[int, int], bool], *, grows: bool) -> Callable[[Matter, int], Answer]:
    """A question about the longest term charged; what is not known can only make it longer."""

    def judge(matter: Matter, months: int) -> Answer:
        longest = longest_term(matter.charges)
        holds = compare(longest.months, months)
        return holds if longest.whole or holds is grows else None

    return judge


def casework(matter: Matter, wanted: list[str]) -> Answer:
    return not work_of(matter.records, matter.charges).isdisjoint(wanted)


def laws(matter: Matter, wanted: list[str]) -> Answer:
    """One of these laws is charged; a charge that is not in the list may be under any."""
    known = [row.known_offence.statute.code for row in matter.charges if row.known_offence]
    if not set(known).isdisjoint(wanted):
        return True
    return False if known and len(known) == len(matter.charges) else None


def minor(matter: Matter, wanted: bool) -> Answer:
    people = matter.records.survivors
    of_whom = [people[matter.survivor]] if matter.survivor in people else list(people.values())
    found = child(matter.records, of_whom)
    return found if found is None else found is wanted


def held(matter: Matter, wanted: bool) -> Answer:
    """Of a proceeding: one of its people is enough."""
    found = {held_on(matter.records, person, matter.day) for person in matter.accused}
    inside = True if True in found else None if None in found or not found else False
    return inside if inside is None else inside is wanted


def result(matter: Matter, wanted: list[str]) -> Answer:
    return matter.result in wanted if matter.result else None


def instance(matter: Matter, wanted: str) -> Answer:
    return matter.instance == wanted


def tiers(matter: Matter, wanted: list[str]) -> Answer:
    court = matter.court
    return court.tier.code in wanted if court and court.tier else None


def place(matter: Matter, wanted: list[str]) -> Answer:
    court = matter.court
    return court.subdivision in wanted if court and court.subdivision else None


JUDGES: dict[str, tuple[Callable[[Matter, Any], Answer], Doubt]] = {
    "term_at_least": (term(lambda known, months: known >= months, grows=True), Doubt.OFFENCE),
    "term_over": (term(lambda known, months: known > months, grows=True), Doubt.OFFENCE),
    "term_at_most": (term(lambda known, months: known <= months, grows=False), Doubt.OFFENCE),
    "term_below": (term(lambda known, months: known < months, grows=False), Doubt.OFFENCE),
    "casework": (casework, Doubt.CONDITION),
    "laws": (laws, Doubt.OFFENCE),
    "minor": (minor, Doubt.CONDITION),
    "held": (held, Doubt.CONDITION),
    "result": (result, Doubt.CONDITION),
    "instance": (instance, Doubt.CONDITION),
    "tiers": (tiers, Doubt.COURT),
    "place": (place, Doubt.COURT),
}
# What else may stand in `when`: it does not ask whether the clock starts.
MANNERS = ("by", "while_held", "unknown")


def starts(when: Mapping[str, Any], matter: Matter) -> tuple[bool, tuple[str, ...]]:
    """(does it start, what is in doubt)."""
    asked = {"instance": "trial", **{key: value for key, value in when.items() if key not in MANNERS}}
    doubts: list[str] = []
    for key, wanted in asked.items():
        judge, doubt = JUDGES[key]
        answer = judge(matter, wanted)
        if answer is False:
            return False, ()
        if answer is None and doubt not in doubts:
            doubts.append(doubt)
    return (not doubts or when_unknown(when.get("unknown", "start"), matter)), tuple(doubts)


def when_unknown(manner: str | Mapping[str, Any], matter: Matter) -> bool:
    """Start with a doubt, wait, or start where this holds."""
    if isinstance(manner, str):
        return manner == "start"
    return all(JUDGES[key][0](matter, wanted) for key, wanted in manner.items())
