"""Survivors: never what identifies them, and in lists no more than a row needs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet, case_named
from api.errors import added, changed
from api.shapes import Editing, ModelReader, Shape
from survivors import actions
from survivors.models import Survivor

OWN = ["pseudonym", "label", "gender", "child", "nationality", "language", "dependant"]
ROW = ["id", "case", "office", "key", *OWN, "external_id", "version", "created_at", "updated_at"]


class SurvivorRow(Shape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Survivor
        fields = ROW


class SurvivorShape(SurvivorRow):
    class Meta:
        model = Survivor
        fields = [
            *ROW, "schooling", "vulnerabilities", "stance", "testified", "testified_on",
            "in_court_at_verdict",
        ]  # fmt: skip


class SurvivorAdding(ModelReader):
    case = serializers.CharField(max_length=40, help_text="Id or number of the case")

    class Meta:
        model = Survivor
        fields = ["case", *OWN, "external_id"]


class SurvivorEditing(Editing):
    class Meta:
        model = Survivor
        fields = [*OWN, "schooling", "vulnerabilities", "version"]


class SurvivorViewSet(ScopedViewSet):
    """Survivors of the cases the owner of the token may open. Reading one record is written down."""

    model = Survivor
    needs = {
        "list": Can.VIEW_SURVIVOR,
        "create": Can.WRITE_SURVIVOR,
        "partial_update": Can.WRITE_SURVIVOR,
    }
    serializer_class = SurvivorShape
    filterset_class = OfCaseFilters

    def get_serializer_class(self):
        return SurvivorRow if self.action == "list" else SurvivorShape

    def retrieve(self, request, pk):
        """One survivor; that somebody looked stands in the trail of the case."""
        survivor = self.get_object()
        actions.open_survivor(survivor.pk, by=request.user, now=timezone.now())
        return self.shown(survivor)

    @extend_schema(request=SurvivorAdding, responses=added(SurvivorShape))
    def create(self, request):
        """Add a survivor to a case; with an `external_id` sent before, the record as it is."""
        facts = self.facts(SurvivorAdding)
        case = case_named(facts.pop("case"))
        return self.add(actions.add_survivor, case.pk, case.office_id, **facts)

    @extend_schema(request=SurvivorEditing, responses=changed(SurvivorShape))
    def partial_update(self, request, pk):
        """Change what is written about a survivor."""
        return self.move(SurvivorEditing, actions.edit_survivor)
