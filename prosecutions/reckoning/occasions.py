"""What happened in a case, in the words of the law's lists: arrests, remands, filings, judgments, relief.

An occasion may start clocks, and stop others. Records give most of them; a person adds the rest (CourtEvent).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from cases.models import CaseBearing
from prosecutions.models.accused import Custody
from prosecutions.models.courts import Hearing
from prosecutions.reckoning.days import day_there, zone_of
from prosecutions.reckoning.periods import Start
from prosecutions.reckoning.records import Records, covers
from prosecutions.states import (
    Charging,
    CustodyKind,
    Doubt,
    HearingOutcome,
    HearingPurpose,
    ProceedingKind,
)
from reference.values import PartialDate

HELD = {HearingOutcome.HELD, HearingOutcome.PART_HEARD}
CALLED_ON = HELD | {HearingOutcome.ADJOURNED}
EVIDENCE = {
    HearingPurpose.EVIDENCE,
    HearingPurpose.SURVIVOR_TESTIMONY,
    HearingPurpose.WITNESS_TESTIMONY,
    HearingPurpose.EXPERT_TESTIMONY,
}
PLEADED = {HearingPurpose.ARRAIGNMENT, HearingPurpose.PLEA}
IN_COURT = {ProceedingKind.CRIMINAL_TRIAL, ProceedingKind.FOREIGN_PROSECUTION}
CHARGED = {Charging.FILED, Charging.AMENDED, Charging.DECIDED}


@dataclass(frozen=True)
class Occasion:
    """One thing that happened; without `start` nobody knows when."""

    code: str
    start: Start | None
    source: str
    source_id: UUID
    accused: UUID | None = None
    survivor: UUID | None = None
    proceeding: UUID | None = None
    result: str = ""
    instance: str = "trial"
    by: str = ""
    doubts: tuple[str, ...] = ()


def occasions(records: Records) -> list[Occasion]:
    """Everything on record, in no order."""
    found: list[Occasion] = []
    for part in (of_arrests, of_custody, of_charges, of_proceedings, of_hearings, of_judgments, of_appeals,
                 of_bail, of_survivors, of_events):  # fmt: skip
        found += part(records)
    return [*found, *inferred(found)]


def told(row: CaseBearing, code: str, on: PartialDate | str, **more: object) -> Occasion:
    return Occasion(code, Start.on(on) if on else None, row._meta.label, row.pk, **more)  # type: ignore[arg-type]


def of_arrests(records: Records) -> Iterator[Occasion]:
    for row in records.arrests:
        yield told(row, "arrest", row.on, accused=row.accused_id)


def of_custody(records: Records) -> Iterator[Occasion]:
    """The first day of each spell stands for the first remand until that is on record."""
    for row in records.custodies:
        if row.kind != CustodyKind.SENTENCE and not remand_told(records, row):
            doubts = (Doubt.REMAND,)
            yield told(row, "first_remand", row.starts_on, accused=row.accused_id, doubts=doubts)
        if row.ends_on or row.over:
            yield told(row, "@release", row.ends_on, accused=row.accused_id)


def remand_told(records: Records, spell: Custody) -> bool:
    """Did somebody write down when the remand of this spell was ordered?"""
    remands = [row for row in records.events if row.event == "first_remand"]
    return any(
        row.accused_id in (None, spell.accused_id) and covers(spell, PartialDate(row.on).first)
        for row in remands
    )


def of_charges(records: Records) -> Iterator[Occasion]:
    """A person is charged on the first day on which anything was filed."""
    filed = [row for row in records.charges if row.status in CHARGED]
    for row in filed:
        where = {"accused": row.accused_id, "proceeding": row.proceeding_id}
        if row.plea_on:
            yield told(row, "arraignment", row.plea_on, **where)
    by_person = sorted(filed, key=lambda row: (str(row.accused_id), not row.filed_on, row.filed_on or ""))
    for _person, rows in groupby(by_person, key=lambda row: row.accused_id):
        first = next(rows)
        yield told(first, "charge", first.filed_on, accused=first.accused_id, proceeding=first.proceeding_id)


def of_proceedings(records: Records) -> Iterator[Occasion]:
    for row in records.proceedings.values():
        if row.kind in IN_COURT or not row.kind:
            yield told(row, "filing", row.opened_on, proceeding=row.pk)
        if row.closed_on or row.stage == "closed":
            yield told(row, "@closed", row.closed_on, proceeding=row.pk)


def of_hearings(records: Records) -> Iterator[Occasion]:
    """What was heard, and the first or last of a kind where the law asks for that."""
    rows = sorted(records.hearings, key=lambda row: (str(row.proceeding_id), row.on))
    for proceeding, group in groupby(rows, key=lambda row: row.proceeding_id):
        every = list(group)
        held = [row for row in every if row.outcome in HELD]
        for row in held:
            yield at_hearing(row, "@hearing")
            if row.purpose == HearingPurpose.SURVIVOR_TESTIMONY:
                yield at_hearing(row, "@testimony")
        for code, purposes, which in FIRSTS:
            of_kind = [row for row in held if row.purpose in purposes]
            if of_kind:
                yield at_hearing(of_kind[which], code)
        if records.proceedings[proceeding].kind in IN_COURT:
            yield from (at_hearing(row, "last_hearing") for row in every if row.outcome in CALLED_ON)


FIRSTS: tuple[tuple[str, set[HearingPurpose], int], ...] = (
    ("first_appearance", {HearingPurpose.FIRST_APPEARANCE}, 0),
    ("arraignment", PLEADED, 0),
    ("trial_start", EVIDENCE, 0),
    ("evidence_start", EVIDENCE, 0),
    ("bail_hearing_start", {HearingPurpose.BAIL}, 0),
    ("first_hearing_on_charge", {HearingPurpose.CHARGE}, 0),
    # Arguments may go on for days: they are closed with the last one.
    ("arguments_closed", {HearingPurpose.ARGUMENT}, -1),
)


def at_hearing(row: Hearing, code: str) -> Occasion:
    occasion = told(row, code, row.on, proceeding=row.proceeding_id)
    if row.starts_at and row.local_time and occasion.start:
        return replace(occasion, start=replace(occasion.start, moment=row.starts_at))
    return occasion


def of_judgments(records: Records) -> Iterator[Occasion]:
    for row in records.verdicts:
        facts = {"accused": row.accused_id, "proceeding": row.proceeding_id, "result": row.result}
        yield told(row, "judgment", row.on, **facts)
        yield told(row, "verdict", row.on, **facts)


def of_appeals(records: Records) -> Iterator[Occasion]:
    """An appeal that is filed stops the window; one that is decided opens the next."""
    for row in records.appeals:
        yield told(row, "@appeal", row.filed_on, accused=row.accused_id, by=row.by)
        if row.decided_on:
            yield told(row, "judgment", row.decided_on, accused=row.accused_id, instance="appeal")


def of_bail(records: Records) -> Iterator[Occasion]:
    for row in records.bails:
        where = {"accused": row.accused_id, "proceeding": row.proceeding_id}
        if row.heard_on and PartialDate(row.heard_on).first <= day_of(records):
            yield told(row, "bail_hearing_start", row.heard_on, **where)
        if row.decided_on:
            yield told(row, "@bail_decided", row.decided_on, **where)
        if row.released_on:
            yield told(row, "@release", row.released_on, accused=row.accused_id)


def day_of(records: Records) -> date:
    return day_there(records.now, zone_of(records.case.office.time_zone))


def of_survivors(records: Records) -> Iterator[Occasion]:
    """Relief; the offence against her ended at the latest on that day. And her eighteenth birthday."""
    for row in records.reliefs:
        yield told(row, "rescue", row.on, survivor=row.survivor_id)
        yield told(row, "offence", row.on, survivor=row.survivor_id)
    for person in records.survivors.values():
        if person.birth_year:
            born = PartialDate(person.birth_year)
            first, last = (grown_up(day, records.majority) for day in (born.first, born.last))
            start = Start(first, last)
            yield Occasion("majority", start, person._meta.label, person.pk, survivor=person.pk)


def grown_up(born: date, years: int) -> date:
    """The birthday on which a person is of age; of a leap day the first of March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def of_events(records: Records) -> Iterator[Occasion]:
    for row in records.events:
        where = {"accused": row.accused_id, "survivor": row.survivor_id, "proceeding": row.proceeding_id}
        occasion = told(row, row.event, row.on, **where)
        start = occasion.start
        if row.happened_at and start:
            occasion = replace(occasion, start=replace(start, moment=row.happened_at))
        yield occasion


def inferred(found: Iterable[Occasion]) -> Iterator[Occasion]:
    """What stands for a step that nobody recorded: it came no earlier, so no end is later than it should be.

    The arrest for the arrival at the station, the judgment for the notice of it.
    """
    rows = list(found)
    for known, missing, doubt in (
        ("arrest", "arrival_at_station", Doubt.ARRIVAL),
        ("judgment", "judgment_notified", Doubt.NOTICE),
    ):
        recorded = {row.accused for row in rows if row.code == missing}
        if None not in recorded:
            for row in rows:
                if row.code == known and row.accused not in recorded:
                    yield replace(row, code=missing, doubts=(*row.doubts, doubt))
