"""JSON and archives of tables as one table: a row for each person in each case, all of hers beside it."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from cases.states import IllegalMove
from exchange.htcds.dictionary import ENTITIES, FIELDS, KEYS, OF_ENTITY
from exchange.htcds.incoming.header import OURS

MOST_UNPACKED = 200 * 1024 * 1024
LOOKUPS = [name for name, field in FIELDS.items() if field.type == "Lookup [to organisation]"]
OUTGOING = [
    "cas_ReferredOrganisation", "cas_ReferredPrimaryCaseWorker", "cas_ReasonForOutgoingReferral",
    "cas_OutgoingReferralDate", "cas_OutgoingReferralDetails",
]  # fmt: skip
OF_PEOPLE = ("prs", "vic", "per", "con", "cas")
COLUMNS = [*OURS, *(field.name for prefix in OF_PEOPLE for field in OF_ENTITY[prefix])]
Rows = list[dict[str, Any]]


def from_json(plain: bytes) -> Iterator[list[Any]]:
    """A document like ours: a list of rows under each prefix."""
    try:
        document = json.loads(plain)
        entities = {prefix: document.get(prefix, []) for prefix in ENTITIES}
        if not any(entities.values()) or not all(
            isinstance(row, dict) for rows in entities.values() for row in rows
        ):
            raise ValueError
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise no_standard() from None
    return table(entities)


def from_zip(plain: bytes) -> Iterator[list[Any]]:
    """An archive like ours: vic.csv, prs.csv and so on."""
    try:
        with ZipFile(io.BytesIO(plain)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise IllegalMove(_("This file is too large to be read. Send it in parts."), field="file")
            names = {name.rpartition("/")[2]: name for name in archive.namelist()}
            entities = {
                prefix: read(archive.read(names[f"{prefix}.csv"])) if f"{prefix}.csv" in names else []
                for prefix in ENTITIES
            }
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, UnicodeDecodeError, csv.Error, EOFError):
        raise no_standard() from None
    if not any(entities.values()):
        raise no_standard()
    return table(entities)


def no_standard() -> IllegalMove:
    return IllegalMove(_("There are no tables of HTCDS in this file."), field="file")


def read(plain: bytes) -> Rows:
    """One table of the archive."""
    rows = csv.DictReader(io.StringIO(plain.decode("utf-8-sig")))
    return [{name: value for name, value in row.items() if name and value} for row in rows]


def table(entities: dict[str, Rows]) -> Iterator[list[Any]]:
    """The header, then a row for each person in each case."""
    yield list(COLUMNS)
    for row in people(entities):
        yield [row.get(name) or None for name in COLUMNS]


def people(entities: dict[str, Rows]) -> Iterator[dict[str, Any]]:
    persons = {row.get("x_person", ""): row for row in entities["prs"]}
    around = Around(entities)
    told = set()
    for part in ("vic", "per"):
        for row in entities[part]:
            person = row.get("x_person", "")
            told.add(person)
            yield {**persons.get(person, {}), **around.row(row, part)}
    for person, row in persons.items():
        if person not in told:
            yield {**row, "x_part": "none"}


class Around:
    """What belongs to a person, or to a case, in the other tables."""

    def __init__(self, entities: dict[str, Rows]) -> None:
        self.places = {row.get("x_record", ""): row for row in entities["org"]}
        self.of_case = grouped(entities["org"], "x_case")
        self.rows = {prefix: grouped(entities[prefix], "x_person", "x_case") for prefix in KEYS}

    def of(self, prefix: str, row: dict[str, Any]) -> Rows:
        return self.rows[prefix].get((row.get("x_person", ""), row.get("x_case", "")), [])

    def row(self, row: dict[str, Any], part: str) -> dict[str, Any]:
        found = {**row, "x_part": part, "x_places": self.of_case.get((row.get("x_case", ""),), [])}
        if part == "vic":
            cases = self.of("cas", row)
            found |= {**(cases[0] if cases else {}), **next(iter(self.of("con", row)), {})}
            found["x_referrals"] = [self.with_places(sent(one)) for one in cases if sent(one)]
            found["x_events"] = [self.with_places(one) for one in self.of("hte", row)]
            found["x_plans"], found["x_comments"] = self.of("spl", row), self.of("cco", row)
            found = {name: value for name, value in found.items() if name not in OUTGOING}
        return self.with_places(found)

    def with_places(self, row: dict[str, Any]) -> dict[str, Any]:
        """Keys of organisations become the organisations themselves; what is no key is a name."""
        for name in (*LOOKUPS, "x_place"):
            if isinstance(row.get(name), str):
                row = row | {name: self.places.get(row[name], {"org_Name": row[name]})}
        return row


def sent(row: dict[str, Any]) -> dict[str, Any]:
    """What a row of a case says of her being sent on."""
    told = {name: row[name] for name in OUTGOING if row.get(name)}
    return told | {"x_record": row.get("x_record", "")} if told else {}


def grouped(rows: Rows, *keys: str) -> dict[tuple, Rows]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row.get(key, "") for key in keys)].append(row)
    return found


UNPACKED = {"json": from_json, "zip": from_zip}
