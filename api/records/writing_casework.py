"""Notes, tasks, operations and threats, written through the actions of the pages."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.models import User
from accounts.roles import Can
from api.base import case_named, found
from api.errors import added, changed
from api.prosecutions import rows_named
from api.records.casework import NoteReading, TaskReading
from api.records.operations import (
    COUNTS,
    HeadcountReading,
    InvestigationReading,
    OperationReading,
    VenueReading,
)
from api.records.people import ThreatReading
from api.shapes import ModelReader, PartialDateText, Reader, Versioned
from cases import actions as case_actions
from cases.models import Assignment, Note, Task
from cases.querysets import holding_now
from operations import actions as operation_actions
from operations.models import Headcount, Investigation, Operation, Venue
from operations.states import Failure, OperationOutcome
from survivors import actions as survivor_actions
from survivors.models import Survivor, Threat

NUMBERS = [*COUNTS[:-1], "relieved", "arrested"]


def of_case():
    return serializers.CharField(max_length=40, help_text="Id or number of the case")


def keys(words):
    """Keys of records of the case."""
    child = serializers.CharField(max_length=31)
    return serializers.ListField(child=child, required=False, max_length=200, help_text=words)


def one_of_the_team(key, case_id, field):
    """A person who works on the case, by her id."""
    if key is None:
        return None
    team = Assignment.objects.filter(holding_now(), case_id=case_id).values("user_id")
    return found(User, Q(pk__in=team), field=field, pk=key, is_active=True)


class NoteAdding(ModelReader):
    case = of_case()
    about = keys("Keys of records of the case")

    class Meta:
        model = Note
        fields = ["case", "text", "on", "about"]


class NoteViewSet(NoteReading):
    """Facts without a field, and what somebody wanted the team to know."""

    needs = {"list": Can.VIEW_CASE, "create": Can.WRITE_NOTE}

    @extend_schema(request=NoteAdding, responses=added(NoteReading.serializer_class))
    def create(self, request):
        """Write a note."""
        facts = self.facts(NoteAdding)
        case = case_named(facts.pop("case"))
        return self.add(case_actions.add_note, case.pk, case.office_id, **facts)


class TaskAdding(ModelReader):
    case = of_case()
    assigned_to = serializers.UUIDField(required=False, allow_null=True, help_text="Id of one of the team")

    class Meta:
        model = Task
        fields = ["case", "title", "due_on", "assigned_to", "about"]


class TaskViewSet(TaskReading):
    """What somebody has to do on a case."""

    needs = {"list": Can.VIEW_CASE, "create": Can.WRITE_NOTE, "finish": Can.WRITE_NOTE}

    @extend_schema(request=TaskAdding, responses=added(TaskReading.serializer_class))
    def create(self, request):
        """Give a task."""
        facts = self.facts(TaskAdding)
        case = case_named(facts.pop("case"))
        facts["assigned_to"] = one_of_the_team(facts.get("assigned_to"), case.pk, "assigned_to")
        return self.add(case_actions.add_task, case.pk, case.office_id, **facts)

    @extend_schema(request=None, responses=changed(TaskReading.serializer_class))
    @action(detail=True, methods=["post"])
    def finish(self, request, pk):
        """It is done."""
        return self.move(Reader, case_actions.finish_task)


class OperationAdding(ModelReader):
    case = of_case()
    outcome = serializers.ChoiceField(OperationOutcome.choices)
    on = PartialDateText(help_text="The day on which it was")
    follows = serializers.UUIDField(required=False, allow_null=True, help_text="Id of an earlier attempt")

    class Meta:
        model = Operation
        fields = [
            "case", "purpose", "outcome", "failure", "on", "local_time", "follows", "planning_days",
            "simultaneous", "led_by", "undercover", "care_on_site", *NUMBERS, "note",
        ]  # fmt: skip
        extra_kwargs = {"purpose": {"required": True, "allow_blank": False}}


class OperationRecording(Versioned):
    outcome = serializers.ChoiceField(OperationOutcome.choices)
    failure = serializers.ChoiceField(Failure.choices, required=False, allow_blank=True)
    on = PartialDateText(required=False, help_text="The planned day when nothing is sent")


class OperationViewSet(OperationReading):
    """Operations; planned and cancelled ones for those alone who are named on them. Plans are made and
    changed on their pages."""

    needs = {
        "list": Can.VIEW_OPERATION,
        "create": Can.WRITE_OPERATION,
        "record": Can.WRITE_OPERATION,
    }

    @extend_schema(request=OperationAdding, responses=added(OperationReading.serializer_class))
    def create(self, request):
        """Record an attempt that was carried out."""
        facts = self.facts(OperationAdding)
        case = case_named(facts.pop("case"))
        if facts.get("follows"):
            facts["follows"] = found(Operation, field="follows", pk=facts["follows"], case_id=case.pk)
        return self.add(operation_actions.add_operation, case.pk, case.office_id, **facts)

    @extend_schema(request=OperationRecording, responses=changed(OperationReading.serializer_class))
    @action(detail=True, methods=["post"])
    def record(self, request, pk):
        """Say what came of a planned attempt; from then on whoever sees the case sees it."""
        return self.move(OperationRecording, operation_actions.record_operation)


class VenueAdding(ModelReader):
    case = of_case()

    class Meta:
        model = Venue
        fields = [
            "case", "kind", "name", "locality", "area", "country", "network", "opened_on", "closed_on",
            "closed_why", "note",
        ]  # fmt: skip


class VenueViewSet(VenueReading):
    """Places where people were exploited, held, found or stopped."""

    needs = {"list": Can.VIEW_OPERATION, "create": Can.WRITE_OPERATION}

    @extend_schema(request=VenueAdding, responses=added(VenueReading.serializer_class))
    def create(self, request):
        """Add a place."""
        facts = self.facts(VenueAdding)
        case = case_named(facts.pop("case"))
        return self.add(operation_actions.add_venue, case.pk, case.office_id, **facts)


class HeadcountAdding(ModelReader):
    case = of_case()
    operation = serializers.UUIDField(required=False, allow_null=True)

    class Meta:
        model = Headcount
        fields = ["case", "label", "what", "on", "operation", *NUMBERS[:-1], "note"]


class HeadcountViewSet(HeadcountReading):
    """Groups of people who mostly have no record of their own."""

    needs = {"list": Can.VIEW_OPERATION, "create": Can.WRITE_OPERATION}

    @extend_schema(request=HeadcountAdding, responses=added(HeadcountReading.serializer_class))
    def create(self, request):
        """Record a head-count."""
        facts = self.facts(HeadcountAdding)
        case = case_named(facts.pop("case"))
        if facts.get("operation"):
            facts["operation"] = found(Operation, field="operation", pk=facts["operation"], case_id=case.pk)
        return self.add(operation_actions.add_headcount, case.pk, case.office_id, **facts)


class InvestigationAdding(ModelReader):
    case = of_case()

    class Meta:
        model = Investigation
        fields = ["case", "starts_on", "ends_on", "months", "led_by", "undercover", "result", "note"]


class InvestigationViewSet(InvestigationReading):
    """Work before or between operations; an undercover agent is never named."""

    needs = {"list": Can.VIEW_OPERATION, "create": Can.WRITE_OPERATION}

    @extend_schema(request=InvestigationAdding, responses=added(InvestigationReading.serializer_class))
    def create(self, request):
        """Record an investigation."""
        facts = self.facts(InvestigationAdding)
        case = case_named(facts.pop("case"))
        return self.add(operation_actions.add_investigation, case.pk, case.office_id, **facts)


class ThreatReporting(ModelReader):
    case = of_case()
    survivor = serializers.UUIDField(required=False, allow_null=True)
    accused = keys("Keys of the accused in the case")

    class Meta:
        model = Threat
        fields = ["case", "survivor", "kind", "what", "on", "accused", "said_by"]


class ThreatViewSet(ThreatReading):
    """Threats against survivors and those around them, and what was done about each."""

    needs = {"list": Can.VIEW_SURVIVOR, "create": Can.REPORT_THREAT}

    @extend_schema(request=ThreatReporting, responses=added(ThreatReading.serializer_class))
    def create(self, request):
        """Report a threat; whoever must act is alerted at once."""
        facts = self.facts(ThreatReporting)
        case = case_named(facts.pop("case"))
        if key := facts.pop("survivor", None):
            facts["survivor_id"] = rows_named(Survivor, [key], case.pk, field="survivor")[0].pk
        return self.add(survivor_actions.report_threat, case.pk, case.office_id, **facts)
