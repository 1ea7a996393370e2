"""Cases."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from accounts.models import Office
from accounts.roles import Can
from api.base import Filters, ScopedViewSet, found
from api.errors import added, changed
from api.shapes import Editing, ModelReader, Shape
from cases import actions
from cases.models import Case
from cases.states import AftercareStatus, CaseworkType, LegalStatus

OWN = ["title", "summary", "casework_type", "country", "opened_on"]


class CaseShape(Shape):
    only_with = {"aftercare_note": Can.VIEW_AFTERCARE}
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Case
        fields = [
            "id", "number", "office", "sensitivity", *OWN, "led_by", "supported_by", "legal_status",
            "legal_opened_on", "legal_closed_on", "legal_reason", "legal_note", "aftercare_status",
            "aftercare_opened_on", "aftercare_closed_on", "aftercare_reason", "aftercare_note", "external_id",
            "version", "created_at", "updated_at",
        ]  # fmt: skip


class CaseOpening(ModelReader):
    office = serializers.CharField(max_length=40, help_text="Key of the office")

    class Meta:
        model = Case
        fields = ["office", *OWN, "sensitivity", "external_id"]


class CaseEditing(Editing):
    class Meta:
        model = Case
        fields = [*OWN, "led_by", "supported_by", "version"]


class CaseFilters(Filters):
    number = filters.CharFilter(label="Case number")
    legal_status = filters.ChoiceFilter(choices=LegalStatus.choices)
    aftercare_status = filters.ChoiceFilter(choices=AftercareStatus.choices)
    casework_type = filters.ChoiceFilter(choices=CaseworkType.choices)


class CaseViewSet(ScopedViewSet):
    """Cases the owner of the token may open."""

    model = Case
    needs = {"list": Can.VIEW_CASE, "create": Can.OPEN_CASE, "partial_update": Can.EDIT_CASE}
    related = ("office",)
    serializer_class = CaseShape
    filterset_class = CaseFilters

    @extend_schema(request=CaseOpening, responses=added(CaseShape))
    def create(self, request):
        """Open a case; with an `external_id` sent before, the case as it is."""
        facts = self.facts(CaseOpening)
        office = found(Office, field="office", key=facts.pop("office"))
        return self.add(actions.open_case, office.pk, office.pk, **facts)

    @extend_schema(request=CaseEditing, responses=changed(CaseShape))
    def partial_update(self, request, pk):
        """Change what is written about the case."""
        return self.move(CaseEditing, actions.edit_case)
