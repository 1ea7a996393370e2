"""A row of a file of the standard: one person in one case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from exchange.batch_states import BatchKind
from exchange.htcds.dictionary import FIELDS
from exchange.htcds.incoming import alike, cells, header
from exchange.htcds.incoming.loading import write
from exchange.htcds.incoming.unpacking import UNPACKED
from exchange.incoming import faults, tables
from exchange.incoming.contract import Chunk, Column, Kind, Row

# Fields that have no place among our records. They are read, counted and told, and stay in the file.
NO_PLACE = (
    "prs_Salutation", "prs_MaritalStatus", "prs_NumberOfChildren", "prs_SecondaryLanguage", "prs_Email",
    "prs_MailingLongitude", "prs_MailingLatitude", "vic_AgreementToManagePersonalData",
    "vic_TraffickingStatusDecisionMakingOrg", "vic_LocationOfRecruitment", "vic_DetailsOfVulnerabilities",
    "per_Organisation", "cas_CaseOwner", "cas_ReferringPrimaryCaseWorker", "cas_ReasonForIncomingReferral",
    "cas_ReferredPrimaryCaseWorker",
)  # fmt: skip
SEALED = (
    "prs_FirstName", "prs_MiddleName", "prs_SecondName", "prs_IdentityNumber", "prs_HomePhone",
    "prs_MobilePhone", "prs_MailingStreet", "prs_MailingCity", "prs_MailingState", "prs_MailingPostalCode",
    "prs_MailingCountry",
)  # fmt: skip
OF_VICTIM = ("con_Consent", "x_events", "x_plans", "x_comments", "x_referrals")

faults.register(
    {
        "htcds_value": _("This is no value of %(field)s. It takes for example: %(values)s."),
        "htcds_language": _("We do not know this language. Write its name or its code of ISO 639."),
        "htcds_rows": _("What stands here are no rows of the standard."),
        "htcds_refused": _("This person did not consent, so the row is not brought in."),
        "htcds_nobody": _("This person is neither a victim nor accused in any case of the file."),
    }
)


def columns() -> tuple[Column, ...]:
    """Every field of the standard but those of tables that stand beside a person, and our own."""
    found = []
    for field in FIELDS.values():
        if field.entity in ("org", "hte", "spl", "cco") or not field.type:
            continue
        hint = _("There is no place for it among our records: it is counted and left in the file") if (
            field.name in NO_PLACE
        ) else ""  # fmt: skip
        needs = Can.OPEN_IDENTITY if field.name in SEALED else None
        label = f"{field.label} · {field.name}"
        found.append(Column(field.name, label, cells.parser_of(field), needs=needs, hint=hint))
    ours: tuple[tuple[str, Any, Any, Can | None], ...] = (
        ("x_person", _("Key of the person"), cells.key, None),
        ("x_case", _("Key of the case"), cells.key, None),
        ("x_part", _("Victim or accused"), cells.key, None),
        ("x_events", _("Events"), cells.rows, None),
        ("x_plans", _("Plans"), cells.rows, Can.WRITE_AFTERCARE),
        ("x_comments", _("Comments"), cells.rows, None),
        ("x_referrals", _("Referrals"), cells.rows, None),
        ("x_places", _("Organisations and places"), cells.rows, None),
    )
    return (*found, *(Column(name, label, parse, needs=needs) for name, label, parse, needs in ours))


class Htcds(Kind):
    """HTCDS 2.0: the official workbooks, forms, and JSON or archives like ours."""

    code = BatchKind.HTCDS
    needs = Can.OPEN_CASE
    endings = ("xlsx", "csv", *UNPACKED)
    numbered = True
    columns = columns()

    def find_header(self, rows: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
        return header.find_header(rows)

    def guess(self, head: Sequence[str]) -> dict[int, str] | None:
        return header.guess(head)

    def plan(self, chunk: Chunk) -> None:
        for row in chunk.rows:
            self.check(chunk, row)
            self.count(chunk, row)
        office = chunk.office.pk
        alike.propose(chunk, names=chunk.by.can_in(office, Can.OPEN_IDENTITY))

    def check(self, chunk: Chunk, row: Row) -> None:
        """Whether this row may be brought in, and by this person."""
        accused = is_accused(row)
        row.said["x_part"] = "per" if accused else row["x_part"] or "vic"
        if row["x_part"] == "none":
            row.fault("", "htcds_nobody")
        if row.said.get("con_Consent") is False and not accused:
            row.fault("con_Consent", "htcds_refused")
        write = Can.WRITE_ACCUSED if accused else Can.WRITE_SURVIVOR
        if not chunk.by.can_in(chunk.office.pk, write):
            row.fault("", "not_yours")
        key = (row["x_part"], row["x_person"], row["x_case"])
        if row["x_person"] and (first := chunk.again(("htcds-row", *key), row)):
            row.fault("x_person", "row_again", row=first)

    def count(self, chunk: Chunk, row: Row) -> None:
        """What it would make, and what of it has no place here."""
        row.makes["accused" if is_accused(row) else "survivors"] = 1
        if not row["x_case"] or not chunk.again(("htcds-case", row["x_case"]), row):
            row.makes["cases"] = 1
        for name in NO_PLACE:
            if row.said.get(name) not in ("", None, []):
                row.makes[f"no_place.{name}"] = 1

    def write(self, chunk: Chunk) -> Sequence[UUID]:
        return write(chunk)


def is_accused(row: Row) -> bool:
    """Said so, or only the part of a perpetrator is told."""
    if row["x_part"]:
        return row["x_part"] == "per"
    told = {name.split("_")[0] for name, value in row.said.items() if value not in ("", None, [])}
    return "per" in told and not told & {"vic", "con"}


HTCDS = Htcds()
tables.UNPACKED.update(UNPACKED)
