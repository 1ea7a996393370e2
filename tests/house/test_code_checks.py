"""What the columns of the database check is what the lists in the code say, also after a list has grown."""

from django.db import connection

from reference.fields import CodeField
from tests.house.walk import our_models

# Codes that a column refuses on purpose, each with the reason.
REFUSED = {("cases.Assignment", "role", "partner"): "sees what is shared with her alone"}


def checks_of_the_database():
    """{(table, name of the constraint): its text}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c'"
        )
        return {(table, name): text for table, name, text in cursor.fetchall()}


def test_a_list_that_has_grown_is_checked_as_it_is_now(db):
    """Django alters the field and leaves the check: reference.code_checks.recheck lays it down anew."""
    there, behind = checks_of_the_database(), []
    for model in our_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            if isinstance(field, CodeField):
                text = there.get((table, f"{table}_{field.column}_check"), "")
                missing = [value for value, _label in field.flatchoices if f"'{value}'" not in text]
                behind += [(model._meta.label, field.name, value) for value in missing]
    assert [each for each in behind if each not in REFUSED] == []
