"""Rows that tell of hearings: case, court and docket, date and time, what for and what came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from exchange.batch_states import BatchKind
from exchange.incoming.contract import Chunk, Column, Kind, Row
from exchange.incoming.kinds.shared import Keys, cases_of, in_order, locked, taken_numbers, today, touch_all
from exchange.incoming.parsers import clock, code_of, day, plainly, text
from prosecutions.actions import starts_at
from prosecutions.models import Hearing, Proceeding
from prosecutions.states import AdjournmentReason, HearingOutcome, HearingPurpose, ProceedingKind

PUT_OFF = (HearingOutcome.ADJOURNED, HearingOutcome.VACATED)


class Hearings(Kind):
    """One hearing in each row."""

    code = BatchKind.HEARINGS
    needs = Can.WRITE_HEARING
    columns = (
        Column(
            "case", _("Case number"), text(40), required=True, example="CEB-2014-0007",
            also=("case", "case no", "case id", "numero de caso", "expediente", "caso"),
        ),
        Column(
            "court", _("Court"), text(1000), example="RTC Branch 14",
            also=("court name", "venue", "juzgado", "tribunal", "corte"),
        ),
        Column(
            "docket", _("Docket"), text(1000), example="CBU-102233",
            also=("docket no", "docket number", "court case number", "criminal case no",
                  "numero de expediente", "causa"),
        ),
        Column(
            "kind", _("Kind of proceeding"), code_of("kind", ProceedingKind), codes=ProceedingKind,
            example="criminal_trial", also=("proceeding", "tipo de proceso"),
        ),
        Column(
            "on", _("Date"), day(), required=True, example="2026-11-04",
            also=("hearing date", "date of hearing", "fecha", "fecha de audiencia"),
        ),
        Column(
            "local_time", _("Time"), clock, example="08:30",
            also=("hearing time", "time of hearing", "hora", "hora de audiencia"),
        ),
        Column(
            "purpose", _("Purpose"), code_of("purpose", HearingPurpose), codes=HearingPurpose,
            example="survivor_testimony",
            also=("hearing type", "type of hearing", "agenda", "proposito", "tipo de audiencia", "motivo"),
        ),
        Column(
            "outcome", _("Outcome"), code_of("outcome", HearingOutcome), codes=HearingOutcome,
            example="adjourned", also=("result", "what happened", "resultado"),
        ),
        Column(
            "reason", _("Why adjourned"), code_of("reason", AdjournmentReason), codes=AdjournmentReason,
            example="judge_absent",
            also=("reason", "adjournment reason", "reason for adjournment", "reason for postponement",
                  "motivo de suspension"),
        ),
        Column(
            "next_on", _("Next date"), day(), also=("next hearing", "next hearing date", "proxima fecha",
                                                    "proxima audiencia"),
        ),
        Column("room", _("Room"), text(80), also=("courtroom", "sala")),
        Column("judge", _("Judge"), text(200), also=("presiding judge", "juez", "jueza")),
        Column(
            "note", _("Note"), text(5000, lines=True), also=("notes", "remarks", "notas", "observaciones")
        ),
        Column(
            "external_id", _("Your own number"), text(80),
            also=("external id", "hearing id", "id de audiencia"),
        ),
    )  # fmt: skip

    def plan(self, chunk: Chunk) -> None:
        cases_of(chunk)
        there = self.there(chunk)
        for row in chunk.rows:
            self.check(chunk, row)
            row.makes["hearings"] = 1
            if row.faults or not row["on"]:
                continue
            key = (row["case"], str(row["on"]), str(row["local_time"]), *named(row["court"], row["docket"]))
            if first := chunk.again(("hearing", key), row):
                row.fault("", "row_again", row=first)
            for hearing in there.get((row.work["case"].pk, str(row["on"])), ()):
                if self.alike(row, hearing):
                    row.like(hearing, 90)
        taken_numbers(chunk, Hearing, chunk.rows)

    def there(self, chunk: Chunk) -> dict[tuple[UUID, str], list[Hearing]]:
        """The hearings of these cases on these days."""
        cases = {row.work["case"].pk for row in chunk.rows if row.work["case"]}
        days = {str(row["on"]) for row in chunk.rows if row["on"]}
        found: dict[tuple[UUID, str], list[Hearing]] = {}
        rows = Hearing.objects.filter(case_id__in=cases, on__in=days).select_related("proceeding")
        for hearing in rows:
            found.setdefault((hearing.case_id, str(hearing.on)), []).append(hearing)
        return found

    def alike(self, row: Row, hearing: Hearing) -> bool:
        """The same day and no other time or court, as far as both are known."""
        if row["local_time"] and hearing.local_time and row["local_time"] != hearing.local_time:
            return False
        theirs = (hearing.proceeding.court, hearing.proceeding.docket)
        return all(
            not ours or not other or plainly(ours) == plainly(other)
            for ours, other in zip((row["court"], row["docket"]), theirs, strict=True)
        )

    def check(self, chunk: Chunk, row: Row) -> None:
        """What cannot be said together."""
        if row["outcome"] and row["on"] and row["on"].first > today(chunk):
            row.fault("outcome", "outcome_ahead")
        if row["reason"] and row["outcome"] not in PUT_OFF:
            row.fault("reason", "reason_without_adjournment")
        in_order(row, "on", "next_on", self.columns[4].label)

    def write(self, chunk: Chunk) -> Sequence[UUID]:
        rows = chunk.good
        cases = {row.work["case"].pk for row in rows}
        locked(cases)
        where = Courts(cases)
        for row in rows:
            row.work["proceeding"] = where.of(row)
        Proceeding.objects.bulk_create(where.new)
        last = where.last_positions()
        made = []
        for row in rows:
            proceeding = row.work["proceeding"]
            last[proceeding.pk] = last.get(proceeding.pk, 0) + 1
            made.append(self.hearing_of(chunk, row, proceeding, last[proceeding.pk]))
        Hearing.objects.bulk_create(made)
        touch_all(cases, chunk.now)
        return list(cases)

    def hearing_of(self, chunk: Chunk, row: Row, proceeding: Proceeding, position: int) -> Hearing:
        """The hearing that the row tells of; one that lies ahead is reminded of like any other."""
        names = ("on", "purpose", "outcome", "reason", "next_on", "room", "judge", "note", "external_id")
        return Hearing(
            case=row.work["case"], proceeding=proceeding, position=position,
            local_time=row["local_time"] or None,
            starts_at=starts_at(row["on"], row["local_time"] or None, chunk.office), scheduled_at=chunk.now,
            created_at=chunk.now, updated_at=chunk.now, **{name: row[name] for name in names},
        )  # fmt: skip


class Courts:
    """The proceedings of some cases: those that are there, and new ones for courts that nobody has named."""

    def __init__(self, cases: set[UUID]) -> None:
        self.new: list[Proceeding] = []
        self.known: dict[UUID, list[Proceeding]] = {case: [] for case in cases}
        for row in Proceeding.objects.filter(case_id__in=cases).order_by("created_at", "pk"):
            self.known[row.case_id].append(row)
        self.keys = Keys(Proceeding, "t", cases)

    def of(self, row: Row) -> Proceeding:
        """Where the row's hearing belongs."""
        case = row.work["case"]
        said = named(row["court"], row["docket"])
        for one in self.known[case.pk]:
            if fits(said, named(one.court, one.docket)) and (not row["kind"] or row["kind"] == one.kind):
                return one
        made = Proceeding(
            case=case, key=self.keys.next(case.pk), court=row["court"], docket=row["docket"],
            kind=row["kind"] or ProceedingKind.CRIMINAL_TRIAL,
        )  # fmt: skip
        self.new.append(made)
        self.known[case.pk].append(made)
        return made

    def last_positions(self) -> dict[UUID, int]:
        """The place of the last hearing of each proceeding."""
        ids = [row.pk for rows in self.known.values() for row in rows]
        rows = Hearing.objects.filter(proceeding_id__in=ids).order_by().values_list("proceeding_id")
        return dict(rows.annotate(last=Max("position")))


def named(court: str, docket: str) -> tuple[str, str]:
    return plainly(court), plainly(docket)


def fits(said: tuple[str, str], there: tuple[Any, ...]) -> bool:
    """The same docket; or the same court where no docket tells them apart; or nothing said at all."""
    if said[1] and there[1]:
        return said[1] == there[1]
    return not said[0] or not there[0] or said[0] == there[0]


HEARINGS = Hearings()
