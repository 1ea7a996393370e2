"""The memo against bail: on the screen at once, kept when it is composed, and taken as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from prosecutions import actions
from prosecutions.forms.bail_watch import MemoComposeForm
from prosecutions.memo import compose, readable
from prosecutions.memo.present import rules_of
from prosecutions.models import Accused, BailOrder, Memo
from prosecutions.states import Bail
from prosecutions.views.writing import of_row, page_of_accused, the_row, write

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def bail_at_issue(accused):
    """The application that is pending, else the bail that runs, else none."""
    rows = BailOrder.objects.filter(accused=accused).watched().select_related("case", "proceeding")
    found = sorted(rows, key=lambda bail: (bail.status != Bail.SOUGHT, -bail.position))
    return found[0] if found else None


@requires(Can.WRITE_BAIL, of=Accused)
@require_http_methods(["GET", "POST"])
def memo_compose(request, pk):
    """The memo as it would be now; keeping it makes the files."""
    accused = the_row(Accused, pk, "network")
    bail = bail_at_issue(accused)
    earlier = list(Memo.objects.filter(accused=accused).order_by("-composed_at", "pk")[:10])
    initial = {"grounds": earlier[0].grounds if earlier else ""}
    form = of_row(request, MemoComposeForm, initial, rules=rules_of(accused)[1])

    def act(by, now, **facts):
        return actions.compose_memo(accused.pk, by=by, now=now, bail=bail, **facts)

    shown = {}
    if request.method != "POST":
        shown = {"memo": compose(accused, bail=bail, reader=request.user, now=timezone.now())}
    return write(request, form, act, page="memo_compose", case=accused.case, tab="accused", accused=accused,
                 bail=bail, earlier=earlier, cancel=page_of_accused(accused.pk), done=page_of_memo,
                 **shown)  # fmt: skip


def page_of_memo(memo):
    return reverse("prosecutions:memo-detail", args=[memo.pk])


@requires(Can.WRITE_BAIL, of=Memo)
@require_safe
def memo_detail(request, pk):
    """A memo as it was composed, less what its author may no longer see."""
    rows = Memo.objects.select_related("case__office", "accused", "bail")
    kept = get_object_or_404(rows, pk=pk)
    content, left_out = readable(kept.content)
    context = {"kept": kept, "memo": content, "left_out": left_out, "case": kept.case,
               "accused": kept.accused}  # fmt: skip
    return render(request, "prosecutions/memo_detail.html", context)


def taken(request, pk, form):
    """The file under a name that says nothing of anybody."""
    memo, made = actions.take_memo(
        get_object_or_404(Memo, pk=pk).pk, by=request.user, now=timezone.now(), form=form
    )
    response = HttpResponse(made, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="memo-{memo.pk.hex[:8]}.{form}"'
    return response


@requires(Can.WRITE_BAIL, of=Memo)
@fresh
@require_safe
def memo_pdf(request, pk):
    return taken(request, pk, "pdf")


@requires(Can.WRITE_BAIL, of=Memo)
@fresh
@require_safe
def memo_docx(request, pk):
    return taken(request, pk, "docx")
