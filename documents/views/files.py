import re

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.states import IllegalMove
from documents import actions
from documents.models import Document
from documents.views.pages import found, told
from reference.sealed import SealBroken


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def document_download(request, pk):
    """A copy to keep, never shown inside the browser: a file from outside may carry a script."""

    def take(document):
        kept, content = actions.open_document(document.pk, by=request.user, now=timezone.now())
        return attached(StreamingHttpResponse(content), kept, ending_of(kept), kept.size)

    return handed_out(request, pk, take)


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def document_clean(request, pk):
    """A picture or PDF written anew, without what the original tells of place, time and author."""

    def take(document):
        kept, copy, ending = actions.copy_cleaned(document.pk, by=request.user, now=timezone.now())
        size = copy.seek(0, 2)
        copy.seek(0)
        return attached(FileResponse(copy), kept, f"-clean{ending}", size)

    return handed_out(request, pk, take)


@requires(Can.VIEW_CASE, of=Document)
@require_safe
def document_picture(request, pk):
    """A small picture of our own making, for the page of the document."""

    def take(document):
        copy = actions.picture_of(document.pk, by=request.user, now=timezone.now())
        return guarded(FileResponse(copy, content_type="image/png"))

    return handed_out(request, pk, take)


def handed_out(request, pk, take):
    """What `take` gives, or the page that says why nothing is given."""
    document = found(pk)
    try:
        return take(document)
    except (FileNotFoundError, SealBroken) as why:
        raise Http404(_("The file is not in its place.")) from why
    except IllegalMove as why:
        with timezone.override(document.case.office.time_zone):
            context = told(request, document, held=str(why))
            return render(request, "documents/document_detail.html", context, status=409)


def attached(response, document, ending, size):
    """A file to save: its name tells nothing, and no browser shows it as a page of ours."""
    response["Content-Disposition"] = f'attachment; filename="document-{document.pk.hex[:8]}{ending}"'
    response["Content-Type"] = "application/octet-stream"
    response["Content-Length"] = str(size)
    return guarded(response)


def guarded(response):
    """Kept nowhere, guessed at by nobody, and without rights if it is opened as a page after all."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # Packing it once more would cost time and hide the length, by which a broken download is known.
    response["Content-Encoding"] = "identity"
    return response


def ending_of(document):
    """The ending, so that the right program opens the copy; nothing else of the name."""
    name = document.ending or document.original_name[document.original_name.rfind(".") :].lower()
    return name if re.fullmatch(r"\.[a-z0-9]{1,8}", name) else ""
