"""Whoever changes the trail as a superuser, with the triggers off, is found: the row or the seal is named."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.hashing import COLUMNS, commitment_of, digest_of, root_of, seal_hash

pytestmark = pytest.mark.xdist_group("audit")

ALTERED = {
    "actor_id": "gen_random_uuid()",
    "verb": "'note.add'",
    "case_id": "gen_random_uuid()",
    "subject": "'cases.Note'",
    "subject_id": "'0'",
    "at": "at + interval '1 microsecond'",
    "written_at": "written_at - interval '1 second'",
    "xid": "xid + 1",
    "origin": "'import'",
    "door": "'viewer'",
    "commitment": "sha256('x')",
    "digest": "sha256('x')",
    "detail": "'{\"version\": 2}'",
    "salt": "sha256('x')",
}


@pytest.mark.parametrize("column", ALTERED)
def test_an_altered_row_is_named(trail, sealed, column):
    row = sealed[1][2]
    trail.tamper(f"UPDATE audit_event SET {column} = {ALTERED[column]} WHERE id = %s", [row])  # noqa: S608
    assert trail.verify() == [("row.altered", 2, row)]


def test_blanks_in_the_detail_count_too(trail, sealed):
    trail.tamper("UPDATE audit_event SET detail = '{\"version\":  1}' WHERE id = %s", [sealed[0][0]])
    assert trail.verify() == [("row.altered", 1, sealed[0][0])]


def test_a_row_altered_with_its_digest_made_anew_is_named(trail, sealed):
    row = sealed[0][1]
    rewrite(trail, row, "verb", "case.read")
    assert trail.verify() == [("row.altered", 1, row)]


def test_a_removed_row_is_named(trail, sealed):
    trail.tamper("DELETE FROM audit_event WHERE id = %s", [sealed[2][0]])
    assert trail.verify() == [("row.removed", 3, sealed[2][0])]


def test_two_swapped_rows_are_named(trail, sealed):
    one, two = sealed[0][0], sealed[2][2]
    trail.tamper(
        "UPDATE audit_event e SET actor_id = o.actor_id, subject_id = o.subject_id, digest = o.digest,"
        " commitment = o.commitment, salt = o.salt FROM audit_event o"
        " WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))",
        [one, two, two, one],
    )
    assert trail.verify() == [("row.altered", 1, one), ("row.altered", 3, two)]


def test_rows_whose_numbers_were_swapped_are_named(trail, sealed):
    one, two = sealed[1][0], sealed[1][1]
    trail.tamper("UPDATE audit_event SET id = -1 WHERE id = %s", [one])
    trail.tamper("UPDATE audit_event SET id = %s WHERE id = %s", [one, two])
    trail.tamper("UPDATE audit_event SET id = %s WHERE id = -1", [two])
    assert trail.verify() == [("row.altered", 2, one), ("row.altered", 2, two)]


def test_a_row_put_into_an_old_seal_is_named(trail, sealed):
    (row,) = trail.write()
    trail.tamper("UPDATE audit_event SET seal_no = 2 WHERE id = %s", [row])
    assert trail.verify() == [("row.added", 2, row)]


def test_a_row_of_a_seal_that_never_was_is_named(trail, sealed):
    (row,) = trail.write()
    trail.tamper("UPDATE audit_event SET seal_no = 9 WHERE id = %s", [row])
    assert trail.verify() == [("row.added", 9, row)]


def test_a_row_moved_to_another_seal_is_named_with_both(trail, sealed):
    row = sealed[0][0]
    trail.tamper("UPDATE audit_event SET seal_no = 3 WHERE id = %s", [row])
    assert set(trail.verify()) == {("row.moved", 1, row), ("row.added", 3, row)}


def test_a_row_taken_out_of_its_seal_is_named(trail, sealed):
    trail.tamper("UPDATE audit_event SET seal_no = NULL WHERE id = %s", [sealed[0][0]])
    assert trail.verify() == [("row.moved", 1, sealed[0][0])]


def test_a_back_dated_row_is_named_though_it_is_whole_and_sealed(trail, sealed):
    (row,) = trail.write()
    rewrite(trail, row, "written_at", timezone.now() - timedelta(days=30))
    trail.seal()
    assert trail.verify() == [("row.backdated", 4, row)]


def test_a_row_that_stays_out_of_the_seals_is_named(trail, sealed):
    (row,) = trail.write()
    rewrite(trail, row, "written_at", timezone.now() - timedelta(minutes=2))
    assert trail.verify() == [("row.unsealed", None, row)]


def test_a_row_altered_before_it_was_sealed_is_named(trail, sealed):
    (row,) = trail.write()
    trail.tamper("UPDATE audit_event SET verb = 'note.add' WHERE id = %s", [row])
    assert trail.verify() == [("row.altered", None, row)]
    trail.seal()
    assert trail.verify() == [("row.altered", 4, row)]


def test_a_removed_seal_is_named(trail, sealed):
    trail.tamper("DELETE FROM audit_seal WHERE no = 2")
    found = trail.verify()
    assert ("seal.missing", 2, None) in found
    assert ("seal.cut", 2, None) in found
    assert {("row.added", 2, row) for row in sealed[1]} <= set(found)


def test_a_cut_end_is_named_by_the_witness_alone(trail, sealed):
    trail.tamper("DELETE FROM audit_event WHERE seal_no > 1")
    trail.tamper("DELETE FROM audit_seal WHERE no > 1")
    assert trail.verify(witnessed=False) == []
    assert trail.verify() == [("seal.cut", 2, None), ("seal.cut", 3, None)]


def test_an_emptied_trail_is_named_by_the_witness(trail, sealed):
    with trail.as_role("superuser") as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE audit_event, audit_seal")
    assert trail.verify() == [("seal.cut", no, None) for no in (1, 2, 3)]


@pytest.mark.parametrize(
    ("column", "value", "kinds"),
    [
        ("sealed_at", "sealed_at - interval '1 day'", {"seal.altered"}),
        ("previous", "sha256('x')", {"seal.unchained", "seal.altered"}),
        ("root", "sha256('x')", {"seal.altered"}),
        ("hash", "sha256('x')", {"seal.altered", "seal.forged", "seal.replaced", "seal.unchained"}),
        ("signature", "sha512('x')", {"seal.forged"}),
        ("key", "'0123456789abcdef'", {"seal.forged"}),
        ("leaves", "leaves || sha256('x')", {"seal.altered"}),
        ("ids", "ids[2:3] || ids[1]", {"seal.altered", "row.altered"}),
    ],
)
def test_an_altered_seal_is_named(trail, sealed, column, value, kinds):
    trail.tamper(f"UPDATE audit_seal SET {column} = {value} WHERE no = 2")  # noqa: S608
    found = trail.verify()
    assert {kind for kind, _seal, _row in found} == kinds
    assert {seal for _kind, seal, _row in found} <= {2, 3}


def test_a_seal_made_anew_without_the_key_is_named(trail, sealed):
    """Everything is worked out again from the altered row on, as somebody would who read this file."""
    rewrite(trail, sealed[0][0], "verb", "case.read")
    previous = bytes(32)
    for no in (1, 2, 3):
        with trail.as_role("superuser") as cursor:
            cursor.execute("SELECT sealed_at, ids FROM audit_seal WHERE no = %s", [no])
            sealed_at, ids = cursor.fetchone()
            cursor.execute("SELECT digest FROM audit_event WHERE id = ANY(%s) ORDER BY id", [ids])
            digests = [bytes(digest) for (digest,) in cursor.fetchall()]
        root = root_of(digests)
        digest = seal_hash(no, sealed_at, ids, root, previous)
        trail.tamper(
            "UPDATE audit_seal SET leaves = %s, root = %s, previous = %s, hash = %s WHERE no = %s",
            [b"".join(digests), root, previous, digest, no],
        )
        previous = digest
    expected = [("seal.forged", no, None) for no in (1, 2, 3)]
    assert trail.verify(witnessed=False) == expected
    assert trail.verify() == expected + [("seal.replaced", no, None) for no in (1, 2, 3)]


def test_a_torn_and_a_forged_line_of_the_witness_are_named(trail, sealed):
    text = trail.witness.read_text().splitlines()
    trail.witness.write_text("\n".join([text[0][:40], text[1].replace("seal 2", "seal 7"), text[2]]) + "\n")
    assert set(trail.verify()) == {
        ("witness.torn", None, None),
        ("seal.cut", 7, None),
    }


def rewrite(trail, row, column, value):
    """Alter a row and make its digest anew, so that the row is whole by itself."""
    trail.tamper(f"UPDATE audit_event SET {column} = %s WHERE id = %s", [value, row])  # noqa: S608
    with trail.as_role("superuser") as cursor:
        cursor.execute(f"SELECT {COLUMNS}, salt, detail::text FROM audit_event WHERE id = %s", [row])  # noqa: S608
        *said, salt, detail = cursor.fetchone()
    said[-1] = commitment_of(bytes(salt), detail)
    trail.tamper("UPDATE audit_event SET digest = %s WHERE id = %s", [digest_of(said), row])
