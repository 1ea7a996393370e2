"""The sealer: what it takes and when, who may seal, and what a restart, a kill or a second one does."""

import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest

from audit import witness
from audit.hashing import root_of
from audit.sealing import Broken
from ijm_cases.settings import BASE_DIR

pytestmark = pytest.mark.xdist_group("audit")


def test_rows_are_sealed_in_their_order_and_verified(trail):
    rows = trail.write(3)
    line = trail.seal()
    assert (line.no, line.events) == (1, 3)
    assert trail.seal() is None
    assert trail.verify() == []
    with trail.as_role("backup") as cursor:
        cursor.execute("SELECT no, ids FROM audit_seal")
        assert cursor.fetchall() == [(1, rows)]


def test_nothing_is_sealed_while_an_older_transaction_may_still_write(trail):
    slow = psycopg2.connect(trail.urls["superuser"])
    early = trail.insert(slow.cursor())
    late = trail.write(2)
    assert trail.seal() is None
    slow.commit()
    slow.close()
    assert trail.seal().events == 3
    with trail.as_role("backup") as cursor:
        cursor.execute("SELECT ids FROM audit_seal")
        assert cursor.fetchone()[0] == [early, *late]


def test_rows_that_came_from_another_server_are_sealed_too(trail):
    (row,) = trail.write()
    trail.tamper("UPDATE audit_event SET xid = xid + 1000000000 WHERE id = %s", [row])
    assert trail.seal().events == 1


@pytest.mark.parametrize("role", ["web", "worker", "backup", "owner"])
def test_only_the_sealer_seals(trail, role):
    trail.write()
    with pytest.raises(psycopg2.Error, match="permission denied|read-only|no principal|row-level security"):
        trail.seal(role)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET verb = 'note.add'",
        "UPDATE audit_event SET digest = sha256('x')",
        "DELETE FROM audit_event",
        "UPDATE audit_seal SET key = ''",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "INSERT INTO audit_event DEFAULT VALUES",
        "SELECT detail FROM audit_event",
    ],
)
def test_the_sealer_does_nothing_else(trail, sealed, change):
    with pytest.raises(psycopg2.Error, match="permission denied"), trail.as_role("sealer") as cursor:
        cursor.execute(change)


def test_a_row_is_sealed_once(trail, sealed):
    again = "UPDATE audit_event SET seal_no = 1 WHERE seal_no = 2"
    with trail.as_role("sealer") as cursor:
        cursor.execute(again)
        assert cursor.rowcount == 0
    with pytest.raises(psycopg2.Error, match="append-only"), trail.as_role("superuser") as cursor:
        cursor.execute(again)


def test_two_sealers_take_turns(trail):
    trail.write()
    with trail.as_role("sealer") as first:
        first.execute("SELECT pg_advisory_xact_lock(%s)", [0x5EA1])
        assert trail.seal() is None
    assert trail.seal().no == 1


def test_a_sealer_killed_before_the_witness_heard_makes_up_for_it(trail):
    trail.write()
    trail.seal(heard=False)
    trail.write()
    trail.seal()
    lines, broken = witness.read(trail.witness)
    assert ([line.no for line in lines], broken) == ([1, 2], [])
    assert trail.verify() == []


def test_a_line_torn_by_a_crash_costs_nothing_but_itself(trail, sealed):
    with trail.witness.open("a") as file:
        file.write("seal 4 abc")
    trail.write()
    trail.seal()
    assert [kind for kind, _seal, _row in trail.verify()] == ["witness.torn"]


def test_nothing_is_sealed_over_a_cut_end(trail, sealed):
    trail.tamper("DELETE FROM audit_seal WHERE no = 3")
    trail.write()
    with pytest.raises(Broken, match="seal 3, which is not in the database"):
        trail.seal()


def test_nothing_is_sealed_over_another_seal_than_the_witness_saw(trail, sealed):
    trail.tamper("UPDATE audit_seal SET hash = sha256('x') WHERE no = 3")
    trail.write()
    with pytest.raises(Broken, match="seal 3 is not the one"):
        trail.seal()


def test_a_witness_never_heard_of_is_found_missing_after_a_minute(trail, sealed):
    trail.witness.write_text("".join(trail.witness.read_text().splitlines(keepends=True)[:2]))
    assert trail.verify() == []
    trail.tamper("UPDATE audit_seal SET sealed_at = sealed_at - interval '2 minutes' WHERE no = 3")
    assert ("witness.lacks", 3, None) in trail.verify()


def test_the_root_follows_rfc_6962():
    """Of the empty string, and of three leaves: H(1, H(1, H(0, a), H(0, b)), H(0, c))."""
    assert root_of([b""]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    pair = root_of([b"a", b"b"])
    assert root_of([b"a", b"b", b"c"]) != root_of([b"a", b"b", b"c", b"c"])
    assert len(pair) == 32


class Sealer:
    """`manage.py seal_audit` in a process of its own."""

    def __init__(self, trail, *arguments, command="seal_audit"):
        environment = {
            **os.environ,
            "DATABASE_URL_SEALER": trail.urls["sealer"],
            "DATABASE_URL_BACKUP": trail.urls["backup"],
            "AUDIT_SEAL_KEY_FILE": str(trail.folder / "seal.key"),
            "AUDIT_PUBLIC_KEYS_FILE": str(trail.folder / "public.keys"),
            "AUDIT_WITNESS": str(trail.witness),
        }
        environment.pop("IJM_PROCESS", None)
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", command, *arguments],
            cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def end(self, sign=None):
        if sign:
            self.process.send_signal(sign)
        return self.process.communicate(timeout=60)[0]


def wait_until_sealed(trail, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with trail.as_role("backup") as cursor:
            cursor.execute("SELECT count(*) FROM audit_event WHERE seal_no IS NULL")
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    pytest.fail("nothing was sealed")


def test_killed_restarted_and_doubled_it_leaves_one_whole_chain(trail):
    trail.write(2)
    sealers = [Sealer(trail, "--loop"), Sealer(trail, "--loop")]
    wait_until_sealed(trail)
    sealers[0].end(signal.SIGKILL)
    trail.write(2)
    wait_until_sealed(trail)
    sealers[1].end(signal.SIGTERM)
    assert sealers[1].process.returncode == 0
    trail.write(2)
    Sealer(trail).end()
    assert trail.verify() == []
    assert trail.report.rows == 6


def test_the_commands_say_what_they_find(trail, sealed):
    assert "Not one finding." in Sealer(trail, command="verify_audit").end()
    assert Sealer(trail, command="audit_head").end().startswith("3 ")
    trail.tamper("DELETE FROM audit_event WHERE id = %s", [sealed[0][0]])
    verifying = Sealer(trail, "--json", command="verify_audit")
    assert f"row {sealed[0][0]} of seal 1 is not there" in verifying.end()
    assert verifying.process.returncode == 1
    trail.tamper("DELETE FROM audit_seal WHERE no = 3")
    trail.write()
    broken = Sealer(trail, "--loop")
    assert "not sealed any further" in broken.end()
    assert broken.process.returncode == 1


def test_after_a_restore_the_witness_says_from_where_it_goes_on(trail, sealed):
    trail.tamper("DELETE FROM audit_event WHERE seal_no = 3")
    trail.tamper("DELETE FROM audit_seal WHERE no = 3")
    Sealer(trail, "--accept-restored").end()
    trail.write()
    assert trail.seal().no == 3
    assert trail.verify() == []
