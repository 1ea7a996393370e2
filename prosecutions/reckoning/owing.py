"""Which clocks a case owes, from what is on record and from the law: the whole of it in memory, once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from law.models import ClockRule
from law.states import About
from prosecutions.models.clocks import Clock
from prosecutions.reckoning.conditions import Matter, starts
from prosecutions.reckoning.days import WorkingDays, working_days, zone_of
from prosecutions.reckoning.occasions import Occasion, occasions
from prosecutions.reckoning.periods import End, Period, Start, end_of, extended
from prosecutions.reckoning.records import Records, longest_term
from prosecutions.reckoning.stopping import Running, Stop, is_undated, stop_of
from prosecutions.states import ClockState, Doubt, ProceedingKind

Key = tuple[UUID, UUID | None, UUID | None, UUID | None, date]


@dataclass(frozen=True)
class Whose:
    """Whom and what a clock is about."""

    accused: UUID | None = None
    survivor: UUID | None = None
    proceeding: UUID | None = None


@dataclass
class Owed:
    """One clock that the records call for, as its row should stand."""

    rule: ClockRule
    whose: Whose
    start: Start
    source: str
    source_id: UUID | None
    end: End
    stop: Stop | None = None
    doubts: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        whose = self.whose
        return (self.rule.pk, whose.accused, whose.survivor, whose.proceeding, self.start.first)


@dataclass
class Law:
    """The clock rules of the countries of a case."""

    rules: Sequence[ClockRule]
    by_start: dict[tuple[str, str], list[ClockRule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def place(rule: ClockRule) -> tuple[str, str]:
            return (rule.jurisdiction_id, rule.starts)

        own = [rule for rule in self.rules if rule.starts_when is not None]
        self.by_start = {key: list(rows) for key, rows in groupby(sorted(own, key=place), key=place)}

    def starting(self, country: str, code: str, day: date) -> list[ClockRule]:
        """What may start there on this occasion, as the law stood that day."""
        return [rule for rule in self.by_start.get((country, code), ()) if in_force(rule, day)]


def in_force(rule: ClockRule, day: date) -> bool:
    return (not rule.valid_from or rule.valid_from <= day) and (not rule.valid_to or day <= rule.valid_to)


class Reckoner:
    """Works out the clocks of one case."""

    def __init__(self, records: Records, law: Law) -> None:
        self.records = records
        self.law = law
        self.happened = occasions(records)

    def owed(self) -> list[Owed]:
        """Each clock once: of two with one beginning the one whose hour is known."""
        found: dict[Key, Owed] = {}
        for occasion in sorted(self.happened, key=lambda row: (not (row.start and row.start.moment),)):
            for owed in self.started_by(occasion):
                found.setdefault(owed.key, owed)
        return list(found.values())

    def started_by(self, occasion: Occasion) -> Iterator[Owed]:
        start = occasion.start
        if start is None:
            return
        for rule in self.law.starting(self.country_of(occasion), occasion.code, start.first):
            for whose in self.subjects(rule, occasion):
                matter = self.matter(whose, occasion, start.first)
                does, doubts = starts(rule.starts_when or {}, matter)
                if does:
                    yield self.reckoned(rule, whose, start, occasion, (*occasion.doubts, *doubts))

    def country_of(self, occasion: Occasion) -> str:
        """The law of the court that has the matter; of a foreign court that nobody named, no law."""
        proceeding = self.records.proceedings.get(occasion.proceeding) if occasion.proceeding else None
        if proceeding and proceeding.known_court:
            return str(proceeding.known_court.jurisdiction_id)
        abroad = proceeding and proceeding.kind == ProceedingKind.FOREIGN_PROSECUTION
        return "" if abroad else self.records.country

    def subjects(self, rule: ClockRule, occasion: Occasion) -> Iterable[Whose]:
        """Whose clocks start: everybody's whom the occasion concerns."""
        records, place = self.records, occasion.proceeding
        if rule.about == About.ACCUSED:
            people = [occasion.accused] if occasion.accused else records.accused_of(place)
            return [Whose(accused=pk, proceeding=None) for pk in people if pk in records.accused]
        if rule.about == About.SURVIVOR:
            people = [occasion.survivor] if occasion.survivor else list(records.survivors)
            return [Whose(survivor=pk) for pk in people if pk in records.survivors]
        if rule.about == About.CASE:
            return [Whose()]
        if place is None and occasion.accused:
            place = next((row.pk for row in records.proceedings_of(occasion.accused)), None)
        if place is None and len(records.proceedings) == 1:
            place = next(iter(records.proceedings))
        return [Whose(proceeding=place)]

    def matter(self, whose: Whose, occasion: Occasion, day: date) -> Matter:
        people = (whose.accused,) if whose.accused else tuple(self.records.accused_of(whose.proceeding))
        place = whose.proceeding or occasion.proceeding
        return Matter(self.records, people, whose.survivor, place, day, occasion.result, occasion.instance)

    def reckoned(
        self, rule: ClockRule, whose: Whose, start: Start, occasion: Occasion | None, doubts: tuple[str, ...]
    ) -> Owed:
        """The clock with its end, and how it stopped."""
        end = self.end(rule, whose, start)
        owed = Owed(
            rule, whose, start, occasion.source if occasion else "", occasion.source_id if occasion else None,
            end, doubts=tuple(dict.fromkeys((*doubts, *end.doubts))),
        )  # fmt: skip
        owed.stop = self.stop(owed, end.on, end.at)
        if owed.stop is None and is_undated(self.running(owed, end.on, end.at), self.happened):
            owed.doubts = (*owed.doubts, Doubt.UNDATED)
        return owed

    def end(self, rule: ClockRule, whose: Whose, start: Start) -> End:
        zone, working = self.place(whose)
        people = [whose.accused] if whose.accused else self.records.accused_of(whose.proceeding)
        term = longest_term(self.records.charges_of(people)) if rule.fraction_of_max is not None else None
        return end_of(Period.of(rule), start, zone, working, term.certain if term else None)

    def place(self, whose: Whose) -> tuple[ZoneInfo, WorkingDays]:
        """The clock on the wall and the calendar of the court, else of the office."""
        court = self.records.court(whose.accused, whose.proceeding)
        if court:
            return zone_of(court.time_zone), working_days(str(court.jurisdiction_id), court.subdivision)
        return zone_of(self.records.case.office.time_zone), working_days(self.records.country)

    def stop(self, owed: Owed, due_on: date | None, due_at: datetime | None) -> Stop | None:
        return stop_of(self.running(owed, due_on, due_at), self.happened)

    def running(self, owed: Owed, due_on: date | None, due_at: datetime | None) -> Running:
        """The clock as stopping it asks."""
        when: dict[str, Any] = owed.rule.starts_when or {}
        whose = owed.whose
        of_person = self.records.proceedings_of(whose.accused) if whose.accused else []
        places = {whose.proceeding} if whose.proceeding else {row.pk for row in of_person}
        return Running(
            owed.rule.starts, owed.rule.stops_on, whose.accused, whose.survivor, frozenset(places),
            owed.start, due_on, due_at, tuple(when.get("by", ())), bool(when.get("while_held")),
            owed.source_id,
        )  # fmt: skip

    def again(self, row: Clock) -> Owed:
        """A clock that a person started: its beginning stands, its end and stop are worked out anew."""
        start = Start(row.began_on, row.began_on, row.began_at)
        whose = Whose(row.accused_id, row.survivor_id, row.proceeding_id)
        return self.reckoned(row.rule, whose, start, None, ())

    def moved(self, owed: Owed, until: date) -> Owed:
        """With the end that a person gave it."""
        zone, _working = self.place(owed.whose)
        point = extended(until, zone)
        moved = replace(owed, end=End(on=point.on, at=point.at))
        moved.stop = self.stop(owed, point.on, point.at)
        return moved


def state_of(owed: Owed) -> ClockState:
    return owed.stop.state if owed.stop else ClockState.RUNNING
