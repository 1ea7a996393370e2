"""What every endpoint shares: the viewer, the verb, the filters, and one action for each write."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from rest_framework import exceptions, mixins, status
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.scope import become
from api.moments import MomentFilter
from api.once import SendsOnce
from cases.models import Case

PAGE_PARAMETERS = {"cursor", "page_size"}


class Narrowing(filters.DjangoFilterBackend):
    """The filters of an endpoint. An unknown one is refused: ignored, it would show too much."""

    def filter_queryset(self, request, queryset, view):
        known = set(view.filterset_class.base_filters) | PAGE_PARAMETERS
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            raise exceptions.ValidationError({name: [_("There is no such filter.")] for name in unknown})
        return super().filter_queryset(request, queryset, view)


class Filters(filters.FilterSet):
    """What every list can be narrowed by."""

    updated_since = MomentFilter(
        field_name="updated_at", lookup_expr="gte", label="Changed at this moment (ISO 8601) or later"
    )
    office = filters.CharFilter(field_name="office__key", label="Key of the office")


class OfCaseFilters(Filters):
    """Rows that hang from a case."""

    case = filters.UUIDFilter(field_name="case_id", label="Id of the case")


class ScopedView:
    """Looks as the owner of the token; `needs` names the verb of each act."""

    needs = {}
    action = "list"

    def perform_authentication(self, request):
        """From here on the request looks as the owner of the token."""
        super().perform_authentication(request)
        if request.user.is_authenticated:
            become(request.user)

    def finalize_response(self, request, response, *args, **kwargs):
        """Nobody on the way keeps a copy."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def need(self):
        """The verb of this act; reading needs the first."""
        return self.needs.get(self.action, self.needs["list"])


class ScopedViewSet(SendsOnce, ScopedView, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Rows of one kind, as the owner of the token may see them."""

    model: Any = None
    related: tuple[str, ...] = ("case", "office")
    filter_backends = [Narrowing]
    filterset_class = OfCaseFilters
    lookup_value_converter = "uuid"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return QuerySet(self.model).none()
        return self.model.objects.select_related(*self.related)

    def facts(self, reader, **more):
        """What the client sent, read by this serializer."""
        reading = reader(data=self.request.data, context=self.get_serializer_context(), **more)
        reading.is_valid(raise_exception=True)
        return dict(reading.validated_data)

    def act(self, action, *args, **facts):
        """Run one action, all or nothing."""
        with transaction.atomic():
            return action(*args, by=self.request.user, now=timezone.now(), **facts)

    def shown(self, row, code=status.HTTP_200_OK):
        """The row as it stands now."""
        row = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(row).data, status=code)

    def add(self, action, parent, office_id, **facts):
        """Create once: the same `external_id` again gives the record that is there, unchanged, and 200."""
        if not self.request.user.can_on(self.need(), office_id):
            raise exceptions.PermissionDenied
        external_id = facts.get("external_id", "")
        there = self.known(office_id, external_id)
        if there:
            return self.shown(there)
        try:
            row = self.act(action, parent, **facts)
        except IntegrityError as why:
            if "external_id_once" not in str(why):
                raise
            there = self.known(office_id, external_id)  # somebody sent the same at the same moment
            if there is None:
                sentence = _("This external id is taken.")
                raise Taken({"external_id": [sentence]}) from why
            return self.shown(there)
        return self.shown(row, status.HTTP_201_CREATED)

    def known(self, office_id, external_id):
        """The record that was created under this external id, if the person may see it."""
        if not external_id:
            return None
        return self.model.objects.filter(office_id=office_id, external_id=external_id).first()

    def move(self, reader, action):
        """One act on one record, as a POST beneath it."""
        row = self.get_object()
        return self.shown(self.act(action, row.pk, **self.facts(reader)) or row)


class Taken(exceptions.APIException):
    """The record cannot be made because another one stands in its place."""

    status_code = status.HTTP_409_CONFLICT


def case_named(text):
    """The case by its id or number; 404 outside the need to know."""
    try:
        wanted = Q(pk=UUID(text))
    except ValueError:
        wanted = Q(number=text)
    return found(Case, wanted, field="case")


def found(model, *wanted, field, **more):
    """The one row that the client names in this field, or 404 with the field to blame."""
    row = model.objects.filter(*wanted, **more).first()
    if row is None:
        raise exceptions.NotFound({field: [_("There is no such record.")]})
    return row
