from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import change, inside, sent
from cases.states import IllegalMove
from documents import actions
from documents.actions.evidence import first_broken
from documents.actions.intake import name_of
from documents.forms import EvidenceRecordForm
from documents.models import Document
from documents.views.pages import found, page_of_document, told


@requires(Can.ADD_DOCUMENT, of=Document)
@require_http_methods(["GET", "POST"])
def evidence_record(request, pk):
    """One more entry of the chain of custody."""
    document = found(pk)
    back = page_of_document(document)
    context = inside(document.case, "documents", document=document, submit=_("Add the entry"), back=back)
    with timezone.override(document.case.office.time_zone):
        return change(
            request, document, EvidenceRecordForm(sent(request)), actions.record_evidence,
            page="documents/evidence_record.html", context=context,
        )  # fmt: skip


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def evidence_sheet(request, pk):
    """The chain of custody on one sheet, to print and sign."""
    document = found(pk)
    try:
        actions.open_sheet(document.pk, by=request.user, now=timezone.now())
    except IllegalMove:
        return redirect(page_of_document(document))
    with timezone.override(document.case.office.time_zone):
        more = {"broken": first_broken(document), "printed_at": timezone.now(), "printed_by": request.user}
        context = told(request, document, **more)
        context["came_as"] = name_of(document) if context["opens"] else ""
        return render(request, "documents/evidence_sheet.html", context)
