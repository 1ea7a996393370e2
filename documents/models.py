import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from documents.querysets import DocumentKeyQuerySet, DocumentQuerySet
from documents.states import QUARANTINE, Scan, StepKind
from reference.fields import CodeField


def stored_name(document=None, filename=""):
    """A random name that says nothing, not even which files belong together; folders only spread the load."""
    name = str(uuid.uuid4())
    return f"documents/{name[:2]}/{name}"


class Document(CaseBearing):
    """A file of the case, kept as it came in, with its sha-256. Versions and redacted copies are rows too."""

    case = of_case("documents")
    title = models.CharField(_("title"), max_length=200)
    # Empty once the document is encrypted: the name then lies sealed beside its key.
    original_name = models.CharField(max_length=200, blank=True, editable=False)
    ending = models.CharField(max_length=9, blank=True, editable=False)
    file = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    evidence = models.BooleanField(_("evidence"), default=False)
    identifying = models.BooleanField(_("shows who a survivor is"), default=False)
    first = models.ForeignKey(
        "self", models.PROTECT, related_name="later", null=True, blank=True, editable=False
    )
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    redacts = models.ForeignKey(
        "self", models.PROTECT, related_name="redacted_copies", null=True, blank=True, editable=False
    )
    scan = CodeField(choices=Scan, default=Scan.NOT_SCANNED, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ScopedManager.from_queryset(DocumentQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_has_its_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(name="document_edition_once", fields=["first", "edition"]),
            models.CheckConstraint(
                name="document_later_editions_have_a_first",
                condition=Q(first=None, edition=1) | Q(first__isnull=False, edition__gt=1),
            ),
        ]
        indexes = [models.Index(name="document_to_scan", fields=["scan"], condition=Q(scan="waiting"))]

    class Privacy:
        sensitive = {"title", "original_name", "file"}
        neutral = {
            "ending", "size", "content_type", "sha256", "uploaded_by", "evidence", "identifying", "first",
            "edition", "redacts", "scan", "scanned_at",
        }  # fmt: skip

    @property
    def root_id(self):
        """The first version, which all versions name."""
        return self.first_id or self.pk

    @property
    def fingerprint(self):
        """The sha-256 in groups, for reading it aloud and for narrow screens."""
        return " ".join(self.sha256[start : start + 8] for start in range(0, 64, 8))

    @property
    def in_quarantine(self):
        return self.scan in QUARANTINE


class DocumentKey(CaseBearing):
    """The wrapped key of one document, and its own name sealed with it; under a lock of its own."""

    # Whoever may not open what identifies a survivor does not get the key, whatever our code forgets.
    row_rule = (
        "NOT identifying OR uploaded_by_id = (SELECT app_uid())"
        " OR 'identity.open' = ANY((SELECT my_verbs())::text[])"
    )

    case = of_case("document_keys")
    document = models.OneToOneField(Document, models.PROTECT, related_name="sealing", editable=False)
    wrapped = models.BinaryField(editable=False)
    name_sealed = models.BinaryField(editable=False)
    identifying = models.BooleanField(default=False, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(DocumentKeyQuerySet)()

    class Privacy:
        sensitive = {"wrapped", "name_sealed"}
        neutral = {"document", "identifying", "uploaded_by"}


class EvidenceStep(CaseBearing):
    """One entry in the chain of custody of a piece of evidence; never changed, only followed by another."""

    case = of_case("evidence_steps")
    document = models.ForeignKey(Document, models.PROTECT, related_name="steps", editable=False)
    position = models.PositiveIntegerField(editable=False)
    kind = CodeField(_("what happened"), choices=StepKind)
    happened_at = models.DateTimeField(_("when"))
    from_whom = models.CharField(_("received from"), max_length=200, blank=True)
    to_whom = models.CharField(_("handed over to"), max_length=200, blank=True)
    place = models.CharField(_("where it is kept"), max_length=200, blank=True)
    seal_number = models.CharField(_("seal number"), max_length=60, blank=True)
    why = models.TextField(_("why"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    # Of this entry and of the digest of the one before.
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evidence_step_in_order", fields=["document", "position"]),
            models.CheckConstraint(
                name="evidence_step_not_ahead", condition=Q(happened_at__lte=F("created_at"))
            ),
        ]

    class Privacy:
        sensitive = {"from_whom", "to_whom", "place", "seal_number", "why"}
        neutral = {"document", "position", "kind", "happened_at", "recorded_by", "digest"}
