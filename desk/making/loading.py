"""Writing made-up rows by COPY, as the owner, in one transaction: what the database demands holds at its end.

Meanwhile the tables have no triggers (each row bears the scope of its case already), defaults for the columns
that are the same in every row, and, when much more is written than was there, neither foreign keys nor
indexes: those are built once over all rows, which checks them just as well. Row-level security stands, with
the owner past it; nobody else reads before the end, because the tables are held.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields import NOT_PROVIDED
from psycopg2 import sql
from psycopg2.extensions import adapt

from desk.making.sheets import SHEETS, TABLES

Rows = dict[str, bytes]  # of each sheet, as COPY reads them


class Untrue(Exception):
    """What was written is not what it should be."""


@contextmanager
def opened(run: Any, *, rebuild: bool) -> Iterator[None]:
    """The tables ready to be written; afterwards everything stands as before, and has been checked."""
    run.execute("SET LOCAL lock_timeout = '20s'")
    run.execute("SET LOCAL maintenance_work_mem = '512MB'")
    triggers = own_triggers(run)
    plain = list(plain_columns())
    for table, trigger in triggers:
        run.execute(statement("ALTER TABLE {} DISABLE TRIGGER {}", table, trigger))
    for table, column, value in plain:
        run.execute(statement("ALTER TABLE {} ALTER {} SET DEFAULT ", table, column) + sql.SQL(value))
    parts = taken_off(run) if rebuild else []
    if not rebuild:
        run.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else every row waits in memory for the end
    yield
    for command in parts:
        run.execute(command)
    for table, column, _value in plain:
        run.execute(statement("ALTER TABLE {} ALTER {} DROP DEFAULT", table, column))
    for table, trigger in triggers:
        run.execute(statement("ALTER TABLE {} ENABLE TRIGGER {}", table, trigger))


def statement(words: str, *names: str) -> sql.Composed:
    return sql.SQL(words).format(*map(sql.Identifier, names))


def copy(run: Any, batches: Iterable[Rows]) -> Iterator[int]:
    """Write each batch; yields the rows so far."""
    done = 0
    commands = {
        name: statement("COPY {} ({}) FROM STDIN", table, "").as_string(run).replace(
            '""', ", ".join('"' + column.strip('"') + '"' for column in columns)
        )
        for name, (table, columns) in SHEETS.items()
    }  # fmt: skip
    for batch in batches:
        # A case before what hangs from it, in the order of SHEETS.
        for name in SHEETS:
            if text := batch.get(name):
                run.copy_expert(commands[name], io.BytesIO(text))
                done += text.count(b"\n")
        yield done


def plain_columns() -> Iterator[tuple[str, str, str]]:
    """(table, column, default as SQL) of what COPY is not given and may not be NULL."""
    of_table = {model._meta.db_table: model for model in apps.get_models()}
    for table, given in SHEETS.values():
        written = {column.strip('"') for column in given}
        for field in of_table[table]._meta.concrete_fields:
            if field.column and field.column not in written and not field.null:
                yield table, field.column, default_of(field)


def default_of(field: models.Field) -> str:
    """What the model gives the column by itself, as SQL."""
    if field.default is NOT_PROVIDED:
        return "''"
    value = field.get_default()
    if isinstance(value, list):
        return "'[]'" if isinstance(field, models.JSONField) else "'{}'"
    if hasattr(value, "tzinfo"):
        return "now()"
    return adapt(getattr(value, "value", value)).getquoted().decode()


def own_triggers(run: Any) -> list[tuple[str, str]]:
    """(table, trigger) of every trigger of ours on these tables."""
    run.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = ANY(%s::text[]::regclass[])",
        [list(TABLES)],
    )
    return run.fetchall()


TIES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE contype = 'f' AND (conrelid = ANY(%(tables)s::text[]::regclass[])
                          OR confrelid = ANY(%(tables)s::text[]::regclass[])) ORDER BY 1, 2
"""
KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE contype IN ('p', 'u', 'x') AND conrelid = ANY(%(tables)s::text[]::regclass[]) ORDER BY 1, 2
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
 WHERE indrelid = ANY(%(tables)s::text[]::regclass[]) ORDER BY 1
"""


def taken_off(run: Any) -> list[Any]:
    """Drop foreign keys, keys and indexes of the tables; the commands that make them again, in order."""
    facts = {"tables": list(TABLES)}
    parts: list[Any] = []
    again: list[Any] = []
    for question in (TIES, KEYS):
        run.execute(question, facts)
        found = run.fetchall()
        for table, name, meaning in found:
            run.execute(statement("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
            again.append(statement("ALTER TABLE {} ADD CONSTRAINT {} ", table, name) + sql.SQL(meaning))
        parts, again = again + parts, []
    run.execute(INDEXES, facts)
    found = run.fetchall()
    for name, _meaning in found:
        run.execute(f"DROP INDEX {name}")
    return [meaning for _name, meaning in found] + parts


def settle(run: Any) -> None:
    """Let the planner know what is there; outside a transaction."""
    for table in TABLES:
        run.execute(f"VACUUM (ANALYZE) {table}")
