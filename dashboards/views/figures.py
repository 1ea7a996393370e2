"""Figures for those who lead, each with the list it counts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of
from dashboards import board as figures_board
from dashboards import provenance
from dashboards.asked import Scope
from dashboards.pages import tabs_of
from figures.catalogue import FIGURES


@requires(Can.VIEW_DASHBOARD)
@require_safe
def dashboard(request):
    scope = Scope(request)
    form, board = scope.form, scope.board
    months = figures_board.Months(board)
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
        "charts": months.charts,
        "months": months,
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
