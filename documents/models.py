import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CaseBearing, of_case


def stored_name(document, filename):
    """A random name in a folder of the case: file names identify people."""
    return f"documents/{document.case_id}/{uuid.uuid4()}"


class Document(CaseBearing):
    """A file of the case, kept as it came in, with its sha-256."""

    case = of_case("documents")
    title = models.CharField(_("title"), max_length=200)
    original_name = models.CharField(max_length=200)
    file = models.FileField(_("file"), upload_to=stored_name)
    size = models.PositiveIntegerField(editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_has_its_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    class Privacy:
        sensitive = {"title", "original_name", "file"}
        neutral = {"size", "content_type", "sha256", "uploaded_by"}
