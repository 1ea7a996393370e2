from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_asked_for, case_or_404, change, inside, sent
from cases.models import Case
from cases.paging import page_of
from documents import actions, forms
from documents.inspection.kinds import CLEANED, PICTURES
from documents.models import Document, EvidenceStep
from documents.querysets import may_open
from documents.states import Scan


@requires(Can.VIEW_CASE)
@require_safe
def document_list(request):
    """The files of one case, latest first."""
    case = case_asked_for(request)
    if case is None:
        raise Http404
    page = page_of(Document.objects.filter(case=case).for_list(), request)
    context = inside(
        case, "documents", page=page, may=request.user.can_on(Can.ADD_DOCUMENT, case.office_id),
        unscanned=not settings.CLAMD,
    )  # fmt: skip
    with timezone.override(case.office.time_zone):
        return render(request, "documents/document_list.html", context)


def found(pk):
    """The document with its case; outside the need to know it does not exist."""
    rows = Document.objects.select_related("case__office", "uploaded_by", "first", "redacts")
    return get_object_or_404(rows, pk=pk)


def page_of_document(document):
    """Where the document's own page is."""
    return reverse("documents:document-detail", args=[document.pk])


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def document_detail(request, pk):
    """What is known of a file: its fingerprint, its versions and copies, who had it."""
    document = found(pk)
    with timezone.override(document.case.office.time_zone):
        return render(request, "documents/document_detail.html", told(request, document))


def told(request, document, **more):
    """What the page of a document shows."""
    person = request.user
    opens = may_open(person, document)
    fetched = opens and not document.in_quarantine
    may = person.can_on(Can.ADD_DOCUMENT, document.office_id)
    return inside(
        document.case, "documents", document=document, may=may, waits=document.scan == Scan.WAITING,
        opens=opens, fetched=fetched, unscanned=not settings.CLAMD,
        shows=fetched and document.content_type in PICTURES, shown="picture" in request.GET,
        cleans=fetched and document.content_type in CLEANED and not document.redacts_id,
        versions=Document.objects.versions_of(document), copies=Document.objects.copies_of(document),
        steps=EvidenceStep.objects.filter(document=document).select_related("recorded_by").order_by("position"),
        **more,
    )  # fmt: skip


@requires(Can.ADD_DOCUMENT, of=Case)
@require_http_methods(["GET", "POST"])
def document_add(request, pk):
    case = case_or_404(pk)
    with timezone.override(case.office.time_zone):
        form = forms.DocumentAddForm(sent(request), request.FILES if request.method == "POST" else None)
        back = reverse("documents:document-list", query={"case": case.pk})
        context = inside(case, "documents", submit=_("Keep the file"), back=back)
        page = "documents/document_add.html"
        return add_to_case(
            request, case, form, actions.add_document, page=page, context=context, done=page_of_document
        )


def send_file(request, pk, form_class, action, page):
    """The answer of a form with one file that belongs to a document."""
    document = found(pk)
    form = form_class(sent(request), request.FILES if request.method == "POST" else None)
    context = inside(
        document.case,
        "documents",
        submit=_("Keep the file"),
        document=document,
        back=page_of_document(document),
    )
    return change(request, document, form, action, page=page, context=context, done=page_of_document)


@requires(Can.ADD_DOCUMENT, of=Document)
@require_http_methods(["GET", "POST"])
def version_add(request, pk):
    return send_file(request, pk, forms.VersionAddForm, actions.add_version, "documents/version_add.html")


@requires(Can.ADD_DOCUMENT, of=Document)
@require_http_methods(["GET", "POST"])
def document_redact(request, pk):
    """Whoever may not open the original cannot have redacted it."""
    if not may_open(request.user, get_object_or_404(Document, pk=pk)):
        raise PermissionDenied(str(Can.OPEN_IDENTITY.label))
    return send_file(
        request, pk, forms.DocumentRedactForm, actions.redact_document, "documents/document_redact.html"
    )
