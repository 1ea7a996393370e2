"""What was recorded stays as it was, whoever signs in to the database."""

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from audit.actions import record
from audit.models import Event

CHANGES = ["UPDATE audit_event SET verb = 'note.add'", "DELETE FROM audit_event", "TRUNCATE audit_event"]


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_changes_no_event(case, alice, change):
    record("case.open", by=alice, subject=case, case_id=case.pk)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)
    assert Event.objects.get().verb == "case.open"


@pytest.mark.parametrize("change", CHANGES)
def test_nor_does_the_owner_of_the_tables(db, database_roles, change):
    owner = psycopg2.connect(database_roles["owner"])
    try:
        cursor = owner.cursor()
        cursor.execute(
            "INSERT INTO audit_event (at, actor_id, verb, subject, subject_id, detail, origin)"
            " VALUES (now(), gen_random_uuid(), 'case.open', 'cases.Case', '', '{}', 'live')"
        )
        with pytest.raises(psycopg2.Error, match="the audit is append-only"):
            cursor.execute(change)
    finally:
        owner.rollback()
        owner.close()


def test_the_detail_keeps_numbers_and_lists_and_writes_the_rest_as_text(case, alice):
    event = record(
        "case.edit",
        by=alice,
        subject=case,
        case_id=case.pk,
        version=3,
        on=case.opened_on,
        ids=[1],
        to=case.pk,
    )
    event.refresh_from_db()
    assert event.detail == {"version": 3, "on": "2026-01-05", "ids": [1], "to": str(case.pk)}
    assert (event.subject, event.subject_id, event.origin) == ("cases.Case", str(case.pk), "live")
