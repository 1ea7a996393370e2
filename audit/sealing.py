"""Sealing: a second after it was written, a row is put under a signed root, chained to the seal before.

A row is taken when every transaction that could still write a smaller one is over (the xmin horizon), so that
nothing ever appears behind a seal. The work of one seal is one transaction; a sealer that is killed leaves
nothing half done, and two at once take turns by an advisory lock.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audit import witness
from audit.hashing import NOTHING_BEFORE, root_of, seal_hash
from audit.keys import Signer

AT_A_TIME = 10_000
ONE_AT_A_TIME = 0x5EA1
logger = logging.getLogger(__name__)
# What apps above have under the sealer's key beside the audit: each puts one thing under it in the open
# transaction, and says whether there was one.
MORE_TO_SEAL: list[Callable[[Any, Signer], bool]] = []

# A visible row whose number is still ahead of this server was written by the one it was restored from.
READY = """
SELECT id, digest FROM audit_event
 WHERE seal_no IS NULL
   AND (xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
     OR xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
 ORDER BY id LIMIT %s
"""
HEAD = "SELECT no, hash, key, signature, cardinality(ids), sealed_at FROM audit_seal ORDER BY no DESC LIMIT 1"
SINCE = (
    "SELECT no, hash, key, signature, cardinality(ids), sealed_at FROM audit_seal WHERE no > %s ORDER BY no"
)


class Broken(RuntimeError):
    """The chain does not go on from where the sealer left it: somebody must look before it goes on."""


def line(row: Any) -> witness.Line:
    no, digest, key, signature, count, sealed_at = row
    return witness.line_of(no, bytes(digest), key, bytes(signature), count, sealed_at)


def head(cursor: Any) -> witness.Line | None:
    """The newest seal, as the witness would write it."""
    cursor.execute(HEAD)
    row = cursor.fetchone()
    return line(row) if row else None


def check_witness(cursor: Any, path: Path) -> None:
    """Let the witness catch up with a killed sealer; stop where the database lacks what it saw."""
    last = witness.last_of(path)
    if last is not None and last.no:
        cursor.execute("SELECT hash FROM audit_seal WHERE no = %s", [last.no])
        found = cursor.fetchone()
        if found is None:
            raise Broken(f"the witness saw seal {last.no}, which is not in the database")
        if bytes(found[0]).hex() != last.hash:
            raise Broken(f"seal {last.no} is not the one that the witness saw")
    cursor.execute(SINCE, [last.no if last else 0])
    missed = [line(row) for row in cursor.fetchall()]
    if missed:
        witness.append(path, missed)


def seal_once(cursor: Any, signer: Signer, path: Path) -> witness.Line | None:
    """Seal what is ready, in the transaction that is open; None when nothing is, or another sealer is at it.

    The caller commits, and then lets the witness write the line that this returns.
    """
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    if not cursor.fetchone()[0]:
        return None
    cursor.execute(READY, [AT_A_TIME])
    rows = cursor.fetchall()
    if not rows:
        return None
    check_witness(cursor, path)
    before = head(cursor)
    no, previous = (before.no + 1, bytes.fromhex(before.hash)) if before else (1, NOTHING_BEFORE)
    return write_seal(cursor, signer, no, previous, rows)


def write_seal(cursor: Any, signer: Signer, no: int, previous: bytes, rows: list) -> witness.Line:
    ids, digests = [pk for pk, _digest in rows], [bytes(digest) for _pk, digest in rows]
    cursor.execute("SELECT clock_timestamp()")
    (now,) = cursor.fetchone()
    root = root_of(digests)
    digest = seal_hash(no, now, ids, root, previous)
    signature = signer.sign(digest)
    cursor.execute(
        "INSERT INTO audit_seal (no, sealed_at, ids, leaves, root, previous, hash, key, signature)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [no, now, ids, b"".join(digests), root, previous, digest, signer.key_id, signature],
    )
    cursor.execute("UPDATE audit_event SET seal_no = %s WHERE id = ANY(%s) AND seal_no IS NULL", [no, ids])
    if cursor.rowcount != len(ids):
        raise Broken(f"{len(ids) - cursor.rowcount} rows of seal {no} were taken meanwhile")
    return witness.line_of(no, digest, signer.key_id, signature, len(ids), now)
