import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from notifications.querysets import (
    AlertQuerySet,
    BeatQuerySet,
    DeliveryQuerySet,
    InboxQuerySet,
    PersonalQuerySet,
)
from notifications.rules import To, Urgency
from notifications.states import AlertState, DeliveryState, LogKind, Outcome
from prosecutions.models import Hearing
from reference.fields import CodeField


class Beat(models.Model):
    """When a loop last began and last ended well."""

    loop = models.CharField(max_length=20, primary_key=True)
    began_at = models.DateTimeField(null=True)
    ok_at = models.DateTimeField(null=True)
    pid = models.PositiveIntegerField(null=True)

    objects = BeatQuerySet.as_manager()

    class Privacy:
        neutral = {"loop", "began_at", "ok_at", "pid"}

    def __str__(self):
        return self.loop


class Handled(models.Model):
    """What the sweep has made of one fact of the audit, which is the outbox and is never written to."""

    event_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    error = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=1)
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="handled_again", fields=["retry_at"], condition=Q(retry_at__isnull=False))
        ]

    class Privacy:
        neutral = {"event_id", "at", "error", "tries", "retry_at"}

    def __str__(self):
        return str(self.event_id)


class Alert(CaseBearing):
    """Something about a case that certain people must know and mostly must answer; one for each episode."""

    case = of_case("alerts")
    rule = models.CharField(max_length=4)
    subject = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    episode_key = models.CharField(max_length=160, unique=True)
    urgency = CodeField(choices=Urgency)
    state = CodeField(choices=AlertState, default=AlertState.OPEN)
    facts = models.JSONField(default=dict)
    ladder = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    acked_at = models.DateTimeField(null=True, blank=True)
    acked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, related_name="supersedes", null=True, blank=True
    )
    created_by_pid = models.PositiveIntegerField()

    objects = ScopedManager.from_queryset(AlertQuerySet)()
    # Beside the readers of the case, whoever was told: an office asked to watch sees no case.
    row_rule_alone = (
        "({case_rule} AND rule <> 'O2') OR EXISTS "
        "(SELECT 1 FROM notifications_inboxitem told WHERE told.alert_id = notifications_alert.id)"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="alert_acked_by_somebody",
                condition=Q(acked_at=None, acked_by=None) | Q(acked_at__isnull=False, acked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_closed_by_somebody",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_climbs_only_while_open", condition=Q(next_step_at=None) | Q(state="open")
            ),
        ]
        indexes = [
            models.Index(name="alert_due", fields=["next_step_at"], condition=Q(next_step_at__isnull=False)),
            models.Index(
                name="alert_live", fields=["subject_id", "rule"], condition=Q(state__in=["open", "acked"])
            ),
            models.Index(name="alert_updated", fields=["updated_at", "id"]),
        ]

    class Privacy:
        neutral = {
            "rule", "subject", "subject_id", "episode_key", "urgency", "state", "facts", "ladder", "step",
            "next_step_at", "act_by", "opened_at", "acked_at", "acked_by", "closed_at", "closed_by",
            "superseded_by", "created_by_pid",
        }  # fmt: skip


class AlertLog(CaseBearing):
    """Every step of an alert, kept for good: who was told, who took it on, what closed it."""

    case = of_case("alert_logs")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="log")
    at = models.DateTimeField()
    kind = CodeField(choices=LogKind)
    step = models.PositiveSmallIntegerField(default=0)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    people = ArrayField(models.UUIDField(), default=list)
    pid = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(name="alert_log_in_order", fields=["alert", "at"])]

    class Privacy:
        neutral = {"alert", "at", "kind", "step", "actor", "people", "pid"}


class InboxItem(CaseBearing):
    """One person was told one thing, once. Holds codes alone; the words are made when they are read."""

    case = of_case("inbox_items")
    user = models.ForeignKey(User, models.PROTECT, related_name="inbox_items")
    key = models.CharField(max_length=160)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="items", null=True, blank=True)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="+", null=True, blank=True)
    hearing_version = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    title_code = models.CharField(max_length=20)
    why = CodeField(choices=To)
    urgency = CodeField(choices=Urgency)
    code = models.CharField(max_length=5)
    created_by_pid = models.PositiveIntegerField()
    read_at = models.DateTimeField(null=True, blank=True)
    acked_at = models.DateTimeField(null=True, blank=True)
    superseded = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(InboxQuerySet)()
    row_rule_alone = (
        "user_id = (SELECT app_uid()) AND ({case_rule} OR title_code IN ('O4.asked', 'E1.asked'))"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inbox_item_once", fields=["user", "key"]),
            models.CheckConstraint(
                name="inbox_item_hearing_has_a_version",
                condition=Q(hearing=None, hearing_version=None)
                | Q(hearing__isnull=False, hearing_version__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="inbox_item_of_person", fields=["user", "-created_at"]),
            models.Index(
                name="inbox_item_unread", fields=["user"], condition=Q(read_at=None, superseded=False)
            ),
        ]

    class Privacy:
        neutral = {
            "user", "key", "alert", "hearing", "hearing_version", "day", "title_code", "why", "urgency",
            "code", "created_by_pid", "read_at", "acked_at", "superseded",
        }  # fmt: skip


class Personal(models.Model):
    """What rows about the outside messages of one person have in common."""

    case_bearing = True
    row_rule_alone = "user_id = (SELECT app_uid())"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "user", "created_at", "updated_at"}

    def __str__(self):
        return str(self.pk)


class Delivery(Personal):
    """One inbox item on its way to one person's mail; items that travel together share `message`."""

    item = models.ForeignKey(InboxItem, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, default="mail")
    round = models.PositiveSmallIntegerField(default=0)
    state = CodeField(choices=DeliveryState, default=DeliveryState.QUEUED)
    reason = models.CharField(max_length=40, blank=True)
    priority = models.PositiveSmallIntegerField(default=5)
    next_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    message = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=5)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    unknowns = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="delivery_once_a_round", fields=["item", "channel", "round"]),
            models.CheckConstraint(
                name="delivery_taken_has_a_lease",
                condition=~Q(state__in=["claimed", "sending"])
                | Q(lease_until__isnull=False, lease_token__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due",
                fields=["priority", "next_at"],
                condition=Q(state__in=["queued", "unknown"]),
            ),
            models.Index(
                name="delivery_leased",
                fields=["lease_until"],
                condition=Q(state__in=["claimed", "sending"]),
            ),
            models.Index(name="delivery_message", fields=["message"]),
        ]

    class Privacy:
        neutral = {
            "item", "channel", "round", "state", "reason", "priority", "next_at", "expires_at", "message",
            "code", "lease_until", "lease_token", "attempts", "unknowns", "accepted_at",
        }  # fmt: skip


class Attempt(Personal):
    """One try to hand a message over, written down before it is made."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tries")
    n = models.PositiveSmallIntegerField()
    token = models.UUIDField()
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = CodeField(choices=Outcome, blank=True)
    error = models.CharField(max_length=80, blank=True)

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(name="attempt_in_order", fields=["delivery", "n"])]

    class Privacy:
        neutral = {"delivery", "n", "token", "pid", "started_at", "finished_at", "outcome", "error"}
