"""What stands in the files of the law, and where each part of it goes."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from law.models import (
    ClockRule,
    CourtStage,
    CourtTier,
    Entitlement,
    HearingType,
    Identifier,
    Offence,
    Reason,
    Statute,
)

TEXT, NUMBER, FLAG, DAY, SHARE, AMOUNT, WORDS, TABLE, TABLES = [
    "text",
    "number",
    "flag",
    "day",
    "share",
    "amount",
    "words",
    "table",
    "tables",
]

# What a value of each kind may be in the file; bool is an int to Python and not to us.
KINDS = {
    TEXT: lambda value: isinstance(value, str),
    NUMBER: lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    FLAG: lambda value: isinstance(value, bool),
    DAY: lambda value: type(value) is date,
    SHARE: lambda value: isinstance(value, float) and 0 < value <= 1,
    AMOUNT: lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0,
    WORDS: lambda value: isinstance(value, list) and all(isinstance(word, str) for word in value),
    TABLE: lambda value: isinstance(value, dict),
    TABLES: lambda value: isinstance(value, list) and all(isinstance(part, dict) for part in value),
}


def wanted_of(kind):
    """What to write instead, in words."""
    return {
        TEXT: _("a text (in quotes if it looks like a number)"),
        NUMBER: _("a whole number"),
        FLAG: _("true or false"),
        DAY: _("a date like 2024-07-01"),
        SHARE: _("a share between 0 and 1"),
        AMOUNT: _("an amount"),
        WORDS: _("a list of texts"),
        TABLE: _("a table"),
        TABLES: _("a list of tables"),
    }[kind]


@dataclass(frozen=True)
class Shape:
    """One list of the files: its name there, its table here, and what each key becomes."""

    list: str
    model: Any
    keys: dict = field(default_factory=dict)
    needed: tuple = ("name",)

    def columns(self):
        """Each key of the file with its column and kind."""
        columns = {**EVERYWHERE, **self.keys}
        if "title" in columns:
            del columns["name"]
        return columns


def same(**kinds):
    """Keys that have the name of their column."""
    return {name: (name, kind) for name, kind in kinds.items()}


EVERYWHERE = same(code=TEXT, name=TEXT, valid_from=DAY, valid_to=DAY, source=TEXT, confidence=TEXT, note=TEXT)
SOURCED = ("source", "confidence")
LOCAL = same(local_name=TEXT)

STATUTES = Shape(
    "statutes",
    Statute,
    {"title": ("name", TEXT), **same(year=NUMBER, amended_by=WORDS)},
    ("title", *SOURCED),
)
OFFENCES = Shape(
    "offences",
    Offence,
    {
        **same(statute=TEXT, section=TEXT, casework=WORDS, bailable=TEXT, attempted=FLAG, replaces=TEXT),
        "imprisonment_min_months": ("months_min", NUMBER),
        "imprisonment_max_months": ("months_max", NUMBER),
        **same(life=FLAG, fine_min=AMOUNT, fine_max=AMOUNT),
    },
    ("name", "statute", *SOURCED),
)
COURTS = Shape("courts", CourtTier, {**LOCAL, **same(tier=NUMBER, tries_trafficking=FLAG)}, ("name", "tier"))
STAGES = Shape("stages", CourtStage, {**LOCAL, **same(order=NUMBER)}, ("name", "order"))
HEARING_TYPES = Shape(
    "hearing_types",
    HearingType,
    {**LOCAL, **same(stage=TEXT), "survivor_attendance_usual": ("survivor_attends", FLAG)},
)
CLOCKS = Shape(
    "statutory_clocks",
    ClockRule,
    {
        **same(starts=TEXT, stops_on=TEXT, hours=NUMBER, days=NUMBER, months=NUMBER, years=NUMBER),
        **same(fraction_of_max=SHARE, counts=TEXT, start_day=TEXT, roll_over=TEXT, suspended_by=TEXT),
        **same(readings=TABLE, kind=TEXT, applies=TEXT, consequence=TEXT, severity=TEXT),
    },
    ("name", "starts", "severity", *SOURCED),
)
REASONS = Shape(
    "adjournment_reasons", Reason, same(party=TEXT, avoidable=FLAG), ("name", "party", "avoidable")
)
BENEFITS = Shape(
    "survivor_benefits",
    Entitlement,
    {
        **same(amount=AMOUNT, amount_max=AMOUNT, currency=TEXT, condition=TEXT, for_whom=TABLES),
        **same(moment=TEXT, level=TEXT, authority=TEXT, refunded=FLAG, papers=WORDS, due_days=NUMBER),
        **same(claim_months=NUMBER, one_of=TEXT),
    },
    ("name", *SOURCED),
)
IDENTIFIERS = Shape("identifiers", Identifier, {**LOCAL, "regex": ("pattern", TEXT), **same(example=TEXT)})

# In an order in which what a row needs comes before it.
SHAPES = (STATUTES, OFFENCES, COURTS, STAGES, HEARING_TYPES, CLOCKS, REASONS, BENEFITS, IDENTIFIERS)
HEAD = same(
    country=TEXT, name=TEXT, time_zones=WORDS, currency=TEXT, languages=WORDS, age_of_majority=NUMBER,
    note=TEXT, compiled_on=DAY, bail_rules=WORDS,
)  # fmt: skip
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def empty(model, column):
    """What a column holds when nothing is said."""
    return model._meta.get_field(column).get_default()


def worth(kind, value):
    """The value as the table keeps it."""
    if kind in (SHARE, AMOUNT) and value is not None:
        return Decimal(str(value))
    return value
