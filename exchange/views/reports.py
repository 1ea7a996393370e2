from django.conf import settings
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from cases.clock import day_of_figures
from exchange import actions
from exchange.models import Export
from exchange.reports.forms import DonorAddForm, FiguresAddForm, ReportAddForm
from exchange.states import NEEDS, ExportKind

# Kinds of file with the page that asks for each, by what it is for; pages that are not there are left out.
OFFERED = (
    ("reports", (
        (ExportKind.BOARD, "exchange:board-add", "chart-column"),
        (ExportKind.DONOR, "exchange:donor-add", "banknote"),
        (ExportKind.FIGURES, "exchange:figures-add", "list-checks"),
        (ExportKind.COUNTS, "exchange:counts-add", "chart-column"),
    )),
    ("lists", (
        (ExportKind.CASES, "exchange:export-add", "folder-open"),
        (ExportKind.SURVIVORS, "exchange:export-add", "users"),
    )),
    ("standards", (
        (ExportKind.HTCDS, "exchange:htcds-add", "file-down"),
        (ExportKind.CTDC, "exchange:ctdc-add", "file-down"),
    )),
)  # fmt: skip


# What each is called here, and what it is for.
WORDS = {
    ExportKind.BOARD: (
        ExportKind.BOARD.label,
        lazy("A period beside the year before, with charts, speed, frozen months and definitions."),
    ),
    ExportKind.DONOR: (
        ExportKind.DONOR.label,
        lazy("What each grant paid for. What several paid for counts once in the total."),
    ),
    ExportKind.FIGURES: (
        ExportKind.FIGURES.label,
        lazy("A table of every figure for a spreadsheet, with a sheet of notes."),
    ),
    ExportKind.COUNTS: (
        ExportKind.COUNTS.label,
        lazy("What the yearly reports of governments and the United Nations ask for."),
    ),
    ExportKind.CASES: (
        lazy("Cases or hearings"),
        lazy("For our own work, a court or an agency: numbers, types, dates; no titles, no texts."),
    ),
    ExportKind.SURVIVORS: (
        lazy("Survivors"),
        lazy("By pseudonym, or with names; nobody who did not agree when the file leaves us."),
    ),
    ExportKind.HTCDS: (
        lazy("HTCDS 2.0"),
        lazy("For other organisations of the field: 84 fields, without names unless they were approved."),
    ),
    ExportKind.CTDC: (
        lazy("CTDC"),
        lazy("For the global data set: 27 columns, nobody alone in a group of fewer than eleven."),
    ),
}


@requires(Can.EXPORT_DATA)
@require_safe
def export_choose(request):
    """Every kind of file that one may ask for, and what each is good for."""
    groups = [
        {"title": titles()[name], "kinds": offered}
        for name, kinds in OFFERED
        if (offered := [one for kind in kinds if (one := page_of_kind(request.user, *kind))])
    ]
    return render(request, "exchange/export_choose.html", {"groups": groups})


def titles():
    return {
        "reports": _("Reports: numbers alone"),
        "lists": _("Lists of records"),
        "standards": _("Standards of the field"),
    }


def page_of_kind(person, kind, page, icon):
    """One kind as the page shows it; None where the person lacks the verb, or the page is not there."""
    if not person.can(NEEDS[kind]):
        return None
    try:
        url = reverse(page)
    except NoReverseMatch:
        return None
    label, text = WORDS[kind]
    return {"label": label, "text": text, "url": url, "icon": icon}


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def board_add(request):
    return ask(request, ReportAddForm, "exchange/board_add.html")


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def donor_add(request):
    return ask(request, DonorAddForm, "exchange/donor_add.html")


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def figures_add(request):
    return ask(request, FiguresAddForm, "exchange/figures_add.html")


def ask(request, form_class, page):
    """Ask for a report: one row, since it tells of nobody."""
    now = timezone.now()

    def act(**_answers):
        return actions.request_export(by=request.user, now=now, rows=1, **form.facts())

    today = day_of_figures(request.user, now) or timezone.localdate()
    form = form_class(sent(request), person=request.user, today=today)
    context = {"submit": _("Ask for the report"), "back": reverse("exchange:export-choose"),
               "effects": effects()}  # fmt: skip
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


def effects():
    return [
        {"icon": "eye", "text": _("It counts only what you yourself may see, and names nobody.")},
        {
            "icon": "shield",
            "text": _("To a receiver outside, counts of fewer than 11 are hidden and others rounded."),
        },
        {
            "icon": "history",
            "text": _("Who asked, what for and for whom stands in the trail, with each download."),
        },
        {
            "icon": "clock",
            "text": _("It is destroyed after %(hours)s hours.") % {"hours": settings.EXPORT_LIVES_HOURS},
        },
    ]
