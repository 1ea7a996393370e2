"""Who an event says it was: the database knows, and believes nobody else."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.scope import system_access
from accounts.signing import signed_word
from audit.actions import erase_detail, record, record_apart
from audit.models import NOBODY, Event
from tests.factories import PASSWORD


@pytest.fixture
def written_down(settings):
    """Refusals are written, in the transaction of the test."""
    settings.AUDIT_APART = "shared"


def only(verb):
    return Event.objects.get(verb=verb)


def test_the_actor_is_whoever_the_database_knows_to_be_looking(case, alice, lawyer, looking):
    with looking(alice):
        record("note.add", by=lawyer, subject=case, case_id=case.pk)
    assert (only("note.add").actor_id, only("note.add").door) == (alice.pk, "viewer")


def test_nothing_that_the_database_writes_can_be_brought_along(case, alice, looking):
    with looking(alice), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, actor_id, verb, subject, subject_id, detail, origin, door, seal_no,"
            " xid, salt, commitment, digest, written_at) VALUES (now(), gen_random_uuid(), 'note.add', 'x',"
            " '', '{}', 'live', 'apart', 1, 1, sha256('x'), sha256('x'), sha256('x'), '2001-01-01')"
        )
    event = only("note.add")
    assert (event.door, event.seal_no, event.actor_id) == ("viewer", None, alice.pk)
    assert timezone.now() - event.written_at < timezone.timedelta(minutes=5)
    assert event.xid != 1


def test_nobody_chooses_the_number_of_a_row(db):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, actor_id, verb, subject, subject_id, detail, origin)"
            " VALUES (1, now(), gen_random_uuid(), 'note.add', 'x', '', '{}', 'live')"
        )


def test_where_nobody_looks_nothing_is_written(case, alice, nobody_looks):
    with pytest.raises(DatabaseError, match="no principal"), transaction.atomic():
        record("note.add", by=alice, subject=case, case_id=case.pk)


def test_a_stranger_claims_what_happened_to_accounts_alone(case, alice, looking):
    with looking(AnonymousUser()):
        record("signin.start", by=alice, subject=alice)
        assert [event.verb for event in Event.objects.all()] == ["signin.start"]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            record("note.add", by=alice, subject=case, case_id=case.pk)
    assert only("signin.start").door == "claimed"


def test_a_stranger_reads_nothing_that_others_wrote(case, alice, looking):
    with looking(alice):
        record("note.add", by=alice, subject=case, case_id=case.pk)
    with looking(AnonymousUser()):
        assert not Event.objects.filter(verb="note.add").exists()


def test_the_second_door_takes_few_verbs(db, written_down):
    assert not record_apart("case.edit", by=None, subject="cases.Case", subject_id="1")


def test_the_same_refusal_is_written_once(alice, written_down):
    assert record_apart("access.deny", by=alice, subject="x", subject_id="1", status=404, view="x")
    assert not record_apart(
        "access.deny", by=alice, subject="cases.Case", subject_id="1", status=404, view="x"
    )
    assert record_apart("access.deny", by=alice, subject="cases.Case", subject_id="2", status=404, view="x")
    assert Event.objects.count() == 2


def test_sixty_refusals_of_one_person_are_enough(alice, lawyer, written_down):
    wrote = [
        record_apart("access.deny", by=alice, subject="x", subject_id=str(n), status=404, view="x")
        for n in range(62)
    ]
    assert sum(wrote) == 60
    assert record_apart("access.deny", by=lawyer, subject="x", subject_id="1", status=404, view="x")


def test_a_case_out_of_reach_is_written_down(client, case, charlie, written_down):
    client.force_login(charlie)
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 404
    event = only("access.deny")
    assert (event.actor_id, event.subject, event.case_id) == (charlie.pk, "cases.Case", case.pk)
    assert event.detail == {"status": 404, "view": "desk:case-page"}


def test_a_verb_that_somebody_lacks_is_written_down(client, case, alice, written_down):
    client.force_login(alice)
    assert client.get(reverse("cases:case-trail", args=[case.pk])).status_code == 403
    assert only("access.deny").detail == {"status": 403, "view": "cases:case-trail"}


def test_strangers_and_pages_that_are_not_there_are_nobody_s_refusal(client, case, alice, written_down):
    client.get(reverse("desk:case-page", args=[case.pk]))
    client.force_login(alice)
    client.get("/no/such/page/")
    assert not Event.objects.filter(verb="access.deny").exists()


def test_a_wrong_password_is_written_down_with_the_account_it_was_for(client, alice, written_down):
    for login in (alice.email, "stranger@example.org"):
        client.post(reverse("account_login"), {"login": login, "password": "not the sentence"})
    events = Event.objects.filter(verb="signin.fail").order_by("pk")
    assert [(e.actor_id, e.subject_id, e.door) for e in events] == [
        (NOBODY, str(alice.pk), "apart"),
        (NOBODY, "", "apart"),
    ]
    assert {e.detail["step"] for e in events} == {"password"}


def test_a_wrong_code_is_written_down_beside_a_wrong_password(client, alice, written_down):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    for password in ("not the sentence", PASSWORD):
        client.post(reverse("account_login"), {"login": alice.email, "password": password})
    for code in ("000000", "000000", ""):
        client.post(reverse("mfa_authenticate"), {"code": code})
    events = Event.objects.filter(verb="signin.fail").order_by("pk")
    assert [(e.actor_id, e.subject_id, e.detail) for e in events] == [
        (NOBODY, str(alice.pk), {"step": "password"}),
        (NOBODY, str(alice.pk), {"step": "code"}),
    ]


def test_a_wrong_code_is_written_down_when_it_is_asked_again(client, alice, written_down):
    client.force_login(alice)
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert only("signin.fail").detail == {"step": "code again"}


def test_what_was_refused_outlives_the_request_s_transaction(
    django_db_blocker, settings, database_roles, alice
):
    settings.AUDIT_APART = "own"
    assert record_apart("access.deny", by=alice, subject="x", subject_id="own", status=404, view="x")
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=urlsplit(database_roles["owner"]).path)
    other = psycopg2.connect(urlunsplit(url))
    with other, other.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_event WHERE subject_id = 'own' RETURNING door, actor_id::text")
        assert cursor.fetchall() == [("apart", str(alice.pk))]
    other.close()


def test_a_database_that_is_away_changes_no_refusal(alice, settings, monkeypatch, caplog):
    settings.AUDIT_APART = "own"
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    assert not record_apart("access.deny", by=alice, subject="x", subject_id="", status=404, view="x")
    assert "access.deny was not written down" in caplog.text


def test_only_the_retention_principal_erases(case, alice, looking):
    with looking(alice):
        event = record("note.add", by=alice, subject=case, case_id=case.pk)
        with pytest.raises(DatabaseError, match="only the retention principal"), transaction.atomic():
            erase_detail([event.pk], by=alice, reason="law")


def test_an_erasure_says_which_rows_it_was(case, alice):
    """Nothing of a test is ever sealed, so nothing is there to erase, and nothing is said."""
    event = record("note.add", by=alice, subject=case, case_id=case.pk)
    with system_access("retention", "a test erases") as retention:
        assert erase_detail([event.pk], by=retention, reason="law") == 0
    assert not Event.objects.filter(verb="audit.erase").exists()


@pytest.mark.xdist_group("audit")
def test_an_erased_detail_leaves_a_chain_that_verifies(trail, sealed):
    row, other = sealed[0][:2]
    erase(trail, row, recorded=True)
    trail.seal()
    assert trail.verify() == []
    assert trail.report.erased == {row}
    erase(trail, other, recorded=False)
    assert trail.verify() == [("row.erased", None, other)]


def erase(trail, row, *, recorded):
    """As the retention principal, in the worker's process."""
    with trail.as_role("worker") as cursor:
        cursor.execute("SELECT id FROM accounts_user WHERE principal = 'retention'")
        (retention,) = cursor.fetchone()
        cursor.execute(
            "SELECT begin_principal(%s)", [signed_word(retention, cursor.connection.info.backend_pid)]
        )
        cursor.execute("SELECT audit_erase(%s)", [[row]])
        assert cursor.fetchone() == (1,)
        if recorded:
            cursor.execute(
                "INSERT INTO audit_event (at, actor_id, verb, subject, subject_id, detail, origin)"
                " VALUES (now(), %s, 'audit.erase', 'accounts.User', '', %s, 'live')",
                [retention, f'{{"ids": [{row}], "reason": "law"}}'],
            )
