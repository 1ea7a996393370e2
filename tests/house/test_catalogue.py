"""The second lock's bones, as the database itself tells them."""

import pytest
from django.db import connection

from tests.each import each
from tests.house.walk import case_bearing

CASE_DATA = case_bearing()
CHILDREN = [model for model in CASE_DATA if hasattr(model, "case")]


def table(model):
    return model._meta.db_table


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.django_db
@each(*CHILDREN, ids=table)
def test_office_and_sensitivity_are_those_of_the_case(model):
    rows = ask(
        "SELECT pg_get_constraintdef(oid), convalidated FROM pg_constraint"
        " WHERE conname = 'same_scope_as_case' AND conrelid = %s::regclass",
        table(model),
    )
    assert len(rows) == 1
    definition, validated = rows[0]
    assert validated
    assert "(case_id, office_id, sensitivity) REFERENCES cases_case(id, office_id, sensitivity)" in definition
    assert "ON UPDATE CASCADE" in definition


def triggers(model):
    rows = ask(
        "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
        table(model),
    )
    return {name for name, enabled in rows if enabled in ("O", "A")}


@pytest.mark.django_db
@each(*CHILDREN, ids=table)
def test_the_scope_is_copied_when_a_row_is_made(model):
    assert "copy_case_scope" in triggers(model)


@pytest.mark.django_db
@each(*CASE_DATA, ids=table)
def test_the_database_says_when_a_row_was_changed(model):
    assert "stamp_updated_at" in triggers(model)


def roles():
    """The two roles that the application signs in as."""
    (database,) = ask("SELECT current_database()")[0]
    return [f"{database}_web", f"{database}_worker"]


def rights(role, name):
    kinds = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    return {kind for kind in kinds if ask("SELECT has_table_privilege(%s, %s, %s)", role, name, kind)[0][0]}


@pytest.mark.django_db
@each(*CASE_DATA, ids=table)
def test_the_application_deletes_no_case_data(model):
    for role in roles():
        assert not rights(role, table(model)) & {"DELETE", "TRUNCATE"}


def test_the_audit_is_only_ever_added_to(db):
    kinds = ("SELECT", "INSERT", "UPDATE")
    for role in roles():
        some = "SELECT has_any_column_privilege(%s, 'audit_event', %s)"
        assert [kind for kind in kinds if ask(some, role, kind)[0][0]] == ["SELECT", "INSERT"]
        assert rights(role, "audit_event") == rights(role, "audit_seal") == {"SELECT"}


def test_the_application_owns_nothing_and_may_make_nothing(db):
    for role in roles():
        assert ask("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", role) == [(0,)]
        assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role) == [(False,)]
        facts = ask(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = %s", role
        )
        assert facts == [(False, False, False, False)]


def test_tests_look_as_the_application_does(db):
    (database,) = ask("SELECT current_database()")[0]
    assert ask("SELECT current_user") == [(f"{database}_web",)]
