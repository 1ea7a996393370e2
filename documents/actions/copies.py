"""Copies of our own making: a small picture to look at, and a copy without what lies hidden in the file."""

import tempfile
from datetime import datetime
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from cases.states import IllegalMove
from documents import looking_in
from documents.actions.files import open_document
from documents.inspection.kinds import CLEANED, PICTURES
from documents.models import Document


def picture_of(document_id: UUID, *, by: User, now: datetime) -> IO[bytes]:
    """A PNG drawn by us from the points of a picture: no place, no camera, nothing hidden."""
    document, copy, _ending = remade(document_id, by=by, now=now, how="picture", kinds=PICTURES)
    return copy


def copy_cleaned(document_id: UUID, *, by: User, now: datetime) -> tuple[Document, IO[bytes], str]:
    """A picture or PDF written anew, without place, author, dates and history; and the ending of its name."""
    return remade(document_id, by=by, now=now, how="clean", kinds=CLEANED)


def remade(
    document_id: UUID, *, by: User, now: datetime, how: str, kinds: frozenset[str]
) -> tuple[Document, IO[bytes], str]:
    """Open a document, which is written down, and have a copy made of it."""
    document, content = open_document(document_id, by=by, now=now, how=how)
    if document.content_type not in kinds:
        raise IllegalMove(_("Only of pictures and PDF files a copy can be made."))
    with tempfile.TemporaryFile() as plain:
        for piece in content:
            plain.write(piece)
        plain.flush()
        copy, ending = looking_in.copy_without(how, plain, document.content_type)
    return document, copy, ending
