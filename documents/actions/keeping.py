"""What the system does to documents by itself: scanning what waits, encrypting what lies in the clear."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit.actions import record
from documents import looking_in, scanning, vault
from documents.actions.files import plain_content
from documents.actions.intake import save_key
from documents.models import Document, DocumentKey, stored_name
from documents.states import Scan
from reference import sealed


class Altered(Exception):
    """The stored content is not what was taken in."""


class Reader:
    """Pieces as something that can be read from, for clients that want so."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, most: int) -> bytes:
        if not self.rest:
            self.rest = next(self.pieces, b"")
        taken, self.rest = self.rest[:most], self.rest[most:]
        return taken


def scan_document(document_id: UUID, *, by: User, now: datetime) -> Scan:
    """Ask the scanner about a document that waits; without an answer the document goes on waiting."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.scan != Scan.WAITING:
        return Scan(document.scan)
    result = scanning.scan(Reader(plain_content(document)))
    if result not in (Scan.CLEAN, Scan.INFECTED):
        return Scan.WAITING
    document.scan, document.scanned_at = result, now
    document.save(update_fields=["scan", "scanned_at"])
    record("document.scan", by=by, subject=document, at=now, result=result)
    return result


def seal_document(document_id: UUID, *, by: User, now: datetime) -> bool:
    """Encrypt a document that lies in the clear; whether there was anything to do.

    The clear file goes only after the row that no longer needs it is safe.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    if DocumentKey.objects.filter(document=document).exists():
        return False
    clear, key = document.file, sealed.new_key()
    with vault.lying(clear) as plain:
        content_type = looking_in.sniff(plain)
        check_unaltered(document, plain)
        document.file, _digest = vault.put(
            plain, document.size, key=key, about=document.pk, name=stored_name()
        )
    name, document.original_name = document.original_name, ""
    document.ending, document.content_type = PurePath(name).suffix.lower()[:9], content_type
    document.save(update_fields=["file", "original_name", "ending", "content_type"])
    save_key(document, key, name)
    record("document.seal", by=by, subject=document, at=now, sha256=document.sha256)
    transaction.on_commit(lambda: vault.store().delete(clear))
    return True


def check_unaltered(document: Document, plain: Any) -> None:
    """Compare a clear file with what was taken in."""
    plain.seek(0)
    if hashlib.file_digest(plain, "sha256").hexdigest() != document.sha256:
        raise Altered(str(document.pk))


def is_whole(document: Document) -> bool:
    """Whether the content in the store, decrypted, is what was taken in."""
    digest, size = hashlib.sha256(), 0
    for piece in plain_content(document):
        digest.update(piece)
        size += len(piece)
    return (digest.hexdigest(), size) == (document.sha256, document.size)
