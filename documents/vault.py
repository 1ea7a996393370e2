"""How documents lie in the store: encrypted, under random names, padded so that the length tells little.

A document has a key of its own. Its content is cut into pieces; each is sealed with AES-256-GCM, bound to the
document, to its place and to being the last or not: nothing can be altered, moved, mixed or cut off unseen.
The key is wrapped by the key ring (reference/sealed.py); a rotation touches keys, never contents. ADR 20.
"""

import hashlib
import io
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from reference.sealed import SealBroken

FORM = b"IJMDOC1\n"
PIECE = 256 * 1024
TAG, LENGTH = 16, 8
MIDDLE, LAST = b"\x00", b"\x01"


def store() -> Storage:
    """Where documents are: a folder, or a bucket of an S3-compatible store."""
    return storages["documents"]


def lying(name: str) -> Any:
    """A file as it lies in the store."""
    return store().open(name, "rb")


def lying_there(folder: str = "documents") -> set[str]:
    """The names of all files in the store."""
    try:
        folders, files = store().listdir(folder)
    except FileNotFoundError:
        return set()
    deeper = (lying_there(f"{folder}/{name}") for name in folders if name)
    return {f"{folder}/{name}" for name in files if name}.union(*deeper)


def padded(size: int) -> int:
    """The size a content of this size is given: at most an eighth more, and few sizes in all (Padmé)."""
    if size < PIECE:
        return PIECE
    exponent = size.bit_length() - 1
    loose = exponent - exponent.bit_length()
    return ((size + (1 << loose) - 1) >> loose) << loose


def nonce(place: int, kind: bytes) -> bytes:
    """Every piece of a document has its own; a key seals one document, so no nonce is used twice."""
    return place.to_bytes(11, "big") + kind


class Sealing(io.RawIOBase):
    """Reads a plain file once, as the store will keep it; in the end it knows the plain sha-256."""

    def __init__(self, plain: IO[bytes], size: int, key: bytes, about: UUID) -> None:
        super().__init__()
        self.plain, self.cipher, self.about = plain, AESGCM(key), FORM + about.bytes
        self.digest = hashlib.sha256()
        whole = LENGTH + size
        self.left, self.padding = size, padded(whole) - whole
        self.place, self.done, self.ready = 0, False, FORM
        self.head = size.to_bytes(LENGTH, "big")
        plain.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self.ready and not self.done:
            self.ready = self.next_piece()
        taken = self.ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self.ready = self.ready[len(taken) :]
        return len(taken)

    def next_piece(self) -> bytes:
        piece, self.head = self.head, b""
        piece += self.read_plain(PIECE - len(piece))
        fill = min(self.padding, PIECE - len(piece))
        piece, self.padding = piece + bytes(fill), self.padding - fill
        self.done = not (self.left or self.padding)
        sealed = self.cipher.encrypt(nonce(self.place, LAST if self.done else MIDDLE), piece, self.about)
        self.place += 1
        return sealed

    def read_plain(self, most: int) -> bytes:
        wanted, parts = min(most, self.left), []
        while wanted:
            part = self.plain.read(wanted)
            if not part:
                raise EOFError("the file ended early")
            parts.append(part)
            wanted, self.left = wanted - len(part), self.left - len(part)
        content = b"".join(parts)
        self.digest.update(content)
        return content


class Pieces(File):
    """What a store is handed: it may read, or take pieces; once, and from the start on."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while piece := self.read(chunk_size or PIECE):
            yield piece


def put(plain: IO[bytes], size: int, *, key: bytes, about: UUID, name: str) -> tuple[str, str]:
    """Seal a plain file into the store; its name there and the sha-256 of the plain content."""
    sealing = Sealing(plain, size, key, about)
    # Buffered, because a bucket takes a short answer for the end and then asks for all the rest at once.
    kept = store().save(name, Pieces(io.BufferedReader(sealing, PIECE), name=name))
    return kept, sealing.digest.hexdigest()


def take(name: str, *, key: bytes, about: UUID) -> Iterator[bytes]:
    """The plain content, piece by piece; the first piece is opened before anything is handed out.

    FileNotFoundError when the store has no such file, SealBroken when it is not what was put there.
    """
    pieces = opened(lying(name), AESGCM(key), FORM + about.bytes)
    size = int.from_bytes(next(pieces), "big")
    first = next(pieces, b"")
    return cut(first, pieces, size)


def cut(first: bytes, pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The content without its padding, to the very end of what was stored."""
    left = size
    for piece in chain((first,), pieces):
        part = piece[:left]
        left -= len(part)
        if part:
            yield part
    if left:
        raise SealBroken("a document is shorter than it says")


def opened(file: IO[bytes], cipher: AESGCM, about: bytes) -> Iterator[bytes]:
    """The eight bytes of the length, and then every piece, each proven before it is given."""
    with file:
        if file.read(len(FORM)) != FORM:
            raise SealBroken("not a sealed document")
        place, sealed = 0, file.read(PIECE + TAG)
        while True:
            following = file.read(PIECE + TAG)
            try:
                piece = cipher.decrypt(nonce(place, MIDDLE if following else LAST), sealed, about)
            except (InvalidTag, ValueError):
                raise SealBroken("a document in the store was altered, moved or cut off") from None
            if not place:
                yield piece[:LENGTH]
                piece = piece[LENGTH:]
            yield piece
            if not following:
                return
            place, sealed = place + 1, following
