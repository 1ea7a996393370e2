"""Cells of the standard as values: names, labels and known slips; several values with ; or spaces between."""

import json
import re
from collections.abc import Callable
from typing import Any

from exchange.htcds.dictionary import FIELDS, Field, country_of, language_of, plainly
from exchange.incoming.contract import Faulty, Reading
from exchange.incoming.parsers import day, text, whole, yes_or_no
from exchange.incoming.tables import shown

LONGEST = {"Text": 1000, "Long Text": 5000}
# A spreadsheet shows this sign before a text so that it is no formula; it is not part of the text.
APOSTROPHE = re.compile(r"^'(?=[=+\-@|%−])")


def parser_of(field: Field) -> Callable[[Any, Reading], Any]:
    """How a cell of this field is read."""
    if field.codes == "ISO 3166" or field.name == "hte_Country":
        return countries if field.several else country
    if field.codes == "ISO 639-2":
        return language
    if field.listed:
        return several(field) if field.several else one(field)
    if field.type == "Date":
        return day()
    if field.type == "Checkbox":
        return yes_or_no
    if field.type == "Lookup [to organisation]":
        return organisation
    if field.type == "Number" and field.name in ("vic_AgeWhenTrafficked", "prs_NumberOfChildren"):
        return whole(0, 120 if field.name == "vic_AgeWhenTrafficked" else 40)
    return words(LONGEST.get(field.type, 1000))


def words(limit: int) -> Callable[[Any, Reading], str]:
    """What somebody wrote, without the sign that kept a spreadsheet quiet."""
    plain = text(limit, lines=True)

    def parse(cell: Any, reading: Reading) -> str:
        return APOSTROPHE.sub("", plain(cell, reading))

    return parse


def one(field: Field) -> Callable[[Any, Reading], str]:
    """One value. Labels of industries hold ; and , and are never cut, but a form may send several."""

    def parse(cell: Any, _reading: Reading) -> str:
        said = cell[0] if isinstance(cell, list) and cell else cell
        if value := field.value_of(shown(said)):
            return value
        first = re.split(r"[;\s]+", shown(said).strip())[0]
        if "_" in first and (value := field.value_of(first)):
            return value
        raise Faulty("htcds_value", field=field.name, values=examples(field))

    return parse


def several(field: Field) -> Callable[[Any, Reading], list[str]]:
    """Several values: ; or | or a line between them, or spaces between names as forms send them."""

    def parse(cell: Any, _reading: Reading) -> list[str]:
        if isinstance(cell, list):
            parts = [str(part) for part in cell]
        else:
            parts = [part for part in re.split(r"[;|\n]", shown(cell)) if plainly(part)]
        found = [field.value_of(part) for part in parts]
        if None in found and len(parts) == 1:
            found = [field.value_of(part) for part in re.split(r"[\s,]+", parts[0].strip())]
        if None in found and len(parts) == 1:
            found = [field.value_of(part) for part in parts[0].split(",")]
        if None in found:
            raise Faulty("htcds_value", field=field.name, values=examples(field))
        return [value for value in field.labels if value in found]

    return parse


def examples(field: Field) -> str:
    """The first values of the list, for the sentence that says what may stand there."""
    labels = list(field.labels.values())
    return ", ".join(labels[:6]) + (" …" if len(labels) > 6 else "")


def country(cell: Any, _reading: Reading) -> str:
    found = country_of(shown(cell))
    if found is None:
        raise Faulty("country")
    return found


def countries(cell: Any, reading: Reading) -> list[str]:
    """Several countries; the names of some hold a comma, so whole names are tried first."""
    if isinstance(cell, list):
        return list(dict.fromkeys(country(part, reading) for part in cell))
    if whole_name := country_of(shown(cell)):
        return [whole_name]
    parts = [part for part in re.split(r"[;|\n]", shown(cell)) if plainly(part)]
    if len(parts) == 1 and country_of(parts[0]) is None:
        parts = re.split(r"[\s,]+", parts[0].strip())
    return list(dict.fromkeys(country(part, reading) for part in parts))


def language(cell: Any, _reading: Reading) -> str:
    found = language_of(shown(cell))
    if found is None:
        raise Faulty("htcds_language")
    return found


def organisation(cell: Any, reading: Reading) -> dict[str, Any]:
    """An organisation: its row where the file has one, else its name."""
    if isinstance(cell, dict):
        return inner(cell, reading)
    return {"org_Name": words(1000)(cell, reading)}


def rows(cell: Any, reading: Reading) -> list[dict[str, Any]]:
    """Rows of another table that belong to this one."""
    found = cell if isinstance(cell, list) else read_json(shown(cell))
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Faulty("htcds_rows")
    return [inner(row, reading) for row in found]


def inner(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """A row of another table, each value as its field wants it; keys and what is unknown stay as they are."""
    return {name: read_inner(name, value, reading) for name, value in row.items() if value not in ("", None)}


def read_json(said: str) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        raise Faulty("htcds_rows") from None


def read_inner(name: str, value: Any, reading: Reading) -> Any:
    """A value of such a row, read like a cell of its field."""
    if name == "x_place":
        return organisation(value, reading)
    if name not in FIELDS:
        return value
    return parser_of(FIELDS[name])(value, reading)


def key(cell: Any, _reading: Reading) -> str:
    """A key of somebody's own."""
    return text(80)(cell, _reading)
