"""What is hashed, and how: the twin in Python of what the database does when a row is written.

An event's digest stands over its fields and over the commitment sha256(salt, detail), so that the detail
can be erased later without breaking anything. A seal is a Merkle root in the manner of RFC 6962 (leaves and
nodes have prefixes of their own), chained to the seal before.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
EVENT, SEAL = "ijm-audit-event-1", "ijm-audit-seal-1"
NOTHING_BEFORE = bytes(32)
WIDTH = 32
# The order in which `digest_of` wants the columns, as SQL.
COLUMNS = (
    "id, at, written_at, xid, actor_id::text, case_id::text, door, verb, subject, subject_id, origin,"
    " commitment"
)


def micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def long(text: str) -> str:
    """A text with its length in bytes before it, so that no text can pretend to be two."""
    return f"{len(text.encode())}:{text}"


def commitment_of(salt: bytes, detail: str) -> bytes:
    return sha256(salt + detail.encode()).digest()


def digest_of(row: Sequence) -> bytes:
    """The digest of an event whose COLUMNS these are."""
    pk, at, written_at, xid, actor, case, door, verb, subject, subject_id, origin, commitment = row
    said = (
        f"{EVENT}|{pk}|{micros(at)}|{micros(written_at)}|{xid}|{actor}|{case or '-'}|{long(door)}"
        f"|{long(verb)}|{long(subject)}|{long(subject_id)}|{long(origin)}|{commitment.hex()}"
    )
    return sha256(said.encode()).digest()


def root_of(digests: Sequence[bytes]) -> bytes:
    """The Merkle root over some digests, in their order."""
    level = [sha256(b"\x00" + digest).digest() for digest in digests]
    while len(level) > 1:
        paired = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[2 * len(paired) :]
    return level[0]


def seal_hash(no: int, sealed_at: datetime, ids: Sequence[int], root: bytes, previous: bytes) -> bytes:
    """The link of the chain: everything a seal says, and the link before."""
    listed = sha256(",".join(map(str, ids)).encode()).hexdigest()
    said = f"{SEAL}|{no}|{micros(sealed_at)}|{len(ids)}|{listed}|{root.hex()}|{previous.hex()}"
    return sha256(said.encode()).digest()


def split(leaves: bytes) -> list[bytes]:
    """The digests that a seal keeps, one by one."""
    return [leaves[start : start + WIDTH] for start in range(0, len(leaves), WIDTH)]
