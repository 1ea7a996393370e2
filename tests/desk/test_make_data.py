"""A made-up world is whole, opens with the keys of its cases, and leaves the tables as they were."""

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from desk.making.sheets import TABLES
from desk.management.commands.make_data import Command
from desk.measuring.report import misses
from reference import sealed
from survivors.words import name_words, tokens
from tests.conftest import _sign_in_as

CASES = 60
OPTIONS = {"cases": CASES, "offices": 3, "seed": 3, "append": False, "into": None, "processes": 0}
# Whatever make_data takes off while it writes has to stand again afterwards. What an index is made for is
# written in other words by the server each time it is made again, so that part is not compared.
STANDING = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indrelid::regclass::text, indexrelid::regclass::text,
       split_part(pg_get_indexdef(indexrelid), ' WHERE ', 1), indisvalid
  FROM pg_index WHERE indrelid = ANY(%s::text[]::regclass[])
UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text, true FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT attrelid::regclass::text, attname, atthasdef::text, true FROM pg_attribute
  WHERE attnum > 0 AND attrelid = ANY(%s::text[]::regclass[])
UNION ALL SELECT oid::regclass::text, 'locked', '', relrowsecurity AND relforcerowsecurity FROM pg_class
  WHERE oid = ANY(%s::text[]::regclass[]) ORDER BY 1, 2, 3
"""


class Enough(Exception):
    """Nothing of this test stays."""


@pytest.fixture
def as_owner(django_db_setup, database_roles, django_db_blocker):
    """The one connection as the owner, in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        _sign_in_as(database_roles["owner"])
        try:
            with transaction.atomic():
                yield connection.cursor()
                raise Enough
        except Enough:
            pass
        finally:
            _sign_in_as(database_roles["web"])


def asked(run, question, *facts):
    run.execute(question, facts)
    return run.fetchall()


def test_made_up_cases_are_whole_and_their_tables_stand_as_before(as_owner):
    run, tables = as_owner, [list(TABLES)] * 3
    before = asked(run, STANDING, *tables)
    rows = Command().write(CASES, 3, OPTIONS)
    assert asked(run, STANDING, *tables) == before
    assert rows > 40 * CASES
    run.execute("SELECT relname FROM pg_class WHERE relname = 'cases_case' AND relforcerowsecurity")
    assert run.fetchone()
    with transaction.atomic():
        run.execute("ALTER TABLE survivors_identity NO FORCE ROW LEVEL SECURITY")
        for table in ("survivors_identityword", "cases_casekey", "cases_case"):
            run.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        opens_and_is_found(run)
        assert asked(run, "SELECT count(*) FROM cases_case WHERE 'made by make_data' = ANY(sources)") == [
            (CASES,)
        ]
    with pytest.raises(CommandError, match="60 made-up cases already"):
        Command().refuse_beside_real_cases(run.cursor, OPTIONS)
    run.execute(
        "UPDATE cases_case SET sources = '{}' WHERE id = (SELECT min(id::text)::uuid FROM cases_case)"
    )
    with pytest.raises(CommandError, match="1 cases that are not made up"):
        Command().refuse_beside_real_cases(run.cursor, {**OPTIONS, "append": True})


def opens_and_is_found(run):
    """A sealed name opens with the key of its case alone, and the blind index finds it."""
    ((identity, case_id, name, wrapped),) = asked(
        run,
        "SELECT i.id, i.case_id, i.latin_name, k.wrapped FROM survivors_identity i "
        "JOIN cases_casekey k ON k.case_id = i.case_id ORDER BY i.id LIMIT 1",
    )
    key = sealed.unwrap(bytes(wrapped), f"cases.CaseKey {case_id} 1")
    plain = sealed.unseal(key, bytes(name), f"survivors_identity.latin_name {identity}").decode()
    assert len(plain.split()) >= 2
    for token in tokens("name", name_words(plain)):
        found = asked(run, "SELECT 1 FROM survivors_identityword WHERE identity_id = %s AND token = %s",
                      identity, psycopg2.Binary(token))  # fmt: skip
        assert found


def test_made_up_data_is_written_only_beside_the_embedded_services(monkeypatch):
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(CommandError, match="embedded"):
        call_command("make_data", cases=1)
    with pytest.raises(CommandError, match="embedded"):
        call_command("bench")


def test_the_report_says_which_goals_a_page_misses():
    hello = {"app": 3.0, "pg": 1.0}
    page = {
        "name": "case list",
        "kind": "list",
        "app": 20.0,
        "pg": 4.0,
        "floor": 8.0,
        "sql": 11,
        "bytes": 29_000,
    }
    small = {"hello": hello, "pages": [{**page, "app": 9.0, "pg": 1.0}]}
    assert misses(page, {"hello": hello, "pages": [page]}, small) == [
        "over 2.5 x floor",
        "over 10 SQL",
        "grew 2.4x (at most 1.4)",
    ]
    assert misses({**page, "app": 8.0, "pg": 1.0, "sql": 10}, small, small) == []
