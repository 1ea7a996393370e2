"""Form fields for half-known values, with a clear sentence when they cannot be read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reference.values import EDTF, PartialDate, Quantity


class EdtfField(forms.CharField):
    """A partial date as text; gives a PartialDate, or '' when left empty."""

    default_error_messages = {
        "date": _("Write the date as 2017, 2017-03 or 2017-03-10; add ~ for about."),
        "no_such_day": _("There is no such day in the calendar."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 11)
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return ""
        try:
            return PartialDate(value)
        except ValueError as why:
            fault = "no_such_day" if EDTF.match(value) else "date"
            raise forms.ValidationError(self.error_messages[fault], code=fault) from why


class QuantityFormField(forms.CharField):
    """A number or what is known of one; gives its text, or '' when left empty."""

    default_error_messages = {"quantity": _("Write a number, 5~ for about five, 7..10, ..24 or 101..")}

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return ""
        try:
            return str(Quantity.of(value))
        except ValueError as why:
            raise forms.ValidationError(self.error_messages["quantity"], code="quantity") from why
