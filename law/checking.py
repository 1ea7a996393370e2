"""Every fault of a file of the law that can be seen before anything is written."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from law.models import ClockRule, CommonCode, Jurisdiction
from law.reading import overlay
from law.shapes import CODE, HEAD, KINDS, OFFENCES, REASONS, SHAPES, STATUTES, empty, wanted_of, worth
from law.states import About
from law.whom import paper_fault, whom_fault

OPEN = (date.min, date.max)
LATER = ("jurisdiction", "statute", "id")


def check(file):
    """The rows of the file, {list: [columns]}; faults are written on the file."""
    if file.faults:
        return {}
    if file.is_common:
        return check_common(file)
    known = {*HEAD, "checked_against_text", *(shape.list for shape in SHAPES)}
    for key in sorted(set(file.document) - known):
        file.fault(_("this list is not known here"), key)
    check_head(file)
    rows = {shape.list: check_list(file, shape) for shape in SHAPES}
    if not file.faults:
        inherit(rows)
        check_links(file, rows)
        mark_checked(file, rows)
        lay_over(file, rows)
    return rows


def check_head(file):
    """What the file says of the country itself."""
    for key, (_column, kind) in HEAD.items():
        value = file.document.get(key)
        if value is None and key in ("country", "name", "time_zones"):
            file.fault(_("is missing"), key)
        elif value is not None and not KINDS[kind](value):
            file.fault(_("must be %s") % wanted_of(kind), key)
    if not file.faults:
        if not re.fullmatch("[A-Z]{2}", file.country):
            file.fault(_("must be two letters, like PH"), "country")
        for zone in file.document["time_zones"]:
            check_zone(file, zone)


def check_zone(file, zone):
    if not zone_known(zone):
        file.fault(_("%s is not a time zone") % zone, "time_zones")


def zone_known(zone):
    """True for a name of the time zone database."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def check_list(file, shape):
    """The rows of one list as columns; a row with a fault is left out."""
    found = file.document.get(shape.list, [])
    if not isinstance(found, list):
        file.fault(_("must be a list"), shape.list)
        return []
    rows = [columns_of(file, shape, row, number) for number, row in enumerate(found, 1)]
    return [row for row in rows if row is not None]


def columns_of(file, shape, row, number):
    """One row of a list as the columns of its table."""
    if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not CODE.fullmatch(row["code"]):
        file.fault(_("has no code of letters, figures and hyphens"), shape.list, _("row %d") % number)
        return None
    where, before = (shape.list, row["code"]), len(file.faults)
    row = file.whole(shape.list, row)
    row = {**row, **(row.get("penalty") or {})} if shape is OFFENCES else dict(row)
    row.pop("penalty", None)
    columns, names = shape.columns(), set(row)
    for key in sorted(names - set(columns), key=str):
        file.fault(_("this key is not known here"), *where, key)
    for key in shape.needed:
        if row.get(key) in (None, ""):
            file.fault(_("is missing"), *where, key)
    made = {"statute_code": row.pop("statute", None)} if shape is OFFENCES else {}
    for key in set(columns) & set(row):
        column, kind = columns[key]
        value = row[key]
        if value is not None and not KINDS[kind](value):
            file.fault(_("must be %s") % wanted_of(kind), *where, key)
        made[column] = empty(shape.model, column) if value is None else worth(kind, value)
    made["said"] = {column for column in ("valid_from", "valid_to") if column in row}
    if len(file.faults) == before:
        check_columns(file, shape, made, where)
    return made


def check_columns(file, shape, made, where):
    """What the table itself would refuse, in its own words."""
    facts = {name: value for name, value in made.items() if name not in ("said", "statute_code")}
    missing = () if shape is not REASONS else ("falls_under",)
    try:
        shape.model(**facts).clean_fields(exclude=(*LATER, *missing))
    except ValidationError as why:
        for column, sentences in why.message_dict.items():
            file.fault(" ".join(sentences), *where, column)
    begins, ends = made.get("valid_from"), made.get("valid_to")
    if begins and ends and ends < begins:
        file.fault(_("ends before it begins"), *where, "valid_to")
    if made.get("pattern"):
        check_pattern(file, made, where)
    for key, fault_of in (("for_whom", whom_fault), ("papers", paper_fault)):
        fault = fault_of(made.get(key))
        if fault:
            file.fault(fault, *where, key)


def check_pattern(file, made, where):
    """A pattern must be one, and its example must keep to it."""
    fault = pattern_fault(made["pattern"], made.get("example", ""))
    if fault:
        column, sentence = fault
        file.fault(sentence, *where, "regex" if column == "pattern" else column)


def pattern_fault(pattern, example):
    """(column, sentence) of what is wrong with a pattern and its example, or None."""
    try:
        kept = re.search(pattern, example)
    except re.error as why:
        return "pattern", _("is not a pattern: %s") % why
    return None if kept or not example else ("example", _("does not keep to the pattern"))


def inherit(rows):
    """An offence that names no days is in force as long as its statute."""
    of = {row["code"]: row for row in rows[STATUTES.list]}
    for offence in rows[OFFENCES.list]:
        statute = of.get(offence["statute_code"], {})
        for column in ("valid_from", "valid_to"):
            if column not in offence["said"]:
                offence[column] = statute.get(column)


def check_links(file, rows):
    """What one row says of another: statutes, older offences, stages; and one meaning a day for each code."""
    codes = {name: {row["code"] for row in found} for name, found in rows.items()}
    for row in rows[OFFENCES.list]:
        where = (OFFENCES.list, row["code"])
        if row["statute_code"] not in codes[STATUTES.list]:
            file.fault(_("%s is not among the statutes of this file") % row["statute_code"], *where)
        if row.get("replaces") and row["replaces"] not in codes[OFFENCES.list]:
            file.fault(_("%s is not among the offences of this file") % row["replaces"], *where)
    for row in rows["hearing_types"]:
        if row.get("stage") and row["stage"] not in codes["stages"]:
            file.fault(
                _("%s is not among the stages of this file") % row["stage"], "hearing_types", row["code"]
            )
    for name, found in rows.items():
        for code in sorted(overlapping(found)):
            file.fault(_("means two things on the same day"), name, code)
    check_common_codes(file, rows)


def overlapping(rows):
    """Codes that stand twice with days in common."""
    spans, twice = {}, set()
    for row in rows:
        span = (row.get("valid_from") or OPEN[0], row.get("valid_to") or OPEN[1])
        if any(span[0] <= other[1] and other[0] <= span[1] for other in spans.get(row["code"], ())):
            twice.add(row["code"])
        spans.setdefault(row["code"], []).append(span)
    return twice


def check_common_codes(file, rows):
    """Kinds of casework that the common list does not name; no list, no check."""
    known = set(CommonCode.objects.filter(list="casework_types").values_list("code", flat=True))
    for row in rows[OFFENCES.list]:
        for code in sorted(set(row.get("casework", ())) - known) if known else ():
            file.fault(_("%s is not a kind of casework") % code, OFFENCES.list, row["code"])


def mark_checked(file, rows):
    """Codes that were compared with a text when the file was made."""
    compared = set(file.document.get("checked_against_text") or ())
    for found in rows.values():
        for row in found:
            row["checked"] = row["code"] in compared
    known = {row["code"] for found in rows.values() for row in found}
    for code in sorted(compared - known):
        file.fault(_("%s stands nowhere in the file") % code, "checked_against_text")


def lay_over(file, rows):
    """What our own tables say beside the file: whose clock it is, when it starts, the short reason."""
    conditions, reasons = overlay("conditions"), overlay("reasons")
    for row in rows.get("statutory_clocks", ()):
        said = conditions.get(row["code"], {})
        row["about"] = said.get("about", ClockRule._meta.get_field("about").default)
        row["starts_when"] = said.get("when")
        if row["about"] not in About.values:
            file.fault(_("%s is not whose clock it can be") % row["about"], "conditions.yaml", row["code"])
    for row in rows[REASONS.list]:
        # Files of others may hold reasons that our table has not heard of.
        row["falls_under"] = reasons.get(row["code"], "other")


def check_common(file):
    """The lists of common.yaml: reasons go into their own table, the rest as codes in their order."""
    rows = {REASONS.list: check_list(file, REASONS)}
    codes = []
    for name, found in file.document.items():
        if name in ("meta", REASONS.list):
            continue
        if not isinstance(found, list):
            file.fault(_("must be a list"), name)
            continue
        codes += [code_of(file, name, row, number) for number, row in enumerate(found, 1)]
    if not file.faults:
        check_codes_once(file, codes)
        mark_checked(file, rows)
        lay_over(file, rows)
    return {**rows, "codes": codes}


def code_of(file, name, row, number):
    """One row of a common list."""
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("code", "name")):
        file.fault(_("must have a code and a name"), name, _("row %d") % number)
        return None
    row = file.whole(name, row)
    hints = {key: value for key, value in row.items() if key not in ("code", "name")}
    return {"list": name, "code": row["code"], "name": row["name"], "position": number, "hints": hints}


def check_codes_once(file, codes):
    """Each code stands once in its list."""
    seen = set()
    for row in codes:
        if (row["list"], row["code"]) in seen:
            file.fault(_("stands twice"), row["list"], row["code"])
        seen.add((row["list"], row["code"]))


def head_of(file):
    """The columns of the jurisdiction itself."""
    if file.is_common:
        meta = file.document.get("meta") or {}
        note = "\n".join(filter(None, (meta.get("note", "").strip(), meta.get("disclaimer", ""))))
        return {"name": "All countries", "note": note}
    columns = [column for column in HEAD if column != "country"]
    said = {column: file.document[column] for column in columns if file.document.get(column) is not None}
    return {column: empty(Jurisdiction, column) for column in columns} | said
