"""A record of every kind that a case can hold, with words of its own in every column."""

import datetime
import itertools
import uuid

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from cases.models import CaseBearing
from documents.models import Document
from reference.fields import CodeField, CodesField, PartialDateField, QuantityField
from reference.sealed_fields import EncryptedDate, EncryptedField, EncryptedJSON
from survivors.models import Survivor
from tests import factories
from tests.factories import UserMake, arranging

MAKERS = {
    make._meta.model: make
    for name, make in vars(factories).items()
    if name.endswith("Make") and getattr(getattr(make, "_meta", None), "model", None)
}
# Made by the product when it seals, by the database alone, or by whoever counts a month, and frozen then.
NOT_BY_HAND = {"cases.CaseKey", "figures.MonthCase"}
# The other way round their constraints would not hold.
GIVEN = {
    "rights.Review": {"due_on": datetime.date(2030, 1, 1), "status": "waiting"},
    "cases.Assignment": {"role": "lawyer"},
    # Never changed once it stands: its words are there from the beginning.
    "documents.EvidenceStep": dict.fromkeys(
        ("from_whom", "to_whom", "place", "seal_number", "why"), "QmarkStep"
    ),
    "cases.Share": {"until": timezone.now() + datetime.timedelta(days=2)},
}
numbers = itertools.count(1)


def bearing():
    """Every kind of record that hangs from a case."""
    return [model for model in apps.get_models() if issubclass(model, CaseBearing)]


def one_of_each(case, **given):
    """{model: row}: one record of each kind, tied to the others of the same case wherever a tie is wanted."""
    made = dict(given)
    for model in bearing():
        if model._meta.label not in NOT_BY_HAND:
            row_of(model, case, made)
    return made


def row_of(model, case, made):
    """The row of this kind; made now, with those it needs, if there is none."""
    if model in made:
        return made[model]
    values = {"case": case, "office_id": case.office_id, "sensitivity": case.sensitivity}
    more = dict(GIVEN.get(model._meta.label, {}))
    if model in MAKERS:
        tied = ties_of(model, case, made)
        row = MAKERS[model](case=case, **tied, **more)
    else:
        row = bare_row(model, case, made, values | more)
    made[model] = row
    return row


def ties_of(model, case, made):
    """{field: row of the same case} of the ties it cannot be without; of two to one kind only the first."""
    tied = {}
    for field in model._meta.concrete_fields:
        above = field.related_model if field.is_relation else None
        if above is None or above is model or not issubclass(above, CaseBearing):
            continue
        if field.null and above is not Survivor:
            continue
        if above not in {type(row) for row in tied.values()}:
            tied[field.name] = row_of(above, case, made)
    return tied


def bare_row(model, case, made, values):
    """A row that no factory makes, with what its columns want."""
    for field in model._meta.concrete_fields:
        if field.name in values or field.primary_key or field.attname in values:
            continue
        if field.is_relation and (not field.null or field.related_model is Survivor):
            bearing_case = issubclass(field.related_model, CaseBearing)
            values[field.name] = row_of(field.related_model, case, made) if bearing_case else other(field)
        elif not field.is_relation and not field.has_default() and not field.null and not field.blank:
            values[field.name] = something(field)
        elif field.name == "key":
            values["key"] = f"{model._meta.model_name[:3]}_{next(numbers)}"
    row = model(**values)
    with arranging():
        row.save(force_insert=True)
    return row


def other(field):
    """A row of no case."""
    if field.related_model._meta.label == "accounts.User":
        return UserMake()
    found = field.related_model._base_manager.first()
    return found if found is not None else bare_other(field.related_model)


def bare_other(model):
    values = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.has_default() or field.null or field.blank:
            continue
        values[field.name] = other(field) if field.is_relation else something(field)
    row = model(**values)
    with arranging():
        row.save(force_insert=True)
    return row


def something(field):
    """A value that the column takes."""
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.now().date()
    if isinstance(field, models.TimeField):
        return datetime.time(9)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return 1
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.BinaryField):
        return b"x"
    if field.name in ("sha256", "digest"):
        return "0" * 64
    return f"x{next(numbers)}"[: field.max_length or 20]


# Records of numbers, which figures reckon with.
NUMBERS = {"parts", "youngest", "youngest_exploited", "oldest", "expected", "ages", "follow_up_months"}
ONLY_ADDED = {"documents.EvidenceStep", "notifications.AlertLog"}
# Texts that the database checks, or that say how rows belong together.
NO_WORDS = {"key", "sha256", "digest", "currency", "country", "quote_lang", "episode_key"}


def takes_words(field):
    """A column into which people write."""
    if field.name in NO_WORDS or field.choices or field.is_relation:
        return False
    if isinstance(field, (CodeField, PartialDateField, QuantityField)):
        return False
    return isinstance(field, (models.CharField, models.TextField)) and (field.max_length or 1000) >= 40


def mark(made, word):
    """Put a word of its own into every text, list of texts, record and sealed value: {place: word}."""
    planted = {}
    for model, row in made.items():
        values = {}
        for field in model._meta.concrete_fields:
            said = f"{word}{len(planted) + len(values)}Q"
            value = None if model._meta.label in ONLY_ADDED else marked(field, said)
            if value is not None:
                values[field.name] = (said, value)
        planted |= {f"{model._meta.label}.{name}": said for name, said in written(row, values).items()}
    return planted


def written(row, values):
    """{field: word} of those that could be written: all at once, or one by one where a rule ties some."""
    if not values or kept(row, values):
        return {name: said for name, (said, _value) in values.items()}
    return {name: said for name, (said, value) in values.items() if kept(row, {name: (said, value)})}


def kept(row, values):
    """Whether the database took it."""
    before = {name: row.__dict__.get(name) for name in values}
    for name, (_said, value) in values.items():
        setattr(row, name, value)
    try:
        with arranging(), transaction.atomic():
            row.save(update_fields=list(values))
    except IntegrityError:
        row.__dict__.update(before)
        return False
    return True


def marked(field, word):
    if isinstance(field, (EncryptedDate, CodesField)) or field.unique:
        return None
    if isinstance(field, EncryptedJSON):
        return [{"kind": "passport", "number": word}] if field.name == "numbers" else {"locality": word}
    if isinstance(field, EncryptedField):
        return word
    if isinstance(field, ArrayField):
        return (
            [word] if (field.base_field.max_length or 1000) >= 40 and not field.base_field.choices else None
        )
    if isinstance(field, models.JSONField):
        if field.name in NUMBERS:
            return None
        return {"word": word} if field.default is dict else [word]
    return word if takes_words(field) else None


def document_of(case, made):
    """The document row of the world."""
    return made[Document]
