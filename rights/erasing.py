"""What of each table goes when a case, or one person of it, is erased: worked out from the models themselves.

Every free text, everything that identifies, every key and sealed value goes; codes, numbers, days and ties
between rows stay, because the figures count them. A new model or field is part of it from the next migrate
on: there is no list to forget it on. The statements run inside `rights_erase` (rights/policies.py) alone.
"""

from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import NOT_PROVIDED

from reference.fields import CodeField, CodesField, PartialDateField, QuantityField
from reference.sealed_fields import EncryptedField

WORD = "[erased]"
CASE, SURVIVOR = "it.case_id", "it.survivor_id"
# Texts that say how rows belong together, or which of a closed list something is: no word of a person.
STRUCTURE = {
    "key", "giver_key", "who", "of", "law_code", "country", "currency", "sha256", "digest", "content_type",
    "ending", "episode_key", "about", "number", "code", "quote_lang", "rule", "subject", "event",
    "title_code", "zone",
}  # fmt: skip
# The same words, where they are written by people.
WRITTEN = {"prosecutions.ProceedingNumber.number", "survivors.ContactRule.who", "operations.LookoutSheet.who"}
# Texts of ours: the name of what made a row, a rule of the law.
OURS = {"aftercare.CareTask.source", "prosecutions.Clock.source", "prosecutions.Clock.ended_by",
        "prosecutions.Clock.doubts", "prosecutions.Reckoning.law"}  # fmt: skip
# What else goes, and how, whatever its class.
ALSO = {
    "cases.Case.number": "CASE WHEN it.decision = 'erase' THEN 'X-' || left(id::text, 13) ELSE number END",
    "cases.Emergency.number": (
        "CASE WHEN it.decision = 'erase' THEN 'X-' || left(case_id::text, 13) ELSE number END"
    ),
    "cases.Case.external_id": "''",
    "survivors.Survivor.external_id": "''",
    "survivors.Survivor.birth_year": (
        "CASE WHEN it.decision = 'erase' AND child IS NOT NULL THEN '' ELSE birth_year END"
    ),
    "prosecutions.Accused.born_year": "NULL",
    "prosecutions.Perpetrator.ref": "NULL",
    "prosecutions.NameForm.keys": "'{}'",
    "documents.Document.file": "''",
}
# Of what is sensitive and said in codes or numbers: the figures read these, so they stay in both ways.
COUNTED = {"survivors.Episode.kinds", "survivors.Episode.sex", "survivors.HealthEvent.what",
           "aftercare.Score.parts"}  # fmt: skip
# Tables of other purposes with a part in cases: they hold no word of anybody, or are dealt with apart.
APART = {"exchange.Export", "diary.FeedEntry", "notifications.Endpoint", "notifications.Choice",
         "notifications.Delivery", "notifications.Attempt", "prosecutions.MatchPair", "aftercare.Home",
         "aftercare.HomeAddress", "figures.MonthSheet", "figures.MonthFigure", "figures.MonthCase",
         "figures.MonthWord", "figures.MonthSeal"}  # fmt: skip


def label(model: Any, field: Any) -> str:
    return f"{model._meta.label}.{field.name}"


def sensitive_of(model: Any) -> set[str]:
    """The names of the fields that identify somebody or are sensitive."""
    kinds = [vars(kind).get("Privacy") for kind in model.__mro__]
    names = [getattr(kind, name, ()) for kind in kinds for name in ("identifying", "sensitive")]
    return {name for group in names for name in group}


def is_text(field: Any) -> bool:
    """Words that people write, in one column."""
    if field.choices or isinstance(field, (CodeField, PartialDateField, QuantityField)):
        return False
    if not isinstance(field, (models.CharField, models.TextField)):
        return False
    return field.max_length is None or field.max_length >= 40


def is_unique(model: Any, field: Any) -> bool:
    """Two rows with the same word would be refused."""
    sets = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return field.unique or any(field.name in names for names in sets)


def gone(model: Any, field: Any) -> str | None:
    """What takes the place of this column, as SQL; None where it stays."""
    name, column = label(model, field), f'"{field.column}"'
    if name in ALSO:
        return ALSO[name]
    if isinstance(field, EncryptedField):
        return "NULL"
    if field.is_relation or field.primary_key:
        return None
    secret = field.name in sensitive_of(model)
    if isinstance(field, models.BinaryField):
        return ("NULL" if field.null else "''") if secret else None
    if isinstance(field, ArrayField):
        return gone_list(name, column, field, secret)
    if is_text(field):
        if name in OURS or (field.name in STRUCTURE and name not in WRITTEN):
            return None
        return gone_text(column, field, unique=is_unique(model, field))
    if not secret:
        return None
    return gone_value(name, column, field)


def gone_text(column: str, field: Any, *, unique: bool) -> str:
    """Whether something stood there can still be seen, and counted; what it was cannot."""
    word = f"'{WORD} ' || left(id::text, 8)" if unique else f"'{WORD}'"
    if field.max_length:
        word = f"left({word}, {field.max_length})"
    return f"CASE WHEN {column} = '' THEN '' ELSE {word} END"


def gone_list(name: str, column: str, field: Any, secret: bool) -> str | None:
    if isinstance(field, CodesField):
        return in_erasing(name, column, "'{}'") if secret else None
    if (field.base_field.max_length or 1000) < 40:
        return None  # local keys, countries
    return f"CASE WHEN {column} = '{{}}' THEN {column} ELSE ARRAY['{WORD}'] END"


def gone_value(name: str, column: str, field: Any) -> str | None:
    """Sensitive codes and records: codes go in an erasure, records in both."""
    if isinstance(field, CodeField):
        return in_erasing(name, column, "''") if field.blank else None
    if isinstance(field, models.JSONField):
        if name in COUNTED:
            return None
        if field.null:
            return "NULL"
        empty = field.default() if field.default is not NOT_PROVIDED else {}
        return "'[]'" if isinstance(empty, list) else "'{}'"
    return None


def in_erasing(name: str, column: str, empty: str) -> str | None:
    return None if name in COUNTED else f"CASE WHEN it.decision = 'erase' THEN {empty} ELSE {column} END"


def bearing() -> list[Any]:
    """Every model that is part of a case, in the order of their tables."""
    found = [model for model in apps.get_models() if getattr(model, "case_bearing", False)]
    return sorted(found, key=lambda model: model._meta.db_table)


def of_case(model: Any) -> str | None:
    """Which rows belong to the case, as SQL."""
    names = {field.column: field for field in model._meta.concrete_fields}
    if model._meta.label == "cases.Case":
        return f"id = {CASE}"
    if "case_id" in names:
        return f"case_id = {CASE}"
    for field in names.values():
        if field.is_relation and getattr(field.related_model, "case_bearing", False):
            inner = of_case(field.related_model)
            if inner:
                return (
                    f"{field.column} IN (SELECT id FROM {field.related_model._meta.db_table} WHERE {inner})"
                )
    return None


def of_person(model: Any, seen: tuple = ()) -> str | None:
    """Which rows hang from the one survivor, as SQL: directly, or from rows that do."""
    if model._meta.label == "survivors.Survivor":
        return f"id = {SURVIVOR}"
    if model._meta.label in SPECIAL:
        return SPECIAL[model._meta.label]
    ways = []
    for field in model._meta.concrete_fields:
        above = field.related_model if field.is_relation else None
        if above is None or above in (model, *seen) or not getattr(above, "case_bearing", False):
            continue
        if above._meta.label == "cases.Case":
            continue
        inner = of_person(above, (*seen, model))
        if inner:
            ways.append(f"{field.column} IN (SELECT id FROM {above._meta.db_table} WHERE {inner})")
    return f"({' OR '.join(ways)})" if ways else None


# Where the tie to a person is not a column of the row.
HER_KEY = f"(SELECT key FROM survivors_survivor WHERE id = {SURVIVOR})"
SPECIAL = {
    "survivors.Kinship": f'case_id = {CASE} AND ({HER_KEY} = "of" OR {HER_KEY} = who)',
    "survivors.Story": f"id IN (SELECT story_id FROM survivors_storysubject WHERE survivor_id = {SURVIVOR})",
    "documents.Document": (
        "id IN (SELECT p.document_id FROM aftercare_entitlementpaper p"
        " JOIN aftercare_entitlement e ON e.id = p.entitlement_id JOIN aftercare_care c ON c.id = e.care_id"
        f" WHERE c.survivor_id = {SURVIVOR})"
    ),
}
# Shared by cases: what only this case knows of goes.
ONLY_HERE = (
    f"id IN (SELECT perpetrator_id FROM prosecutions_accused WHERE case_id = {CASE}) AND NOT EXISTS"
    " (SELECT 1 FROM prosecutions_accused a WHERE a.perpetrator_id = prosecutions_perpetrator.id"
    f" AND a.case_id <> {CASE})"
)


def plan() -> list[tuple[Any, dict[str, str], str | None, str | None]]:
    """(model, {column: what takes its place}, rows of the case, rows of the person) of every table."""
    found = []
    for model in bearing():
        if model._meta.label in APART:
            continue
        columns = {
            field.column: word for field in model._meta.concrete_fields if (word := gone(model, field))
        }
        if columns:
            whole = ONLY_HERE if model._meta.label == "prosecutions.Perpetrator" else of_case(model)
            person = None if model._meta.label in ("cases.Case", "cases.CaseKey") else of_person(model)
            found.append((model, columns, whole, person))
    return found
