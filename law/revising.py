"""Rows of law as plain values, so that what they were can be kept and compared."""

from datetime import date
from decimal import Decimal

from django.db import models


def plain(value):
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    return value


def facts_of(row):
    """Every column of the row, plain."""
    return {field.name: plain(getattr(row, field.name)) for field in row._meta.concrete_fields}
