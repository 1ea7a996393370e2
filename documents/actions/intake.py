"""From an upload to an encrypted file and its row: looked into, scanned, sealed, all or nothing."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from cases.models import Case
from cases.states import IllegalMove
from documents import looking_in, scanning, vault
from documents.inspection import refused
from documents.inspection.kinds import KINDS
from documents.models import Document, DocumentKey, stored_name
from documents.states import REFUSALS, Scan
from reference import sealed

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200


@dataclass
class Looked:
    """An upload that was looked into and may be kept."""

    plain: IO[bytes]
    size: int
    name: str
    ending: str
    content_type: str
    scan: Scan


def check_size(size: int) -> None:
    """One sentence for files that are too large, wherever they come from."""
    if size > settings.DOCUMENT_MAX_BYTES:
        words = _(
            "This file has %(size)s MB. Files up to %(most)s MB can be kept; split it or make it smaller."
        )
        sizes = {"size": -(-size // MEGABYTE), "most": settings.DOCUMENT_MAX_BYTES // MEGABYTE}
        raise IllegalMove(words % sizes, field="file")
    if not size:
        raise IllegalMove(str(REFUSALS[refused.EMPTY]), field="file")


def check_name(name: str) -> str:
    """The ending that says what the file claims to be; a name that plays tricks is refused."""
    if len(name) > LONGEST_NAME or any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") for c in name):
        raise IllegalMove(
            _("The name of this file is too long or has characters that hide what it is. Rename it."),
            field="file",
        )
    ending = PurePath(name).suffix.lower()
    if ending not in KINDS:
        raise IllegalMove(str(REFUSALS[refused.KIND]), field="file")
    return ending


def look_into(plain: IO[bytes], size: int, name: str) -> Looked:
    """What is in the file, and whether a virus is; IllegalMove when it may not be kept."""
    ending = check_name(name)
    found = looking_in.inspect(plain, ending)
    plain.seek(0)
    result = scanning.scan(plain)
    if result == Scan.INFECTED:
        raise IllegalMove(_("A virus was found in this file. It was not kept."), field="file")
    return Looked(plain, size, name, ending, found, result)


def keep(looked: Looked, case: Case, *, now: datetime, **facts: Any) -> Document:
    """Seal the file into the store and write its row and its key; a file without its row does not stay."""
    document = Document(
        case=case, size=looked.size, ending=looked.ending, content_type=looked.content_type, scan=looked.scan,
        scanned_at=now if looked.scan == Scan.CLEAN else None, created_at=now, **facts,
    )  # fmt: skip
    key = sealed.new_key()
    document.file, document.sha256 = vault.put(
        looked.plain, looked.size, key=key, about=document.pk, name=stored_name()
    )
    try:
        document.save(force_insert=True)
        save_key(document, key, looked.name)
    except Exception:
        vault.store().delete(document.file)
        raise
    return document


def about_key(document_id: UUID) -> str:
    """What the key of a document is bound to."""
    return f"documents.Document {document_id}"


def save_key(document: Document, key: bytes, name: str) -> DocumentKey:
    """Keep the key wrapped, and the name the file came with sealed by it."""
    row = DocumentKey(
        case_id=document.case_id, document=document, identifying=document.identifying,
        uploaded_by_id=document.uploaded_by_id, wrapped=sealed.wrap(key, about_key(document.pk)),
        name_sealed=sealed.seal(key, name.encode(), about_key(document.pk)),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def key_of(document: Document) -> bytes | None:
    """The key, for whoever may have it; None when the document lies in the clear or the key is not hers."""
    row = DocumentKey.objects.filter(document=document).first()
    return sealed.unwrap(bytes(row.wrapped), about_key(document.pk)) if row else None


def name_of(document: Document) -> str:
    """The name the file came with; '' for whoever may not open it."""
    row = DocumentKey.objects.filter(document=document).first()
    if row is None:
        return document.original_name
    key = sealed.unwrap(bytes(row.wrapped), about_key(document.pk))
    return sealed.unseal(key, bytes(row.name_sealed), about_key(document.pk)).decode()


def upload_of(file: File) -> Any:
    """The upload as a file that another process can be handed, once its size is right."""
    check_size(file.size)
    return looking_in.on_disk(file)
