"""Entities of the standard as files: JSON, a ZIP of tables, and the official sheet.

The sheet has the 38 core columns of the official workbooks. Where those contradict themselves we follow what
people read and type: the five mailing columns stand in the order of their labels and bear the names that go
with them, column 20 has its missing letter and column 36 its missing name. Old workbooks can still be read.
"""

import csv
import io
import json
from collections import defaultdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook

from exchange.htcds.dictionary import COUNTRY_NAMES, ENTITIES, FIELDS, FLAT, headers
from exchange.htcds.tables import NOT_HELD
from exchange.sheets import cell_of, inert, written

OURS = ("x_person", "x_case")  # the last columns of the flat table
JOINED = ";"


def joined(value):
    """One cell: several values with the sign that the sheets of the standard use."""
    return JOINED.join(value) if isinstance(value, list) else value


def missing(entities):
    """[(field, its rows, rows that say something, why it never does)] of all 84 fields."""
    found = []
    for field in FIELDS.values():
        rows = entities.get(field.entity, ())
        filled = sum(1 for row in rows if row.get(field.name) not in ("", None, []))
        found.append((field.name, len(rows), filled, NOT_HELD.get(field.name, "")))
    return found


def flat_rows(entities):
    """A row for each person in a case who is a victim, the first row of each entity beside it."""
    persons = {row["x_person"]: row for row in entities["prs"]}
    consents = {(row["x_person"], row["x_case"]): row for row in entities["con"]}
    names = {row["x_record"]: row.get("org_Name") or label_of("org_Type", row.get("org_Type", ""))
             for row in entities["org"]}  # fmt: skip
    cases = defaultdict(dict)
    for row in entities["cas"]:
        cases[row["x_person"], row["x_case"]].setdefault("row", row)
    for victim in entities["vic"]:
        key = victim["x_person"], victim["x_case"]
        row = {**persons.get(key[0], {}), **cases[key].get("row", {}), **consents.get(key, {}), **victim}
        for name in row.keys() & LOOKUPS:
            row[name] = names.get(row[name], "")
        yield row


LOOKUPS = {name for name, field in FIELDS.items() if field.type == "Lookup [to organisation]"}


def label_of(name, value):
    """What people read in the sheet: labels, names of countries, yes and no as the sheet has them."""
    field = FIELDS[name]
    if isinstance(value, list):
        return JOINED.join(label_of(name, one) for one in value)
    if field.codes == "ISO 3166":
        return COUNTRY_NAMES.get(value, value)
    return field.labels.get(value, value)


def as_json(entities, profile, notes):
    """Everything in one document; what is not known is not there."""
    document = {
        "standard": "HTCDS", "version": "2.0", "profile": profile,
        "source": "Human Trafficking Case Data Standard, IOM, CC BY 4.0",
        "notes": [[str(cell) for cell in line] for line in notes],
        "missing": {name: {"rows": rows, "filled": filled} for name, rows, filled, _why in missing(entities)},
        **{prefix: entities[prefix] for prefix in ENTITIES},
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def table(columns, rows):
    """A plain table without notes above it, so that any program can read it."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([inert(joined(row.get(name))) for name in columns] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def lines(columns, rows):
    return table(columns, [dict(zip(columns, row, strict=False)) for row in rows])


def as_zip(entities, profile, notes):
    """A table for each entity, the flat one, and what it all is."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for prefix in ENTITIES:
            archive.writestr(f"{prefix}.csv", table(headers(prefix), entities[prefix]))
        archive.writestr("flat.csv", table([*FLAT, *OURS], flat_rows(entities)))
        archive.writestr("notes.csv", lines(("what", "words"), notes))
        archive.writestr("missing.csv", lines(("field", "rows", "filled", "why"), missing(entities)))
        about = {"standard": "HTCDS", "version": "2.0", "profile": profile, "tables": list(ENTITIES)}
        archive.writestr("manifest.json", json.dumps(about, indent=1))
    return out.getvalue()


def as_sheet(entities, notes):
    """The official layout: names in a hidden first row, labels below, a running number before each person."""
    book = Workbook()
    sheet, about, gaps = book.active, book.create_sheet(_("Notes")), book.create_sheet(_("Missing values"))
    sheet.title = "Case Sheet"
    sheet.append([None, *(cell_of(sheet, name) for name in (*FLAT, *OURS))])
    sheet.row_dimensions[1].hidden = True
    labels = [FIELDS[name].label for name in FLAT]
    sheet.append([None, *(cell_of(sheet, label, bold=True) for label in (*labels, *OURS))])
    for number, row in enumerate(flat_rows(entities), 1):
        cells = [label_of(name, row.get(name, "")) for name in FLAT] + [row[name] for name in OURS]
        sheet.append([number, *(cell_of(sheet, cell) for cell in cells)])
    sheet.freeze_panes = "B3"
    for note in notes:
        about.append([cell_of(about, cell) for cell in note])
    gaps.append([cell_of(gaps, word, bold=True) for word in missing_columns()])
    for line in missing(entities):
        gaps.append([cell_of(gaps, cell) for cell in line])
    for one in (about, gaps):
        for column in "ABCD":
            one.column_dimensions[column].width = 28
    return written(book)


def missing_columns():
    return (_("Field"), _("Rows"), _("Rows that say something"), _("Why nothing is said"))
