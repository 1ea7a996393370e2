"""Frozen months: the figures of an office as they were counted, sealed and signed."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.roles import Can
from api.base import ScopedViewSet
from api.moments import MomentFilter
from api.pages import StablePagination
from figures.catalogue import FIGURES
from figures.models import MonthFigure, MonthSheet


class MonthPages(StablePagination):
    """A sheet never changes: by the moment at which it was counted."""

    moment = "counted_at"


class MonthLineShape(serializers.ModelSerializer):
    """One figure of one month; `was_` what an earlier sheet said, where this one corrects it."""

    class Meta:
        model = MonthFigure
        fields = [
            "name", "month", "currency", "low", "high", "about", "was_low", "was_high", "was_about",
            "definition",
        ]  # fmt: skip
        read_only_fields = fields


class MonthSheetShape(serializers.ModelSerializer):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    signed_by = serializers.SerializerMethodField()
    signed_at = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()

    class Meta:
        model = MonthSheet
        fields = [
            "id", "office", "month", "as_of", "previous", "digest", "counted_at", "signed_by", "signed_at",
            "lines",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_signed_by(self, sheet):
        word = getattr(sheet, "word", None)
        return word and word.signed_by_id

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_signed_at(self, sheet):
        word = getattr(sheet, "word", None)
        return word and word.signed_at

    @extend_schema_field(MonthLineShape(many=True))
    def get_lines(self, sheet):
        """Those that the reader may be told, this month first."""
        person = self.context["request"].user
        rows = [
            row for row in sheet.lines.all() if row.name not in FIGURES or person.can(FIGURES[row.name].need)
        ]
        rows.sort(key=lambda row: (row.month != sheet.month, row.name, row.month, row.currency))
        return MonthLineShape(rows, many=True).data


class MonthFilters(filters.FilterSet):
    counted_since = MomentFilter(field_name="counted_at", lookup_expr="gte", label="Counted then or later")
    office = filters.CharFilter(field_name="office__key", label="Key of the office")
    month = filters.DateFilter(label="The first day of the month")


class MonthSheetViewSet(ScopedViewSet):
    """Frozen months of the offices whose dashboard the owner of the token sees."""

    model = MonthSheet
    needs = {"list": Can.VIEW_DASHBOARD}
    related = ("office", "word")
    pagination_class = MonthPages
    serializer_class = MonthSheetShape
    filterset_class = MonthFilters

    def get_queryset(self):
        return super().get_queryset().prefetch_related("lines")
