"""Operations and what stands around them. Of a plan only its circle knows, and its day stays covered."""

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.roles import Can
from api.records.reading import Reading, RecordShape
from api.shapes import ModelShape
from operations import actions
from operations.models import (
    Headcount,
    Insider,
    Investigation,
    Lookout,
    LookoutCard,
    Operation,
    OperationAsset,
    OperationSite,
    OperationTally,
    Venue,
)
from operations.states import CLOSED_CIRCLE, OperationStatus

COUNTS = (*Operation.NUMBERS, "counts_note")
VIEW = {"list": Can.VIEW_OPERATION}


class AssetShape(ModelShape):
    class Meta:
        model = OperationAsset
        fields = read_only_fields = ["id", "kind", "use", "number", "fault", "note"]


class TallyShape(ModelShape):
    class Meta:
        model = OperationTally
        fields = read_only_fields = ["id", "position", "at", *COUNTS, "note"]


class OperationShape(RecordShape):
    """One attempt. Day, hour, planning and note of what is not carried out stay on the page."""

    COVERED = {"on": "", "local_time": None, "planning": "", "note": "", "expected": None}
    assets = serializers.SerializerMethodField()
    tallies = serializers.SerializerMethodField()

    @extend_schema_field(AssetShape(many=True))
    def get_assets(self, operation):
        rows = sorted(operation.assets.all(), key=lambda row: (row.created_at, row.pk))
        return AssetShape(rows, many=True).data

    @extend_schema_field(TallyShape(many=True))
    def get_tallies(self, operation):
        return TallyShape(sorted(operation.tallies.all(), key=lambda row: row.position), many=True).data

    def to_representation(self, operation):
        shown = super().to_representation(operation)
        return shown | self.COVERED if operation.closed else shown


class OperationReading(Reading):
    """Operations; planned and cancelled ones for those alone who are named on them."""

    model = Operation
    needs = VIEW
    fields = (
        "attempt", "on", "local_time", "purpose", "status", "outcome", "failure", "follows", "planning",
        "planning_days", "simultaneous", "led_by", "overseen_by", "assisted_by", "undercover", "expected",
        "relieved", "arrested", *COUNTS, "care_on_site", "approved_at", "safeguarded_at", "assets",
        "tallies", "note",
    )  # fmt: skip
    narrow = ("purpose", "status", "outcome", "failure")
    scoped = ("follows",)
    shape = OperationShape

    def told(self, rows):
        return rows.prefetch_related("assets", "tallies")

    def retrieve(self, request, *args, **kwargs):
        """One operation. That somebody has opened a plan is written down."""
        operation = self.get_object()
        if operation.closed:
            actions.open_operation(operation.pk, by=request.user, now=timezone.now(), what="page")
        return self.shown(operation)


class OperationSiteViewSet(Reading):
    """Sites of operations that were carried out, with who was found there."""

    model = OperationSite
    needs = VIEW
    fields = ("operation", "venue", "position", "arrested", *COUNTS, "note")
    narrow = ("operation", "venue")

    def told(self, rows):
        return rows.filter(operation__status=OperationStatus.DONE)


class InsiderViewSet(Reading):
    """The circle of a plan: who may know of it and since when, for those inside."""

    model = Insider
    needs = VIEW
    fields = ("operation", "user", "named_by", "leads", "needs_two", "started_at", "ended_at")
    narrow = ("operation",)

    def told(self, rows):
        return rows.filter(operation__status__in=CLOSED_CIRCLE)


class HeadcountReading(Reading):
    """Groups of people who mostly have no record of their own."""

    model = Headcount
    needs = VIEW
    fields = (
        "label", "what", "on", "operation", "relieved", *COUNTS, "by", "nationality", "exploitation",
        "industry", "control", "venue", "note",
    )  # fmt: skip
    narrow = ("what", "operation")


class VenueReading(Reading):
    """Places where people were exploited, held, found or stopped."""

    model = Venue
    needs = VIEW
    fields = (
        "kind", "name", "ref", "locality", "area", "country", "network", "run_by", "inside", "opened_on",
        "closed_on", "closed_why", "moved_to", "note",
    )  # fmt: skip
    narrow = ("kind",)


class InvestigationReading(Reading):
    """Work before or between operations; an undercover agent is never named."""

    model = Investigation
    needs = VIEW
    fields = (
        "starts_on", "ends_on", "months", "led_by", "assisted_by", "undercover", "result", "about", "note",
    )  # fmt: skip
    narrow = ("result",)


class LookoutViewSet(Reading):
    """Lookouts that went out from cases; the name that one may tell stays on its page."""

    model = Lookout
    needs = VIEW
    fields = (
        "on", "to_office", "to_office_key", "to_agency", "about", "why", "closed_on", "result", "note",
    )  # fmt: skip
    narrow = ("result",)


class CardShape(RecordShape):
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    from_office = serializers.SlugRelatedField(slug_field="key", read_only=True)


class LookoutCardViewSet(Reading):
    """That an office is asked to watch, and until when. Whom for is read on the page, which is a receipt."""

    model = LookoutCard
    needs = {"list": Can.USE_DESK}
    fields = ("from_office", "sent_at", "renewed_at", "expires_at", "closed_at")
    shape = CardShape
    related = ("office", "from_office")

    def told(self, rows):
        if self.action != "list" or self.request.user.can(Can.VIEW_OPERATION):
            return rows
        return rows.filter(Q(pk__in=rows.received_by(self.request.user).values("pk")))
