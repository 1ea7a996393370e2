"""Services, contacts, looks at safety, stays, tasks and scores, written through the actions of the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.roles import Can
from aftercare import actions
from aftercare.models import Assessment, Care, Contact, GoalStep, Home, Instrument, SafetyCheck, Service
from aftercare.states import Domain, PlacementEnd, PlacementKind, TaskStatus
from api.base import found
from api.errors import added, changed
from api.records.care import ContactReading, PlacementReading, SafetyCheckReading, ServiceReading
from api.records.plans import AssessmentReading, CareTaskReading
from api.shapes import ModelReader, PartialDateText, Reader, Versioned
from cases.models import Grant
from reference.values import Money

WRITE = {"list": Can.VIEW_AFTERCARE, "create": Can.WRITE_AFTERCARE}


class OfCare:
    """What is added to the care of a person."""

    def add_to_care(self, action_, reader, ready=None):
        facts = self.facts(reader)
        care = found(Care, field="care", pk=facts.pop("care"))
        if ready:
            facts = ready(facts, care)
        return self.add(action_, care.pk, care.office_id, **facts)


class ServiceAdding(ModelReader):
    care = serializers.UUIDField()
    starts_on = PartialDateText()
    provider = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    cost = serializers.DecimalField(16, 2, required=False, min_value=0)
    cost_currency = serializers.RegexField(r"^[A-Z]{3}$", required=False, allow_blank=True)
    grant = serializers.UUIDField(required=False, allow_null=True)
    step = serializers.UUIDField(required=False, allow_null=True, help_text="Id of the step of a goal")

    class Meta:
        model = Service
        fields = [
            "care", "kind", "starts_on", "ends_on", "provider", "cost", "cost_currency", "grant", "step",
            "note",
        ]  # fmt: skip


class ServiceViewSet(OfCare, ServiceReading):
    """Services that were given."""

    needs = WRITE

    @extend_schema(request=ServiceAdding, responses=added(ServiceReading.serializer_class))
    def create(self, request):
        """Write down a service; an amount without a currency is in that of the office."""
        return self.add_to_care(actions.log_service, ServiceAdding, self.ready)

    @staticmethod
    def ready(facts, care):
        cost, currency = facts.pop("cost", None), facts.pop("cost_currency", "")
        if cost is not None:
            facts["cost"] = Money(cost, cost, currency or care.office.currency)
        if key := facts.pop("grant", None):
            facts["grant_id"] = found(Grant, field="grant", pk=key, case_id=care.case_id).pk
        if key := facts.pop("step", None):
            facts["step"] = found(GoalStep, field="step", pk=key, case_id=care.case_id)
        return facts


class ContactAdding(ModelReader):
    care = serializers.UUIDField()

    class Meta:
        model = Contact
        fields = ["care", "met_at", "way", "reached", "safe", "note"]
        extra_kwargs = {"met_at": {"required": False, "help_text": "Now when nothing is sent"}}


class ContactViewSet(OfCare, ContactReading):
    """When people were met or reached, or nobody could."""

    needs = WRITE

    @extend_schema(request=ContactAdding, responses=added(ContactReading.serializer_class))
    def create(self, request):
        """Write down a contact, or that nobody was reached."""
        return self.add_to_care(actions.log_contact, ContactAdding)


class SafetyLooking(ModelReader):
    care = serializers.UUIDField()

    class Meta:
        model = SafetyCheck
        fields = ["care", "safe", "risk", "reason", "dangers", "plan", "next_on"]


class SafetyCheckViewSet(OfCare, SafetyCheckReading):
    """Looks at the safety of people."""

    needs = WRITE

    @extend_schema(request=SafetyLooking, responses=added(SafetyCheckReading.serializer_class))
    def create(self, request):
        """Write down a look at the safety of a person."""
        return self.add_to_care(actions.look_at_safety, SafetyLooking)


class PlacementStarting(Reader):
    care = serializers.UUIDField()
    starts_on = PartialDateText()
    home = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a home of the office")
    kind = serializers.ChoiceField(PlacementKind.choices, required=False, help_text="Where it is no home")
    consent_by = serializers.CharField(required=False, allow_blank=True, max_length=200)
    consent_on = PartialDateText(required=False)
    against = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="Why, against the rules of the home"
    )
    knowing = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=20,
        help_text="The rules that are set aside",
    )  # fmt: skip

    def validate(self, facts):
        if not facts.get("home") and not facts.get("kind"):
            raise serializers.ValidationError({"kind": [_needed()]})
        return facts


def _needed():
    return serializers.Field.default_error_messages["required"]


class PlacementEnding(Versioned):
    ends_on = PartialDateText()
    ended_why = serializers.ChoiceField(PlacementEnd.choices, required=False, allow_blank=True)


class PlacementViewSet(OfCare, PlacementReading):
    """Stays in places of care: of which kind, in which home of the office, from when to when. Where a place
    stands is neither shown nor taken here."""

    needs = {**WRITE, "end": Can.WRITE_AFTERCARE}

    @extend_schema(request=PlacementStarting, responses=added(PlacementReading.serializer_class))
    def create(self, request):
        """The person has come to another home; the stay before ends on that day."""
        return self.add_to_care(actions.start_placement, PlacementStarting, self.ready)

    @staticmethod
    def ready(facts, care):
        if key := facts.pop("home", None):
            facts["home_id"] = found(Home, field="home", pk=key, office_id=care.office_id).pk
            facts.pop("kind", None)
        return facts

    @extend_schema(request=PlacementEnding, responses=changed(PlacementReading.serializer_class))
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """The person does not stay there any more."""
        return self.move(PlacementEnding, actions.end_placement)


class CareTaskAdding(Reader):
    care = serializers.UUIDField()
    what = serializers.CharField(max_length=300)
    due_at = serializers.DateTimeField()
    worker = serializers.UUIDField(required=False, allow_null=True, help_text="Id of one of the team")


class CareTaskMoving(Versioned):
    status = serializers.ChoiceField(TaskStatus.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class CareTaskViewSet(OfCare, CareTaskReading):
    """What must be done for a person until a moment."""

    needs = {**WRITE, "move_to": Can.WRITE_AFTERCARE}

    @extend_schema(request=CareTaskAdding, responses=added(CareTaskReading.serializer_class))
    def create(self, request):
        """Give a task."""
        return self.add_to_care(actions.add_task, CareTaskAdding, self.ready)

    @staticmethod
    def ready(facts, care):
        if "worker" in facts:
            facts["worker_id"] = facts.pop("worker")
        return facts

    @extend_schema(request=CareTaskMoving, responses=changed(CareTaskReading.serializer_class))
    @action(detail=True, methods=["post"], url_path="move", url_name="move")
    def move_to(self, request, pk):
        """It is done, dropped with a reason, or taken up again."""
        return self.move(CareTaskMoving, actions.move_task)


class PartScoring(Reader):
    part = serializers.IntegerField(min_value=1, help_text="Id of the part of the instrument")
    value = serializers.IntegerField(min_value=1, max_value=4, allow_null=True, help_text="Null: not known")
    evidence = serializers.CharField(required=False, allow_blank=True, max_length=500)


class AssessmentScoring(ModelReader):
    care = serializers.UUIDField()
    on = PartialDateText()
    instrument = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    scores = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=4), required=False,
        help_text="Whole domains: {domain: 1 to 4}",
    )  # fmt: skip
    parts = serializers.ListSerializer(child=PartScoring(), required=False, max_length=200)

    class Meta:
        model = Assessment
        fields = ["care", "on", "reason", "instrument", "scores", "parts", "setting", "note"]
        extra_kwargs = {"reason": {"required": True, "allow_blank": False}}

    def validate_scores(self, scores):
        unknown = sorted(set(scores) - set(Domain.values))
        if unknown:
            raise serializers.ValidationError([f"{name}: {', '.join(Domain.values)}" for name in unknown])
        return scores


class AssessmentViewSet(OfCare, AssessmentReading):
    """Scorings of the six domains, 1 most vulnerable to 4 least."""

    needs = WRITE

    @extend_schema(request=AssessmentScoring, responses=added(AssessmentReading.serializer_class))
    def create(self, request):
        """Score a person, by the parts of an instrument or whole domains; leave out what is not known."""
        return self.add_to_care(actions.score_assessment, AssessmentScoring, self.ready)

    @staticmethod
    def ready(facts, care):
        given, number = facts.pop("parts", ()), facts.pop("instrument", None)
        facts["parts"] = {one["part"]: (one["value"], one.get("evidence", "")) for one in given}
        facts["scores"] = facts.get("scores", {})
        if number is not None:
            facts["instrument_id"] = found(Instrument, field="instrument", pk=number).pk
        return facts
