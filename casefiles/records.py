"""The records that a file asks for, before anything is written."""

import uuid
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from reference.fields import PartialDateField, QuantityField
from reference.values import Money, PartialDate, Quantity


@dataclass
class Record:
    """One row: its model, its place in the file, its key, and what its fields must hold."""

    model: type
    where: tuple
    pk: uuid.UUID
    values: dict = field(default_factory=dict)


# Fields that hold an agency key of the file or plain words: people read words, so the agency's name is kept.
IN_WORDS = {
    "ReferralStep": {"source", "target"},
    "Relief": {"by"},
    "Proceeding": {"court"},
    "BailOrder": {"court", "opposed_by"},
    "Verdict": {"court"},
    "Appeal": {"court"},
    "Award": {"by"},
    "Age": {"by"},
    "Placement": {"at"},
    "Service": {"by"},
    "Entitlement": {"by"},
    "Case": {"led_by", "supported_by"},
}


class Records:
    """Everything that a file says, as rows of one case.

    The key of a row follows from the case's own random key and the row's place in the file, so that loading
    again finds it, and nothing that people added can be mistaken for it.
    """

    def __init__(self, case_id, document):
        self.case_id = case_id
        self.document = document
        self.all = []

    def pk(self, *where):
        """The key of the row at a place of the file."""
        return uuid.uuid5(self.case_id, "/".join(str(step) for step in where))

    def to(self, section, key):
        """The key of the record that a local key points to; None where none is given."""
        return self.pk(section, key) if key else None

    def add(self, model, where, part, fields, **values):
        """One more row; `fields` says which of its fields hold which fields of the part of the file."""
        filled = {}
        for name, source in fields.items():
            filled |= value_of(model, name, said(self.document, model, name, part.get(source)))
        record = Record(model, tuple(where), self.pk(*where), {"case_id": self.case_id, **filled, **values})
        self.all.append(record)
        return record


def said(document, model, name, value):
    """The name of the agency where a field of words holds its key; anything else as it stands."""
    if name not in IN_WORDS.get(model.__name__, ()):
        return value
    if isinstance(value, list):
        return [said(document, model, name, item) for item in value]
    agency = document.get("agencies", {}).get(value) if isinstance(value, str) else None
    return agency["name"] if agency else value


def value_of(model, name, value):
    """The field (or the three fields of an amount of money) with the value in the shape the model wants."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return money(name, value)
    return {name: shaped(column, value)}


def money(name, text):
    """An amount is kept as its two ends and its currency."""
    amount = Money.of(text) if text else None
    return {
        f"{name}_low": amount and amount.low,
        f"{name}_high": amount and amount.high,
        f"{name}_currency": amount.currency if amount else "",
    }


def shaped(column, value):
    """A value of the file as the column holds it; what is not known becomes the column's nothing."""
    if isinstance(column, QuantityField):
        return str(Quantity.of(value)) if value is not None else ""
    if isinstance(column, PartialDateField):
        return PartialDate(value) if value else ""
    if isinstance(column, ArrayField):
        return [str(item) for item in value or ()]
    if isinstance(column, models.BooleanField):
        return value if column.null else bool(value)
    if isinstance(column, models.JSONField):
        return value if value is not None else column.get_default()
    if isinstance(column, models.IntegerField):
        return value
    return value if value is not None else column.get_default() or ""
