"""Files that bring records in: read, checked cell by cell, brought in by steps, taken back whole."""

import io
import logging
from datetime import datetime, timedelta
from zipfile import ZipFile

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
from exchange.incoming.tables import LOST, Table
from exchange.models import Batch, BatchFault, BatchRecord, Likeness
from exchange.sweeping import destroy_batches
from prosecutions.models import Accused, Hearing
from survivors.models import Relief, Survivor
from tests.factories import SurvivorMake
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
            office_of(user), by=user, now=timezone.now(), kind=kind, plain=plain, name=name
        )


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
        (7, "country", "country"), (7, "number", "required"),
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


def test_a_formula_without_its_value_is_told_and_never_taken_for_an_empty_cell(lead):
    batch = sent(
        lead,
        "cases",
        book(
            ["Case number", "Title", "Casework type", "Country", "Zebra"],
            ["CEB-2011-0003", '=HYPERLINK("x", "Green house")', "csec", "PH", "=1+1"],
            [None, None, None, None, "=1+1"],
            ["CEB-2011-0004", "Grey house", "csec", "PH"],
        ),
    )
    batch = named(batch, lead)
    assert (batch.rows, batch.makes) == (2, {"cases": 1})
    assert faults(batch, lead) == [(2, "title", "formula_without_value")]
    assert "result is not in the file" in told("formula_without_value", {})


def test_a_formula_whose_result_is_no_text_was_stored_and_says_nothing():
    plain = book(["Name", "=A1", "=A2"])
    with ZipFile(io.BytesIO(plain)) as read, ZipFile(changed := io.BytesIO(), "w") as written:
        for entry in read.namelist():
            sheet = read.read(entry).replace(b'r="B1"', b'r="B1" t="str"')
            written.writestr(entry, sheet if entry.endswith("sheet1.xml") else read.read(entry))
    assert list(Table(changed.getvalue(), "xlsx").rows()) == [(1, ["Name", None, LOST])]


PEOPLE = (
    "Case number;Part;Full name;Pseudonym;Sex;DOB;Phone;Rescue date;How relieved;Type of exploitation\r\n"
    "TST;victim;Maria Canaria Reyes;Lily;F;3/4/২০০১;0917 555 0101;02.04.2014;operation;SexualExploitation\r\n"
    "TST;victim;Maria Canaria Reyes;Rose;Hembra;2001;;;;\r\n"
    "TST;suspect;Boss Canario;;male;;;;;\r\n"
    "TST;suspect;Boss Canario;Lily;male;;;;;\r\n"
    "NOWHERE;victim;Anna;;F;;;;;\r\n"
)


def test_names_of_people_are_sealed_on_their_way_and_lie_nowhere_in_the_clear(lead, case, caplog):
    caplog.set_level(logging.DEBUG)
    plain = PEOPLE.replace("TST", case.number).encode("utf-16")
    batch = sent(lead, "people", plain, name="canary of maria.csv")
    batch = named(batch, lead)
    assert faults(batch, lead) == [
        (3, "gender", "code"),
        (5, "pseudonym", "of_survivors"),
        (6, "case", "case_unknown"),
    ]
    with viewing_as(lead):
        actions.name_codes(batch.pk, by=lead, now=timezone.now(), codes={"gender": {"Hembra": "Feminine"}})
    running.work_waiting()
    with viewing_as(lead):
        like = Likeness.objects.get(batch=batch)
        assert (like.row, like.other_row) == (3, 2)
        actions.answer_alike(batch.pk, by=lead, now=timezone.now(), answers={like.pk: "different"})
    batch = loaded(batch, lead)
    assert (batch.status, batch.made) == (BatchState.LOADED, {"survivors": 2, "reliefs": 1, "accused": 1})
    with viewing_as(lead):
        lily = Survivor.objects.get(pseudonym="Lily")
        assert (lily.identity.own_name.open(), lily.birth_year) == ("Maria Canaria Reyes", "2001")
        assert (str(lily.born.open()), lily.gender, lily.key) == ("2001-04-03", "Feminine", "s1")
        assert Relief.objects.get(survivor=lily).how == "operation"
        assert Accused.objects.get(name="Boss Canario").name_form.due
        events = str(list(Event.objects.values_list("detail", flat=True)))
    assert "Canaria" not in everything_in_the_database() + events + caplog.text
    _folders, files = default_storage.listdir("exchange")
    assert files
    assert not any(b"Canaria" in default_storage.open(f"exchange/{name}").read() for name in files)
    again = named(sent(lead, "people", plain, name="again.csv"), lead)
    with viewing_as(lead):
        assert set(Likeness.objects.filter(batch=again).values_list("row", "score")) >= {(2, 100), (4, 48)}
        assert again.faults == 2  # what Hembra means is remembered


def everything_in_the_database():
    """All tables as text, past every lock; accused are named in the clear by decision."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname LIKE ANY(ARRAY['exchange%', 'survivors%', 'audit_event', 'notifications%'])"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608
            found.append(cursor.fetchone()[0])
    return " ".join(found)


def test_hearings_find_their_court_and_those_ahead_are_reminded_of(lead, case):
    ahead = (timezone.now() + timedelta(days=9)).strftime("%d/%m/%Y")
    plain = (
        "Case number,Court,Docket,Date,Time,Purpose,Outcome,Reason,Next date\n"
        f"{case.number},RTC 14,CBU-1,03/04/2019,8:30 am,bail,Adjourned,Judge absent,2019-05-06\n"
        f"{case.number},RTC 14,CBU-1,06/05/2019,,bail,held,,\n"
        f"{case.number},RTC 14,CBU-1,06/05/2019,,bail,held,,\n"
        f"{case.number},RTC 15,,{ahead},14.30,judgment,,,\n"
        f"{case.number},RTC 15,,{ahead},14.30,,held,,\n"
    ).encode("cp1252")
    batch = named(sent(lead, "hearings", plain, name="hearings.csv"), lead)
    assert faults(batch, lead) == [(4, "", "row_again"), (6, "outcome", "outcome_ahead")]
    batch = loaded(batch, lead)
    with viewing_as(lead):
        rows = Hearing.objects.filter(case=case).order_by("starts_at")
        told_ = [
            (str(row.local_time or ""), row.outcome, row.proceeding.docket, row.position) for row in rows
        ]
        assert told_ == [
            ("08:30:00", "adjourned", "CBU-1", 1), ("", "held", "CBU-1", 2), ("14:30:00", "", "", 1),
        ]  # fmt: skip
        assert Hearing.objects.expected().count() == 1  # the sweep reminds of it
        first = rows[0]
        first.note = "somebody wrote this"
        first.save(update_fields=["note"])
    batch = undone(batch, lead)
    assert (batch.status, batch.stayed) == (BatchState.LOADED, 2)  # the hearing, and its proceeding
    batch = undone(batch, lead, keep_touched=True)
    with viewing_as(lead):
        assert (batch.status, batch.stayed) == (BatchState.UNDONE, 2)
        assert Hearing.objects.filter(case=case).get() == first
        assert BatchFault.objects.filter(batch=batch, code="built_on").count() == 2


def test_a_worker_that_dies_loses_nothing_and_brings_nothing_twice(lead, monkeypatch, settings):
    monkeypatch.setattr(running, "STEP", 2)
    rows = [["Case number", "Title", "Type"]] + [[f"CEB-2001-{n:04d}", "x", "osec"] for n in range(1, 6)]
    batch = named(sent(lead, "cases", book(*rows)), lead)
    kind, calls = running.kind_of("cases"), []
    write = kind.write

    def dies(chunk):
        calls.append(len(chunk.good))
        if len(calls) == 2:
            raise SystemExit  # as kill -9 does, for what this process knows
        return write(chunk)

    monkeypatch.setattr(kind, "write", dies)
    with viewing_as(lead):
        actions.load_batch(batch.pk, by=lead, now=timezone.now())
    with pytest.raises(SystemExit):
        running.work_waiting()
    assert running.work_waiting() == 0  # it is still held
    assert fresh(batch, lead).done == 2
    monkeypatch.setattr("exchange.incoming.claims.CLAIM_HOLDS", timedelta(0))
    running.work_waiting()
    batch = fresh(batch, lead)
    assert (batch.status, batch.done, batch.made, batch.faults) == (BatchState.LOADED, 5, {"cases": 5}, 0)
    with viewing_as(lead):
        brought = Case.objects.filter(number__startswith="CEB-2001")
        assert brought.count() == 5
        brought.update(touched_at=timezone.now())  # something in them was brought in, and taken back
    assert undone(batch, lead).status == BatchState.UNDONE


def test_the_database_alone_notes_what_a_batch_makes_and_deletes_nothing_else(lead, case):
    batch = sent(lead, "cases", book(["Case number", "Title", "Type"], ["A-1", "x", "osec"]))
    survivor = SurvivorMake(case=case)
    for statement in (
        'INSERT INTO exchange_batchrecord (id, batch_id, "table", record_id, stamped_at, updated_at)'
        f" VALUES (gen_random_uuid(), '{batch.pk}', 'survivors_survivor', '{survivor.pk}', now(), now())",
        f"SELECT batch_undo('{batch.pk}')",
        f"SELECT set_config('app.batch', '{batch.pk}', true); INSERT INTO prosecutions_perpetrator"
        " (id, created_at, updated_at) VALUES (gen_random_uuid(), now(), now())",
        f"DELETE FROM survivors_survivor WHERE id = '{survivor.pk}'",
    ):
        with pytest.raises(DatabaseError), viewing_as(lead), transaction.atomic():
            connection.cursor().execute(statement)
    with viewing_as(lead):
        assert Survivor.objects.filter(pk=survivor.pk).exists()


def test_who_did_not_send_a_file_does_not_see_into_it_and_files_end(lead, case, other_office):
    batch = sent(lead, "cases", book(["Case number", "Title", "Type"], ["A-1", "x", "osec"]))
    second = person(Role.LEGAL_LEAD, case.office)
    stranger = person(Role.OFFICE_DIRECTOR, other_office)
    with viewing_as(second), pytest.raises(IllegalMove):
        actions.map_columns(batch.pk, by=second, now=timezone.now(), named={0: "number"})
    with viewing_as(stranger):
        assert not Batch.objects.exists()
    with viewing_as(lead), pytest.raises(IllegalMove, match="Case number"):
        actions.map_columns(batch.pk, by=lead, now=timezone.now(), named={1: "title"})
    destroy_batches(timezone.now() + timedelta(days=8))
    batch = fresh(batch, lead)
    assert (batch.status, batch.file, bytes(batch.inside)) == (BatchState.EXPIRED, "", b"")


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("03/04/2019", "dmy", "2019-04-03"), ("03/04/2019", "mdy", "2019-03-04"),
        (43831, "dmy", "2020-01-01"),
        ("៣/៤/២០១៩", "dmy", "2019-04-03"), ("३-४-२०१९", "dmy", "2019-04-03"), ("2019", "dmy", "2019"),
        ("3 de abril de 2019", "dmy", "2019-04-03"), ("Apr 3, 2019", "dmy", "2019-04-03"),
        ("04/2019", "dmy", "2019-04"), (datetime(2019, 4, 3, 8), "mdy", "2019-04-03"),
        ("2019-02-30", "dmy", None),
        ("circa 2019", "dmy", None), ("3/4/98", "dmy", "1998-04-03"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(cell, order, day):
    found = day_of(cell, order)
    assert (found and str(found)) == day


def test_tables_are_read_whatever_program_wrote_them():
    rows = Table('sep=;\nName;Café\n\n"a;b";=1+1\n'.encode("cp1252"), "csv").rows()
    assert list(rows) == [(2, ["Name", "Café"]), (4, ["a;b", "=1+1"])]
    assert joined([["Case", "Person", None], [None, "Sex", "Age"]]) == [
        "Case",
        "Person - Sex",
        "Person - Age",
    ]
    assert [str(clock(said, None))[:5] for said in ("2:30 pm", "14h30", "9 am", 0.5)] == [
        "14:30", "14:30", "09:00", "12:00",
    ]  # fmt: skip
    assert told("too_long", {"limit": 40}) == "This is longer than 40 signs."
