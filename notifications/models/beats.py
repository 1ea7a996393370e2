from django.db import models
from django.db.models import Q

from notifications.querysets import BeatQuerySet, LineQuerySet


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


class Line(models.Model):
    """How the line of one channel is: while its provider is down, it is tried now and then and no more."""

    channel = models.CharField(max_length=12, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    ok_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    objects = LineQuerySet.as_manager()

    class Privacy:
        neutral = {"channel", "failures", "failed_at", "next_try_at", "ok_at", "error"}

    def __str__(self):
        return self.channel


class Receipt(models.Model):
    """What a provider said of one message, kept as it came, once; it may come twice and out of order."""

    provider = models.CharField(max_length=20)
    event_ref = models.CharField(max_length=80)
    message_ref = models.CharField(max_length=120)
    status = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="receipt_once", fields=["provider", "event_ref"])]
        indexes = [
            models.Index(name="receipt_waiting", fields=["received_at"], condition=Q(applied_at=None)),
        ]

    class Privacy:
        neutral = {"id", "provider", "event_ref", "message_ref", "status", "received_at", "applied_at"}

    def __str__(self):
        return f"{self.provider} {self.event_ref}"
