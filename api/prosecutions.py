"""The accused, and the proceedings against them."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet, case_named, found
from api.errors import added, changed
from api.shapes import Editing, ModelReader, Shape
from prosecutions import actions
from prosecutions.models import Accused, Proceeding
from prosecutions.states import ProceedingKind, Stage, Standing

PERSON = [
    "name", "label", "aliases", "standing", "gender", "nationality", "roles", "position", "role_details",
    "note",
]  # fmt: skip
COURT = ["kind", "court", "docket", "stage", "fast_track", "opened_on", "note"]


def ids(**kwargs):
    """Ids of records of the same case."""
    return serializers.ListField(child=serializers.UUIDField(), required=False, max_length=200, **kwargs)


def rows_named(model, keys, case_id, *, field):
    """The records of one case behind these ids, or 404 with the field to blame."""
    return [found(model, field=field, pk=key, case_id=case_id) for key in keys]


class AccusedShape(Shape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Accused
        fields = [
            "id", "case", "office", "key", "perpetrator", *PERSON, "external_id", "version", "created_at",
            "updated_at",
        ]  # fmt: skip


class AccusedAdding(ModelReader):
    case = serializers.CharField(max_length=40, help_text="Id or number of the case")
    same_as = serializers.UUIDField(
        required=False, help_text="Id of the accused of another case who is the same human being"
    )

    class Meta:
        model = Accused
        fields = ["case", "same_as", *PERSON, "external_id"]


class AccusedEditing(Editing):
    class Meta:
        model = Accused
        fields = [*PERSON, "version"]


class AccusedFilters(OfCaseFilters):
    standing = filters.ChoiceFilter(choices=Standing.choices)
    perpetrator = filters.UUIDFilter(
        field_name="perpetrator_id", label="Id of the human being, across the cases you may open"
    )


class AccusedViewSet(ScopedViewSet):
    """The accused of the cases the owner of the token may open."""

    model = Accused
    needs = {"list": Can.VIEW_ACCUSED, "create": Can.WRITE_ACCUSED, "partial_update": Can.WRITE_ACCUSED}
    serializer_class = AccusedShape
    filterset_class = AccusedFilters

    @extend_schema(request=AccusedAdding, responses=added(AccusedShape))
    def create(self, request):
        """Add an accused person; with an `external_id` sent before, the record as it is."""
        facts = self.facts(AccusedAdding)
        case = case_named(facts.pop("case"))
        if facts.get("same_as"):
            found(Accused, field="same_as", pk=facts["same_as"])
        return self.add(actions.add_accused, case.pk, case.office_id, **facts)

    @extend_schema(request=AccusedEditing, responses=changed(AccusedShape))
    def partial_update(self, request, pk):
        """Change what is written about an accused person."""
        return self.move(AccusedEditing, actions.edit_accused)


class ProceedingShape(Shape):
    only_with = {"accused": Can.VIEW_ACCUSED}
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    accused = serializers.SlugRelatedField(
        slug_field="accused_id", source="parties", many=True, read_only=True, help_text="Ids of the accused"
    )

    class Meta:
        model = Proceeding
        fields = [
            "id", "case", "office", "key", *COURT, "closed_on", "accused", "external_id", "version",
            "created_at", "updated_at",
        ]  # fmt: skip


class ProceedingOpening(ModelReader):
    case = serializers.CharField(max_length=40, help_text="Id or number of the case")
    accused = ids(help_text="Ids of the accused in it")

    class Meta:
        model = Proceeding
        fields = ["case", *COURT, "accused", "external_id"]


class ProceedingEditing(Editing):
    accused = ids(help_text="Ids of accused to be joined")

    class Meta:
        model = Proceeding
        fields = [*COURT, "closed_on", "accused", "version"]


class ProceedingFilters(OfCaseFilters):
    kind = filters.ChoiceFilter(choices=ProceedingKind.choices)
    stage = filters.ChoiceFilter(choices=Stage.choices)


class ProceedingViewSet(ScopedViewSet):
    """Court proceedings of the cases the owner of the token may open."""

    model = Proceeding
    needs = {"list": Can.VIEW_HEARING, "create": Can.WRITE_ACCUSED, "partial_update": Can.WRITE_ACCUSED}
    serializer_class = ProceedingShape
    filterset_class = ProceedingFilters

    def get_queryset(self):
        return super().get_queryset().prefetch_related("parties")

    @extend_schema(request=ProceedingOpening, responses=added(ProceedingShape))
    def create(self, request):
        """Open a proceeding; with an `external_id` sent before, the record as it is."""
        facts = self.facts(ProceedingOpening)
        case = case_named(facts.pop("case"))
        accused = rows_named(Accused, facts.pop("accused", ()), case.pk, field="accused")
        return self.add(actions.open_proceeding, case.pk, case.office_id, accused=accused, **facts)

    @extend_schema(request=ProceedingEditing, responses=changed(ProceedingShape))
    def partial_update(self, request, pk):
        """Change court, docket or stage, close the proceeding, or join further accused."""
        row = self.get_object()
        facts = self.facts(ProceedingEditing)
        accused = rows_named(Accused, facts.pop("accused", ()), row.case_id, field="accused")
        return self.shown(self.act(actions.edit_proceeding, row.pk, accused=accused, **facts))
