"""For migrations: what a column held in clear, sealed into another column of the same table.

Migrations run as the owner, before the second lock is laid down again, and see models of their own time: so
this speaks SQL.
"""

import json
import uuid

from reference import sealed

NOTHING = ("", None, {}, "{}", "null")


def seal_column(schema_editor, table, clear, column, to_bytes):
    """`to_bytes(value)` gives the bytes to seal of what stands in the clear column; nothing stays there."""
    with schema_editor.connection.cursor() as cursor:
        settle(cursor)
        for name in (table, "cases_casekey", "cases_case"):
            cursor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            f"SELECT id, case_id, {clear} FROM {table} WHERE {clear} IS NOT NULL ORDER BY case_id"  # noqa: S608
        )
        for pk, case_id, value in cursor.fetchall():
            kept = None
            if value not in NOTHING:
                key = data_key(cursor, case_id)
                kept = sealed.seal(key, to_bytes(value), f"{table}.{column} {pk}", 1)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [kept, pk])  # noqa: S608


def empty_clear(schema_editor, table, settings):
    """Write over the bytes of columns that are dropped next, which else stay on the disk."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {settings}")  # noqa: S608
        settle(cursor)


def settle(cursor):
    """Check foreign keys now: a table with checks to come cannot be altered in the same transaction."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def json_bytes(value):
    """A record or list as an EncryptedJSON keeps it."""
    plain = json.loads(value) if isinstance(value, str) else value
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def data_key(cursor, case_id):
    """The first data key of the case, made if it has none."""
    about = f"cases.CaseKey {case_id} 1"
    cursor.execute("SELECT wrapped FROM cases_casekey WHERE case_id = %s AND number = 1", [case_id])
    if found := cursor.fetchone():
        return sealed.unwrap(found[0], about)
    key = sealed.new_key()
    cursor.execute(
        "INSERT INTO cases_casekey (id, case_id, number, wrapped, version, created_at, updated_at,"
        " office_id, sensitivity) SELECT %s, id, 1, %s, 1, now(), now(), office_id, sensitivity"
        " FROM cases_case WHERE id = %s",
        [str(uuid.uuid4()), sealed.wrap(key, about), case_id],
    )
    return key
