"""Fields that several forms of the courtroom share."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.clock import today_in
from reference.form_fields import EdtfField
from reference.values import PartialDate

WHEN = _("2017, 2017-03 or 2017-03-10; add ~ for about")


def when(label, *, required=False):
    """A date that may be half known."""
    return EdtfField(
        label=label, required=required, help_text=WHEN, widget=forms.TextInput({"class": "w-short"})
    )


def one_of(label, choices, *, required=False, **more):
    """One code of a code list; the first line says that it is not known."""
    choices = [("", _("Choose") if required else _("Not known")), *choices]
    return forms.ChoiceField(label=label, choices=choices, required=required, **more)


def words(label, length=200, **more):
    """A short plain text that may be left out."""
    return forms.CharField(label=label, max_length=length, required=False, **more)


def note():
    """What a colleague must know and has no field of its own."""
    return forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 3}))


def amount(label, *, required=False):
    """One side of an amount; its currency stands beside it."""
    return forms.DecimalField(label=label, required=required, min_value=0, max_digits=16, decimal_places=2)


def currency():
    """ISO 4217 code of the amount beside it."""
    return forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        required=False,
        widget=forms.TextInput({"class": "w-short"}),
        error_messages={"invalid": _("Write the currency in three letters, like PHP.")},
    )


def yes_or_no(label):
    """Yes, no, or not known."""
    return forms.NullBooleanField(label=label, required=False)


class DayField(forms.DateField):
    """A day to come, with the browser's own picker; gives a PartialDate or ''."""

    def clean(self, value):
        day = super().clean(value)
        return PartialDate(day) if day else ""


class LinesField(forms.CharField):
    """Short texts, one on each line."""

    widget = forms.Textarea({"rows": 3})

    def __init__(self, *, longest=200, **kwargs):
        self.longest = longest
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def validate(self, value):
        if any(len(line) > self.longest for line in value):
            raise forms.ValidationError(
                _("Each line may have %(longest)s characters at most."), params={"longest": self.longest}
            )

    def run_validators(self, value):
        """Lines were checked one by one."""


class CountriesField(forms.CharField):
    """Country codes with commas between them."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        codes = [code.upper() for code in re.split(r"[\s,;]+", super().to_python(value)) if code]
        if not all(re.fullmatch(r"[A-Z]{2}", code) for code in codes):
            raise forms.ValidationError(_("Write countries as two letters, like PH, KH."))
        return codes

    def run_validators(self, value):
        """Codes were checked one by one."""


class PeopleField(forms.ModelMultipleChoiceField):
    """Some people of the case, ticked."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return f"{row.code} · {row.called}"


class PersonField(forms.ModelChoiceField):
    """One person of the case."""

    def label_from_instance(self, row):
        return f"{row.code} · {row.called}"


class ProceedingField(forms.ModelChoiceField):
    """One proceeding of the case."""

    def label_from_instance(self, row):
        return row.called


class NetworkField(forms.ModelChoiceField):
    """One network of the case."""

    def label_from_instance(self, row):
        return row.name


class ChargesField(PeopleField):
    """Some charges against the person, ticked."""

    def label_from_instance(self, row):
        return row.called


def today_text(case):
    """Today at the office of the case, as text for a field."""
    return today_in(case.office, timezone.now()).isoformat()


def initial_of(record, form_class):
    """What the form shows at first: the record as it is, its version included."""
    names = [name for name in form_class.base_fields if hasattr(record, name)]
    return {name: getattr(record, name) for name in names}
