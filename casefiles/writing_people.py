"""Survivors as a file tells of them: by pseudonym, never by name."""

from casefiles import parts
from casefiles.building_people import LISTS
from casefiles.telling import known
from casefiles.writing_work import family_of
from operations.models import Headcount, Operation
from survivors.models import Relief, Statement, Survivor


def write(told, document):
    document["survivors"] = {row.key: survivor_part(told, row) for row in told.rows(Survivor)}


def survivor_part(told, row):
    lists = {
        name: [told.part(item, fields) for item in told.under(model, "survivor_id", row.pk, *order(in_order))]
        for name, model, fields, in_order in LISTS
    }
    reliefs = told.under(Relief, "survivor_id", row.pk, "position")
    return told.part(
        row,
        parts.SURVIVOR,
        **lists,
        born=birth_of(told, row),
        home=home_of(told, row),
        relief=[relief_part(told, relief) for relief in reliefs],
        witness=witness_part(told, row),
        family=family_of(told, row.key),
    )


def birth_of(told, row):
    """Her day of birth where this file may say it; else the year."""
    born = told.value(row, "born") if told.exact else None
    return born or (str(row.birth_year) if row.birth_year else None)


def home_of(told, row):
    """Where she is from: the town only where this file may say it."""
    home = told.value(row, "home") or {}
    return home if told.exact else {name: home[name] for name in ("area", "country") if home.get(name)}


def order(in_order):
    return ("position",) if in_order else ()


def witness_part(told, row):
    statements = told.under(Statement, "survivor_id", row.pk)
    said = told.part(row, parts.WITNESS)
    return known({**said, "statements": [told.part(item, parts.STATEMENT) for item in statements]})


def relief_part(told, row):
    """One road out, and how she was taken back where it did not last."""
    part = told.part(
        row,
        parts.RELIEF,
        operation=told.key(Operation, row.operation_id),
        headcount=told.key(Headcount, row.headcount_id),
    )
    if row.recaptured:
        part["recaptured"] = told.part(row, parts.RECAPTURE)
    return part
