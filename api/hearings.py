"""Hearings: scheduled, moved, taken off the list, and what happened."""

from django.db.models import Case, Q, When
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.models import User
from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet, found
from api.errors import added, changed
from api.moments import MomentFilter
from api.prosecutions import ids, rows_named
from api.shapes import ModelReader, Shape, Versioned
from cases.clock import today_in
from cases.models import Assignment
from cases.querysets import holding_now
from law.models import Reason
from prosecutions import actions
from prosecutions.models import Attendance, Hearing, Proceeding
from prosecutions.states import AdjournmentReason, AskedBy, HearingOutcome, HearingPurpose
from survivors.models import Survivor


class AttendanceShape(serializers.ModelSerializer):
    class Meta:
        model = Attendance
        fields = ["survivor", "called", "came"]
        read_only_fields = fields


class HearingShape(Shape):
    only_with = {"attendances": Can.VIEW_SURVIVOR}
    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    exact_reason = serializers.SlugRelatedField(
        slug_field="code", read_only=True, help_text="Code of the reason in the list of the country's law"
    )
    attendances = AttendanceShape(many=True, read_only=True)

    class Meta:
        model = Hearing
        fields = [
            "id", "case", "office", "proceeding", "on", "local_time", "starts_at", "room", "purpose",
            "who_goes", "confirmed_at", "schedule_version", "outcome", "outcome_at", "reason", "exact_reason",
            "asked_by",
            "wages_lost_low", "wages_lost_high", "wages_lost_currency", "whose_wages", "next_on", "next_time",
            "follows", "attendances", "note", "external_id", "version", "created_at", "updated_at",
        ]  # fmt: skip


class HearingScheduling(ModelReader):
    proceeding = serializers.UUIDField()
    on = serializers.DateField()
    local_time = serializers.TimeField(
        required=False, allow_null=True, help_text="By the clock of the office of the case"
    )
    who_goes = serializers.UUIDField(required=False, allow_null=True, help_text="Id of one of the team")
    called = ids(help_text="Ids of the survivors called")

    class Meta:
        model = Hearing
        fields = [
            "proceeding",
            "on",
            "local_time",
            "purpose",
            "room",
            "who_goes",
            "called",
            "note",
            "external_id",
        ]


class HearingRescheduling(Versioned):
    on = serializers.DateField()
    local_time = serializers.TimeField(required=False, allow_null=True)
    room = serializers.CharField(required=False, allow_blank=True, max_length=80)


class HearingCancelling(Versioned):
    reason = serializers.ChoiceField(AdjournmentReason.choices, required=False, allow_blank=True)


class HearingRecording(Versioned):
    outcome = serializers.ChoiceField(HearingOutcome.choices)
    reason = serializers.ChoiceField(AdjournmentReason.choices, required=False, allow_blank=True)
    exact_reason = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="Code of the reason in the country's law"
    )
    asked_by = serializers.ChoiceField(AskedBy.choices, required=False, allow_blank=True)
    next_on = serializers.DateField(required=False, allow_null=True)
    next_time = serializers.TimeField(required=False, allow_null=True)
    next_purpose = serializers.ChoiceField(HearingPurpose.choices, required=False, allow_blank=True)
    came = ids(help_text="Ids of the survivors who came")
    wages_lost = serializers.DecimalField(16, 2, required=False, allow_null=True, min_value=0)
    wages_lost_currency = serializers.RegexField(r"^[A-Z]{3}$", required=False, allow_blank=True)
    whose_wages = serializers.CharField(required=False, allow_blank=True, max_length=80)
    note = serializers.CharField(required=False, allow_blank=True)


class HearingCorrecting(Versioned):
    reason = serializers.CharField(max_length=1000, help_text="What was wrong with it")


class HearingFilters(OfCaseFilters):
    proceeding = filters.UUIDFilter(field_name="proceeding_id", label="Id of the proceeding")
    outcome = filters.ChoiceFilter(
        choices=[("none", "Not recorded"), *HearingOutcome.choices], method="by_outcome"
    )
    purpose = filters.ChoiceFilter(choices=HearingPurpose.choices)
    starts_after = MomentFilter(field_name="starts_at", lookup_expr="gte", label="At or after")
    starts_before = MomentFilter(field_name="starts_at", lookup_expr="lt", label="Before")

    def by_outcome(self, rows, name, value):
        return rows.filter(outcome="" if value == "none" else value)


class HearingViewSet(ScopedViewSet):
    """Hearings of the cases the owner of the token may open."""

    model = Hearing
    needs = {
        "list": Can.VIEW_HEARING,
        "create": Can.WRITE_HEARING,
        "reschedule": Can.WRITE_HEARING,
        "cancel": Can.WRITE_HEARING,
        "record": Can.RECORD_HEARING,
        "correct": Can.RECORD_HEARING,
    }
    related = ("case", "office", "exact_reason")
    serializer_class = HearingShape
    filterset_class = HearingFilters

    def get_queryset(self):
        return super().get_queryset().prefetch_related("attendances")

    @extend_schema(request=HearingScheduling, responses=added(HearingShape))
    def create(self, request):
        """Put a hearing into the calendar; with an `external_id` sent before, the one that is there."""
        facts = self.facts(HearingScheduling)
        proceeding = found(Proceeding, field="proceeding", pk=facts.pop("proceeding"))
        case_id = proceeding.case_id
        facts["who_goes"] = self.one_of_the_team(facts.get("who_goes"), case_id)
        facts["called"] = rows_named(Survivor, facts.pop("called", ()), case_id, field="called")
        return self.add(actions.schedule_hearing, proceeding.pk, proceeding.office_id, **facts)

    @staticmethod
    def one_of_the_team(key, case_id):
        """The person who goes, who must be on the team of the case."""
        if key is None:
            return None
        team = Assignment.objects.filter(holding_now(), case_id=case_id).values("user_id")
        return found(User, Q(pk__in=team), field="who_goes", pk=key, is_active=True)

    @extend_schema(request=HearingRescheduling, responses=changed(HearingShape))
    @action(detail=True, methods=["post"])
    def reschedule(self, request, pk):
        """Move the hearing; time and room stay unless they are sent. Whoever held the old date is told."""
        row = self.get_object()
        facts = {"local_time": row.local_time, "room": row.room, **self.facts(HearingRescheduling)}
        return self.shown(self.act(actions.reschedule_hearing, row.pk, **facts))

    @extend_schema(request=HearingCancelling, responses=changed(HearingShape))
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        """The court has taken the hearing off its list."""
        return self.move(HearingCancelling, actions.cancel_hearing)

    @extend_schema(request=HearingRecording, responses=changed(HearingShape))
    @action(detail=True, methods=["post"])
    def record(self, request, pk):
        """Say what happened; with a next date, the next hearing stands in the calendar at once."""
        row = self.get_object()
        facts = self.facts(HearingRecording)
        facts["came"] = rows_named(Survivor, facts.pop("came", ()), row.case_id, field="came")
        if code := facts.pop("exact_reason", ""):
            facts["exact_reason"] = self.exact_reason(code, row)
        return self.shown(self.act(actions.record_hearing, row.pk, **facts))

    @staticmethod
    def exact_reason(code, hearing):
        """The reason of this code in the law of the office's country, or in what all countries share."""
        rows = Reason.objects.in_force(today_in(hearing.office, timezone.now()))
        mine = rows.filter(jurisdiction__in=["ZZ", hearing.office.country], code=code)
        row = mine.order_by(Case(When(jurisdiction="ZZ", then=1), default=0), "pk").first()
        return row or found(Reason, field="exact_reason", pk=None)

    @extend_schema(request=HearingCorrecting, responses=changed(HearingShape))
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Take back an outcome that was recorded in error; a next hearing that it made is taken off too."""
        return self.move(HearingCorrecting, actions.correct_hearing)
