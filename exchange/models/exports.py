import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from exchange.querysets import ExportQuerySet
from exchange.states import ExportFormat, ExportKind, ExportPurpose, ExportState
from reference.fields import CodeField


class Export(models.Model):
    """One file that leaves the system: who asked for it, of what, for whom and what for."""

    case_bearing = True
    # Not of one case: whoever asked, and those of the office who may be the second person.
    row_rule_alone = (
        "requested_by_id = (SELECT app_uid())"
        " OR office_id = ANY((SELECT my_offices_for('data.export'))::bigint[])"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="exports", editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="exports", verbose_name=_("office"))
    kind = CodeField(_("what"), choices=ExportKind)
    form = CodeField(_("kind of file"), choices=ExportFormat)
    filters = models.JSONField(default=dict, blank=True)
    about_case = models.UUIDField(null=True, blank=True, editable=False)
    purpose = CodeField(_("purpose"), choices=ExportPurpose)
    why = models.CharField(_("reason"), max_length=200)
    receiver = models.CharField(_("receiver"), max_length=200, blank=True)
    status = CodeField(choices=ExportState, default=ExportState.QUEUED)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # How many rows were meant when it was asked for and approved; what is made later may not be more.
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list, blank=True)
    code = models.CharField(max_length=12, unique=True)
    file = models.CharField(max_length=100, blank=True)
    file_key = models.BinaryField(default=bytes, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(ExportQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_says_what_for", condition=~Q(why="")),
            models.CheckConstraint(
                name="export_names_its_receiver",
                condition=Q(purpose__in=["casework", "supervision"]) | ~Q(receiver=""),
            ),
            models.CheckConstraint(
                name="export_ready_has_its_file",
                condition=~Q(status="ready") | (~Q(file="") & Q(sha256__regex=r"^[0-9a-f]{64}$")),
            ),
            models.CheckConstraint(
                name="export_kept_only_while_ready", condition=Q(status="ready") | Q(file="")
            ),
            models.CheckConstraint(
                name="export_approved_by_somebody_else",
                condition=Q(approved_at=None, approved_by=None)
                | (
                    Q(approved_at__isnull=False, approved_by__isnull=False)
                    & ~Q(approved_by=F("requested_by"))
                ),
            ),
            models.CheckConstraint(
                name="export_identities_approved",
                condition=~Q(
                    kind__in=["case_file", "identities", "htcds_names"],
                    status__in=["queued", "building", "ready"],
                )
                | Q(approved_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="export_of_office", fields=["office", "-created_at"]),
            models.Index(name="export_by_person", fields=["requested_by", "-created_at"]),
        ]

    class Privacy:
        sensitive = {"filters", "why", "receiver", "left_out", "file_key"}
        neutral = {
            "id", "requested_by", "office", "kind", "form", "about_case", "purpose", "status", "approved_by",
            "approved_at", "rows", "done", "code", "file", "sha256", "size", "downloads", "claimed_at",
            "expires_at", "version", "created_at", "updated_at",
        }  # fmt: skip

    def __str__(self):
        return f"export {self.code}"

    def get_absolute_url(self):
        return reverse("exchange:export-detail", args=[self.pk])

    @property
    def file_name(self):
        """A name that tells nothing, with the ending that opens the right program."""
        return f"export-{self.code}.{self.form}"

    @property
    def percent(self):
        """How far the making has come."""
        return 100 if self.status == ExportState.READY else min(99, 100 * self.done // max(self.rows, 1))
