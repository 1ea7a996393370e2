from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_asked_for, case_or_404, change, inside, sent
from cases.keys import keys_of
from cases.models import Case
from cases.paging import page_of
from operations import actions, forms
from operations.models import Insider, InsiderApproval, Operation
from operations.states import CareOnSite, Failure, OperationStatus, Secret
from reference.templatetags.show import quantity

TONES = {"success": "done", "partial": "soon", "failed": "danger"}
WORDS = {field.name: field.verbose_name for field in Operation._meta.fields if field.name in forms.NUMBERS}


def operation_or_404(pk):
    """The attempt with its case; outside the need to know it does not exist."""
    rows = Operation.objects.select_related("case__office", "approved_by", "safeguarded_by")
    return get_object_or_404(rows, pk=pk)


def list_of(case):
    """The address of the operations of a case."""
    return reverse("operations:operation-list", query={"case": case.pk})


def marked(operation):
    """The operation with the tone of its outcome, for tags."""
    operation.tone = TONES.get(operation.outcome, "past" if operation.status == "cancelled" else "info")
    return operation


def told(operation, keys):
    """What a line of the list says below the aim: the attempt before, and the numbers that matter."""
    before = keys.get(operation.follows_id)
    words = [_("after %(key)s") % {"key": before}] if before else []
    for number, sentence in (
        (operation.relieved, _("relieved: %(number)s")),
        (operation.people, _("found: %(number)s")),
        (operation.arrested, _("arrested: %(number)s")),
    ):
        words += [sentence % {"number": quantity(number)}] if number else []
    return words


@requires(Can.VIEW_OPERATION)
@require_safe
def operation_list(request):
    """Attempts of one case with what stands around them, or of all cases this person may know of."""
    case = case_asked_for(request)
    form = forms.OperationFilterForm(request.GET)
    rows = Operation.objects.matching(case=case, **form.criteria()).for_list()
    page = page_of(rows, request)
    earlier = Operation.objects.filter(pk__in={row.follows_id for row in page if row.follows_id})
    keys = dict(earlier.values_list("pk", "key"))
    for operation in page:
        marked(operation).words = told(operation, keys)
    context = inside(case, "operations") if case else {}
    context |= {"page": page, "form": form, "filtered": any(form.criteria().values())}
    if case:
        context |= around(case, request.user)
    return render(request, "operations/operation_list.html", context)


def around(case, person):
    """Places, head-counts, investigations and lookouts of a case."""
    names = dict(keys_of(case, person))
    lookouts = list(case.lookouts.select_related("to_office").order_by("-on", "pk"))
    for lookout in lookouts:
        lookout.about_words = ", ".join(str(names.get(key, key)) for key in lookout.about)
    return {
        "may": person.can(Can.WRITE_OPERATION),
        "venues": case.venues.order_by("key"),
        "headcounts": case.headcounts.select_related("operation").order_by("key"),
        "investigations": case.investigations.order_by("key"),
        "lookouts": lookouts,
    }


@requires(Can.VIEW_OPERATION, of=Operation)
@require_safe
def operation_detail(request, pk):
    operation = marked(operation_or_404(pk))
    context = inside(operation.case, "operations", operation=operation, back=list_of(operation.case))
    if operation.closed:
        context |= circle_of(operation, request.user)
        context["mark"] = actions.open_operation(
            operation.pk, by=request.user, now=timezone.now(), what="page"
        )
    context |= {
        "may": request.user.can(Can.WRITE_OPERATION),
        "may_approve": left_to_approve(operation) and request.user.can(Can.APPROVE_OPERATION),
        "approvals": approvals_of(operation),
        "numbers": counts_of(operation),
        "sites": [
            (site, counts_of(site)) for site in operation.sites.select_related("venue").order_by("position")
        ],
        "assets": operation.assets.order_by("created_at", "pk"),
        "tallies": operation.tallies.order_by("position"),
        "earlier": Operation.objects.filter(pk=operation.follows_id).first(),
        "may_ask_who_knew": request.user.can(Can.APPROVE_OPERATION),
        "given_away": operation.failure == Failure.TIP_OFF,
        "later": operation.followed_by.order_by("on", "key"),
        "care": CareOnSite.choices,
        "planned": operation.status == OperationStatus.PLANNED,
        "yes_no": ",".join((_("yes"), _("no"), "–")),
    }
    return render(request, "operations/operation_detail.html", context)


def circle_of(operation, person):
    """Who may know of a plan, who waits for a second person, and what this one may do about it."""
    rows = Insider.objects.filter(operation=operation)
    agreed = InsiderApproval.objects.filter(operation=operation, by=person)
    return {
        "circle": rows.in_force().for_list(),
        "waiting": rows.waiting().for_list(),
        "agreed": set(agreed.values_list("insider_id", flat=True)),
    }


def left_to_approve(operation):
    """The plan or the safeguarding check, unless nothing comes of the operation any more."""
    ready = operation.plan_approved and operation.safeguarding_checked
    return not ready and operation.status != OperationStatus.CANCELLED


def approvals_of(operation):
    """(words, who, when) of the plan and of the safeguarding check."""
    return [
        (_("Plan"), operation.approved_by, operation.approved_at),
        (_("Safeguarding check"), operation.safeguarded_by, operation.safeguarded_at),
    ]


def counts_of(row):
    """(words, quantity) of the numbers that are known."""
    return [(words, getattr(row, name)) for name, words in WORDS.items() if getattr(row, name, "")]


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def operation_plan(request, pk):
    case = case_or_404(pk)
    form = forms.OperationPlanForm(sent(request), case=case)
    context = inside(case, "operations", submit=_("Save the plan"), back=list_of(case))
    page = "operations/operation_plan.html"
    done = Operation.get_absolute_url
    return add_to_case(request, case, form, actions.plan_operation, page=page, context=context, done=done)


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def operation_add(request, pk):
    case = case_or_404(pk)
    form = forms.OperationAddForm(sent(request), case=case)
    context = inside(case, "operations", submit=_("Save the operation"), back=list_of(case))
    page = "operations/operation_add.html"
    return add_to_case(
        request,
        case,
        form,
        actions.add_operation,
        page=page,
        context=context,
        done=Operation.get_absolute_url,
    )


def of_operation(operation, submit):
    """What every form about one operation is given."""
    back = operation.get_absolute_url()
    return inside(operation.case, "operations", operation=operation, submit=submit, back=back)


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def operation_record(request, pk):
    operation = operation_or_404(pk)
    form = forms.OperationRecordForm(sent(request), instance=operation)
    page, context = "operations/operation_record.html", of_operation(operation, _("Save the outcome"))

    def act(operation_id, *, day, clock, **facts):
        facts |= {"local_time": clock} if clock else {}
        facts["note"] = "\n".join(text for text in (operation.note, facts["note"]) if text)
        return actions.record_operation(operation_id, on=day, **facts)

    return change(request, operation, form, act, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def operation_edit(request, pk):
    operation = operation_or_404(pk)
    form = forms.OperationEditForm(sent(request), instance=operation)
    page, context = "operations/operation_edit.html", of_operation(operation, _("Save the operation"))
    if operation.closed:
        # The form holds the plan and the notes, so to open it is to have read them.
        context["mark"] = actions.open_operation(
            operation.pk, by=request.user, now=timezone.now(), what=Secret.PLAN
        )
    return change(request, operation, form, actions.edit_operation, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def operation_schedule(request, pk):
    operation = operation_or_404(pk)
    form = forms.OperationScheduleForm(sent(request), initial={"version": operation.version})
    page, context = "operations/operation_schedule.html", of_operation(operation, _("Set date and time"))
    return change(request, operation, form, actions.schedule_operation, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def operation_cancel(request, pk):
    operation = operation_or_404(pk)
    form = forms.OperationCancelForm(sent(request), initial={"version": operation.version})
    page, context = "operations/operation_cancel.html", of_operation(operation, _("Cancel the operation"))
    return change(request, operation, form, actions.cancel_operation, page=page, context=context)


@requires(Can.APPROVE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def operation_approve(request, pk):
    operation = operation_or_404(pk)
    form = forms.OperationApproveForm(sent(request), operation=operation)
    page, context = "operations/operation_approve.html", of_operation(operation, _("Approve"))
    context["approvals"] = approvals_of(operation)
    return change(request, operation, form, actions.approve_operation, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Operation)
@require_http_methods(["GET", "POST"])
def site_add(request, pk):
    operation = operation_or_404(pk)
    form = forms.SiteAddForm(sent(request), case=operation.case)
    page, context = "operations/site_add.html", of_operation(operation, _("Add the site"))
    return change(request, operation, form, actions.add_site, page=page, context=context)
