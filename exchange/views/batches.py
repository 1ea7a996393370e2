from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from cases.paging import page_of
from cases.states import IllegalMove
from exchange import actions
from exchange import forms_batches as forms
from exchange.batch_states import AT_WORK, BEFORE, BatchState
from exchange.forms import ConfirmForm
from exchange.incoming.holding import inside
from exchange.incoming.registry import KINDS, kind_of
from exchange.incoming.shown import (
    alike_shown,
    faults_shown,
    makes_shown,
    stayed_shown,
    summary_of,
    without_place_shown,
)
from exchange.incoming.templates import template_of
from exchange.keeping import Lost
from exchange.models import Batch, BatchFault, Likeness
from exchange.views.exports import attachment
from reference.sealed import SealBroken


def the_batch(pk):
    """The batch with the people around it; 404 for everybody who has no part in it."""
    return get_object_or_404(
        Batch.objects.select_related("made_by", "loaded_by", "undone_by", "office"), pk=pk
    )


def mine(request, pk):
    """The batch, for whoever sent its file: nobody else sees into it."""
    batch = the_batch(pk)
    if batch.made_by_id != request.user.pk:
        raise PermissionDenied(_("Only whoever sent the file can do this: the others do not see into it."))
    return batch


@requires(Can.IMPORT_DATA)
@require_safe
def batch_list(request):
    """Every file that was sent to the offices into which I may bring records."""
    context = {"page": page_of(Batch.objects.for_list(), request), "kinds": kinds_to_fill()}
    return render(request, "exchange/batch_list.html", context)


def kinds_to_fill():
    """Kinds with a template of ours to fill in."""
    return [kind for kind in KINDS.values() if kind.columns and kind.columns[0].example]


@requires(Can.IMPORT_DATA)
@require_safe
def batch_template(request, kind):
    """An empty spreadsheet with the right columns."""
    if kind not in {str(one.code) for one in kinds_to_fill()}:
        raise Http404
    return attachment(template_of(kind_of(kind)), f"{kind}.xlsx")


@requires(Can.IMPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def batch_add(request):
    form = forms.BatchAddForm(sent(request), request.FILES or None, person=request.user)

    def act(kind, office, file):
        return actions.add_batch(
            office.pk, by=request.user, now=timezone.now(), kind=kind, plain=file.read(), name=file.name
        )

    context = {"submit": _("Send it"), "back": reverse("exchange:batch-list"), "effects": effects()}
    return answer(request, form, act, done=columns_of, page="exchange/batch_add.html", context=context)


def columns_of(batch):
    return reverse("exchange:batch-columns", args=[batch.pk])


def effects():
    """What follows, before anybody presses the button."""
    return [
        {"icon": "lock", "text": _("The file is sealed at once; only you see what stands in it.")},
        {
            "icon": "list-checks",
            "text": _("Every cell is checked; nothing is brought in until you say so."),
        },
        {
            "icon": "archive",
            "text": _("What it brings in is history: nobody is alerted. Hearings ahead are reminded of."),
        },
        {"icon": "history", "text": _("All of it can be taken back, as long as nobody has built on it.")},
        {"icon": "clock", "text": _("The file is destroyed after seven days.")},
    ]


@requires(Can.IMPORT_DATA, of=Batch)
@require_safe
@vary_on_headers("HX-Request")
def batch_detail(request, pk):
    batch = the_batch(pk)
    sender = batch.made_by_id == request.user.pk
    work_waits = batch.status in AT_WORK
    if request.htmx and request.htmx.target == "status":
        response = render(
            request, "exchange/batch_detail.html#status", {"batch": batch, "at_work": work_waits}
        )
        if not work_waits:
            response["HX-Refresh"] = "true"  # all the rest of the page changes with it
        return response
    context = {"batch": batch, "at_work": work_waits, "mine": sender, **found_in(request, batch, sender)}
    return render(request, "exchange/batch_detail.html", context)


def found_in(request, batch, sender):
    """What the check found, for the page."""
    if batch.status in AT_WORK:
        return {}
    rows = BatchFault.objects.filter(batch=batch)
    page = page_of(rows.filter(row__gt=0).order_by("row", "column", "pk"), request)
    page.rows = faults_shown(batch, page.rows, values=sender and bool(batch.file))
    alike = Likeness.objects.filter(batch=batch)
    form = codes_form(request, batch) if sender and batch.status == BatchState.CHECKED else None
    return {
        "page": page,
        "summary": summary_of(batch, rows.filter(row__gt=0)),
        "broke": rows.filter(code="broke").exists(),
        "stayed": stayed_shown(rows.filter(code="built_on")),
        "alike": alike.values("row").distinct().count(),
        "alike_open": alike.filter(answer="").values("row").distinct().count(),
        "makes": makes_shown(batch.made if batch.loaded_at else batch.makes),
        "without_place": without_place_shown(batch),
        "good": batch.rows - batch.faults,
        "codes_form": form if form and form.asked else None,
        "may_cancel": batch.status in BEFORE,
        "may_undo": batch.status in (BatchState.LOADED, BatchState.STOPPED),
    }


def codes_form(request, batch):
    columns = kind_of(batch.kind).columns_for(request.user)
    return forms.CodesForm(
        sent(request), unknown=inside(batch).get("unknown", {}), columns=columns,
        initial={"version": batch.version},
    )  # fmt: skip


@requires(Can.IMPORT_DATA, of=Batch)
@require_http_methods(["GET", "POST"])
def batch_columns(request, pk):
    """Which column is which."""
    batch = mine(request, pk)
    seen = inside(batch)
    if not seen:
        return redirect(batch)
    known = kind_of(batch.kind).columns_for(request.user)
    form = forms.ColumnsForm(
        sent(request), header=seen["header"], known=known, told=batch.mapping.get("columns", {}),
        initial={"version": batch.version, "dates": batch.dates or "dmy"},
    )  # fmt: skip

    def act(dates, version, **_columns):
        return actions.map_columns(
            pk, by=request.user, now=timezone.now(), named=form.named, dates=dates, version=version
        )

    first = {"sheet": batch.sheet, "header_at": batch.header_at, "header_rows": batch.header_rows}
    context = {
        "batch": batch, "seen": seen, "required": [one.label for one in known if one.required],
        "lines": list(form.lines(seen["samples"])), "back": batch.get_absolute_url(),
        "sheet_form": forms.SheetForm(sheets=seen["sheets"], initial=first | {"version": batch.version}),
    }  # fmt: skip
    page = "exchange/batch_columns.html"
    return answer(request, form, act, done=Batch.get_absolute_url, page=page, context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_POST
def batch_sheet(request, pk):
    """Another sheet or header; then the columns again."""
    batch = mine(request, pk)
    seen = inside(batch)
    form = forms.SheetForm(request.POST, sheets=seen.get("sheets", []))

    def act(**told):
        return actions.look_again(pk, by=request.user, now=timezone.now(), **told)

    context = {"batch": batch, "back": columns_of(batch), "submit": _("Look there")}
    page = "exchange/batch_sheet.html"
    return answer(request, form, act, done=columns_of, page=page, context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_POST
def batch_codes(request, pk):
    """What words mean; the file is checked again."""
    batch = mine(request, pk)
    form = codes_form(request, batch)

    def act(version, **_words):
        return actions.name_codes(pk, by=request.user, now=timezone.now(), codes=form.told, version=version)

    context = {"batch": batch, "back": batch.get_absolute_url(), "submit": _("Check again")}
    page = "exchange/batch_codes.html"
    return answer(request, form, act, done=Batch.get_absolute_url, page=page, context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_http_methods(["GET", "POST"])
def batch_alike(request, pk):
    """Rows that may tell of somebody who is here: the same, or somebody else?"""
    batch = mine(request, pk)
    page = page_of(Likeness.objects.filter(batch=batch).order_by("row", "-score", "pk"), request, per_page=25)
    form = forms.AlikeForm(sent(request), rows=page.rows)

    def act(rest, **_answers):
        return actions.answer_alike(pk, by=request.user, now=timezone.now(), answers=form.answers, rest=rest)

    context = {
        "batch": batch, "page": page, "pairs": alike_shown(batch, page.rows, form),
        "submit": _("Keep these answers"), "back": batch.get_absolute_url(),
    }  # fmt: skip
    done = Batch.get_absolute_url
    return answer(request, form, act, done=done, page="exchange/batch_alike.html", context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_POST
@fresh
def batch_faults(request, pk):
    """The rows with faults as a file to mend and send again."""
    batch = mine(request, pk)
    try:
        plain = actions.download_faults(pk, by=request.user, now=timezone.now())
    except (IllegalMove, Lost, SealBroken):
        return redirect(batch)
    return attachment(plain, "rows-to-mend.csv")


@requires(Can.IMPORT_DATA, of=Batch)
@require_http_methods(["GET", "POST"])
@fresh
def batch_load(request, pk):
    """The last question before records are made."""
    batch = mine(request, pk)
    open_alike = Likeness.objects.filter(batch=batch, answer="").exists()
    form = forms.BatchLoadForm(sent(request), open_alike=open_alike, initial={"version": batch.version})

    def act(version, leave_alike=True):
        return actions.load_batch(
            pk, by=request.user, now=timezone.now(), leave_alike=leave_alike, version=version
        )

    context = {
        "batch": batch, "makes": makes_shown(batch.makes), "good": batch.rows - batch.faults,
        "without_place": without_place_shown(batch),
        "submit": _("Bring them in"), "back": batch.get_absolute_url(),
    }  # fmt: skip
    page = "exchange/batch_load.html"
    return answer(request, form, act, done=Batch.get_absolute_url, page=page, context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_http_methods(["GET", "POST"])
@fresh
def batch_undo(request, pk):
    """The last question before what it made is deleted."""
    batch = the_batch(pk)
    form = forms.BatchUndoForm(sent(request), initial={"version": batch.version})

    def act(version, sure, keep_touched):
        return actions.undo_batch(
            pk, by=request.user, now=timezone.now(), keep_touched=keep_touched, version=version
        )

    context = {
        "batch": batch, "makes": makes_shown(batch.made), "submit": _("Take it all back"),
        "back": batch.get_absolute_url(),
    }  # fmt: skip
    page = "exchange/batch_undo.html"
    return answer(request, form, act, done=Batch.get_absolute_url, page=page, context=context)


@requires(Can.IMPORT_DATA, of=Batch)
@require_http_methods(["GET", "POST"])
def batch_cancel(request, pk):
    batch = the_batch(pk)
    form = ConfirmForm(sent(request))

    def act():
        return actions.cancel_batch(pk, by=request.user, now=timezone.now())

    context = {"batch": batch, "submit": _("Cancel and destroy it"), "back": batch.get_absolute_url()}
    page = "exchange/batch_cancel.html"
    return answer(request, form, act, done=Batch.get_absolute_url, page=page, context=context)
