"""The circle of an operation: who may know, the details shown one by one, and who knew what when."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import change, inside, sent
from cases.forms import ConfirmForm
from operations import actions, forms
from operations.knowing import circle_told, told
from operations.models import Insider, Operation
from operations.states import Secret
from operations.views.attempts import of_operation, operation_or_404
from reference.templatetags.show import clock, edtf


def insider_or_404(pk):
    """A place in the circle; 404 for whoever may not know of the operation."""
    rows = Insider.objects.select_related("user", "named_by", "operation__case__office")
    return get_object_or_404(rows, pk=pk)


def page_of_operation(insider):
    """Back to the operation; to its case for whoever has just left the circle."""
    known = Operation.objects.filter(pk=insider.operation_id).first()
    return (known or insider.case).get_absolute_url()


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def insider_add(request, pk):
    operation = operation_or_404(pk)
    form = forms.InsiderAddForm(sent(request), people=actions.candidates_of(operation))
    context = of_operation(operation, _("Name this person"))
    context["effects"] = effects_of_naming(operation)
    page = "operations/insider_add.html"
    return change(
        request, operation, form, actions.name_insider, page=page, context=context, done=page_of_operation
    )


def effects_of_naming(operation):
    """What follows, before anybody decides."""
    near = actions.is_near(operation, timezone.now())
    second = _("The operation is near: a second person who approves operations has to agree first.")
    return [
        {"icon": "eye", "text": _("This person sees that the operation exists and can look at its details.")},
        {"icon": "history", "text": _("Who was named, by whom and when stands in the record for good.")},
        *([{"icon": "user-check", "text": second}] if near else []),
    ]


@requires(Can.APPROVE_OPERATION, of=Insider)
@require_http_methods(["GET", "POST"])
def insider_approve(request, pk):
    insider = insider_or_404(pk)
    context = of_operation(insider.operation, _("I agree")) | {"insider": insider}
    page = "operations/insider_approve.html"
    return change(
        request, insider, ConfirmForm(sent(request)), actions.approve_insider, page=page, context=context,
        done=page_of_operation,
    )  # fmt: skip


@requires(Can.WRITE_OPERATION, of=Insider)
@require_http_methods(["GET", "POST"])
def insider_end(request, pk):
    insider = insider_or_404(pk)
    context = of_operation(insider.operation, _("Take out of the circle")) | {"insider": insider}
    page = "operations/insider_end.html"
    return change(
        request, insider, ConfirmForm(sent(request)), actions.end_insider, page=page, context=context,
        done=page_of_operation,
    )  # fmt: skip


@requires(Can.VIEW_OPERATION, of=Operation)
@fresh
@require_http_methods(["GET", "POST"])
def operation_open(request, pk):
    """Date, time, place and plan: each stays covered until somebody asks for it, which is written down."""
    operation = operation_or_404(pk)
    if not operation.closed:
        return redirect(operation.get_absolute_url())
    form = forms.OperationOpenForm(sent(request))
    what = form.cleaned_data["what"] if form.is_bound and form.is_valid() else ""
    mark = actions.open_operation(operation.pk, by=request.user, now=timezone.now(), what=what or "page")
    rows = [{"what": secret.value, "label": secret.label, "shown": secret == what} for secret in Secret]
    context = of_operation(operation, _("Show")) | {"rows": rows, "mark": mark}
    context |= {"what": what, **(value_of(operation, what) if what else {})}
    return render(request, "operations/operation_open.html", context)


def value_of(operation, what):
    """The one detail that was asked for: a line of text, or the places."""
    if what == Secret.PLACE:
        sites = operation.sites.select_related("venue").order_by("position")
        return {"places": [site.venue for site in sites]}
    if what == Secret.PLAN:
        return {"texts": [text for text in (operation.planning, operation.note) if text]}
    return {"line": edtf(operation.on) if what == Secret.DATE else clock(operation.local_time)}


@requires(Can.APPROVE_OPERATION, of=Operation)
@require_safe
def operation_knew(request, pk):
    """Who was named when and by whom, and who looked at which detail when: to trace a leak."""
    operation = operation_or_404(pk)
    with timezone.override(operation.case.office.time_zone):
        entries = told(operation)
        mark = actions.open_operation(operation.pk, by=request.user, now=timezone.now(), what="list")
        context = inside(operation.case, "operations", operation=operation, mark=mark, entries=entries)
        context |= {"circle": circle_told(operation), "back": operation.get_absolute_url()}
        return render(request, "operations/operation_knew.html", context)
