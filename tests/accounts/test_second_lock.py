"""Row-level security holds where the default manager cannot."""

import itertools
import re
import time
import uuid

import factory
import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg2 import errors

from accounts import signing
from accounts.models import Office, User
from accounts.rights import case_bearing_models
from accounts.roles import SYSTEM_PRINCIPALS, Can, Role
from accounts.scope import become, system_access, viewing_as
from cases.models import Assignment, Case, Note
from notifications.models import Alert
from prosecutions.models import Hearing, Perpetrator
from survivors.models import Survivor
from tests.factories import (
    AccusedMake,
    AssignmentMake,
    CaseMake,
    DutyMake,
    HearingMake,
    NoteMake,
    OfCaseMake,
    OfficeMake,
    SurvivorMake,
    UserMake,
    arranging,
)
from tests.people import on_case, person

KEYS = {model._meta.db_table: model._meta.pk.column for model in case_bearing_models()}
TABLES = sorted(KEYS)


def ask(statement, *values):
    """The rows of a statement written by hand, as a bug or an intruder would send it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


class AlertMake(OfCaseMake):
    class Meta:
        model = Alert

    rule = "B3"
    subject = "prosecutions.bailorder"
    subject_id = factory.LazyFunction(uuid.uuid4)
    urgency = "U-C"
    opened_at = factory.LazyFunction(timezone.now)
    created_by_pid = 1


def refused(statement, *values):
    with pytest.raises(DatabaseError) as told:
        ask(statement, *values)
    return told.value.__cause__.pgcode == "42501" and str(told.value)


def rows_of(user, table="cases_case"):
    with viewing_as(User.objects.get(pk=user.pk)):
        return {pk for (pk,) in ask(f"SELECT id FROM {table}")}  # noqa: S608


@pytest.mark.usefixtures("nobody_looks")
@pytest.mark.parametrize("table", TABLES)
def test_without_a_viewer_every_statement_is_an_error_even_where_nothing_would_be_found(table):
    for statement in (
        f"SELECT count(*) FROM {table}",  # noqa: S608
        f"SELECT 1 FROM {table} WHERE {KEYS[table]} = '{uuid.uuid4()}'",  # noqa: S608
        f"UPDATE {table} SET {KEYS[table]} = {KEYS[table]} RETURNING 1",  # noqa: S608
        f"SELECT 1 FROM accounts_office o LEFT JOIN {table} t ON true",  # noqa: S608
    ):
        assert "no principal" in refused(statement), statement


@pytest.mark.usefixtures("nobody_looks")
def test_without_a_viewer_nothing_is_written_either(office):
    columns = "(id, number, office_id, sensitivity, title)"
    assert refused(
        f"INSERT INTO cases_case {columns} VALUES (%s, 'X-1', %s, 0, 'x') RETURNING 1",  # noqa: S608
        str(uuid.uuid4()), office.pk,
    )  # fmt: skip


def test_joins_from_open_tables_raw_sql_and_base_managers_show_no_hidden_case(case, charlie, colleague):
    note = NoteMake(case=case)
    for outsider in (charlie, colleague):
        with viewing_as(outsider):
            count = "SELECT count(c.id) FROM accounts_office o LEFT JOIN cases_case c ON c.office_id = o.id"
            assert ask(count) == [(0,)]
            assert list(Case._base_manager.all()) == []
            assert list(Office.objects.filter(cases__isnull=False)) == []
            assert list(Note.objects.raw("SELECT * FROM cases_note")) == []
            with pytest.raises(Note.DoesNotExist):
                Note._base_manager.get(pk=note.pk)
            assert Note._base_manager.filter(pk=note.pk).update(text="changed") == 0
    with viewing_as(User.objects.get(pk=person(Role.OFFICE_DIRECTOR, case.office).pk)):
        assert ask(count) == [(1,)]


def test_both_locks_agree_for_every_role_office_and_seal(db):
    offices = [OfficeMake(), OfficeMake()]
    cases = [CaseMake(office=office, sensitivity=level) for office in offices for level in (0, 1, 2)]
    people = [person(role, office) for role, office in itertools.product(Role, offices)]
    DutyMake(office=offices[0], user=people[1])
    DutyMake(office=offices[1], user=people[-1])
    for turn, (who, case) in enumerate(itertools.product(people, cases)):
        if turn % 5 == 0:
            AssignmentMake(case=case, user=who)
    seen = 0
    for who in people:
        with viewing_as(User.objects.get(pk=who.pk)):
            by_manager = set(Case.objects.values_list("pk", flat=True))
        assert rows_of(who) == by_manager, who.memberships.get().role
        seen += len(by_manager)
    assert 0 < seen < len(people) * len(cases)


def test_a_child_of_a_hidden_case_can_be_neither_written_nor_moved_there(case, alice, other_office):
    hidden = CaseMake(office=other_office)
    note = NoteMake(case=case)
    with viewing_as(alice):
        for statement, values in (
            ("UPDATE cases_note SET case_id = %s WHERE id = %s RETURNING 1", [hidden.pk, note.pk]),
            ("UPDATE cases_case SET office_id = %s WHERE id = %s RETURNING 1", [other_office.pk, case.pk]),
        ):
            assert refused(statement, *values)
        with pytest.raises(DatabaseError), transaction.atomic():
            Note(case_id=hidden.pk, text="slipped in").save(force_insert=True)


def test_nobody_names_herself_on_a_case_that_she_did_not_open(case, colleague):
    lonely = CaseMake(office=case.office)
    for wanted in (case, lonely):
        with viewing_as(colleague), pytest.raises(DatabaseError), transaction.atomic():
            Assignment(case_id=wanted.pk, user=colleague, role=Role.LAWYER).save(force_insert=True)


def test_who_opened_a_case_is_written_by_the_database(office):
    opener, other = person(Role.CASEWORKER, office), person(Role.CASEWORKER, office)
    with viewing_as(opener):
        case = CaseMake.build(office=office, opened_by=other.pk)
        case.save(force_insert=True)
        Assignment(case=case, user=opener, role=Role.CASEWORKER).save(force_insert=True)
        Case.objects.filter(pk=case.pk).update(opened_by=other.pk)
    case.refresh_from_db()
    assert case.opened_by == opener.pk


def test_a_person_across_cases_is_seen_through_a_visible_case_alone(case, alice, charlie):
    accused = AccusedMake(case=case)
    assert accused.perpetrator_id in rows_of(alice, "prosecutions_perpetrator")
    assert accused.perpetrator_id not in rows_of(charlie, "prosecutions_perpetrator")
    assert Perpetrator._base_manager.filter(pk=accused.perpetrator_id).exists()


def test_an_alert_about_a_tip_off_is_seen_by_those_who_were_told_alone(case, alice):
    AlertMake(case=case, episode_key="open")
    told_to_few = AlertMake(case=case, rule="O2", episode_key="few")
    assert told_to_few.pk not in rows_of(alice, "notifications_alert")
    assert len(rows_of(alice, "notifications_alert")) == 1


@pytest.mark.parametrize("principal", SYSTEM_PRINCIPALS)
def test_a_system_principal_reads_the_tables_of_its_job_sealed_ones_included_and_no_others(office, principal):
    sealed = CaseMake(office=office, sensitivity=2)
    HearingMake(case=sealed)
    SurvivorMake(case=sealed)
    for model in (Case, Hearing, Survivor):
        with system_access(principal, "a test looks"):
            found = len(ask(f"SELECT id FROM {model._meta.db_table}"))  # noqa: S608
        assert found == (1 if model._meta.app_label in SYSTEM_PRINCIPALS[principal] else 0), model
    assert {model._meta.app_label for model in case_bearing_models()} - SYSTEM_PRINCIPALS[principal]


def test_a_request_that_shows_its_token_late_goes_on_as_its_owner(case, alice, charlie):
    with viewing_as(charlie):
        assert ask("SELECT id FROM cases_case") == []
        become(alice)
        assert ask("SELECT id FROM cases_case") == [(case.pk,)]


@pytest.mark.usefixtures("nobody_looks")
def test_the_word_ends_with_the_transaction_and_with_the_look(case, alice):
    with viewing_as(alice):
        assert ask("SELECT id FROM cases_case") == [(case.pk,)]
    assert refused("SELECT id FROM cases_case")


def test_somebody_who_left_or_is_under_duress_is_nobody_to_the_database(case, alice):
    with viewing_as(alice):
        with arranging():
            User.objects.filter(pk=alice.pk).update(is_active=False)
        assert "inactive principal" in refused("SELECT id FROM cases_case")
    User.objects.filter(pk=alice.pk).update(is_active=True)
    for nobody in (UserMake(is_active=False), User.objects.get(pk=alice.pk)):
        nobody.under_duress = nobody.is_active
        with viewing_as(nobody):
            assert Case.objects.count() == 0
            assert "bad principal" in refused("SELECT id FROM cases_case")


def test_a_forged_borrowed_or_stale_word_is_refused(case, alice, charlie, monkeypatch):
    backend = connection.connection.info.backend_pid
    good = signing.signed_word(alice.pk, backend)
    kid, _uid, _pid, expiry, mac = good.split("|")
    forged = [
        f"{kid}|{charlie.pk}|{backend}|{expiry}|{mac}",
        f"{kid}|{alice.pk}|{backend}|{int(expiry) + 9}|{mac}",
        f"1|{alice.pk}|{backend}|{expiry}|{mac}",
        signing.signed_word(alice.pk, backend + 1),
        signing.signed_word(uuid.uuid4(), backend),
        f"{kid}|{alice.pk}|{backend}|{expiry}|{'0' * 64}",
        "||||",
        "'; DROP TABLE cases_case; --",
        good + "|",
    ]
    monkeypatch.setattr(signing, "SECONDS", -int(time.time()))
    forged.append(signing.signed_word(alice.pk, backend))  # the clock of the lock stands at 2000 in tests
    for word in forged:
        told = refused("SELECT begin_principal(%s)", word)
        assert re.search("principal", told), word
    assert ask("SELECT begin_principal(%s)::text", good) == [(str(alice.pk),)]


def test_an_injected_statement_cannot_become_somebody_else(case, charlie, alice):
    with viewing_as(charlie):
        become_alice = "SELECT set_config('app.ctx', %s, true)"
        assert refused(f"SELECT 1; {become_alice}; SELECT id FROM cases_case", str(alice.pk))  # noqa: S608
        for attack in (
            "SET ROLE pg_database_owner",
            "SET SESSION AUTHORIZATION postgres",
            "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
            "DROP POLICY need_to_know_web ON cases_case",
            "SELECT * FROM private.context_key",
            "DELETE FROM cases_case",
            "COPY cases_case TO PROGRAM 'true'",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                ask(attack)


@pytest.mark.django_db(transaction=False)
def test_a_session_with_the_credentials_of_the_application_and_no_key_reads_nothing(case, database_roles):
    for role in ("web", "worker", "owner"):
        with psycopg2.connect(database_roles[role]) as stranger, stranger.cursor() as cursor:
            cursor.execute("SELECT set_config('tests.nobody', 'refused', false)")
            with pytest.raises(errors.InsufficientPrivilege, match="no principal"):
                cursor.execute("SELECT count(*) FROM cases_case")
        stranger.close()


@pytest.fixture
def deployed_key(database_roles):
    """Lets the key of this process serve one role, and system work or not, as it is deployed."""
    owner = psycopg2.connect(database_roles["owner"])
    owner.autocommit = True

    def change(role, *, for_system):
        with owner.cursor() as cursor:
            cursor.execute(
                "UPDATE private.context_key SET for_system = %s, "
                "role = CASE WHEN %s = '' THEN NULL ELSE (current_database() || '_' || %s)::name END",
                [for_system, role, role],
            )

    yield change
    change("", for_system=True)
    owner.close()


def test_the_key_of_the_web_signs_no_system_principal_and_serves_its_own_role_alone(alice, deployed_key):
    backend = connection.connection.info.backend_pid
    loader = User.objects.get(principal="loader")
    deployed_key("web", for_system=False)
    assert refused("SELECT begin_principal(%s)", signing.signed_word(loader.pk, backend))
    assert ask("SELECT begin_principal(%s)", signing.signed_word(alice.pk, backend))
    deployed_key("worker", for_system=True)
    assert refused("SELECT begin_principal(%s)", signing.signed_word(alice.pk, backend))
    assert settings.CONTEXT_KEYS["web"] != settings.CONTEXT_KEYS["worker"]


@pytest.mark.usefixtures("nobody_looks")
def test_a_verb_of_a_policy_follows_the_table_of_roles(office):
    for role in (Role.SOCIAL_WORKER, Role.PARALEGAL, Role.ADMINISTRATOR):
        who = person(role, office)
        with viewing_as(User.objects.get(pk=who.pk)):
            (verbs,) = ask("SELECT my_verbs()")[0]
        assert (Can.OPEN_IDENTITY in verbs) == (role is Role.SOCIAL_WORKER)


def test_the_named_person_of_a_sealed_case_reads_it_through_sql(office):
    sealed = CaseMake(office=office, sensitivity=2)
    named = on_case(person(Role.CASEWORKER, office), sealed, Role.CASEWORKER)
    assert rows_of(named) == {sealed.pk}
    assert rows_of(person(Role.OFFICE_DIRECTOR, office)) == set()


def test_nobody_gives_herself_reach_by_a_statement_of_her_own(case, charlie, alice, director):
    mine = charlie.memberships.get()
    grab = "INSERT INTO accounts_membership (user_id, office_id, role, started_at) VALUES (%s, %s, %s, now())"
    stand = (
        "INSERT INTO accounts_deputy (person_id, deputy_id, named_by_id, reason, starts_at, until) "
        "VALUES (%s, %s, %s, '', now(), now() + interval '1 day')"
    )
    with viewing_as(charlie):
        for statement, values in (
            (grab, [charlie.pk, case.office_id, "office_director"]),
            (stand, [director.pk, charlie.pk, charlie.pk]),
            (stand, [director.pk, charlie.pk, director.pk]),
            ("UPDATE accounts_user SET principal = 'loader' WHERE id = %s", [charlie.pk]),
            ("UPDATE accounts_user SET is_active = true, principal = 'x' WHERE id = %s", [alice.pk]),
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_membership SET role = 'office_director' WHERE id = %s", [mine.pk])
            assert cursor.rowcount == 0
    lead = person(Role.LEGAL_LEAD, case.office)
    with viewing_as(lead), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(stand, [alice.pk, lead.pk, lead.pk])


def test_a_deputy_is_ended_and_not_changed(case, alice, lawyer):
    with viewing_as(alice), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_deputy (person_id, deputy_id, named_by_id, reason, starts_at, until) "
            "VALUES (%s, %s, %s, '', now() - interval '1 hour', now() + interval '1 day')",
            [alice.pk, lawyer.pk, alice.pk],
        )
    with viewing_as(lawyer), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE accounts_deputy SET until = now() + interval '9 years'")
        cursor.execute("UPDATE accounts_deputy SET ended_at = now()")
        assert cursor.rowcount == 1
