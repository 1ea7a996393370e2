"""Pages that stay put while rows change."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from api.moments import in_utc


class StablePagination(BasePagination):
    """By (updated_at, id): a row that changes meanwhile moves to the end, and none is lost."""

    page_size, largest = 50, 200
    moment = "updated_at"

    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        size = self.size_asked(request.query_params.get("page_size"))
        rows = queryset.order_by(self.moment, "id")
        if "cursor" in request.query_params:
            at, pk = self.read(request.query_params["cursor"])
            rows = rows.filter(Q(**{f"{self.moment}__gt": at}) | Q(**{self.moment: at}, id__gt=pk))
        found = list(rows[: size + 1])
        self.next = self.link(found[size - 1]) if len(found) > size else None
        return found[:size]

    def size_asked(self, text):
        if text is None:
            return self.page_size
        if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= self.largest:
            sentence = _("Write a number from 1 to %(largest)s.") % {"largest": self.largest}
            raise exceptions.ValidationError({"page_size": [sentence]})
        return int(text)

    @staticmethod
    def read(cursor):
        """The place a cursor stands for."""
        try:
            at, pk = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
            return in_utc(datetime.fromisoformat(at)), UUID(pk)
        except (ValueError, binascii.Error) as why:
            sentence = _("This cursor was not given out here. Begin again without it.")
            raise exceptions.ValidationError({"cursor": [sentence]}) from why

    def link(self, last):
        """The address of the rows behind this one, with the same filters."""
        at = getattr(last, self.moment).isoformat()
        cursor = base64.urlsafe_b64encode(f"{at}|{last.pk}".encode()).decode()
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_paginated_response(self, data):
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema):
        link = {"type": "string", "format": "uri", "nullable": True, "description": "Null on the last page."}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": "cursor", "in": "query", "schema": {"type": "string"},
                "description": "Taken from the link `next` of the page before.",
            },
            {
                "name": "page_size", "in": "query",
                "schema": {
                    "type": "integer", "minimum": 1, "maximum": self.largest, "default": self.page_size,
                },
            },
        ]  # fmt: skip
