import re
from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_asked_for, case_or_404, inside, sent
from cases.models import Case
from cases.paging import page_of
from documents import actions, forms
from documents.models import Document


@requires(Can.VIEW_CASE)
@require_safe
def document_list(request):
    """The files of one case, latest first."""
    case = case_asked_for(request)
    if case is None:
        raise Http404
    rows = Document.objects.filter(case=case).select_related("uploaded_by").order_by("-created_at", "pk")
    context = inside(case, "documents", page=page_of(rows, request), may=request.user.can(Can.ADD_DOCUMENT))
    with timezone.override(case.office.time_zone):
        return render(request, "documents/document_list.html", context)


@requires(Can.ADD_DOCUMENT, of=Case)
@require_http_methods(["GET", "POST"])
def document_add(request, pk):
    case = case_or_404(pk)
    form = forms.DocumentAddForm(sent(request), request.FILES if request.method == "POST" else None)
    back = reverse("documents:document-list", query={"case": case.pk})
    context = inside(case, "documents", submit=_("Keep the file"), back=back)
    page = "documents/document_add.html"
    return add_to_case(request, case, form, actions.add_document, page=page, context=context)


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def document_download(request, pk):
    """A copy to keep, never shown inside the browser: a file from outside may carry a script."""
    document = get_object_or_404(Document, pk=pk)
    actions.open_document(document.pk, by=request.user, now=timezone.now())
    try:
        file = document.file.open("rb")
    except FileNotFoundError as why:
        raise Http404(_("The file is not in its place.")) from why
    response = FileResponse(
        file, as_attachment=True, filename=neutral_name(document), content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def neutral_name(document):
    """A name that tells nothing: a random code and the ending, so that the right program opens it."""
    ending = PurePath(document.original_name).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
    return f"document-{document.pk.hex[:8]}{ending}"
