"""Files of a case: kept as they came in, with the digest that proves it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case, touch
from cases.states import IllegalMove
from documents.models import Document

MEGABYTE = 1024 * 1024


class Digesting(File):
    """A file that is read once, piece by piece, and digested on the way to its place."""

    def __init__(self, file: File) -> None:
        super().__init__(file.file, name=file.name)
        self.size = file.size
        self.digest = hashlib.sha256()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for piece in super().chunks(chunk_size):
            self.digest.update(piece)
            yield piece


def check_size(size: int) -> None:
    """One sentence for files that are too large, wherever they come from."""
    if size > settings.DOCUMENT_MAX_BYTES:
        words = _(
            "This file has %(size)s MB. Files up to %(most)s MB can be kept; split it or make it smaller."
        )
        sizes = {"size": -(-size // MEGABYTE), "most": settings.DOCUMENT_MAX_BYTES // MEGABYTE}
        raise IllegalMove(words % sizes, field="file")
    if not size:
        raise IllegalMove(_("This file is empty."), field="file")


def add_document(case_id: UUID, *, by: User, now: datetime, title: str, file: File) -> Document:
    """Keep a file under a random name; its own name may say who it is about."""
    case = lock_case(case_id)
    check_size(file.size)
    document = Document(
        case=case, title=title, original_name=(file.name or "")[-200:], size=file.size, uploaded_by=by,
        content_type=(getattr(file, "content_type", "") or "application/octet-stream")[:100],
    )  # fmt: skip
    stored = Digesting(file)
    document.file.save(document.original_name, stored, save=False)
    document.sha256 = stored.digest.hexdigest()
    try:
        document.save(force_insert=True)
    except Exception:
        document.file.delete(save=False)
        raise
    record("document.add", by=by, subject=document, at=now, sha256=document.sha256, size=document.size)
    touch(case, now)
    return document


def open_document(document_id: UUID, *, by: User, now: datetime) -> Document:
    """Somebody takes a copy: that is written down."""
    document = Document.objects.select_related("case").get(pk=document_id)
    record("document.open", by=by, subject=document, at=now)
    return document
