"""Figures for those who lead, each with the list it counts; and the trail of people for those who watch."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from audit.actions import record
from cases.paging import page_of
from dashboards import adjourned, provenance
from dashboards import board as figures_board
from dashboards.actions import review_access
from dashboards.asked import Scope
from dashboards.forms import AccessReviewForm
from dashboards.looked import DAYS, asked_language, days_of, told_to_her
from dashboards.pages import tabs_of
from dashboards.trail import acts, person_asked_for, told
from dashboards.unusual import RULES, sheet_asked_for
from figures.catalogue import FIGURES
from prosecutions.models import Hearing
from survivors.models import Survivor


@requires(Can.VIEW_DASHBOARD)
@require_safe
def dashboard(request):
    scope = Scope(request)
    form, board = scope.form, scope.board
    context = {
        "scope": scope,
        "tabs": tabs_of(scope, "dashboard"),
        "form": form,
        "filtered": any(board.asked.values()),
        "as_of": timezone.now(),
        "cases": board.sums.cases,
        "behind": board.sums.behind,
        "tiles": figures_board.tiles_of(board, request.user),
        "amounts": figures_board.amounts_of(board),
        "charts": figures_board.month_charts(board),
        "month_columns": figures_board.columns(figures_board.BY_MONTH, _("Month")),
        "months": figures_board.months_table(board),
        "reasons": figures_board.reasons_of(board),
        "caseload": figures_board.caseload_of(board),
        "offices": figures_board.offices_table(board, request.user),
    }
    return render(request, "dashboards/dashboard.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def figure_list(request, name):
    """What one number counts: its definition, the moment, how many, and every record."""
    figure = FIGURES.get(name)
    if figure is None or not figure.listed:
        raise Http404
    if not request.user.can(figure.need):
        raise PermissionDenied(str(figure.need.label))
    scope = Scope(request)
    form, board = scope.form, scope.board
    code = request.GET.get("code", "")
    page = page_of(board.listed(name, code=code), request)
    context = {
        "figure": figure,
        "form": form,
        "told": provenance.told(scope, figure, code),
        "of_the_day": figure.of_the_day,
        "as_of": timezone.now(),
        "value": figures_board.said(name, board.value(name, code=code)),
        "count": board.count(name, code=code),
        "behind": board.sums.behind,
        "page": page,
        "rows": [(row, record_url(row)) for row in sorted(page, key=newest_first)],
        "back": reverse("dashboards:dashboard", query={k: v for k, v in board.asked.items() if v} or None),
    }
    return render(request, "dashboards/figure_list.html", context)


def newest_first(row):
    """Later dates first, unknown ones last."""
    return (0, -row.on.first.toordinal(), row.number, row.key) if row.on else (1, 0, row.number, row.key)


def record_url(row):
    """The page of the record behind a row, or of its case."""
    try:
        return reverse(figures_board.PAGES[row.model], args=[row.pk])
    except (KeyError, NoReverseMatch):
        return reverse("desk:case-page", args=[row.case_id])


@requires(Can.VIEW_PEOPLE_TRAIL)
@require_safe
def person_trail(request):
    """What people did, newest first; with ?person= one of them."""
    person = person_asked_for(request.GET.get("person"))
    page = page_of(acts(person), request)
    record("trail.read", by=request.user, subject=person or request.user)
    return render(
        request, "dashboards/person_trail.html", {"person": person, "page": page, "acts": told(page)}
    )


@requires(Can.VIEW_SURVIVOR_TRAIL, of=Survivor)
@require_safe
def survivor_trail(request, pk):
    """Who looked at her, to be read to her or printed for her, in her language where we have it."""
    survivor = get_object_or_404(Survivor.objects.select_related("case__office"), pk=pk)
    page = page_of(days_of(survivor), request, DAYS)
    record("trail.read", by=request.user, subject=survivor)
    language = asked_language(request)
    with timezone.override(survivor.case.office.time_zone), translation.override(language):
        context = {
            "survivor": survivor, "page": page, "days": told_to_her(survivor, page),
            "languages": settings.LANGUAGES, "language": language, "today": timezone.now(),
        }  # fmt: skip
        return render(request, "dashboards/survivor_trail.html", context)


@requires(Can.REVIEW_ACCESS)
@require_safe
def access_sheet(request):
    """A month of an office: whose access was unusual, by rule."""
    sheet = sheet_asked_for(request)
    record("trail.read", by=request.user, subject=sheet.office or request.user)
    return render(request, "dashboards/access_sheet.html", {"sheet": sheet, "rules": sheet.told()})


@requires(Can.REVIEW_ACCESS)
@require_http_methods(["GET", "POST"])
def access_line(request, rule):
    """The events behind one line of the sheet, and the word of whoever has looked into it."""
    sheet = sheet_asked_for(request)
    person = person_asked_for(request.GET.get("person"))
    if rule not in RULES or sheet.office is None or person is None or person.pk not in sheet.people:
        raise Http404
    form = AccessReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        review_access(
            person.pk, by=request.user, now=timezone.now(), rule=rule, month=sheet.month,
            office=sheet.office.key, **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Your word stands on the sheet."))
        return redirect(sheet.url)
    context = {"sheet": sheet, "line": sheet.line(rule, person), "form": form}
    return render(request, "dashboards/access_line.html", context, status=422 if form.errors else 200)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def adjournment_show(request):
    """How many hearings came to nothing, by court, judge, office, reason, party, and what it cost."""
    asked = adjourned.Asked(request)
    context = {
        "asked": asked, "form": asked.form, "filtered": bool(asked.query(by="")), "by": asked.by,
        "parts": adjourned.PARTS.items(), "tiles": adjourned.tiles_of(asked),
        "table": adjourned.table_of(asked), "runs": adjourned.runs_shown(asked),
        "vacated": asked.figures.vacated, "as_of": asked.now,
    }  # fmt: skip
    return render(request, "dashboards/adjournment_show.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def adjournment_list(request):
    """The hearings that one number of adjournments counts."""
    asked = adjourned.Asked(request)
    key, only = request.GET.get("of", ""), request.GET.get("only", "")
    count, rows = adjourned.listed(asked, asked.by, key, only)
    page = page_of(rows, request)
    hearings = Hearing.objects.for_list().in_bulk([row.pk for row in page])
    context = {
        "asked": asked, "form": asked.form, "count": len(rows), "label": count.label, "page": page,
        "part": adjourned.PARTS[asked.by] if key else "", "only": only, "as_of": asked.now,
        "hearings": [(hearings[row.pk], count.days.get(row.pk)) for row in page if row.pk in hearings],
        "back": reverse("dashboards:adjournment-show", query=asked.query() or None),
    }  # fmt: skip
    return render(request, "dashboards/adjournment_list.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def adjournment_paper(request):
    """One court on paper, to put before the authorities; 404 where no hearing of it is counted."""
    asked = adjourned.Asked(request)
    paper = adjourned.Paper(asked, request.GET.get("court", ""))
    if not paper.count.rows:
        raise Http404
    context = {
        "asked": asked, "paper": paper, "form": asked.form, "today": asked.now,
        "judge_columns": [
            {"label": _("Judge")}, {"label": _("Hearings"), "num": True},
            {"label": _("Adjourned"), "num": True}, {"label": _("Rate"), "num": True},
        ],
        "chart": paper.chart(), "reasons": paper.bars("reason"), "parties": paper.bars("party"),
        "askers": paper.bars("asked"), "avoidable": paper.bars("avoidable"), "judges": paper.judges(),
        "numbers": paper.numbers() if request.GET.get("numbers") else [],
        "court": request.GET.get("court", ""),
        "back": reverse("dashboards:adjournment-show", query=asked.query() or None),
    }  # fmt: skip
    return render(request, "dashboards/adjournment_paper.html", context)
