"""Moments as clients write them, and as the database takes them."""

from datetime import UTC

from django.core.exceptions import ValidationError
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField


def in_utc(moment):
    """The same moment by the clock of the database, which takes no zone beyond 16 hours."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as why:  # a day before the first or after the last
        raise ValueError(moment) from why


class MomentField(IsoDateTimeField):
    """A moment of any zone, read in UTC."""

    def to_python(self, value):
        moment = super().to_python(value)
        try:
            return moment and in_utc(moment)
        except ValueError as why:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from why


class MomentFilter(filters.IsoDateTimeFilter):
    """Narrows by a moment (ISO 8601) of any zone."""

    field_class = MomentField
