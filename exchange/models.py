import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from exchange.querysets import ExportQuerySet, HandoverQuerySet
from exchange.states import ExportFormat, ExportKind, ExportPurpose, ExportState, HandoverEnd
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
                    kind__in=["identities", "htcds_names"], status__in=["queued", "building", "ready"]
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


class Handover(models.Model):
    """A link for somebody without an account: one file, a code told by another way, an end.

    No case data: the file is sealed with what only the link and the code together hold, so neither the
    database nor the disk can open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export_id = models.UUIDField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    receiver = models.CharField(_("receiver"), max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    file = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    downloads = models.PositiveSmallIntegerField(default=0)
    most_downloads = models.PositiveSmallIntegerField(_("how often it may be fetched"), default=1)
    expires_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = CodeField(choices=HandoverEnd, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(HandoverQuerySet)()
    # For the door that strangers knock at: it asks by the hash of a token that nobody else has.
    at_the_door = models.Manager()  # noqa: DJ012  a manager too

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_end_says_why",
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
            ),
            models.CheckConstraint(
                name="handover_no_file_after_its_end", condition=Q(ended_at=None) | Q(file="")
            ),
            models.CheckConstraint(
                name="handover_never_more_often", condition=Q(downloads__lte=F("most_downloads"))
            ),
            models.CheckConstraint(name="handover_has_an_end", condition=Q(expires_at__gt=F("created_at"))),
        ]
        indexes = [models.Index(name="handover_of_export", fields=["export_id", "-created_at"])]

    class Privacy:
        sensitive = {"receiver", "token_hash", "code_hash"}
        neutral = {
            "id", "export_id", "made_by", "file", "file_name", "sha256", "tries", "downloads",
            "most_downloads", "expires_at", "ended_at", "ended", "created_at",
        }  # fmt: skip

    def __str__(self):
        return f"handover {self.pk}"

    def get_absolute_url(self):
        return reverse("exchange:export-detail", args=[self.export_id])


class HandoverTry(models.Model):
    """Somebody typed a code at a link, right or wrong: what the limit counts. Kept for an hour."""

    at = models.DateTimeField()
    # The network address under a key: enough to count by, nothing to read.
    origin = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(name="handover_try_of_origin", fields=["origin", "at"])]

    class Privacy:
        sensitive = {"origin"}
        neutral = {"id", "at"}

    def __str__(self):
        return f"try {self.pk}"
