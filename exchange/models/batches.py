import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from cases.models import by_somebody
from exchange.batch_states import AT_WORK, Alike, BatchKind, BatchState, DateOrder
from exchange.querysets import BatchQuerySet, OfBatchQuerySet
from reference.fields import CodeField

# Whoever may see the batch sees what was found in it.
OF_BATCH = "batch_id IN (SELECT b.id FROM exchange_batch b)"


class Batch(models.Model):
    """One file that brings records into an office: what it is, how it was understood, what it made.

    Its cells lie sealed on the disk until the batch is done with; its header, a few samples and its name lie
    sealed in `inside` with the same key. Nothing of its contents stands in the clear.
    """

    case_bearing = True
    # Not of one case: whoever sent it, and those who may bring records into the office.
    row_rule_alone = (
        "made_by_id = (SELECT app_uid()) OR office_id = ANY((SELECT my_offices_for('data.import'))::bigint[])"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="batches", verbose_name=_("office"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="batches", editable=False)
    kind = CodeField(_("what each row tells of"), choices=BatchKind)
    status = CodeField(choices=BatchState, default=BatchState.MAPPING)
    file = models.CharField(max_length=100, blank=True)
    file_key = models.BinaryField(default=bytes, blank=True)
    inside = models.BinaryField(default=bytes, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(default=0)
    # Which sheet, and in which of its rows (counted from 1) the names of the columns stand.
    sheet = models.PositiveSmallIntegerField(default=0)
    header_at = models.PositiveIntegerField(default=1)
    header_rows = models.PositiveSmallIntegerField(default=1)
    # {"columns": {"0": "number"}, "codes": {"gender": {token of a value: our code}}}
    mapping = models.JSONField(default=dict, blank=True)
    dates = CodeField(_("dates"), choices=DateOrder, blank=True)
    # Of the last check or load: rows of the file, rows looked at, rows with faults, rows that look alike.
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    likenesses = models.PositiveIntegerField(default=0)
    makes = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=dict, blank=True)
    left_out = models.PositiveIntegerField(default=0)
    # Look-alikes that nobody has answered are left out; otherwise brought in.
    leave_alike = models.BooleanField(default=True)
    # Records that stay when the batch is taken back, because somebody has built on them.
    keep_touched = models.BooleanField(default=False)
    stayed = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # The file is destroyed then; what it made stays and can still be taken back.
    expires_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(BatchQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="batch_at_work_has_its_file",
                condition=~Q(status__in=["checking", "checked", "loading"]) | ~Q(file=""),
            ),
            by_somebody("batch", "loaded"),
            by_somebody("batch", "undone"),
        ]
        indexes = [
            models.Index(name="batch_of_office", fields=["office", "-created_at"]),
            models.Index(
                name="batch_at_work",
                fields=["created_at"],
                condition=Q(status__in=["checking", "loading", "undoing"]),
            ),
        ]

    class Privacy:
        sensitive = {"file_key", "inside"}
        neutral = {
            "id", "office", "made_by", "kind", "status", "file", "sha256", "size", "sheet", "header_at",
            "header_rows", "mapping", "dates", "rows", "done", "faults", "likenesses", "makes", "made",
            "left_out", "leave_alike", "keep_touched", "stayed", "claimed_at", "loaded_at", "loaded_by",
            "undone_at", "undone_by", "expires_at", "version", "created_at", "updated_at",
        }  # fmt: skip

    def __str__(self):
        return f"batch {self.pk}"

    def get_absolute_url(self):
        return reverse("exchange:batch-detail", args=[self.pk])

    @property
    def at_work(self):
        """Does the worker have something to do?"""
        return self.status in AT_WORK

    @property
    def percent(self):
        """How far the worker has come."""
        return min(99, 100 * self.done // max(self.rows, 1))


class OfBatch(models.Model):
    """What is known of a row of a file."""

    case_bearing = True
    row_rule_alone = OF_BATCH

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(OfBatchQuerySet)()

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "batch", "updated_at"}

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class BatchFault(OfBatch):
    """What is wrong with one cell: where it stands and what kind of fault it is, never the value."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="found", editable=False)
    row = models.PositiveIntegerField()
    # The name of the field of the kind; '' for the whole row.
    column = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(name="batch_fault_of_row", fields=["batch", "row"])]

    class Privacy:
        neutral = {"row", "column", "code", "params"}


class Likeness(OfBatch):
    """A row that may tell of somebody who is here already, or who stands in another row; people decide."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="alike", editable=False)
    row = models.PositiveIntegerField()
    other_row = models.PositiveIntegerField(null=True, blank=True)
    label = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    answer = CodeField(choices=Alike, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            by_somebody("likeness", "answered"),
            models.CheckConstraint(
                name="likeness_is_to_something",
                condition=Q(other_row__isnull=False) | Q(record_id__isnull=False),
            ),
        ]
        indexes = [models.Index(name="likeness_of_row", fields=["batch", "row"])]

    class Privacy:
        neutral = {
            "row", "other_row", "label", "record_id", "score", "answer", "answered_at", "answered_by",
        }  # fmt: skip


class BatchRecord(OfBatch):
    """A record that a batch made. Written by the database itself as the record is (exchange/policies.py)."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records", editable=False)
    table = models.CharField(max_length=63)
    record_id = models.UUIDField()
    case_id = models.UUIDField(null=True, blank=True)
    # When the record was last written as the batch made it: whoever changes it later changes that.
    stamped_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="batch_record_of_table", fields=["batch", "table", "record_id"])]

    class Privacy:
        neutral = {"table", "record_id", "case_id", "stamped_at"}


class ColumnMap(models.Model):
    """How an office read the columns of files like this one: tokens of their words, and our names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    kind = CodeField(choices=BatchKind)
    signature = models.CharField(max_length=32)
    # {token of a header: name of a field}, {field: {token of a value: code}}
    columns = models.JSONField(default=dict)
    codes = models.JSONField(default=dict)
    dates = CodeField(choices=DateOrder, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="column_map_once", fields=["office", "kind", "signature"])
        ]

    class Privacy:
        neutral = {"id", "office", "kind", "signature", "columns", "codes", "dates", "used_at"}

    def __str__(self):
        return f"columns {self.pk}"
