"""What the schema has against a file, in plain words."""

import difflib
import json
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TYPES = {
    "string": gettext_lazy("must be text; put it in quotes"),
    "boolean": gettext_lazy("must be true or false"),
    "number": gettext_lazy("must be a number"),
    "integer": gettext_lazy("must be a whole number"),
    "array": gettext_lazy("must be a list"),
    "object": gettext_lazy("must be a group of fields"),
}

# The patterns of the schema by how they begin.
SHAPES = (
    ("^(\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])( ", gettext_lazy(
        "is not a date with or without a time: write 2017, 2017-03, 2017-03-10 or 2017-03-10 09:30 "
        "(about: ~ at the end), or +7d 09:30 in a demo file")),
    ("^(\\d{4}", gettext_lazy(
        "is not a date: write 2017, 2017-03 or 2017-03-10 (about: ~ at the end), or -30d in a demo file")),
    ("^\\d+(\\.\\d{1,2})?", gettext_lazy(
        "is not an amount with its currency, such as 12000 PHP or 3000..8000 USD")),
    ("^[A-Z]{2}$", gettext_lazy("is not a country code of two capital letters, such as PH")),
    ("^[A-Z0-9]", gettext_lazy("is not a case number: 3 to 40 capital letters, digits, / _ or -")),
    ("^[a-z][a-z0-9_]{0,30}$", gettext_lazy(
        "is not a key: small letters, digits and _, beginning with a letter, at most 31")),
    ("^[a-z][a-z0-9_]*$", gettext_lazy("is not a key: small letters, digits and _, beginning with a letter")),
)  # fmt: skip

QUANTITY = gettext_lazy("is not a number, or what is known of one: 5, 5~, 7..10, ..24 or 101..")
SCORE = gettext_lazy("is not a score: a number from 1 to 4, or a list of whole numbers from 1 to 4")


def explain(error):
    """(path, reason) for each thing that one error of the schema says."""
    where = [step + 1 if isinstance(step, int) else step for step in error.absolute_path]
    if error.instance is None and error.validator != "required":
        return [(where, _("is empty; leave it out when it is not known"))]
    return [(where + more, reason) for more, reason in WORDS.get(error.validator, _other)(error)]


def _required(error):
    missing = [name for name in error.validator_value if name not in error.instance]
    return [([name], _("is missing")) for name in missing if f"'{name}'" in error.message]


def _unknown(error):
    schema = error.schema
    known = list(schema.get("properties", ()))
    if "propertyNames" in schema:
        return []  # said by propertyNames already
    patterns = list(schema.get("patternProperties", ()))
    extra = [name for name in error.instance if name not in known and not _matches(name, patterns)]
    return [([name], _did_you_mean(name, known) if known else _shape(patterns[0])) for name in extra]


def _matches(name, patterns):
    return any(re.search(pattern, name) for pattern in patterns)


def _did_you_mean(name, known):
    close = difflib.get_close_matches(name, known, 1)
    if close:
        return _("is not a field of this format; did you mean %s?") % close[0]
    return _("is not a field of this format; here it knows %s") % ", ".join(known)


def _enum(error):
    known = [str(value) for value in error.validator_value]
    close = difflib.get_close_matches(str(error.instance), known, 1)
    hint = " " + _("(did you mean %s?)") % close[0] if close else ""
    said = {"value": _shown(error), "known": ", ".join(known)}
    return [([], _("%(value)s is not one of: %(known)s") % said + hint)]


def _type(error):
    return [([], f"{_shown(error)} {TYPES[error.validator_value]}")]


def _pattern(error):
    return [([], f"{_shown(error)} {_shape(error.validator_value)}")]


def _shape(pattern):
    if pattern == "^[A-Z]{3}$":
        return _("is not a currency code of three capital letters, such as PHP")
    return str(next(words for start, words in SHAPES if pattern.startswith(start)))


def _any_of(error):
    wanted = [option["required"][0] for option in error.validator_value]
    if "status" in wanted:
        return [([], _("needs an outcome, unless its status is planned or cancelled"))]
    return [([], _("needs at least one of: %s") % ", ".join(wanted))]


def _one_of(error):
    words = SCORE if any(option.get("type") == "array" for option in error.validator_value) else QUANTITY
    return [([], f"{_shown(error)} {words}")]


def _unique(error):
    values = [json.dumps(value, sort_keys=True) for value in error.instance]
    twice = sorted({value for value in values if values.count(value) > 1})
    return [([], _("says %s more than once") % ", ".join(twice))]


def _shown(error):
    text = json.dumps(error.instance, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _other(error):
    return [([], error.message)]


WORDS = {
    "required": _required,
    "additionalProperties": _unknown,
    "enum": _enum,
    "const": lambda error: [([], _("must be %s") % error.validator_value)],
    "type": _type,
    "pattern": _pattern,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "uniqueItems": _unique,
    "minLength": lambda error: [([], _("is empty; leave it out when it is not known"))],
    "minItems": lambda error: [([], _("is an empty list; leave it out when nothing is known"))],
    "minProperties": lambda error: [([], _("says nothing; leave it out when nothing is known"))],
    "minimum": lambda error: [([], _("%(value)s is less than %(limit)s") % {
        "value": _shown(error), "limit": error.validator_value})],
    "maximum": lambda error: [([], _("%(value)s is more than %(limit)s") % {
        "value": _shown(error), "limit": error.validator_value})],
}  # fmt: skip
