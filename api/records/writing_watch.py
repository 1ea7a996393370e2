"""Conditions of bail, where accused people are, and what hearings cost, written as the pages write it."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.roles import Can
from api.base import found
from api.errors import added, changed
from api.records.watch import BailConditionReading, HearingCostReading, StatusCheckReading
from api.shapes import ModelReader, PartialDateText, Reader, Versioned
from prosecutions import actions
from prosecutions.bail_states import HowKnown, Kept
from prosecutions.models import Accused, BailCondition, BailOrder, Hearing, HearingCost, StatusCheck
from survivors.models import Survivor


class ConditionAdding(ModelReader):
    bail = serializers.UUIDField()
    survivor = serializers.UUIDField(required=False, allow_null=True)
    on = serializers.DateField(required=False, allow_null=True, help_text="The first day it is due")

    class Meta:
        model = BailCondition
        fields = ["bail", "kind", "text", "place", "survivor", "rhythm", "every_days", "weekday", "on"]
        extra_kwargs = {"kind": {"required": True}}


class ConditionLifting(Versioned):
    lifted_on = PartialDateText()


class ConditionChecking(Reader):
    result = serializers.ChoiceField(Kept.choices)
    due_on = serializers.DateField(
        required=False, allow_null=True, help_text="The day the answer is for: `next_on` of the condition"
    )
    on = PartialDateText(required=False, help_text="Since when it is known")
    how = serializers.ChoiceField(HowKnown.choices, required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class BailConditionViewSet(BailConditionReading):
    """Conditions of bail, and the day on which somebody is to look whether each is kept."""

    needs = {
        "list": Can.VIEW_ACCUSED,
        "create": Can.WRITE_BAIL,
        "lift": Can.WRITE_BAIL,
        "check": Can.WRITE_BAIL,
    }

    @extend_schema(request=ConditionAdding, responses=added(BailConditionReading.serializer_class))
    def create(self, request):
        """Add a condition to a bail that runs."""
        facts = self.facts(ConditionAdding)
        bail = found(BailOrder, field="bail", pk=facts.pop("bail"))
        if facts.get("survivor"):
            facts["survivor"] = found(Survivor, field="survivor", pk=facts["survivor"], case_id=bail.case_id)
        return self.add(actions.add_condition, bail.pk, bail.office_id, **facts)

    @extend_schema(request=ConditionLifting, responses=changed(BailConditionReading.serializer_class))
    @action(detail=True, methods=["post"])
    def lift(self, request, pk):
        """The court has lifted it."""
        return self.move(ConditionLifting, actions.lift_condition)

    @extend_schema(request=ConditionChecking, responses=changed(BailConditionReading.serializer_class))
    @action(detail=True, methods=["post"])
    def check(self, request, pk):
        """Say whether it was kept; the condition is answered, with its next day. One broken is a breach."""
        row = self.get_object()
        self.act(actions.check_condition, row.pk, **self.facts(ConditionChecking))
        return self.shown(row)


class StatusConfirming(ModelReader):
    accused = serializers.UUIDField()

    class Meta:
        model = StatusCheck
        fields = ["accused", "status", "how", "on", "at", "note"]
        extra_kwargs = {"on": {"required": False, "help_text": "Today when nothing is sent"}}


class StatusCheckViewSet(StatusCheckReading):
    """Somebody made sure where an accused person is."""

    needs = {"list": Can.VIEW_ACCUSED, "create": Can.WRITE_BAIL}

    @extend_schema(request=StatusConfirming, responses=added(StatusCheckReading.serializer_class))
    def create(self, request):
        """Say where the person is, and how that is known."""
        facts = self.facts(StatusConfirming)
        accused = found(Accused, field="accused", pk=facts.pop("accused"))
        return self.add(actions.confirm_status, accused.pk, accused.office_id, **facts)


class CostAdding(ModelReader):
    hearing = serializers.UUIDField()
    survivor = serializers.UUIDField()
    currency = serializers.RegexField(r"^[A-Z]{3}$")

    class Meta:
        model = HearingCost
        fields = ["hearing", "survivor", "of_family", "kind", "amount", "currency"]


class HearingCostViewSet(HearingCostReading):
    """What survivors and their families lost by hearings; what was struck out counts nowhere."""

    needs = {"list": Can.VIEW_SURVIVOR, "create": Can.PLAN_WITNESS, "strike": Can.PLAN_WITNESS}

    @extend_schema(request=CostAdding, responses=added(HearingCostReading.serializer_class))
    def create(self, request):
        """Write down one amount."""
        facts = self.facts(CostAdding)
        hearing = found(Hearing, field="hearing", pk=facts.pop("hearing"))
        facts["survivor"] = found(Survivor, field="survivor", pk=facts["survivor"], case_id=hearing.case_id)
        return self.add(actions.add_cost, hearing.pk, hearing.office_id, **facts)

    @extend_schema(request=Versioned, responses=changed(HearingCostReading.serializer_class))
    @action(detail=True, methods=["post"])
    def strike(self, request, pk):
        """It was written by mistake."""
        return self.move(Versioned, actions.strike_cost)
