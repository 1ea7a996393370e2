"""Model fields for values that are half known, and the SQL that reads them."""

from functools import partialmethod

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, Q
from django.utils.encoding import force_str
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reference.form_fields import EdtfField, QuantityFormField
from reference.values import PartialDate, Quantity


def _listed(values):
    """The values as SQL literals; code lists are ours, but quote them all the same."""
    return ", ".join("'" + str(value).replace("'", "''") + "'" for value in values)


def _display(record, field):
    """The label of the code that a record has, in the language of the reader."""
    value = getattr(record, field.attname)
    return force_str(field.labels.get(value, value), strings_only=True)


class CodeField(models.CharField):
    """One code of a code list; the column itself refuses anything else. '' (if blank) when not known."""

    non_db_attrs = tuple(name for name in models.CharField.non_db_attrs if name != "choices")

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        if kwargs.get("blank"):
            kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        """Django's own get_..._display translates the whole list of codes for each record that is shown."""
        own = f"get_{name}_display" in cls.__dict__
        super().contribute_to_class(cls, name, **kwargs)
        if self.choices is not None and not own:
            setattr(cls, f"get_{name}_display", partialmethod(_display, field=self))

    @cached_property
    def labels(self):
        """{code: label}, not translated yet."""
        return dict(self.flatchoices)

    def db_check(self, connection):
        values = [value for value, _label in self.flatchoices] + ([""] if self.blank else [])
        return f"{connection.ops.quote_name(self.column)} IN ({_listed(values)})"


class CodesField(ArrayField):
    """Several codes of one code list; the column itself refuses anything else."""

    def db_check(self, connection):
        values = _listed(value for value, _label in self.base_field.flatchoices)
        return f"{connection.ops.quote_name(self.column)}::text[] <@ ARRAY[{values}]::text[]"


class PartialDateField(models.CharField):
    """An EDTF date as text; '' when nothing is known. Python sees a PartialDate or ''."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 11)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def db_check(self, connection):
        return f"edtf_valid({connection.ops.quote_name(self.column)})"

    def from_db_value(self, value, expression, connection):
        return PartialDate(value) if value else ""

    def to_python(self, value):
        if not value:
            return ""
        try:
            return PartialDate(value)
        except ValueError as why:
            raise ValidationError(
                _("Write the date as 2017, 2017-03 or 2017-03-10; add ~ for about."), code="date"
            ) from why

    def get_prep_value(self, value):
        return str(PartialDate(value)) if value else ""

    def formfield(self, **kwargs):
        hint = _("2017, 2017-03 or 2017-03-10; add ~ for about")
        return super().formfield(**{"form_class": EdtfField, "help_text": hint, **kwargs})


class QuantityField(models.CharField):
    """A number or what is known of one, as text; '' when nothing is known. Python sees text."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 24)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def db_check(self, connection):
        return f"quantity_valid({connection.ops.quote_name(self.column)})"

    def to_python(self, value):
        if value in ("", None):
            return ""
        try:
            return str(Quantity.of(value))
        except ValueError as why:
            raise ValidationError(
                _("Write a number, 5~ for about five, 7..10, ..24 or 101.."), code="quantity"
            ) from why

    def get_prep_value(self, value):
        return "" if value in ("", None) else str(Quantity.of(value))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": QuantityFormField, **kwargs})


def codes(choices, **kwargs):
    """A list of codes from one code list; empty when nothing is known."""
    return CodesField(models.CharField(max_length=60, choices=choices), default=list, blank=True, **kwargs)


def keys(**kwargs):
    """Local keys (s1, p1, v1) of records of the same case; see docs/adr on local keys."""
    return ArrayField(models.CharField(max_length=31), default=list, blank=True, **kwargs)


def words(length=200, **kwargs):
    """A list of short plain texts."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, **kwargs)


class First(Func):
    """The first day a partial date can mean, in SQL (function edtf_first)."""

    function = "edtf_first"
    output_field = models.DateField()


class Last(Func):
    """The last day a partial date can mean, in SQL (function edtf_last)."""

    function = "edtf_last"
    output_field = models.DateField()


def amount(verbose_name=None):
    """One end of an amount of money; the currency stands in a field beside it."""
    return models.DecimalField(verbose_name, max_digits=16, decimal_places=2, null=True, blank=True)


def currency():
    """ISO 4217 code of the amounts beside it."""
    return models.CharField(_("currency"), max_length=3, blank=True)


def money_is_whole(name, field):
    """An amount has both its ends, in order, and a currency; or there is none of it."""
    none = Q(**{f"{field}_low": None, f"{field}_high": None, f"{field}_currency": ""})
    some = Q(**{f"{field}_low__gte": 0, f"{field}_high__gte": models.F(f"{field}_low")})
    whole = some & Q(**{f"{field}_currency__regex": "^[A-Z]{3}$"})
    return models.CheckConstraint(name=f"{name}_{field}_is_whole", condition=none | whole)
