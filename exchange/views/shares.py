from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.actions import sharing
from cases.answering import add_to_case, case_asked_for, case_or_404, change, inside, sent
from cases.models import Case, Share
from cases.states import SharePart
from exchange import forms
from exchange.shared import facts_of, parts_of


@requires(Can.SHARE_CASE)
@require_safe
def share_list(request):
    """What of one case is shared with whom, and what was before."""
    case = case_asked_for(request)
    if case is None:
        raise Http404
    now = timezone.now()
    rows = list(
        Share.objects.filter(case=case).select_related("user", "by").order_by("-started_at", "pk")[:200]
    )
    live = [row for row in rows if row.ended_at is None and row.until > now]
    over = [row for row in rows if row not in live]
    context = inside(case, "team", live=live, over=over, part_words=SharePart.choices)
    with timezone.override(case.office.time_zone):
        return render(request, "exchange/share_list.html", context)


def shares_of(case):
    return reverse("exchange:share-list", query={"case": case.pk})


@requires(Can.SHARE_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def share_add(request, pk):
    case = case_or_404(pk)
    form = forms.ShareAddForm(sent(request), people=sharing.partners_for(case), office=case.office)
    context = inside(case, "team", submit=_("Share it"), back=shares_of(case), effects=effects())
    page = "exchange/share_add.html"
    return add_to_case(request, case, form, sharing.share_case, page=page, context=context)


def effects():
    """What follows, before anybody presses the button."""
    return [
        {
            "icon": "eye",
            "text": _("The partner sees these parts of this one case, and nothing else anywhere."),
        },
        {"icon": "users", "text": _("No names: survivors do not appear, accused people appear as numbers.")},
        {"icon": "history", "text": _("Each look of the partner stands in the trail of the case.")},
        {"icon": "clock", "text": _("It ends by itself on the last day, or when the case is sealed.")},
    ]


@requires(Can.SHARE_CASE, of=Share)
@require_http_methods(["GET", "POST"])
def share_end(request, pk):
    share = get_object_or_404(Share.objects.select_related("user", "case__office"), pk=pk)
    form = forms.ConfirmForm(sent(request))
    context = inside(share.case, "team", submit=_("End it now"), back=shares_of(share.case), share=share)
    page = "exchange/share_end.html"
    return change(request, share, form, sharing.end_share, page=page, context=context)


@requires(Can.VIEW_SHARE)
@require_safe
def shared_list(request):
    """A partner's own page: what is shared with her now."""
    now = timezone.now()
    rows = Share.objects.filter(user=request.user, ended_at=None, until__gt=now)
    rows = rows.select_related("case", "office").order_by("until", "pk")
    return render(request, "exchange/shared_list.html", {"shares": rows})


@requires(Can.VIEW_SHARE, of=Share)
@require_safe
def shared_detail(request, pk):
    """One case as far as it is shared; the look is written down before anything is read."""
    share = get_object_or_404(
        Share.objects.filter(user=request.user, ended_at=None, until__gt=timezone.now()), pk=pk
    )
    share = sharing.open_share(share.pk, by=request.user, now=timezone.now())
    case = case_or_404(share.case_id)
    with timezone.override(case.office.time_zone):
        context = {
            "share": share,
            "case_number": case.number,
            "case_facts": facts_of(case),
            "parts": parts_of(share),
        }
        return render(request, "exchange/shared_detail.html", context)
