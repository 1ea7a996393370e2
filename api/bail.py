"""Bail, from the application to its end."""

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet, found
from api.errors import added, changed
from api.shapes import ModelReader, PartialDateText, Shape, Versioned
from prosecutions import actions
from prosecutions.models import Accused, BailOrder, Proceeding
from prosecutions.states import Bail, BailEnd, BailKind


def day(*, required=False):
    """A date that may be half known."""
    return PartialDateText(required=required, allow_blank=not required)


def note():
    """What a colleague must know and has no field of its own."""
    return serializers.CharField(required=False, allow_blank=True)


class BailShape(Shape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = BailOrder
        fields = [
            "id", "case", "office", "accused", "proceeding", "kind", "status", "applied_on", "heard_on",
            "heard_time", "decided_on", "court", "opposed_by", "opposition", "opposition_reason",
            "conditions", "surety_low", "surety_high", "surety_currency", "released_on", "history",
            "ended_on", "ended", "reoffended", "note", "external_id", "version", "created_at", "updated_at",
        ]  # fmt: skip


class BailSeeking(ModelReader):
    accused = serializers.UUIDField()
    proceeding = serializers.UUIDField(required=False, allow_null=True)

    class Meta:
        model = BailOrder
        fields = [
            "accused", "proceeding", "kind", "applied_on", "heard_on", "heard_time", "court", "note",
            "external_id",
        ]  # fmt: skip


class BailOpposing(Versioned):
    opposition = serializers.ChoiceField(["filed", "not_opposing"])
    opposition_reason = serializers.CharField(required=False, allow_blank=True, max_length=300)


class BailGranting(Versioned):
    decided_on = day(required=True)
    proceeding = serializers.UUIDField(
        required=False, allow_null=True, help_text="For an application that named none"
    )
    conditions = serializers.ListField(
        child=serializers.CharField(max_length=1000), required=False, max_length=50
    )
    surety = serializers.DecimalField(16, 2, required=False, allow_null=True, min_value=0)
    surety_currency = serializers.RegexField(r"^[A-Z]{3}$", required=False, allow_blank=True)


class BailReleasing(Versioned):
    released_on = day(required=True)


class BailRefusing(Versioned):
    decided_on = day(required=True)
    note = note()


class BailWithdrawing(Versioned):
    decided_on = day()
    note = note()


class BailBreaching(Versioned):
    what = serializers.CharField(max_length=1000)
    on = day()
    note = note()


class BailCancelling(Versioned):
    ended_on = day(required=True)
    held = serializers.BooleanField(required=False, help_text="Back in custody from that day")
    note = note()


class BailEnding(Versioned):
    ended = serializers.ChoiceField(BailEnd.choices)
    ended_on = day()
    note = note()


class BailFilters(OfCaseFilters):
    status = filters.MultipleChoiceFilter(choices=Bail.choices)
    kind = filters.ChoiceFilter(choices=BailKind.choices)
    accused = filters.UUIDFilter(field_name="accused_id", label="Id of the accused")


class BailViewSet(ScopedViewSet):
    """Bail of the accused in the cases the owner of the token may open."""

    model = BailOrder
    needs = {
        "list": Can.VIEW_ACCUSED,
        **dict.fromkeys(
            ("create", "oppose", "grant", "release", "refuse", "withdraw", "breach", "cancel", "end"),
            Can.WRITE_BAIL,
        ),
    }
    serializer_class = BailShape
    filterset_class = BailFilters

    @extend_schema(request=BailSeeking, responses=added(BailShape))
    def create(self, request):
        """The accused asks for bail; with an `external_id` sent before, the record as it is."""
        facts = self.facts(BailSeeking)
        accused = found(Accused, field="accused", pk=facts.pop("accused"))
        if facts.get("proceeding"):
            facts["proceeding"] = found(
                Proceeding, field="proceeding", pk=facts["proceeding"], case_id=accused.case_id
            )
        return self.add(actions.seek_bail, accused.pk, accused.office_id, **facts)

    @extend_schema(request=BailOpposing, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def oppose(self, request, pk):
        """Our answer to the application."""
        return self.move(BailOpposing, actions.oppose_bail)

    @extend_schema(request=BailGranting, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def grant(self, request, pk):
        """The court lets the person go on these terms."""
        row = self.get_object()
        facts = self.facts(BailGranting)
        if facts.get("proceeding"):
            facts["proceeding"] = found(
                Proceeding, field="proceeding", pk=facts["proceeding"], case_id=row.case_id
            )
        return self.shown(self.act(actions.grant_bail, row.pk, **facts))

    @extend_schema(request=BailReleasing, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def release(self, request, pk):
        """The person has left custody on it."""
        return self.move(BailReleasing, actions.release_bail)

    @extend_schema(request=BailRefusing, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk):
        """The court keeps the person inside."""
        return self.move(BailRefusing, actions.refuse_bail)

    @extend_schema(request=BailWithdrawing, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """The application was taken back."""
        return self.move(BailWithdrawing, actions.withdraw_bail)

    @extend_schema(request=BailBreaching, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def breach(self, request, pk):
        """A condition was broken."""
        return self.move(BailBreaching, actions.breach_bail)

    @extend_schema(request=BailCancelling, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        """The court takes the bail back."""
        return self.move(BailCancelling, actions.cancel_bail)

    @extend_schema(request=BailEnding, responses=changed(BailShape))
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """The bail is over for another reason."""
        return self.move(BailEnding, actions.end_bail)
