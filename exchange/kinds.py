"""What each kind of list holds: which records the filters mean, and which few columns of them.

Every function here reads through the default managers, as whoever asked for the file. Free text stays inside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from cases.models import Case
from exchange.states import ExportKind
from prosecutions.models import Hearing
from reference.fields import First, Last
from reference.templatetags.show import clock, countries
from survivors.models import Identity, Survivor


@dataclass(frozen=True)
class Listing:
    """One kind of list."""

    columns: Callable[[], list]
    pick: Callable[[dict], Any]  # the records that the filters mean, in their order
    row: Callable[[Any], list]


def case_columns():
    return [
        _("Case"), _("Office"), _("Casework type"), _("Opened on"), _("Legal track"), _("Legal track closed"),
        _("Why the legal track was closed"), _("Aftercare track"), _("Aftercare track closed"),
        _("Why aftercare was closed"),
    ]  # fmt: skip


def pick_cases(filters):
    names = {"office": "office_id", "kind_of_case": "casework_type"}
    codes = {
        names.get(name, name): filters.get(name) for name in (*names, "legal_status", "aftercare_status")
    }
    return Case.objects.matching(**codes).select_related("office").order_by("number", "pk")


def case_row(case):
    return [
        case.number, case.office.name, case.get_casework_type_display(), case.opened_on,
        case.get_legal_status_display(), case.legal_closed_on, case.get_legal_reason_display(),
        case.get_aftercare_status_display(), case.aftercare_closed_on, case.get_aftercare_reason_display(),
    ]  # fmt: skip


def hearing_columns():
    return [
        _("Case"), _("Office"), _("Kind of proceeding"), _("Court"), _("Docket"), _("Date"), _("Time"),
        _("Purpose"), _("Outcome"), _("Why adjourned"),
    ]  # fmt: skip


def pick_hearings(filters):
    rows = Hearing.objects.annotate(earliest=First("on"), latest=Last("on"))
    if filters.get("office"):
        rows = rows.filter(office=filters["office"])
    if filters.get("first"):
        rows = rows.filter(latest__gte=filters["first"])
    if filters.get("last"):
        rows = rows.filter(earliest__lte=filters["last"])
    return rows.select_related("case", "office", "proceeding").order_by("earliest", "local_time", "pk")


def hearing_row(hearing):
    proceeding = hearing.proceeding
    return [
        hearing.case.number, hearing.office.name, proceeding.get_kind_display(), proceeding.court,
        proceeding.docket, hearing.on, clock(hearing.local_time), hearing.get_purpose_display(),
        hearing.get_outcome_display(), hearing.get_reason_display(),
    ]  # fmt: skip


def survivor_columns():
    return [
        _("Case"), _("Code"), _("Pseudonym"), _("Gender"), _("Nationality"), _("Child at relief"),
        _("Heard in court"),
    ]  # fmt: skip


def pick_survivors(filters):
    rows = Survivor.objects.all()
    if filters.get("office"):
        rows = rows.filter(office=filters["office"])
    if filters.get("kind_of_case"):
        rows = rows.filter(case__casework_type=filters["kind_of_case"])
    return rows.for_list()


def survivor_row(survivor):
    return [
        survivor.case.number, survivor.code, survivor.pseudonym, survivor.get_gender_display(),
        countries(survivor.nationality), yes_or_no(survivor.child), yes_or_no(survivor.testified),
    ]  # fmt: skip


def identity_columns():
    return [_("Case"), _("Code"), _("Name"), _("Name in Latin letters"), _("Date of birth"), _("Gender")]


def pick_identities(filters):
    """Survivors with who they are; by both locks only for somebody who may open identities."""
    return pick_survivors(filters).prefetch_related(Prefetch("identity", Identity.objects.all()))


def identity_row(survivor):
    who = survivor.identity
    return [
        survivor.case.number, survivor.code, who.own_name.open(), who.latin_name.open(),
        survivor.born.open(), survivor.get_gender_display(),
    ]  # fmt: skip


def has_name(survivor):
    """Is there a legal name to give?"""
    who = getattr(survivor, "identity", None)
    return who is not None and bool(who.own_name or who.latin_name)


def yes_or_no(known):
    """'' where nobody knows."""
    return "" if known is None else _("yes") if known else _("no")


LISTINGS = {
    ExportKind.CASES: Listing(case_columns, pick_cases, case_row),
    ExportKind.HEARINGS: Listing(hearing_columns, pick_hearings, hearing_row),
    ExportKind.SURVIVORS: Listing(survivor_columns, pick_survivors, survivor_row),
    ExportKind.IDENTITIES: Listing(identity_columns, pick_identities, identity_row),
}
