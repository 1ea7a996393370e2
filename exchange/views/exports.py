from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, case_or_404, inside, sent
from cases.models import Case
from cases.paging import page_of
from cases.states import IllegalMove
from exchange import actions, forms
from exchange.foreseeing import foreseen
from exchange.keeping import Lost
from exchange.kinds import LISTINGS
from exchange.limits import left_today
from exchange.models import Export, Handover
from exchange.notes import filters_told, left_out_told
from exchange.states import UNFINISHED, ExportFormat, ExportKind, ExportState, LeftOut
from reference.sealed import SealBroken
from survivors.models import Survivor


@requires(Can.EXPORT_DATA)
@require_safe
def export_list(request):
    """What I asked for, and what waits for a second person where I may be that."""
    waiting = Export.objects.filter(status=ExportState.WAITING, expires_at__gt=timezone.now())
    waiting = waiting.exclude(requested_by=request.user).for_list()
    mine = Export.objects.filter(requested_by=request.user).for_list()
    left_rows, left_files = left_today(request.user, timezone.now())
    context = {
        "waiting": waiting[:50],
        "page": page_of(mine, request),
        "rows": left_rows,
        "files": left_files,
    }
    return render(request, "exchange/export_list.html", context)


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def export_add(request):
    def act(**_answers):
        facts = form.facts()
        rows = LISTINGS[facts["kind"]].pick(facts["filters"]).count()
        return actions.request_export(by=request.user, now=timezone.now(), rows=rows, **facts)

    form = forms.ExportAddForm(sent(request), person=request.user)
    context = {"submit": _("Ask for the file"), "back": reverse("exchange:export-list"), "effects": effects()}
    page = "exchange/export_add.html"
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


@requires(Can.EXPORT_DATA, of=Case)
@require_http_methods(["GET", "POST"])
@fresh
def summary_add(request, pk):
    case = case_or_404(pk)

    def act(**answers):
        return actions.request_export(
            by=request.user, now=timezone.now(), kind=ExportKind.SUMMARY, form=ExportFormat.PDF, rows=1,
            case_id=case.pk, **answers,
        )  # fmt: skip

    form = forms.SummaryAddForm(sent(request))
    context = inside(case, "team", submit=_("Ask for the summary"), effects=effects())
    page = "exchange/summary_add.html"
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


def effects():
    """What follows, before anybody presses the button."""
    return [
        {"icon": "eye", "text": _("The file holds only what you yourself may see.")},
        {
            "icon": "history",
            "text": _("Who asked, what for and for whom stands in the trail, with each download."),
        },
        {
            "icon": "users",
            "text": _("Above %(people)s rows a second person must say yes first.")
            % {"people": settings.EXPORT_APPROVAL_ABOVE},
        },
        {
            "icon": "clock",
            "text": _("It is destroyed after %(hours)s hours.") % {"hours": settings.EXPORT_LIVES_HOURS},
        },
    ]


@requires(Can.EXPORT_DATA, of=Export)
@require_safe
@vary_on_headers("HX-Request")
def export_detail(request, pk):
    export = the_export(pk)
    mine = export.requested_by_id == request.user.pk
    over = export.expires_at <= timezone.now()
    context = {
        "export": export,
        "mine": mine,
        "unfinished": export.status in UNFINISHED[1:] and not over,
        "may_take": mine and export.status == ExportState.READY and not over,
        "may_decide": not mine and export.status == ExportState.WAITING and not over
        and request.user.can_in(export.office_id, Can.EXPORT_DATA),
        "may_cancel": export.status in (*UNFINISHED, ExportState.READY),
        "filters": filters_told(export.filters),
        "foreseen": foreseen(export),
        "left_out": left_out_told(export.left_out),
        "people": people_left_out(export) if mine else [],
        "handovers": Handover.objects.filter(export_id=export.pk).for_list(),
        "back": reverse("exchange:export-list"),
    }  # fmt: skip
    partial = "#status" if request.htmx and request.htmx.target == "status" else ""
    response = render(request, "exchange/export_detail.html" + partial, context)
    if partial and not context["unfinished"]:
        response["HX-Refresh"] = "true"  # all the rest of the page changes with it
    return response


def the_export(pk):
    """The export with the people around it; 404 for everybody who has no part in it."""
    return get_object_or_404(Export.objects.select_related("requested_by", "approved_by", "office"), pk=pk)


def people_left_out(export):
    """(survivor, why) of those whom the reader may still see: by code, never by name."""
    reasons = {line["survivor"]: line["reason"] for line in export.left_out}
    known = Survivor.objects.filter(pk__in=reasons).for_list()[:200]
    words = dict(LeftOut.choices)
    return [(one, words.get(reasons[str(one.pk)], "")) for one in known]


@requires(Can.EXPORT_DATA, of=Export)
@require_POST
@fresh
def export_download(request, pk):
    """The file itself, as an attachment: it is taken once per press, and each press is written down."""
    export = the_export(pk)
    if export.requested_by_id != request.user.pk:
        raise PermissionDenied(_("Only whoever asked for a file can take it."))
    try:
        export, plain = actions.download_export(pk, by=request.user, now=timezone.now())
    except (IllegalMove, Lost, SealBroken):
        return redirect(export)
    return attachment(plain, export.file_name)


def attachment(plain, name):
    """Bytes to keep, never shown inside the browser from our origin."""
    response = HttpResponse(plain, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Can.EXPORT_DATA, of=Export)
@require_http_methods(["GET", "POST"])
@fresh
def export_approve(request, pk):
    return decide(
        request, pk, actions.approve_export, _("Yes, make the file"), "exchange/export_approve.html"
    )


@requires(Can.EXPORT_DATA, of=Export)
@require_http_methods(["GET", "POST"])
def export_refuse(request, pk):
    return decide(request, pk, actions.refuse_export, _("No, refuse it"), "exchange/export_refuse.html")


@requires(Can.EXPORT_DATA, of=Export)
@require_http_methods(["GET", "POST"])
def export_cancel(request, pk):
    return decide(
        request, pk, actions.cancel_export, _("Cancel and destroy it"), "exchange/export_cancel.html"
    )


def decide(request, pk, action, submit, page):
    """A page that asks once more before something happens to an export."""
    export = the_export(pk)
    form = forms.ConfirmForm(sent(request))
    context = {
        "export": export, "submit": submit, "back": export.get_absolute_url(),
        "filters": filters_told(export.filters), "foreseen": foreseen(export),
    }  # fmt: skip

    def act():
        return action(pk, by=request.user, now=timezone.now())

    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)
