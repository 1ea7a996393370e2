"""After relief: what became of survivors as time went by, and how their scores stand.

Readings of the rules:

- A survivor belongs to the half-year in which she was relieved (the last road out that held; a date that does
  not lie in one half-year belongs to none). Dependants and those without care on record are told apart: of
  them there is not enough information.
- From then on she is in care until one thing comes: restored, reintegrated (which is not yet restored), moved
  (away, or to another service), contact lost, died, or another end. Shares are Aalen and Johansen's: who was
  not watched so long counts up to then. An end without a date that can be told to within a month leaves her
  out, and is counted.
- Scores stand at intake, and 6, 12 and 24 months after it: of each survivor the assessment nearest to that
  day, no more than three months off. Of a domain that was not scored, or where there was no assessment though
  the time has come, there is not enough information. Medians are of the scores as they stand.
- Nothing here says what helped.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from figures.people import relieved_on
from figures.rows import happened
from figures.speed import length
from figures.survival import WATCHED, Incidence, aalen_johansen

RESTORED, HOME, LOST, MOVED, DIED, OTHER = "restored", "reintegrated", "lost", "moved", "died", "other"
KINDS = (RESTORED, HOME, MOVED, LOST, DIED, OTHER)
KIND_OF = {
    "restored": RESTORED, "reintegrated": HOME, "moved": MOVED, "transferred": MOVED, "lost_contact": LOST,
    "died": DIED, "declined": OTHER, "re_trafficked": OTHER,
}  # fmt: skip
MOMENTS = (0, 6, 12, 24)  # months after intake
NEAR = 92  # days
MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Road:
    """One survivor since her relief."""

    survivor_id: UUID
    case_id: UUID
    cohort: tuple[int, int] | None  # year and half of it
    days: int | None  # watched for so long; None where it cannot be told
    end: str  # one of KINDS, or WATCHED while she is in care
    cared: bool  # is there any care on record?


@dataclass
class Cohort:
    """The survivors relieved in one half-year, or all of some."""

    roads: list[Road] = field(default_factory=list)

    @property
    def known(self) -> list[Road]:
        return [road for road in self.roads if road.cared and road.days is not None]

    @property
    def unknown(self) -> int:
        """Survivors of whom there is not enough information."""
        return len(self.roads) - len(self.known)

    def incidence(self) -> Incidence:
        return aalen_johansen(Counter((road.days or 0, road.end) for road in self.known), KINDS)

    def watched(self, days: int) -> int:
        """How many of them could be followed for so long, or had an end before."""
        return sum(road.end != WATCHED or (road.days or 0) >= days for road in self.known)


def roads(snapshot: Any) -> list[Road]:
    """Everybody with a relief on record."""
    cares = {care.survivor_id: care for care in snapshot.table("cares") if care.survivor_id}
    relieved = snapshot.grouped_once("reliefs", "survivor_id")
    found = []
    for survivor in snapshot.table("survivors"):
        if survivor.id in relieved and not survivor.dependant:
            on = relieved_on(snapshot, survivor)
            found.append(_road(survivor, on, cares.get(survivor.id), snapshot.as_of))
    return found


def _road(survivor: Any, on: Any, care: Any, day: date) -> Road:
    kind, until = WATCHED, day
    if care is not None and care.result in KIND_OF and happened(care.result_on, day):
        kind, until = KIND_OF[care.result], care.result_on
    days = length(on, until) if on and until else None
    days = None if days is not None and days < 0 else days
    return Road(survivor.id, survivor.case_id, half_of(on), days, kind, care is not None)


def half_of(on: Any) -> tuple[int, int] | None:
    """The half-year in which a date surely lies."""
    if not on:
        return None
    first, last = ((day.year, 1 if day.month < 7 else 2) for day in (on.first, on.last))
    return first if first == last else None


def cohorts(found: list[Road]) -> dict[tuple[int, int] | None, Cohort]:
    """By half-year, the latest first; those of no half-year last."""
    groups: dict[tuple[int, int] | None, Cohort] = {}
    for road in found:
        groups.setdefault(road.cohort, Cohort()).roads.append(road)
    return dict(sorted(groups.items(), key=lambda one: one[0] or (0, 0), reverse=True))


@dataclass(frozen=True)
class Standing:
    """A domain at one moment after intake."""

    scored: int
    unknown: int
    median: float | None


def standings(snapshot: Any, survivors: set[UUID] | None = None) -> dict[str, list[Standing]]:
    """{domain: one Standing for each of MOMENTS} of these survivors, or of all."""
    scores = snapshot.grouped_once("scores", "assessment_id")
    domains = sorted({score.domain for score in snapshot.table("scores")})
    given = snapshot.grouped_once("assessments", "care_id")
    values: dict[tuple[str, int], list[float]] = {}
    due: Counter = Counter()
    for care in snapshot.table("cares"):
        if care.survivor_id and (survivors is None or care.survivor_id in survivors):
            for months, assessment in _nearest(given.get(care.id, ()), snapshot.as_of):
                due[months] += 1
                for score in scores.get(assessment.id, ()) if assessment else ():
                    values.setdefault((score.domain, months), []).append(float(score.value))
    return {
        domain: [_standing(values.get((domain, months), []), due[months]) for months in MOMENTS]
        for domain in domains
    }


def _standing(found: list[float], due: int) -> Standing:
    return Standing(len(found), due - len(found), median(found) if found else None)


def _nearest(assessments: Any, day: date) -> list[tuple[int, Any]]:
    """(months, the assessment that speaks for them or None) for each moment that has come."""
    known = [row for row in assessments if happened(row.on, day) and (row.on.last - row.on.first).days <= 31]
    known.sort(key=lambda row: (row.on.first, row.position))
    if not known:
        return []
    intake, found = known[0].on.first, []
    for months in MOMENTS:
        aim = round(months * MONTH)
        if (day - intake).days < aim:
            break
        near = min(known, key=lambda row: abs((row.on.first - intake).days - aim))
        found.append((months, near if abs((near.on.first - intake).days - aim) <= NEAR else None))
    return found
