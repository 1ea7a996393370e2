"""The word by which the database knows who is looking: signed, bound to one backend, soon stale."""

import hashlib
import hmac
import time
from uuid import UUID

from django.conf import settings

BLOCK = 64  # bytes of SHA-256
SECONDS = 600
PROCESSES = ("web", "worker")


def kid_of(key: bytes) -> int:
    """The public number of a key."""
    return int.from_bytes(hashlib.sha256(b"kid" + key).digest()[:4], "big") >> 1


def signed_word(user_id: UUID, backend: int) -> str:
    """kid|user|backend|expiry epoch|hmac"""
    key = bytes.fromhex(settings.CONTEXT_KEY)
    said = f"{kid_of(key)}|{user_id}|{backend}|{int(time.time()) + SECONDS}"
    return f"{said}|{hmac.new(key, said.encode(), hashlib.sha256).hexdigest()}"


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer pad of HMAC: what the database keeps, so that its built-in sha256 is enough."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def install_keys(cursor, database: str) -> None:
    """Tell the database the key of each process; an earlier one stays good for ten minutes."""
    for process in PROCESSES:
        word = settings.CONTEXT_KEYS.get(process)
        if not word:
            continue
        key = bytes.fromhex(word)
        role = f"{database}_{process}"
        cursor.execute(
            "UPDATE private.context_key SET not_after = clock_timestamp() + interval '10 minutes' "
            "WHERE role = %s AND kid <> %s AND not_after IS NULL",
            [role, kid_of(key)],
        )
        cursor.execute(
            "INSERT INTO private.context_key (kid, inner_pad, outer_pad, role, for_system) "
            "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (kid) DO UPDATE SET not_after = NULL",
            [kid_of(key), *pads(key), role, process == "worker"],
        )
