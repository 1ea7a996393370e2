"""The refusals of the API, for its description."""

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class Refusal(serializers.Serializer):
    """Why nothing was done: one sentence, and sentences by field."""

    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )


class Conflict(Refusal):
    """Somebody else was faster: what you sent, and the record as it is now."""

    mine = serializers.DictField(required=False)
    theirs = serializers.DictField(required=False)


def refusals(*codes):
    """The refusals an act may answer with."""
    words = {
        400: "What was sent cannot be read.",
        401: "No token, or one that is not valid.",
        403: "The role does not do this.",
        404: "There is no such record for you.",
        409: "Somebody else was faster.",
        422: "The record does not allow it now.",
        429: "Too many requests in a minute.",
    }
    return {code: OpenApiResponse(Conflict if code == 409 else Refusal, words[code]) for code in codes}


def added(shape):
    """Answers of a creation."""
    again = OpenApiResponse(shape, "It was created before under this external_id; unchanged.")
    return {201: shape, 200: again, **refusals(400, 401, 403, 404, 409, 422, 429)}


def changed(shape):
    """Answers of an act on one record."""
    return {200: shape, **refusals(400, 401, 403, 404, 409, 422, 429)}
