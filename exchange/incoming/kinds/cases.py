"""Rows that tell of cases: number, type, title, where both tracks stand and since when."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from cases.models import Case, TrackChange
from cases.states import (
    AftercareReason,
    AftercareStatus,
    CaseworkType,
    LegalReason,
    LegalStatus,
    Track,
)
from exchange.batch_states import BatchKind
from exchange.incoming.contract import Chunk, Column, Kind, Row
from exchange.incoming.kinds.shared import in_order, not_ahead, taken_numbers
from exchange.incoming.parsers import code_of, country, day, text

CLOSED = "closed"
STARTS = ((Track.LEGAL, LegalStatus.INTAKE), (Track.AFTERCARE, AftercareStatus.NOT_STARTED))
TRACK_DAYS = ("legal_opened_on", "legal_closed_on", "aftercare_opened_on", "aftercare_closed_on")


class Cases(Kind):
    """One case in each row."""

    code = BatchKind.CASES
    needs = Can.OPEN_CASE
    columns = (
        Column(
            "number", _("Case number"), text(40), required=True, example="CEB-2014-0007",
            also=("number", "case no", "case id", "file number", "numero", "numero de caso", "expediente",
                  "no de caso", "num caso"),
        ),
        Column(
            "title", _("Title"), text(1000), required=True, example="Harbour Road",
            also=("case name", "case title", "name of case", "titulo", "nombre del caso"),
            hint=_("Short, without real names"),
        ),
        Column(
            "casework_type", _("Casework type"), code_of("casework_type", CaseworkType), required=True,
            codes=CaseworkType, example="csec",
            also=("type", "case type", "type of case", "type of trafficking", "tipo", "tipo de caso",
                  "trafficking type"),
        ),
        Column(
            "opened_on", _("Opened on"), day(), example="2014-03-21",
            also=("opened", "date opened", "open date", "intake date", "date of intake", "start date",
                  "fecha de apertura", "fecha de ingreso", "abierto"),
        ),
        Column(
            "country", _("Country"), country, example="PH",
            also=("country of case", "pais"), hint=_("That of the office when it is empty"),
        ),
        Column(
            "legal_status", _("Legal track"), code_of("legal_status", LegalStatus), codes=LegalStatus,
            example="trial",
            also=("legal status", "case status", "status", "stage", "estado", "estado legal", "etapa"),
        ),
        Column("legal_opened_on", _("Legal track opened"), day(), also=("legal opened",)),
        Column(
            "legal_closed_on", _("Legal track closed"), day(),
            also=("legal closed", "date closed", "closed", "closed on", "close date", "fecha de cierre",
                  "cerrado"),
        ),
        Column(
            "legal_reason", _("Why the legal track was closed"), code_of("legal_reason", LegalReason),
            codes=LegalReason, also=("legal outcome", "reason closed", "closing reason", "motivo de cierre"),
        ),
        Column(
            "aftercare_status", _("Aftercare track"), code_of("aftercare_status", AftercareStatus),
            codes=AftercareStatus, example="in_care",
            also=("aftercare status", "aftercare", "care status", "estado de atencion", "acompanamiento"),
        ),
        Column("aftercare_opened_on", _("Aftercare track opened"), day(), also=("aftercare opened",)),
        Column("aftercare_closed_on", _("Aftercare track closed"), day(), also=("aftercare closed",)),
        Column(
            "aftercare_reason", _("Why aftercare was closed"), code_of("aftercare_reason", AftercareReason),
            codes=AftercareReason, also=("aftercare outcome",),
        ),
        Column("led_by", _("Led by"), text(1000), also=("lead agency", "dirigido por")),
        Column(
            "summary", _("Summary"), text(5000, lines=True),
            also=("notes", "note", "remarks", "description", "resumen", "notas", "observaciones"),
        ),
        Column(
            "external_id", _("Your own number"), text(80),
            also=("external id", "old id", "legacy id", "reference", "referencia", "id anterior"),
            hint=_("What the case had in the old system; kept so that it is never brought in twice"),
        ),
    )  # fmt: skip

    def plan(self, chunk: Chunk) -> None:
        numbers = {row["number"] for row in chunk.rows if row["number"]}
        taken = set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
        for row in chunk.rows:
            if row["number"] in taken:
                row.fault("number", "number_taken")
            elif row["number"] and (first := chunk.again(("number", row["number"]), row)):
                row.fault("number", "row_again", row=first)
            self.check_tracks(chunk, row)
            row.makes["cases"] = 1
        taken_numbers(chunk, Case, chunk.rows)

    def check_tracks(self, chunk: Chunk, row: Row) -> None:
        """Days that can be, and reasons only where something was closed."""
        labels = {column.name: column.label for column in self.columns}
        not_ahead(chunk, row, "opened_on", *TRACK_DAYS)
        for track in Track:
            first, last, reason = (
                f"{track.value}_opened_on",
                f"{track.value}_closed_on",
                f"{track.value}_reason",
            )
            in_order(row, "opened_on", last, labels["opened_on"])
            in_order(row, first, last, labels[first])
            status = row[f"{track.value}_status"]
            if row[reason] and status != CLOSED and (status or not row[last]):
                row.fault(reason, "reason_without_close")

    def write(self, chunk: Chunk) -> Sequence[UUID]:
        made = [self.case_of(chunk, row) for row in chunk.good]
        Case.objects.bulk_create(made)
        TrackChange.objects.bulk_create(
            TrackChange(
                case=case, track=track, position=1, status=case.status_of(track),
                reason=getattr(case, f"{track.value}_reason"), by=chunk.by,
                on=getattr(case, f"{track.value}_closed_on") or getattr(case, f"{track.value}_opened_on"),
            )
            for case in made
            for track in Track
        )  # fmt: skip
        return [case.pk for case in made]

    def case_of(self, chunk: Chunk, row: Row) -> Case:
        """The case that the row tells of."""
        plain = ("number", "title", "casework_type", "opened_on", "led_by", "summary", "external_id")
        facts = {name: row[name] for name in plain}
        for track, start in (
            (Track.LEGAL, LegalStatus.INTAKE),
            (Track.AFTERCARE, AftercareStatus.NOT_STARTED),
        ):
            name = track.value
            closed = row[f"{name}_closed_on"]
            facts[f"{name}_status"] = row[f"{name}_status"] or (CLOSED if closed else start)
            facts[f"{name}_opened_on"] = row[f"{name}_opened_on"] or row["opened_on"]
            facts[f"{name}_closed_on"], facts[f"{name}_reason"] = closed, row[f"{name}_reason"]
        return Case(
            office=chunk.office, country=row["country"] or chunk.office.country, created_at=chunk.now,
            updated_at=chunk.now, touched_at=chunk.now, **facts,
        )  # fmt: skip


CASES = Cases()
