"""One case on paper: what its reader may see, with the code of the copy on every page."""

import json
import warnings
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from accounts.roles import Can
from cases.models import Case
from exchange.consents import consent_needed, reasons_against
from exchange.notes import notes_of, watermark
from exchange.states import INSIDE
from prosecutions.models import Accused, BailOrder, Hearing, Verdict
from reference.templatetags.show import clock, edtf
from survivors.models import Survivor

PAGE = Path(__file__).with_name("summary.typ")


def summary_of(export, now):
    """(the PDF's bytes, one row, who was left out); read as whoever is looking."""
    case = Case.objects.select_related("office").get(pk=export.about_case)
    reader = export.requested_by
    parts, export.left_out = [], []
    if reader.can(Can.VIEW_SURVIVOR):
        people, export.left_out = survivors_part(case, export, now)
        parts.append(people)
    if reader.can(Can.VIEW_ACCUSED):
        parts += [accused_part(case), bail_part(case), verdicts_part(case)]
    if reader.can(Can.VIEW_HEARING):
        parts.append(hearings_part(case))
    told = {
        "title": _("Case %(number)s") % {"number": case.number},
        "facts": [[str(label), str(value)] for label, value in facts_of(case, export) if value],
        "parts": parts,
        "watermark": watermark(export, now),
        "watermark_short": f"{export.code} · {export.requested_by.name}",
        "keep": _("Do not pass this copy on; destroy it when it is used."),
        "notes_title": _("About this copy"),
        "notes": [[str(label), str(words)] for label, words in notes_of(export, 1, now)],
    }
    return printed(told), 1, export.left_out


def printed(told):
    """The page as PDF. A word in a script for which this machine has no font is no reason to stop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs={"told": json.dumps(told)})


def facts_of(case, export):
    """What stands at the head. The title is free text and stays inside."""
    return [
        (_("Title"), case.title if export.purpose in INSIDE else ""),
        (_("Office"), case.office.name),
        (_("Casework type"), case.get_casework_type_display()),
        (_("Opened on"), edtf(case.opened_on)),
        (_("Legal track"), case.get_legal_status_display()),
        (_("Aftercare track"), case.get_aftercare_status_display()),
    ]


def part(title, empty, columns, rows):
    """One table of the summary, of plain words."""
    cells = [[str(cell) for cell in row] for row in rows]
    return {"title": title, "empty": empty, "columns": columns, "rows": cells}


def survivors_part(case, export, now):
    """(the survivors by code, who was left out): never a name, and nobody who did not agree."""
    people = list(Survivor.objects.filter(case=case).for_list())
    needed = consent_needed(export.kind, export.purpose)
    against = reasons_against(people, export.purpose, export.receiver, now) if needed else {}
    rows = [
        (one.code, one.pseudonym, one.get_gender_display(), _("child at relief") if one.child else "")
        for one in people
        if one.pk not in against
    ]
    columns = [_("Code"), _("Pseudonym"), _("Gender"), _("Age")]
    left_out = [{"survivor": str(key), "reason": str(reason)} for key, reason in against.items()]
    return part(_("Survivors"), _("Nobody stands here."), columns, rows), left_out


def accused_part(case):
    people = Accused.objects.filter(case=case).prefetch_related("verdicts").for_list()
    rows = [(one.key, one.called, one.word) for one in people]
    return part(_("Accused"), _("Nobody is accused."), [_("Code"), _("Name"), _("Standing")], rows)


def bail_part(case):
    orders = BailOrder.objects.filter(case=case).for_list()
    rows = [
        (
            one.accused.called,
            one.get_kind_display(),
            one.get_status_display(),
            edtf(one.released_on),
            edtf(one.ended_on),
        )
        for one in orders
    ]
    columns = [_("Accused"), _("Kind"), _("State"), _("Released on"), _("Ended on")]
    return part(_("Bail"), _("No bail is recorded."), columns, rows)


def verdicts_part(case):
    verdicts = Verdict.objects.filter(case=case).select_related("accused").order_by("on", "pk")
    rows = [
        (
            one.accused.called,
            edtf(one.on),
            one.get_result_display(),
            one.months or (_("for life") if one.life else ""),
        )
        for one in verdicts
    ]
    columns = [_("Accused"), _("Date"), _("Result"), _("Months of prison")]
    return part(_("Verdicts"), _("No verdict is recorded."), columns, rows)


def hearings_part(case):
    hearings = (
        Hearing.objects.filter(case=case).select_related("proceeding").order_by("on", "local_time", "pk")
    )
    rows = [
        (
            edtf(one.on), clock(one.local_time), one.proceeding.called, one.get_purpose_display(),
            one.get_outcome_display(),
        )
        for one in hearings
    ]  # fmt: skip
    columns = [_("Date"), _("Time"), _("Court"), _("Purpose"), _("Outcome")]
    return part(_("Hearings"), _("No hearing is recorded."), columns, rows)
