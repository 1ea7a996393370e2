"""Hearings that came to nothing, the hearings behind each number, and one court on paper."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of
from dashboards import adjourned
from figures.adjournment_sums import days_of


@requires(Can.VIEW_DASHBOARD)
@require_safe
def adjournment_show(request):
    """How many hearings came to nothing, by court, judge, office, reason, party, and what it cost."""
    asked = adjourned.Asked(request)
    context = {
        "asked": asked, "form": asked.form, "filtered": bool(asked.query(by="")), "by": asked.by,
        "parts": adjourned.PARTS.items(), "tiles": adjourned.tiles_of(asked),
        "table": adjourned.table_of(asked), "runs": asked.sums.runs,
        "vacated": asked.sums.vacated, "as_of": asked.now,
    }  # fmt: skip
    return render(request, "dashboards/adjournment_show.html", context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def adjournment_list(request):
    """The hearings that one number of adjournments counts."""
    asked = adjourned.Asked(request)
    key, only = request.GET.get("of", ""), request.GET.get("only", "")
    label, rows = adjourned.listed(asked, asked.by, key, only)
    page = page_of(rows.select_related("proceeding", "case", "office"), request)
    days = days_of(asked.hearings, page.rows)
    context = {
        "asked": asked, "form": asked.form, "count": rows.count(), "label": label, "page": page,
        "part": adjourned.PARTS[asked.by] if key else "", "only": only, "as_of": asked.now,
        "hearings": [(row, days.get(row.pk)) for row in page],
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
