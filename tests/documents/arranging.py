"""Documents that tests begin with."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.scope import viewing_as
from documents import vault
from documents.actions import add_document
from documents.models import Document
from tests.documents.files_made import GOOD

PDF = GOOD["report.pdf"]


def kept(case, user, content=PDF, name="Maria Santos.pdf", **facts):
    """A document that somebody added."""
    file = ContentFile(content, name=name)
    with viewing_as(user):
        return add_document(case.pk, by=user, now=timezone.now(), title="Medical report", file=file, **facts)


def in_the_clear(case, user, content=PDF, name="Maria Santos.pdf"):
    """A document from before there was encryption."""
    place = vault.store().save(f"documents/{case.pk}/old", ContentFile(content))
    with viewing_as(user):
        return Document.objects.create(
            case=case, title="Old report", original_name=name, file=place, size=len(content),
            content_type="text/html", sha256=hashlib.sha256(content).hexdigest(), uploaded_by=user,
        )  # fmt: skip


def again(document, user):
    """The document as it is now."""
    with viewing_as(user):
        return Document.objects.get(pk=document.pk)
