"""Plans of care with goals and steps, conferences, tasks, and how people were scored."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.roles import Can
from aftercare.models import (
    Assessment,
    CareTask,
    Conference,
    Decision,
    Goal,
    GoalStep,
    PartScore,
    Plan,
    Score,
)
from api.records.reading import Reading, RecordShape
from api.shapes import ModelShape

VIEW = {"list": Can.VIEW_AFTERCARE}


class PlanViewSet(Reading):
    """Care plans with the day on which each must be looked at again."""

    model = Plan
    needs = VIEW
    fields = (
        "care", "position", "on", "by", "review_on", "reviewed_on", "agreed_on", "ended_on", "note",
    )  # fmt: skip
    narrow = ("care",)


class GoalViewSet(Reading):
    """Lines of a plan."""

    model = Goal
    needs = VIEW
    fields = (
        "plan", "position", "area", "goal", "own_words", "part", "born_of", "next_step", "due", "done_on",
        "status", "note",
    )  # fmt: skip
    narrow = ("plan", "area", "status")


class GoalStepViewSet(Reading):
    """What will be done for a goal, by whom, when, at what cost and out of whose money."""

    model = GoalStep
    needs = VIEW
    fields = (
        "goal", "position", "kind", "what", "provider", "starts_on", "ends_on", "cost", "cost_currency",
        "grant", "status", "done_on",
    )  # fmt: skip
    narrow = ("goal", "kind", "status", "grant")


class DecisionShape(ModelShape):
    class Meta:
        model = Decision
        fields = read_only_fields = ["id", "position", "what", "task"]


class ConferenceShape(RecordShape):
    decisions = serializers.SerializerMethodField()

    @extend_schema_field(DecisionShape(many=True))
    def get_decisions(self, conference):
        rows = sorted(conference.decisions.all(), key=lambda row: row.position)
        return DecisionShape(rows, many=True).data


class ConferenceViewSet(Reading):
    """Conferences over one person's road, with what they decided."""

    model = Conference
    needs = VIEW
    fields = ("care", "on", "present", "heard", "summary", "next_on", "by", "decisions")
    narrow = ("care",)
    shape = ConferenceShape

    def told(self, rows):
        return rows.prefetch_related("decisions")


class CareTaskReading(Reading):
    """What must be done for a person until a moment."""

    model = CareTask
    needs = VIEW
    fields = (
        "care", "kind", "what", "due_at", "worker", "hearing", "status", "ended_at", "ended_by", "note",
    )  # fmt: skip
    narrow = ("care", "kind", "worker", "status")


class ScoreShape(ModelShape):
    class Meta:
        model = Score
        fields = read_only_fields = ["domain", "value", "parts"]


class PartScoreShape(ModelShape):
    code = serializers.CharField(source="part.code", read_only=True)
    domain = serializers.CharField(source="part.domain", read_only=True)

    class Meta:
        model = PartScore
        fields = read_only_fields = ["part", "code", "domain", "value", "evidence"]


class AssessmentShape(RecordShape):
    scores = serializers.SerializerMethodField(help_text="By domain; one without a row was not known enough")
    part_scores = serializers.SerializerMethodField(help_text="By part of the instrument")

    @extend_schema_field(ScoreShape(many=True))
    def get_scores(self, assessment):
        return ScoreShape(sorted(assessment.scores.all(), key=lambda row: row.domain), many=True).data

    @extend_schema_field(PartScoreShape(many=True))
    def get_part_scores(self, assessment):
        rows = sorted(assessment.part_scores.all(), key=lambda row: row.part.position)
        return PartScoreShape(rows, many=True).data


class AssessmentReading(Reading):
    """Scorings of the six domains, 1 most vulnerable to 4 least."""

    model = Assessment
    needs = VIEW
    fields = (
        "care", "position", "on", "reason", "by", "instrument", "assessor", "setting", "scores",
        "part_scores", "note",
    )  # fmt: skip
    narrow = ("care", "reason", "instrument")
    shape = AssessmentShape

    def told(self, rows):
        return rows.prefetch_related("scores", "part_scores__part")
