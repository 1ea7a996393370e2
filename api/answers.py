"""Every refusal in one shape: a sentence, and sentences field by field."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cases.states import IllegalMove, Stale


def in_words(why, context):
    """The answer to whatever went wrong; None for what nobody foresaw, which is a 500."""
    if isinstance(why, IllegalMove):
        errors = {why.field: [str(why)]} if why.field else {}
        return Response({"detail": str(why), "errors": errors}, status=status.HTTP_422_UNPROCESSABLE_ENTITY)
    if isinstance(why, Stale):
        theirs = context["view"].get_serializer(why.record).data
        body = {"detail": str(why), "errors": {}, "mine": context["request"].data, "theirs": theirs}
        return Response(body, status=status.HTTP_409_CONFLICT)
    response = exception_handler(why, context)
    if response is None:
        return None
    response.data = {"detail": sentence_of(why, response), "errors": errors_of(why)}
    return response


def errors_of(why):
    """The sentences of a refusal, by field."""
    detail = getattr(why, "detail", None)
    if isinstance(detail, dict):
        return {name: one if isinstance(one, list) else [str(one)] for name, one in detail.items()}
    return {}


def sentence_of(why, response):
    """The refusal as one sentence."""
    if isinstance(why, Http404):
        return _("There is no such record.")
    if isinstance(why, PermissionDenied):
        return _("Your role does not do this.")
    detail = getattr(why, "detail", "")
    if not isinstance(detail, (dict, list)):
        return str(detail)
    first = next(iter(detail.values())) if isinstance(detail, dict) else detail
    return str(first[0] if isinstance(first, list) else first)


def not_there(request, exception):
    """An address that leads nowhere: told to programs as every other refusal, to people as a page."""
    if request.path.startswith("/api/"):
        body = {"detail": _("There is nothing at this address."), "errors": {}}
        return JsonResponse(body, status=status.HTTP_404_NOT_FOUND)
    return page_not_found(request, exception)
