"""Frozen months: which there are, what stands on one, what a figure of it would come to today."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer, sent
from cases.models import Case
from cases.paging import page_of
from figures import actions
from figures.catalogue import FIGURES
from figures.models import MonthSheet
from figures.month_forms import MonthSignForm
from figures.months import flows
from figures.months_shown import compared, corrections_of, lines_of, may_see, said, title_of
from figures.months_verify import findings_of, known_keys, sheets


@requires(Can.VIEW_DASHBOARD)
@require_safe
def month_list(request):
    """The frozen months of the offices one sees, the latest first."""
    offices = request.user.offices_seen
    asked = request.GET.get("office", "")
    rows = MonthSheet.objects.select_related("office", "word__signed_by").order_by("-month", "office__name")
    if asked.isdecimal():
        rows = rows.filter(office=int(asked))
    context = {"page": page_of(rows, request), "offices": offices, "asked": asked}
    return render(request, "figures/month_list.html", context)


@requires(Can.VIEW_DASHBOARD, of=MonthSheet)
@require_safe
def month_detail(request, pk):
    """One sheet: every figure beside the month before, what was corrected, and whether it is whole."""
    sheet = the_sheet(pk)
    keys = known_keys()
    word = getattr(sheet, "word", None)
    context = {
        "sheet": sheet, "word": word, "called": title_of(sheet), "lines": lines_of(sheet, request.user),
        "corrections": corrections_of(sheet, request.user), "findings": list(findings_of(sheet, keys)),
        "unchecked": keys is None, "seals": {seal.what: seal for seal in sheet.seals.all()},
        "may_sign": word is None and request.user.can_on(Can.SIGN_FIGURES, sheet.office_id),
        "crumbs": crumbs(sheet),
    }  # fmt: skip
    with timezone.override(sheet.office.time_zone):
        return render(request, "figures/month_detail.html", context)


def the_sheet(pk):
    return get_object_or_404(sheets(), pk=pk)


def crumbs(sheet, *more):
    """Where a page about a sheet is."""
    way = [(_("Frozen months"), reverse("figures:month-list"))]
    way += [(title_of(sheet), sheet.get_absolute_url() if more else None), *((word, None) for word in more)]
    return way


@requires(Can.SIGN_FIGURES, of=MonthSheet)
@require_http_methods(["GET", "POST"])
def month_sign(request, pk):
    """What moved since the month before, and the word of whoever signs."""
    sheet = the_sheet(pk)
    jumped = [line for line in actions.jumps_of(sheet) if may_see(request.user, line.name)]
    context = {
        "sheet": sheet, "called": title_of(sheet), "crumbs": crumbs(sheet, _("Sign")),
        "submit": _("Sign this month"), "back": sheet.get_absolute_url(),
        "jumped": [(FIGURES[line.name].label, said(line)) for line in jumped],
        "lines": [line for line in lines_of(sheet, request.user) if line["change"]],
        "effects": [
            {"icon": "lock", "text": _("Nobody can change the sheet or your word afterwards.")},
            {"icon": "history", "text": _("What becomes known later is a correction on a later sheet.")},
        ],
    }  # fmt: skip

    def act(**answers):
        return actions.sign_month(sheet.pk, by=request.user, now=timezone.now(), **answers)

    return answer(
        request, MonthSignForm(sent(request)), act, done=lambda _word: sheet.get_absolute_url(),
        page="figures/month_sign.html", context=context,
    )  # fmt: skip


@requires(Can.VIEW_DASHBOARD, of=MonthSheet)
@require_safe
def month_compare(request, pk, name):
    """One figure of a frozen month beside what the records give today, case by case."""
    sheet = the_sheet(pk)
    if name not in flows():
        raise Http404
    if not may_see(request.user, name):
        raise PermissionDenied(str(FIGURES[name].need.label))
    cases = Case.objects.filter(office=sheet.office_id)
    figure = FIGURES[name]
    context = {
        "sheet": sheet, "figure": figure, "called": title_of(sheet), "crumbs": crumbs(sheet, figure.label),
        "lines": [line for line in lines_of(sheet, request.user) if line["name"] == name],
        "page": page_of(compared(sheet, name, cases), request), "as_of": timezone.now(),
    }  # fmt: skip
    return render(request, "figures/month_compare.html", context)
