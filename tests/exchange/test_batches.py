"""Files that bring records in: read, checked cell by cell, brought in by steps, taken back whole."""

import io
import logging
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from openpyxl import Workbook

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from exchange import actions
from exchange.batch_states import BatchState
from exchange.incoming import running
from exchange.incoming.faults import told
from exchange.incoming.headers import joined
from exchange.incoming.parsers import clock, day_of
from exchange.incoming.tables import Table
from exchange.models import Batch, BatchFault, BatchRecord, Likeness
from exchange.sweeping import destroy_batches
from prosecutions.models import Accused, Hearing
from survivors.models import Identity, Relief, Survivor
from tests.factories import CaseMake, SurvivorMake
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(case):
    return person(Role.OFFICE_DIRECTOR, case.office, name="Dolores")


def book(*rows, title="Sheet"):
    """A spreadsheet as bytes."""
    out, made = io.BytesIO(), Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def sent(user, kind, plain, name="old list.xlsx"):
    with viewing_as(user):
        return actions.add_batch(
            user.live_memberships[0][0] if False else office_of(user), by=user, now=timezone.now(), kind=kind,
            plain=plain, name=name,
        )  # fmt: skip


def office_of(user):
    return user.memberships.first().office_id


def named(batch, user, dates="dmy", **more):
    """Accept the guessed columns and have the file checked."""
    with viewing_as(user):
        batch = Batch.objects.get(pk=batch.pk)
        told_ = {int(place): name for place, name in batch.mapping["columns"].items()} | more.get("named", {})
        actions.map_columns(batch.pk, by=user, now=timezone.now(), named=told_, dates=dates)
    running.work_waiting()
    return fresh(batch, user)


def fresh(batch, user):
    with viewing_as(user):
        return Batch.objects.get(pk=batch.pk)


def faults(batch, user):
    with viewing_as(user):
        rows = BatchFault.objects.filter(batch=batch).order_by("row", "column")
        return [(fault.row, fault.column, fault.code) for fault in rows]


def loaded(batch, user, **choice):
    with viewing_as(user):
        actions.load_batch(batch.pk, by=user, now=timezone.now(), **choice)
    running.work_waiting()
    return fresh(batch, user)


def undone(batch, user, **choice):
    with viewing_as(user):
        actions.undo_batch(batch.pk, by=user, now=timezone.now(), **choice)
    running.work_waiting()
    return fresh(batch, user)


CASES = (
    ["Old register of the office"],
    ["Case No", "Case name", "Trafficking", None, "Date opened", "Status"],
    [None, None, "Type", "Country", None, None],
    ["CEB-2011-0001", "Blue house", "csec", "Philippines", datetime(2011, 4, 3), "trial"],
    ["CEB-2011-0002", "Red house", "Bonded labour", "PH", "31/12/2012", "closed"],
    ["CEB-2011-0002", "Red house", "OSEC-like", "PH", "12/31/2012", "closed"],
    ["", "No number", "csec", "Atlantis", "yesterday", "Trial"],
)


def test_a_list_of_cases_is_checked_cell_by_cell_brought_in_and_taken_back(lead, case, caplog):
    caplog.set_level(logging.DEBUG)
    batch = sent(lead, "cases", book(*CASES, title="Maria Santos"))
    assert (batch.header_at, batch.header_rows) == (2, 2)
    assert set(batch.mapping["columns"].values()) == {
        "number", "title", "casework_type", "country", "opened_on", "legal_status",
    }  # fmt: skip
    batch = named(batch, lead)
    assert batch.status == BatchState.CHECKED
    assert (batch.rows, batch.faults, batch.makes) == (4, 2, {"cases": 2})
    assert faults(batch, lead) == [
        (6, "casework_type", "code"), (6, "number", "row_again"), (6, "opened_on", "date_order"),
        (7, "casework_type", "code") if False else (7, "country", "country"), (7, "number", "required"),
        (7, "opened_on", "date"),
    ]  # fmt: skip
    batch = loaded(batch, lead)
    assert (batch.status, batch.made) == (BatchState.LOADED, {"cases": 2})
    with viewing_as(lead):
        brought = Case.objects.get(number="CEB-2011-0002")
        assert (str(brought.opened_on), brought.casework_type) == ("2012-12-31", "bonded_labour")
        assert brought.track_changes.count() == 2
        assert Event.objects.filter(verb="case.bring", origin="import").count() == 2
        assert not Event.objects.live().filter(verb="case.open").exists()
    batch = undone(batch, lead)
    with viewing_as(lead):
        assert (batch.status, batch.stayed) == (BatchState.UNDONE, 0)
        assert list(Case.objects.values_list("number", flat=True)) == [case.number]
        assert not BatchRecord.objects.exists()
    assert "Blue house" not in caplog.text
