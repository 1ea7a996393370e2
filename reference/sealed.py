"""The key ring: master keys that lie outside the database, and everything that is sealed with them.

Each case, document or export has a data key of its own; the database keeps it wrapped by a master key::

    wrapped = wrap(data_key, about="documents.Version 6f0c…")     # bytes for a BinaryField
    data_key = unwrap(wrapped, about="documents.Version 6f0c…")   # SealBroken if it is of another row

`about` says what the sealed thing is and of which row: sealed bytes that were moved elsewhere do not open.
Fields of case records are sealed by `reference.sealed_fields` (EncryptedText and others) with the key of
their case. Other short values are sealed with a data key by `seal` and `unseal`; `token` makes the blind
index of a word.

The ring comes from SEALING_KEYS_FILE (read again whenever the file changes, so that a rotation needs no
restart) or from SEALING_KEYS. Whoever keeps wrapped keys registers with `register_rewrap`.
"""

import hmac
import json
import os
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
TOKEN_BYTES = 16
FORM = b"\x01"  # the first byte of everything sealed; another form gets another byte
HEAD_BYTES = 3  # the form, and the number of the key in two bytes


class SealBroken(Exception):
    """Sealed bytes that do not open: altered, moved from another row, or of a key we do not have."""


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


@dataclass(frozen=True)
class KeyRing:
    """The master keys by number, the number in use, and the root of the blind indexes."""

    current: int
    masters: dict[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "KeyRing":
        """A ring that nobody has used yet."""
        return cls(1, {1: new_key()}, new_key())

    @classmethod
    def read(cls, text: str) -> "KeyRing":
        """The ring in its written form; refuses anything that is not whole, without showing it."""
        try:
            written = json.loads(text)
            masters = {int(number): b64decode(key) for number, key in written["masters"].items()}
            ring = cls(int(written["current"]), masters, b64decode(written["index"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ImproperlyConfigured("The sealing keys are not in the form that we write.") from None
        if ring.current not in masters or {len(key) for key in (*masters.values(), ring.index)} != {
            KEY_BYTES
        }:
            raise ImproperlyConfigured("The sealing keys are not whole.")
        return ring

    def written(self) -> str:
        """The ring as it is kept."""
        masters = {str(number): b64encode(key).decode() for number, key in sorted(self.masters.items())}
        ring = {"current": self.current, "masters": masters, "index": b64encode(self.index).decode()}
        return json.dumps(ring, indent=1) + "\n"

    def with_new_master(self) -> "KeyRing":
        """The same ring with one more master key, which is in use from now on."""
        number = max(self.masters) + 1
        return KeyRing(number, {**self.masters, number: new_key()}, self.index)

    def without_old_masters(self) -> "KeyRing":
        """The same ring with the master key in use alone."""
        return KeyRing(self.current, {self.current: self.masters[self.current]}, self.index)


class _Kept:
    """The ring in memory, and how the file looked when it was read."""

    lock = threading.Lock()
    source: object = None
    ring: KeyRing | None = None


def _source() -> tuple[object, Callable[[], str]]:
    """What tells whether the ring has changed, and how to read it."""
    if settings.SEALING_KEYS_FILE:
        path = Path(settings.SEALING_KEYS_FILE)
        try:
            seen = path.stat()
        except OSError as failed:
            raise ImproperlyConfigured(f"SEALING_KEYS_FILE cannot be read: {failed.strerror}") from None
        return (str(path), seen.st_ino, seen.st_mtime_ns), path.read_text
    return settings.SEALING_KEYS, lambda: settings.SEALING_KEYS


def ring() -> KeyRing:
    """The master keys as they are now."""
    source, read = _source()
    if _Kept.ring is None or source != _Kept.source:
        with _Kept.lock:
            _Kept.ring, _Kept.source = KeyRing.read(read()), source
    return _Kept.ring


def keep(changed: KeyRing) -> None:
    """Put a changed ring in the place of the file, in one step and written through to the disk."""
    if not settings.SEALING_KEYS_FILE:
        raise ImproperlyConfigured(
            "The sealing keys come from SEALING_KEYS; put them into a file to change them."
        )
    path = Path(settings.SEALING_KEYS_FILE)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, path.stat().st_mode & 0o777)
    with os.fdopen(handle, "w") as out:
        out.write(changed.written())
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# --- sealing with any key


def seal(key: bytes, plain: bytes, about: str, number: int = 0) -> bytes:
    """Sealed bytes that open with this key (whose number they carry) and for this row alone."""
    head = FORM + number.to_bytes(2, "big")
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """What was sealed; SealBroken, without a word of it, when it does not open."""
    head, nonce, rest = (
        sealed[:HEAD_BYTES],
        sealed[HEAD_BYTES:][:NONCE_BYTES],
        sealed[HEAD_BYTES + NONCE_BYTES :],
    )
    try:
        return AESGCM(key).decrypt(nonce, rest, head + about.encode())
    except (InvalidTag, ValueError):
        raise SealBroken("sealed bytes do not open") from None


def head_of(number: int) -> bytes:
    """How sealed bytes begin that were sealed with the key of this number."""
    return FORM + number.to_bytes(2, "big")


def number_in(sealed: bytes) -> int:
    """The number of the key with which this was sealed."""
    if len(sealed) < HEAD_BYTES + NONCE_BYTES or sealed[:1] != FORM:
        raise SealBroken("not sealed bytes")
    return int.from_bytes(sealed[1:HEAD_BYTES], "big")


# --- wrapping with the master keys


def wrap(secret: bytes, about: str) -> bytes:
    """A data key, or another short secret, under the master key in use."""
    keys = ring()
    return seal(keys.masters[keys.current], secret, about, keys.current)


def unwrap(wrapped: bytes, about: str) -> bytes:
    """The secret again; SealBroken when it was wrapped for something else or the master key is gone."""
    wrapped = bytes(wrapped)
    master = ring().masters.get(number_in(wrapped))
    if master is None:
        raise SealBroken(f"there is no master key {number_in(wrapped)}")
    return unseal(master, wrapped, about)


def rewrap(wrapped: bytes, about: str) -> bytes:
    """The same secret under the master key in use; the same bytes when it is there already."""
    wrapped = bytes(wrapped)
    return wrapped if number_in(wrapped) == ring().current else wrap(unwrap(wrapped, about), about)


_rewraps: dict[str, Callable[[], int]] = {}


def register_rewrap(name: str, rewrap_all: Callable[[], int]) -> None:
    """`rewrap_all()` brings everything of this kind under the master key in use and says how much that was.

    It is called by the rotation, may be broken off anywhere and called again, and commits in small steps.
    """
    _rewraps[name] = rewrap_all


def rewraps() -> dict[str, Callable[[], int]]:
    """Everybody who keeps wrapped keys."""
    return dict(_rewraps)


# --- the blind index


def token(kind: str, word: str) -> bytes:
    """The blind index of one word: equal words of one kind have equal tokens, and nobody can go back."""
    return hmac.digest(token_key(kind), word.encode(), "sha256")[:TOKEN_BYTES]


def token_key(kind: str) -> bytes:
    """The key of the blind index of this kind, for whoever makes a great many tokens in one go."""
    return _derived(ring().index, kind)


@lru_cache(maxsize=64)
def _derived(index: bytes, kind: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, f"blind index of {kind}".encode()).derive(index)
