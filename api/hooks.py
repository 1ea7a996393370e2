"""One's own webhooks, and the events that they tell, to be read again from any place."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.roles import Can
from api.base import ScopedView, ScopedViewSet
from api.doors import NeedsVerb
from api.errors import changed, refusals
from api.moments import MomentField, MomentFilter
from api.pages import StablePagination
from api.shapes import Reader
from hooks import actions, signing
from hooks.models import END, Webhook
from hooks.states import VERBS
from hooks.telling import cursor_of, events_after, horizon, place_of, since, told_of


class WebhookShape(serializers.ModelSerializer):
    """A webhook of one's own; its secret is told once, when it is made or changed."""

    class Meta:
        model = Webhook
        fields = [
            "id", "label", "url", "verbs", "failures", "failing_since_at", "rest_until_at", "paused_at",
            "stopped_at", "ended_at", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class WebhookSecret(WebhookShape):
    """A webhook with its secret."""

    secret = serializers.SerializerMethodField()

    class Meta(WebhookShape.Meta):
        fields = [*WebhookShape.Meta.fields, "secret"]
        read_only_fields = fields

    def get_secret(self, hook) -> str:
        return signing.shown(hook.secrets(timezone.now())[0])


class WebhookAdding(Reader):
    label: Any = serializers.CharField(max_length=80)  # fields have a label of their own
    url = serializers.CharField(max_length=500, help_text="https, on a host that the installation lists")
    verbs = serializers.ListField(
        child=serializers.CharField(max_length=60), min_length=1, max_length=200,
        help_text="As `hearing.record`, or all of `hearing.*`",
    )  # fmt: skip


class WebhookFilters(filters.FilterSet):
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte", label="Changed then or later")


class WebhookViewSet(ScopedViewSet):
    """The webhooks of the owner of the token, with her eyes."""

    model = Webhook
    needs = {"list": Can.VIEW_CASE}
    related = ()
    serializer_class = WebhookShape
    filterset_class = WebhookFilters

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Webhook.objects.none()
        return Webhook.objects.filter(owner=self.request.user)

    def told(self, hook, code=status.HTTP_200_OK):
        """The webhook with its secret, this once."""
        return Response(WebhookSecret(hook, context=self.get_serializer_context()).data, status=code)

    @extend_schema(
        request=WebhookAdding, responses={201: WebhookSecret, **refusals(400, 401, 403, 404, 409, 422, 429)}
    )
    def create(self, request):
        """Be told from now on; the answer has the secret with which messages are signed."""
        hook = self.act(actions.add_hook, request.user.pk, **self.facts(WebhookAdding))
        return self.told(hook, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=changed(WebhookSecret))
    @action(detail=True, methods=["post"])
    def rotate(self, request, pk):
        """A new secret; for a day messages are signed with both."""
        return self.told(self.act(actions.rotate_hook, self.get_object().pk))

    @extend_schema(request=None, responses=changed(WebhookShape))
    @action(detail=True, methods=["post"])
    def pause(self, request, pk):
        """Nothing is sent until you let it go on."""
        return self.shown(self.act(actions.pause_hook, self.get_object().pk))

    @extend_schema(request=None, responses=changed(WebhookShape))
    @action(detail=True, methods=["post"])
    def resume(self, request, pk):
        """Go on, also after it was switched off."""
        return self.shown(self.act(actions.resume_hook, self.get_object().pk))

    @extend_schema(request=None, responses=changed(WebhookShape))
    @action(detail=True, methods=["post"])
    def resend(self, request, pk):
        """What was given up is tried again."""
        return self.shown(self.act(actions.resend_hook, self.get_object().pk))

    @extend_schema(request=None, responses=changed(WebhookShape))
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """Nothing is sent any more, for good."""
        return self.shown(self.act(actions.end_hook, self.get_object().pk))


class RecordTold(serializers.Serializer):
    """What an event is about."""

    kind = serializers.CharField(help_text="The noun of its address")
    id = serializers.UUIDField()
    address = serializers.CharField()


class EventTold(serializers.Serializer):
    """That something was done: ids, a verb and a moment."""

    event = serializers.CharField(help_text="Its place: a cursor to read on from")
    verb = serializers.CharField()
    at = serializers.DateTimeField()
    case = serializers.UUIDField()
    record = RecordTold()


class EventPage(serializers.Serializer):
    """Some events, and where to read on."""

    next = serializers.CharField(allow_null=True, help_text="Null when there is no more now")
    since = serializers.CharField(help_text="Ask with it later for what comes after")
    results = EventTold(many=True)


class EventAsking(Reader):
    since = serializers.CharField(required=False, max_length=100)
    verb = serializers.ChoiceField(sorted(VERBS), required=False)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=StablePagination.largest)


class EventList(ScopedView, APIView):
    """What was done, as far as the owner of the token reads the trail and the records."""

    needs = {"list": Can.VIEW_CASE}
    permission_classes = [NeedsVerb]

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, description="A cursor, or a moment (ISO 8601)"),
            OpenApiParameter("verb", str, enum=sorted(VERBS)),
            OpenApiParameter("page_size", int),
        ],
        responses={200: EventPage, **refusals(400, 401, 403, 429)},
        operation_id="events_list",
    )
    def get(self, request):
        """What was done after a cursor or a moment, in the order in which the database took it."""
        reading = EventAsking(data=request.query_params.dict())
        reading.is_valid(raise_exception=True)
        asked, edge = reading.validated_data, horizon()
        size = asked.get("page_size", StablePagination.page_size)
        verbs = [asked["verb"]] if "verb" in asked else None
        place = place_asked(asked.get("since", ""), edge)
        events = list(events_after(request.user, place, edge, verbs)[:size])
        on = cursor_of(events[-1].xid, events[-1].pk) if len(events) == size else None
        results = [one.facts() for one in told_of(events, request.user)]
        rest = cursor_of(max(edge - 1, place[0]), END)
        return Response({"next": on and self.link(on), "since": on or rest, "results": results})

    def link(self, cursor):
        query = self.request.query_params.copy()
        query["since"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def place_asked(text, edge):
    """From a cursor, from a moment, or from the beginning."""
    if not text:
        return 0, 0
    try:
        return place_of(text)
    except ValueError:
        pass
    try:
        return since(MomentField().to_python(text)) or (edge - 1, END)
    except ValidationError as why:
        sentence = _("Send a cursor that was given out here, or a moment.")
        raise exceptions.ValidationError({"since": [sentence]}) from why
