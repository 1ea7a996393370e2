"""The pages for directors: trends, speed of justice, custody and bail, aftercare, workload, everybody."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of as list_page
from dashboards import bails, road, speed, workload
from dashboards.asked import Scope
from dashboards.pages import page_of
from dashboards.periods import spoken, whole
from dashboards.trends import columns_said, last_months, trends_of
from figures.snapshot import Snapshot
from figures.speed import STEPS


@requires(Can.VIEW_DASHBOARD)
@require_safe
def trend_show(request):
    """Twelve months and the twelve before, figure by figure."""
    scope = Scope(request)
    months = last_months(scope)
    now, before = columns_said(scope, months)
    context = page_of(
        scope, "trend-show", trends=trends_of(scope), now_word=now, before_word=before,
        months=spoken((months[0], whole(months[-1])[1])),
    )  # fmt: skip
    return render(request, "dashboards/trend_show.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def speed_show(request):
    """From report to arrest, charge, verdict and final appeal, against the past."""
    scope = Scope(request)
    by = request.GET.get("by") if request.GET.get("by") in speed.BY else "office"
    found = speed.Speed(scope)
    context = page_of(
        scope, "speed-show", speed=found, steps=found.steps(), by=by, parts=speed.BY.items(),
        rows=found.table(by), columns=[
            {"label": _("Step")}, {"label": speed.BY[by]}, {"label": _("Counted"), "num": True},
            {"label": _("Half done within"), "num": True},
            {"label": _("Before"), "num": True, "wide": True}, {"label": _("Still waiting"), "num": True},
            {"label": _("Longest wait, days"), "num": True, "wide": True},
        ],
    )  # fmt: skip
    return render(request, "dashboards/speed_show.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def speed_list(request):
    """The cases or accused behind one step: who waits, and who no longer does."""
    scope, step = Scope(request), request.GET.get("step", "")
    if step not in STEPS:
        raise Http404
    only = request.GET.get("only", "")
    found = speed.Speed(scope)
    rows = speed.listed(found, step, only)
    page = list_page(rows, request)
    numbers = {case.id: case.number for case in found.snapshot.table("cases")}
    context = {
        "scope": scope, "speed": found, "label": STEPS[step], "count": len(rows), "page": page, "only": only,
        "ways": speed.ONLY.items(), "as_of": scope.now, "step": step,
        "rows": [(days, span, numbers[span.case_id]) for days, span in page],
        "crumbs": [(_("Speed of justice"), scope.url("speed-show")), (STEPS[step], "")],
    }  # fmt: skip
    return render(request, "dashboards/speed_list.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def bail_show(request):
    """Verdicts, custody and bail: who is held and for how long, what was decided, what was broken."""
    scope = Scope(request)
    board = scope.board_of(bails.NAMES)
    too_many = board.sums.cases > speed.MOST
    snapshot = Snapshot(scope.cases.none() if too_many else scope.cases, scope.today)
    context = page_of(
        scope, "bail-show", tiles=bails.tiles_of(board), behind=board.sums.behind, too_many=too_many,
        results=bails.parts_of(board, "verdicts_by_result", bails.results_words()),
        decisions=bails.parts_of(board, "bail_decisions", bails.DECISIONS),
        deciding=bails.Deciding(scope, snapshot),
        courts=bails.courts_table(scope), court_columns=bails.court_columns(),
    )  # fmt: skip
    return render(request, "dashboards/bail_show.html", context)


@requires(Can.VIEW_AFTERCARE)
@require_safe
def road_show(request):
    """Survivors by the half-year of their relief: what became of them, and how their scores stand."""
    if not request.user.can(Can.VIEW_DASHBOARD):
        raise PermissionDenied(str(Can.VIEW_DASHBOARD.label))
    scope = Scope(request)
    months = request.GET.get("at", "")
    found = road.RoadPage(scope, int(months) if months.isdecimal() else 12, request.GET.get("half", ""))
    context = page_of(
        scope, "road-show", road=found, chart=found.chart() if found.enough else None,
        known=len(found.chosen.known), rows=found.rows(), total=found.total(), columns=found.columns(),
        ats=[(at, speed.month_said(at)) for at in road.AT], at_said=speed.month_said(found.months),
        scores=found.scores(), agreement=found.agreement(),
    )  # fmt: skip
    return render(request, "dashboards/road_show.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def workload_show(request):
    """What each office carries today, and whom its leads could help."""
    scope = Scope(request)
    work = workload.Workload(scope)
    context = page_of(
        scope, "workload-show", work=work, offices=work.offices_table(), people=work.people_table(),
        office_columns=workload.office_columns(), person_columns=workload.person_columns(),
    )  # fmt: skip
    return render(request, "dashboards/workload_show.html", context)
