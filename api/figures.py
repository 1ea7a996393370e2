"""Figures: what each means, what it comes to over the cases one sees, and the records it counts."""

import base64
import binascii
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Office
from accounts.roles import Can
from api.base import ScopedView, found
from api.doors import NeedsVerb
from api.errors import refusals
from api.shapes import Reader
from cases.clock import day_of_figures
from cases.models import Case
from cases.states import CaseworkType
from figures.catalogue import FIGURES
from figures.figure import FOLDS, LIST, PER_CODE, PER_CURRENCY, PER_KEY, SCORES

MOST = 200


def may_see(person, figure):
    """May this person be told what the figure comes to?"""
    return person.can(figure.need)


class FigureShape(serializers.Serializer):
    """One figure and its definition."""

    name = serializers.CharField()
    label: Any = serializers.CharField()  # fields have a label of their own
    definition = serializers.CharField()
    unit = serializers.CharField()
    kind = serializers.CharField()
    of_the_day = serializers.BooleanField(help_text="True of the day, whatever period is asked for")
    date_rule = serializers.CharField(help_text="Which date puts a record into a period")
    left_out = serializers.CharField(help_text="What does not count")


class AmountShape(serializers.Serializer):
    """A number as far as it is known: null is an open end."""

    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    about = serializers.BooleanField()


class PartShape(serializers.Serializer):
    """One part of a figure that has several: of a currency, a code, or a record."""

    code = serializers.CharField(help_text="Currency or code; empty where the part is a record")
    case = serializers.CharField(help_text="Number of the case of the record, or empty")
    key = serializers.CharField(help_text="Key of the record in its case, or empty")
    value = AmountShape(allow_null=True)


class FigureValue(FigureShape):
    """What a figure comes to over the cases that the person sees."""

    as_of = serializers.DateField()
    counted_at = serializers.DateTimeField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    cases = serializers.IntegerField(help_text="Cases that were looked at")
    rows = serializers.IntegerField(help_text="Records that were counted")
    value = AmountShape(allow_null=True, help_text="Null where the figure has parts, or nothing can be said")
    parts = PartShape(many=True)


class FigureRow(serializers.Serializer):
    """One record that a figure counts."""

    case = serializers.UUIDField(source="case_id")
    number = serializers.CharField(help_text="Number of the case")
    model = serializers.CharField()
    id = serializers.UUIDField(source="pk")
    key = serializers.CharField()
    on = serializers.CharField()
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    code = serializers.CharField()

    @extend_schema(responses=AmountShape)
    def get_amount(self, row) -> dict:
        return amount_of(row.amount)


class FigureRowsShape(serializers.Serializer):
    """Some of the records, and the address of the next."""

    next = serializers.CharField(allow_null=True)
    results = FigureRow(many=True)


class Asking(Reader):
    """How a figure may be cut."""

    office = serializers.CharField(required=False, max_length=40, help_text="Key of the office")
    type = serializers.ChoiceField(CaseworkType.choices, required=False, help_text="Casework type")
    since = serializers.DateField(required=False, help_text="First day of the period")
    until = serializers.DateField(required=False, help_text="Last day of the period")
    as_of = serializers.DateField(required=False, help_text="Counted as of this day; today")

    def validate(self, asked):
        if ("since" in asked) != ("until" in asked) or asked.get("since") and asked["since"] > asked["until"]:
            raise serializers.ValidationError({"until": [_("A period has a first and a last day.")]})
        return asked


class AskingRows(Asking):
    cursor = serializers.CharField(required=False, max_length=400)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST)


def amount_of(quantity):
    """A quantity as JSON."""
    if quantity is None:
        return None
    ends = {"low": quantity.low, "high": quantity.high}
    told = {name: None if end is None else f"{end.normalize():f}" for name, end in ends.items()}
    return {**told, "about": quantity.about}


def parts_of(figure, value):
    """The parts of a figure that has several."""
    if figure.kind in (PER_CURRENCY, PER_CODE):
        return [part(code=str(code), value=amount_of(one)) for code, one in value.items()]
    if figure.kind == PER_KEY:
        return [part(case=case, key=key, value=amount_of(one)) for (case, key), one in value.items()]
    if figure.kind == SCORES:
        return [
            part(case=case, key=key, code=code, value=exactly(score))
            for (case, key), scores in value.items()
            for code, score in scores.items()
        ]
    return [part(code=str(code)) for code in value] if figure.kind == LIST else []


def part(*, code="", case="", key="", value=None):
    return {"code": code, "case": case, "key": key, "value": value}


def exactly(score):
    text = None if score is None else f"{score:f}"
    return {"low": text, "high": text, "about": False}


def told(figure):
    """A figure with its definition."""
    return {
        "name": figure.name,
        "label": str(figure.label),
        "definition": str(figure.definition),
        "unit": str(figure.unit),
        "kind": figure.kind,
        "of_the_day": figure.of_the_day,
        "date_rule": str(figure.date_rule),
        "left_out": str(figure.left_out),
    }


CUTS = [
    OpenApiParameter("office", str, description="Key of the office"),
    OpenApiParameter("type", str, description="Casework type", enum=CaseworkType.values),
    OpenApiParameter("since", OpenApiTypes.DATE, description="First day of the period"),
    OpenApiParameter("until", OpenApiTypes.DATE, description="Last day of the period"),
    OpenApiParameter("as_of", OpenApiTypes.DATE, description="Counted as of this day; today"),
]
PAGE = [OpenApiParameter("cursor", str), OpenApiParameter("page_size", int)]


class FigureView(ScopedView, APIView):
    """What figures share: who may ask, and over which cases they count."""

    permission_classes = [NeedsVerb]

    def figure(self):
        """The figure of the address, for whoever may be told."""
        figure = FIGURES.get(self.kwargs["name"])
        if figure is None:
            raise Http404
        if not may_see(self.request.user, figure):
            raise PermissionDenied
        return figure

    def asked(self, reader):
        reading = reader(data=self.request.query_params.dict())
        reading.is_valid(raise_exception=True)
        return reading.validated_data

    def cut(self, figure, asked):
        """The cases, the day and the period, which a figure of the day has none of."""
        person, cases, office = self.request.user, Case.objects.all(), None
        if "office" in asked:
            office = found(Office, field="office", key=asked["office"])
            cases = cases.filter(office=office)
        if "type" in asked:
            cases = cases.filter(casework_type=asked["type"])
        now = timezone.now()
        day = asked.get("as_of") or day_of_figures(person, now, *([office] if office else []))
        period = (asked["since"], asked["until"]) if "since" in asked and not figure.of_the_day else None
        return cases, day or timezone.localdate(), period


class FigureList(FigureView):
    """Definitions."""

    needs = {"list": Can.USE_DESK}

    @extend_schema(
        responses={200: FigureShape(many=True), **refusals(400, 401, 403, 429)}, operation_id="figures_list"
    )
    def get(self, request):
        """Every figure with its definition."""
        return Response([told(figure) for figure in FIGURES.values()])


class FigureDetail(FigureView):
    """One figure."""

    needs = {"list": Can.VIEW_DASHBOARD}

    @extend_schema(
        parameters=CUTS, responses={200: FigureValue, **refusals(400, 401, 403, 404, 429)},
        operation_id="figures_retrieve",
    )  # fmt: skip
    def get(self, request, name):
        """What the figure comes to, over the cases that you see and no others."""
        figure, asked = self.figure(), self.asked(Asking)
        cases, day, period = self.cut(figure, asked)
        rows = figure.rows(cases, day, period)
        value = (figure.fold or FOLDS[figure.kind])(rows)
        several = figure.kind in (PER_CURRENCY, PER_CODE, PER_KEY, SCORES, LIST)
        return Response(
            {
                **told(figure), "as_of": day, "counted_at": timezone.now(), "since": period and period[0],
                "until": period and period[1], "cases": cases.count(), "rows": len(rows),
                "value": None if several else amount_of(value), "parts": parts_of(figure, value),
            }
        )  # fmt: skip


class FigureRows(FigureView):
    """The records behind one figure."""

    needs = {"list": Can.VIEW_DASHBOARD}

    @extend_schema(
        parameters=[*CUTS, *PAGE], responses={200: FigureRowsShape, **refusals(400, 401, 403, 404, 429)},
        operation_id="figures_rows",
    )  # fmt: skip
    def get(self, request, name):
        """The records that the figure counts, in an order that stays."""
        figure, asked = self.figure(), self.asked(AskingRows)
        rows = sorted(
            ((place_of(row), row) for row in figure.rows(*self.cut(figure, asked))), key=lambda one: one[0]
        )
        after = read(asked["cursor"]) if "cursor" in asked else None
        left = [one for one in rows if after is None or one[0] > after]
        size = asked.get("page_size", 50)
        page = left[:size]
        following = self.link(page[-1][0]) if len(left) > size else None
        return Response(
            {"next": following, "results": FigureRow([row for _place, row in page], many=True).data}
        )

    def link(self, place):
        query = self.request.query_params.copy()
        query["cursor"] = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def place_of(row):
    """Where a row stands among the others."""
    return [str(row.case_id), row.model, str(row.pk), row.key, row.code, row.currency, str(row.on)]


def read(cursor):
    """The place a cursor stands for."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error):
        place = None
    if not isinstance(place, list) or [type(word) for word in place] != [str] * 7:
        sentence = _("This cursor was not given out here. Begin again without it.")
        raise exceptions.ValidationError({"cursor": [sentence]})
    return place
