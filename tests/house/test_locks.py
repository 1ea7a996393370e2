"""The catalogue of the live database has no gap in its locks, and the gate sees one that is made."""

import psycopg2
import pytest

from accounts.gate import defects

pytestmark = pytest.mark.django_db


def test_every_table_is_locked_or_declared_to_hold_no_case_data():
    assert defects() == []


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("ALTER TABLE cases_note DISABLE ROW LEVEL SECURITY", "no row-level security: cases_note"),
        ("ALTER TABLE cases_note NO FORCE ROW LEVEL SECURITY", "not forced: cases_note"),
        ("DROP POLICY need_to_know_web ON cases_note", "without a policy: cases_note"),
        ("CREATE TABLE cases_secret (id int)", "neither locked nor declared open: cases_secret"),
        ("CREATE VIEW every_case AS SELECT * FROM cases_case", "reads past the policies: every_case"),
        ('GRANT DELETE ON cases_note TO "{db}_web"', "may DELETE: cases_note"),
        ('GRANT TRUNCATE ON cases_note TO "{db}_web"', "owns, empties or puts triggers on: cases_note"),
        ('GRANT SELECT ON private.context_key TO "{db}_web"', "reads the signing keys"),
        (
            "CREATE POLICY slow ON cases_note TO \"{db}_web\" USING (case_id = ANY(my_cases('cases_note')))",
            "once a row: cases_note.slow",
        ),
        (
            "CREATE FUNCTION loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "without a fixed search_path: loose()",
        ),
    ],
)
def test_the_gate_sees_a_gap(harm, told, database_roles, monkeypatch):
    owner = psycopg2.connect(database_roles["owner"])
    try:
        with owner.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            cursor.execute(harm.replace("{db}", cursor.fetchone()[0]))
            assert any(told in line for line in told_to(cursor))
    finally:
        owner.rollback()
        owner.close()


def told_to(cursor):
    """What the gate says inside the transaction that holds the harm."""
    from accounts import gate  # noqa: PLC0415

    class Inside:
        def cursor(self):
            return self

        def __enter__(self):
            return cursor

        def __exit__(self, *_why):
            return None

    kept, gate.connection = gate.connection, Inside()
    try:
        return gate.defects()
    finally:
        gate.connection = kept
