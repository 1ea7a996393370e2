"""The cases that wait to be counted, for one page: all that figures read of them, in one statement.

Each table of figures.querysets is a part of it; its columns come as text and become what they are by the
same hands as always: those of the driver, then those of the fields.
"""

from collections import namedtuple
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2 import extensions

from figures import querysets
from figures.recounting import ACROSS, Common


class Waiting(Common):
    """A few cases, read at once when the first figure asks."""

    def table(self, name):
        if not self._tables and name not in ACROSS:
            self._gathered = gathered(self)
            self._tables["cases"] = self._gathered["cases"]
        return super().table(name)

    def read(self, name):
        return super().read(name) if name in ACROSS else self._gathered[name]


def gathered(snapshot: Common) -> dict[str, list]:
    """{table: its rows in their order} of all tables that figures of one case read."""
    parts, values, made = [], [], {}
    found: dict[str, list] = {}
    for name, fields in querysets.FIELDS.items():
        if name in ACROSS:
            continue
        found[name] = []
        compiler = getattr(querysets, name)(snapshot).values_list(*fields).query.get_compiler("default")
        try:
            sql, asked = compiler.as_sql()
        except EmptyResultSet:
            continue
        made[name] = compiler, namedtuple("Row", fields)  # type: ignore[misc]  # noqa: PYI024
        parts.append(part_of(sql, len(fields)))
        values += [name, *asked]
    for name, _place, cells, kinds in sorted(fetched(" UNION ALL ".join(parts), values)):
        found[name].append([read_as(kind, cell) for kind, cell in zip(kinds, cells, strict=True)])
    return {name: rows and shaped(rows, *made[name]) for name, rows in found.items()}


def part_of(sql: str, width: int) -> str:
    """Rows of (table, place, columns as text, their types)."""
    names = [f"c{number}" for number in range(width)]
    texts, types = (", ".join(f"{word}" for word in words) for words in (
        [f"q.{name}::text" for name in names], [f"pg_typeof(q.{name})::oid::bigint" for name in names]
    ))  # fmt: skip
    return (
        f"(SELECT %s::text, row_number() OVER (), ARRAY[{texts}], ARRAY[{types}] "  # noqa: S608
        f"FROM ({sql}) AS q({', '.join(names)}))"
    )


def fetched(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def read_as(kind: int, text: str | None) -> Any:
    """As the driver reads it on this connection: Django has it leave JSON as text, and shape that itself."""
    driver = connection.connection
    cast = driver.string_types.get(kind) or extensions.string_types.get(kind)
    return text if cast is None else cast(text, driver.cursor())


def shaped(rows: list[list], compiler: Any, shape: Any) -> list:
    """As the fields read it, under the names of the columns."""
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return [shape._make(row) for row in compiler.apply_converters(rows, converters)]
