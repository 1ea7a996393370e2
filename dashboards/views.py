"""Figures for those who lead, each with the list it counts; and the trail of people for those who watch."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.clock import day_of_figures
from cases.models import Case
from cases.paging import page_of
from dashboards import board as figures_board
from dashboards.board import Board
from dashboards.forms import DashboardFilterForm
from dashboards.periods import span
from dashboards.trail import acts, person_asked_for, told
from figures.catalogue import FIGURES


def asked_of(request):
    """(the filter form, the board of what it asks for)."""
    now = timezone.now()
    today = day_of_figures(request.user, now) or timezone.localdate()
    form = DashboardFilterForm(request.GET, user=request.user, today=today)
    asked = form.answers()
    today = (asked["office"] and day_of_figures(request.user, now, asked["office"])) or today
    cases = Case.objects.all()
    if asked["office"]:
        cases = cases.filter(office=asked["office"])
    if asked["type"]:
        cases = cases.filter(casework_type=asked["type"])
    return form, Board(cases, today, asked, span(asked["period"], today))


@requires(Can.VIEW_DASHBOARD)
@require_safe
def dashboard(request):
    form, board = asked_of(request)
    context = {
        "form": form,
        "filtered": any(board.asked.values()),
        "as_of": timezone.now(),
        "cases": len(board.office_of),
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
    if name not in figures_board.SHOWN:
        raise Http404
    if not figures_board.may_see(request.user, name):
        raise PermissionDenied(str(figures_board.NEEDS[name].label))
    form, board = asked_of(request)
    code = request.GET.get("code", "")
    rows = sorted(board.rows(name, code=code), key=newest_first)
    page = page_of(rows, request)
    context = {
        "figure": FIGURES[name],
        "form": form,
        "of_the_day": name in figures_board.OF_THE_DAY,
        "as_of": timezone.now(),
        "value": figures_board.said(name, board.value(name, code=code)),
        "count": len(rows),
        "page": page,
        "rows": [(row, record_url(row)) for row in page],
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
    return render(
        request, "dashboards/person_trail.html", {"person": person, "page": page, "acts": told(page)}
    )
