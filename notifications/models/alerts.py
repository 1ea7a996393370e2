from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import Case, CaseBearing
from notifications.querysets import AlertLogQuerySet, AlertQuerySet
from notifications.rules import Urgency
from notifications.states import AlertState, Ended, LogKind
from reference.fields import CodeField


class Alert(CaseBearing):
    """Something about a case that certain people must know and mostly must answer; one for each episode."""

    # None: about the system or an office and no case; then only those who were told see it.
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="alerts", editable=False, null=True, blank=True
    )
    rule = models.CharField(max_length=4)
    subject = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    episode_key = models.CharField(max_length=160, unique=True)
    urgency = CodeField(choices=Urgency)
    state = CodeField(choices=AlertState, default=AlertState.OPEN)
    facts = models.JSONField(default=dict)
    ladder = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=0)
    # How often the whole ladder was begun anew, since nobody answered or nobody acted.
    loop = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    # From when the steps of the ladder count; None: from the opening. It begins anew when nobody acted.
    began_at = models.DateTimeField(null=True, blank=True)
    acked_at = models.DateTimeField(null=True, blank=True)
    acked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    handed_to = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # A person closed it, not the deed: what she answered, and in her words.
    ended = CodeField(choices=Ended, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
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
                name="alert_handed_to_somebody",
                condition=Q(handed_at=None, handed_to=None)
                | Q(handed_at__isnull=False, handed_to__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_climbs_only_while_open", condition=Q(next_step_at=None) | Q(state="open")
            ),
            models.CheckConstraint(name="alert_ended_in_words", condition=Q(ended="") | ~Q(ended_why="")),
        ]
        indexes = [
            models.Index(name="alert_due", fields=["next_step_at"], condition=Q(next_step_at__isnull=False)),
            models.Index(
                name="alert_live", fields=["subject_id", "rule"], condition=Q(state__in=["open", "acked"])
            ),
            BrinIndex(name="alert_recent", fields=["opened_at"]),  # the watch looks back a day
            models.Index(name="alert_updated", fields=["updated_at", "id"]),
        ]

    class Privacy:
        neutral = {
            "rule", "subject", "subject_id", "episode_key", "urgency", "state", "facts", "ladder", "step",
            "next_step_at", "act_by", "opened_at", "acked_at", "acked_by", "closed_at", "closed_by",
            "superseded_by", "created_by_pid", "loop", "handed_to", "handed_at", "began_at", "ended",
        }  # fmt: skip
        sensitive = {"ended_why"}


class AlertLog(CaseBearing):
    """Every step of an alert, kept for good: who was told, who took it on, what closed it."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="alert_logs", editable=False, null=True, blank=True
    )
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="log")
    at = models.DateTimeField()
    kind = CodeField(choices=LogKind)
    step = models.PositiveSmallIntegerField(default=0)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    people = ArrayField(models.UUIDField(), default=list)
    pid = models.PositiveIntegerField()

    objects = ScopedManager.from_queryset(AlertLogQuerySet)()
    # Whoever sees the alert sees what became of it.
    row_rule_alone = (
        "EXISTS (SELECT 1 FROM notifications_alert seen WHERE seen.id = notifications_alertlog.alert_id)"
    )

    class Meta:
        indexes = [models.Index(name="alert_log_in_order", fields=["alert", "at"])]

    class Privacy:
        neutral = {"alert", "at", "kind", "step", "actor", "people", "pid"}
