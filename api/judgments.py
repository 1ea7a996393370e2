"""After the verdict, to read: judgments with their parts, days of release, and the ledger of awards."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet
from api.shapes import ModelShape, Shape
from prosecutions.ledger import lines_of, own
from prosecutions.models import Award, Payment, Release, SentencePart, Verdict
from prosecutions.sentencing import ReleaseState
from prosecutions.states import VerdictResult


class SentencePartShape(ModelShape):
    class Meta:
        model = SentencePart
        fields = [
            "position", "kind", "months", "days", "runs", "amount_low", "amount_high", "amount_currency",
            "note",
        ]  # fmt: skip
        read_only_fields = fields


class VerdictShape(Shape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    parts = serializers.SerializerMethodField(
        help_text="The parts of the sentence that stand; the fields beside it are their sum"
    )

    class Meta:
        model = Verdict
        fields = [
            "id", "case", "office", "accused", "proceeding", "on", "court", "result", "after_plea",
            "charge_positions", "sentence_on", "months", "life", "suspended", "fine_low", "fine_high",
            "fine_currency", "overturned_on", "parts", "note", "version", "created_at", "updated_at",
        ]  # fmt: skip

    @extend_schema_field(SentencePartShape(many=True))
    def get_parts(self, verdict):
        rows = sorted((row for row in verdict.parts.all() if row.stands), key=lambda row: row.position)
        return SentencePartShape(rows, many=True).data


class VerdictFilters(OfCaseFilters):
    accused = filters.UUIDFilter(field_name="accused_id", label="Id of the accused")
    result = filters.ChoiceFilter(choices=VerdictResult.choices)


class VerdictViewSet(ScopedViewSet):
    """Judgments in the cases the owner of the token may open."""

    model = Verdict
    needs = {"list": Can.VIEW_ACCUSED}
    serializer_class = VerdictShape
    filterset_class = VerdictFilters

    def get_queryset(self):
        return super().get_queryset().prefetch_related("parts")


class ReleaseShape(Shape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Release
        fields = [
            "id", "case", "office", "accused", "state", "earliest_on", "latest_on", "credit_low",
            "credit_high", "stated_on", "stated_reason", "release_on", "told", "version", "created_at",
            "updated_at",
        ]  # fmt: skip


class ReleaseFilters(OfCaseFilters):
    accused = filters.UUIDFilter(field_name="accused_id", label="Id of the accused")
    state = filters.ChoiceFilter(choices=ReleaseState.choices)
    release_from = filters.DateFilter(field_name="release_on", lookup_expr="gte", label="Out on it or later")
    release_to = filters.DateFilter(field_name="release_on", lookup_expr="lte", label="Out on it or before")


class ReleaseViewSet(ScopedViewSet):
    """When convicted people leave prison at the earliest, without remission."""

    model = Release
    needs = {"list": Can.VIEW_ACCUSED}
    serializer_class = ReleaseShape
    filterset_class = ReleaseFilters


class RangeField(serializers.Serializer):
    """An amount of which only the ends are known; null is an open end."""

    low = serializers.DecimalField(18, 2, allow_null=True)
    high = serializers.DecimalField(18, 2, allow_null=True)


class LedgerLineShape(serializers.Serializer):
    """One currency of the award: three numbers that are never one."""

    currency = serializers.CharField()
    ordered = RangeField()
    deposited = RangeField()
    received = RangeField()
    due = RangeField()


class PaymentShape(ModelShape):
    class Meta:
        model = Payment
        fields = ["id", "kind", "on", "survivor", "amount_low", "amount_high", "amount_currency", "version"]
        read_only_fields = fields


class AwardForShape(serializers.Serializer):
    """One survivor of the award, or a group; the amount is null where one sum was ordered for all."""

    survivor = serializers.UUIDField(source="survivor_id", allow_null=True)
    amount = RangeField(allow_null=True)
    currency = serializers.CharField()


class AwardShape(Shape):
    only_with = {"shares": Can.VIEW_SURVIVOR, "payments": Can.VIEW_SURVIVOR}
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    ledger = serializers.SerializerMethodField()
    shares = serializers.SerializerMethodField()
    payments = serializers.SerializerMethodField()

    class Meta:
        model = Award
        fields = [
            "id", "case", "office", "against", "ordered_on", "by", "each_low", "each_high", "each_currency",
            "total_low", "total_high", "total_currency", "set_aside_on", "payments_known", "ledger",
            "shares", "payments", "note", "version", "created_at", "updated_at",
        ]  # fmt: skip

    @extend_schema_field(LedgerLineShape(many=True))
    def get_ledger(self, award):
        lines = lines_of(award, list(award.shares.all()), list(award.payments.all()))
        return LedgerLineShape(lines, many=True).data

    @extend_schema_field(AwardForShape(many=True))
    def get_shares(self, award):
        shares = sorted(award.shares.all(), key=lambda row: (row.created_at, row.pk))
        for share in shares:
            share.amount = own(award, share)
            share.currency = share.amount_currency or award.each_currency or award.total_currency
        return AwardForShape(shares, many=True).data

    @extend_schema_field(PaymentShape(many=True))
    def get_payments(self, award):
        rows = sorted(award.payments.all(), key=lambda row: (str(row.on), row.created_at, row.pk))
        return PaymentShape(rows, many=True).data


class AwardViewSet(ScopedViewSet):
    """Money that courts ordered for survivors: ordered, deposited, received, still due."""

    model = Award
    needs = {"list": Can.VIEW_ACCUSED}
    serializer_class = AwardShape

    def get_queryset(self):
        return super().get_queryset().prefetch_related("shares__headcount", "payments")
