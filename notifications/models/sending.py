from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedManager
from notifications.models.inbox import InboxItem
from notifications.models.people import Endpoint, Personal
from notifications.querysets import DeliveryQuerySet, PersonalQuerySet
from notifications.states import DeliveryState, Kind, Outcome
from reference.fields import CodeField


class Delivery(Personal):
    """One inbox item on its way over one channel; items that travel together share `message`.

    `endpoint` is None for the mail address with which the person signs in.
    """

    item = models.ForeignKey(InboxItem, models.PROTECT, related_name="deliveries")
    channel = CodeField(choices=Kind, default=Kind.MAIL)
    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="deliveries", null=True, blank=True)
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
    delivered_at = models.DateTimeField(null=True, blank=True)
    # The provider's own number of the message, and how far its receipts have come (they never go back).
    provider_ref = models.CharField(max_length=120, blank=True)
    provider_step = models.PositiveSmallIntegerField(default=0)
    # Which of the closed list of texts it was: name and version.
    template = models.CharField(max_length=30, blank=True)

    objects = ScopedManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="delivery_once_a_round",
                fields=["item", "channel", "endpoint", "round"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="delivery_goes_somewhere", condition=Q(channel="mail") | Q(endpoint__isnull=False)
            ),
            models.CheckConstraint(
                name="delivery_taken_has_a_lease",
                condition=~Q(state__in=["claimed", "sending"])
                | Q(lease_until__isnull=False, lease_token__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due",
                fields=["channel", "priority", "next_at"],
                condition=Q(state__in=["queued", "unknown"]),
            ),
            models.Index(
                name="delivery_leased",
                fields=["lease_until"],
                condition=Q(state__in=["claimed", "sending"]),
            ),
            BrinIndex(name="delivery_recent", fields=["created_at"]),  # the watch looks back a day
            models.Index(
                name="delivery_waits_for",
                fields=["user", "channel"],
                condition=Q(state="queued", message=None, priority__gt=1),
            ),  # what of one person can travel together
            models.Index(
                name="delivery_lately",
                fields=["user", "accepted_at"],
                condition=Q(priority__gt=1, accepted_at__isnull=False),
            ),  # who had an ordinary message within the hour
            models.Index(name="delivery_message", fields=["message"]),
            models.Index(name="delivery_by_ref", fields=["provider_ref"], condition=~Q(provider_ref="")),
        ]

    class Privacy:
        neutral = {
            "item", "channel", "round", "state", "reason", "priority", "next_at", "expires_at", "message",
            "code", "lease_until", "lease_token", "attempts", "unknowns", "accepted_at", "endpoint",
            "delivered_at", "provider_ref", "provider_step", "template",
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
