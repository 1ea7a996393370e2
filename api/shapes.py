"""How records are written as JSON and read from it. Shapes only: actions judge and save."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from reference.fields import PartialDateField, QuantityField
from reference.values import PartialDate, Quantity


class PartialDateText(serializers.CharField):
    """A date as text: 2017, 2017-03 or 2017-03-10, with ~ or ? when not certain; '' when not known."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 11)
        super().__init__(**kwargs)

    def to_internal_value(self, text):
        text = super().to_internal_value(text)
        if not text:
            return ""
        try:
            return PartialDate(text)
        except ValueError as why:
            raise serializers.ValidationError(
                _("Write the date as 2017, 2017-03 or 2017-03-10; add ~ for about.")
            ) from why


class QuantityText(serializers.CharField):
    """A number or what is known of one: 5, 5~, 7..10, ..24, 101..; '' when nothing is known."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 24)
        super().__init__(**kwargs)

    def to_internal_value(self, text):
        text = super().to_internal_value(text)
        try:
            return str(Quantity.of(text)) if text else ""
        except ValueError as why:
            raise serializers.ValidationError(
                _("Write a number, 5~ for about five, 7..10, ..24 or 101..")
            ) from why


class ModelShape(serializers.ModelSerializer):
    """Fields derived from a model, half-known dates and numbers included."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        PartialDateField: PartialDateText,
        QuantityField: QuantityText,
    }


class Shape(ModelShape):
    """A record as the API shows it: an allow-list of fields; those of `only_with` need a further verb."""

    only_with = {}

    def get_fields(self):
        fields = super().get_fields()
        for name in fields.keys() - self.only_with.keys():
            fields[name].read_only = True
        view = self.context.get("view")
        for name, need in self.only_with.items():
            fields[name].required = False
            if not getattr(view, "swagger_fake_view", False) and not self.context["request"].user.can(need):
                del fields[name]
        return fields

    def to_representation(self, row):
        """Where the person's roles differ about such a verb, the office of the row decides."""
        shown = super().to_representation(row)
        for name, need in self.only_with.items():
            if name in shown and not self.context["request"].user.can_on(need, row.office_id):
                del shown[name]
        return shown


class Strict:
    """A field that is not known is refused: left out in silence, it would be lost."""

    def to_internal_value(self, data):
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)


class Reader(Strict, serializers.Serializer):
    """What a client sends for one act."""


class ModelReader(Strict, ModelShape):
    """What a client sends of a record's own fields. What must be unique the database keeps."""

    def get_validators(self):
        return []


class Versioned(Reader):
    """An act on a record that somebody else may have changed meanwhile."""

    version = serializers.IntegerField(
        required=False, min_value=1, help_text="The version you saw; another one answers 409."
    )


class Editing(ModelReader):
    """A change of some fields, which says on which version it rests."""

    version = serializers.IntegerField(min_value=1, help_text="The version you saw; another one answers 409.")

    def get_fields(self):
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "version"
            if not field.required:
                field.default = serializers.empty
        return fields
