"""One's own inbox of alerts."""

from uuid import UUID

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from accounts.roles import Can
from api.base import OfCaseFilters, ScopedViewSet
from api.errors import changed
from api.shapes import Shape
from notifications import actions
from notifications.models import InboxItem
from notifications.querysets import BLIND
from notifications.rules import Urgency
from notifications.words import words_of


class AlertShape(Shape):
    """One thing this person was told. What another office is asked to watch for names no case."""

    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    case = serializers.SerializerMethodField()
    rule = serializers.CharField(source="title_code")
    title = serializers.SerializerMethodField()
    todo = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    class Meta:
        model = InboxItem
        fields = [
            "id", "office", "case", "rule", "title", "todo", "urgency", "why", "code", "hearing", "day",
            "state", "read_at", "acked_at", "superseded", "created_at", "updated_at",
        ]  # fmt: skip

    def get_case(self, item) -> UUID | None:
        return None if item.title_code in BLIND else item.case_id

    def get_title(self, item) -> str:
        return str(words_of(item.title_code)[0])

    def get_todo(self, item) -> str:
        return str(words_of(item.title_code)[1])

    def get_state(self, item) -> str:
        return item.alert.state if item.alert else ""


class AlertFilters(OfCaseFilters):
    case = filters.UUIDFilter(method="of_case", label="Id of the case")
    urgency = filters.MultipleChoiceFilter(choices=Urgency.choices)
    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", label="Not read yet")
    waiting = filters.BooleanFilter(field_name="acked_at", lookup_expr="isnull", label="Not taken on by you")

    def of_case(self, rows, name, value):
        return rows.filter(case_id=value).exclude(title_code__in=BLIND)


class AlertViewSet(ScopedViewSet):
    """What the owner of the token was told."""

    model = InboxItem
    needs = {"list": Can.USE_DESK}
    related = ("alert", "office")
    serializer_class = AlertShape
    filterset_class = AlertFilters

    @extend_schema(request=None, responses=changed(AlertShape))
    @action(detail=True, methods=["post"])
    def acknowledge(self, request, pk):
        """I have it: the alert climbs no further."""
        item = self.get_object()
        return self.shown(self.act(actions.acknowledge_item, item.pk))
