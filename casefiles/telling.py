"""Records back into the shape of a file: what casefiles/records.py does, the other way round."""

import datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from casefiles.records import IN_WORDS
from cases.models import Agency
from reference.fields import QuantityField
from reference.sealed_fields import SealedValue
from reference.values import PartialDate, Quantity

# Required by the format: said even where it says no.
ALWAYS_SAID = {("Consent", "given")}


class Told:
    """The rows of one case as its viewer sees them, each kind read once, and the keys they are known by."""

    def __init__(self, case, without=frozenset(), *, exact=False):
        self.case, self.without, self.exact = case, without, exact
        self.read = set()
        self._rows, self._keys = {}, {}
        self.agencies = {row.name: row.key for row in reversed(self.rows(Agency))}

    def rows(self, model, *order):
        """Every row of this kind; as they were made where no other order is asked for."""
        if model not in self._rows:
            self.read.add(model)
            found = model.objects.filter(case_id=self.case.pk).order_by(*order, "created_at", "pk")
            self._rows[model] = [row for row in found if not self._hidden(row)]
        return self._rows[model]

    def _hidden(self, row):
        mine = {row.pk, getattr(row, "survivor_id", None)}
        return bool(self.without & mine)

    def under(self, model, name, pk, *order):
        """The rows of this kind that hang from one record."""
        groups = self._keys.setdefault((model, name), {})
        if not groups:
            groups[None] = ()
            for row in self.rows(model, *order):
                groups.setdefault(getattr(row, name), []).append(row)
        return groups.get(pk, ())

    def key(self, model, pk):
        """The local key of a record; None where there is none, or the viewer may not know of it."""
        keys = self._keys.setdefault(model, {})
        if not keys:
            keys.update({row.pk: row.key for row in self.rows(model)})
        return keys.get(pk)

    def part(self, row, fields, **more):
        """One group of fields of the file: what is known of them."""
        said = {source: self.value(row, name) for name, source in fields.items()}
        return known({**said, **more})

    def value(self, row, name):
        """One field as the file says it; None where nothing is known."""
        try:
            column = row._meta.get_field(name)
        except FieldDoesNotExist:
            return money_out(row, name)
        value = getattr(row, name)
        if isinstance(value, SealedValue):
            value = value.open()
        if isinstance(column, models.BooleanField):
            said = column.null or value or (type(row).__name__, name) in ALWAYS_SAID
            return value if said else None
        return self._in_keys(row, name, shaped_out(column, value))

    def _in_keys(self, row, name, value):
        """The key of an agency where its name stands."""
        if name not in IN_WORDS.get(type(row).__name__, ()):
            return value
        if isinstance(value, list):
            return [self.agencies.get(item, item) for item in value]
        return self.agencies.get(value, value)


def known(part):
    """Without what is not known."""
    return {name: value for name, value in part.items() if value is not None and value not in ("", [], {})}


def shaped_out(column, value):
    """A value of a column as YAML writes it."""
    if value in (None, "", [], {}):
        return None
    if isinstance(column, QuantityField):
        return quantity_out(Quantity.of(value))
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(column, ArrayField):
        return list(value)
    if isinstance(value, Decimal):
        return number_out(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def quantity_out(quantity):
    """A number where it is one; else what is known of it."""
    return number_out(quantity.low) if quantity.exact else str(quantity)


def number_out(value):
    """A decimal as YAML writes numbers."""
    return int(value) if value == value.to_integral_value() else float(value)


def money_out(row, name):
    """An amount, or the two ends of one, with its currency; None where there is none."""
    low, high, currency = (getattr(row, f"{name}_{end}") for end in ("low", "high", "currency"))
    return money_said(low, high, currency)


def money_said(low, high, currency):
    if not currency or low is None:
        return None
    ends = [f"{end:.0f}" if end == end.to_integral_value() else f"{end:.2f}" for end in (low, high)]
    return f"{ends[0]} {currency}" if low == high else f"{ends[0]}..{ends[1]} {currency}"


def moment_out(on, clock):
    """A date with its clock time, where the day is exact enough to have one."""
    if not on:
        return None
    return f"{on} {clock:%H:%M}" if clock and len(on) == len("2017-03-10") else str(on)
