"""What the watch over the watchers keeps: readings, what failed for good, trials of the pipe, and brakes.

No row here names a case, a recipient or an address, so that whoever runs the system may look at all of them.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from accounts.roles import Role
from notifications.querysets import BrakeQuerySet, DeadLetterQuerySet, ReadingQuerySet
from notifications.rules import Urgency
from notifications.states import BrakeState, DeadKind, DeadResult, Kind, TrialKind
from reference.fields import CodeField


class Reading(models.Model):
    """One look at the whole machinery: what waits where, what is late, which promises do not hold."""

    at = models.DateTimeField()
    pid = models.PositiveIntegerField()
    troubles = ArrayField(models.CharField(max_length=60), default=list)
    figures = models.JSONField(default=dict)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="reading_newest", fields=["-at"])]

    class Privacy:
        neutral = {"id", "at", "pid", "troubles", "figures"}

    def __str__(self):
        return f"reading {self.pk}"


class DeadLetter(models.Model):
    """A message that failed for good, or a fact on which its rule broke: what of it anybody may know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = CodeField(choices=DeadKind)
    ref = models.CharField(max_length=40)  # the delivery, or the number of the event
    at = models.DateTimeField()
    reason = models.CharField(max_length=80)
    channel = models.CharField(max_length=12, blank=True)
    role = models.CharField(max_length=20, blank=True)  # the person's, in the office
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True, blank=True)
    urgency = CodeField(choices=Urgency, blank=True)
    verb = models.CharField(max_length=40, blank=True)  # of the fact
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    result = CodeField(choices=DeadResult, blank=True)

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="dead_letter_once", fields=["kind", "ref"]),
            models.CheckConstraint(
                name="dead_letter_asked_by_somebody",
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="dead_letter_open", fields=["-at"], condition=Q(done_at=None))]

    class Privacy:
        neutral = {
            "id", "kind", "ref", "at", "reason", "channel", "role", "office", "urgency", "verb", "asked_at",
            "asked_by", "done_at", "result",
        }  # fmt: skip

    def __str__(self):
        return f"{self.kind} {self.ref}"

    @property
    def role_name(self):
        return Role(self.role).label if self.role in Role.values else self.role

    @property
    def channel_name(self):
        return Kind(self.channel).label if self.channel in Kind.values else self.channel


class Trial(models.Model):
    """A harmless alert through the real pipe: to one administrator each morning, to an office each month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = CodeField(choices=TrialKind)
    day = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    alert = models.UUIDField()
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # How each channel did: {"mail": "accepted"}; and when the person answered a drill.
    channels = models.JSONField(default=dict)
    acked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="trial_once", fields=["kind", "day", "office", "person"]),
        ]
        indexes = [models.Index(name="trial_newest", fields=["-began_at"])]

    class Privacy:
        neutral = {
            "id", "kind", "day", "office", "person", "alert", "began_at", "due_at", "passed_at", "failed_at",
            "channels", "acked_at",
        }  # fmt: skip

    def __str__(self):
        return f"{self.kind} {self.day}"


class Brake(models.Model):
    """Far more alerts of one rule in one office than usual: nothing of them leaves until somebody decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=4)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    usual = models.PositiveIntegerField()
    state = CodeField(choices=BrakeState, default=BrakeState.HELD)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = BrakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="brake_one_at_a_time", fields=["rule", "office"], condition=Q(state="held")
            ),
            models.CheckConstraint(
                name="brake_decided_by_somebody",
                condition=Q(state="held", decided_at=None, decided_by=None)
                | Q(state__in=["released", "withdrawn"], decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    class Privacy:
        neutral = {
            "id", "rule", "office", "began_at", "count", "usual", "state", "decided_at", "decided_by",
            "reason", "done_at",
        }  # fmt: skip

    def __str__(self):
        return f"{self.rule} {self.office_id}"
