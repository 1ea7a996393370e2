import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hooks.states import DeliveryState
from reference import sealed
from reference.fields import CodeField, words

END = 2**63 - 1


class Webhook(models.Model):
    """Where another program is told that something was done, through the eyes of one person.

    `past_xid` and `past_id` say up to where the record was looked through, in the order in which the database
    took it. The secret lies sealed under the master key, bound to its row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="webhooks", verbose_name=_("whose eyes"))
    label = models.CharField(_("called"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    verbs = words(60, verbose_name=_("what is told"))
    secret = models.BinaryField(editable=False)
    old_secret = models.BinaryField(null=True, editable=False)
    old_until_at = models.DateTimeField(null=True, editable=False)
    past_xid = models.BigIntegerField(default=0, editable=False)
    past_id = models.BigIntegerField(default=END, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since_at = models.DateTimeField(null=True, editable=False)
    rest_until_at = models.DateTimeField(null=True, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Privacy:
        sensitive = {"label", "url", "secret", "old_secret"}
        neutral = {
            "id", "owner", "verbs", "old_until_at", "past_xid", "past_id", "failures", "failing_since_at",
            "rest_until_at", "paused_at", "stopped_at", "ended_at", "made_by", "version", "created_at",
            "updated_at",
        }  # fmt: skip

    # Verbs of people count wherever they hold roles: it belongs to no office.
    office_id = None

    def __str__(self):
        return f"webhook {self.pk}"

    def get_absolute_url(self):
        return reverse("hooks:hook-detail", args=[self.pk])

    @property
    def about(self):
        """What its sealed secret is bound to."""
        return f"hooks.Webhook {self.pk}"

    @property
    def live(self):
        """Is anything sent?"""
        return not (self.paused_at or self.stopped_at or self.ended_at)

    def seal_secret(self, secret: bytes) -> None:
        """Keep this secret as the one in use."""
        self.secret = sealed.wrap(secret, self.about)

    def secrets(self, now) -> list[bytes]:
        """What to sign with: the secret in use and, for a while after a change, the one before."""
        old = self.old_secret if self.old_until_at and self.old_until_at > now else None
        return [sealed.unwrap(bytes(one), self.about) for one in (self.secret, old) if one]


class Delivery(models.Model):
    """One event on its way to one webhook. Only its number is kept: what is told is asked at sending."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event_id = models.BigIntegerField()
    state = CodeField(choices=DeliveryState, default=DeliveryState.QUEUED)
    next_at = models.DateTimeField(default=timezone.now)
    lease_ends_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    answer = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hook_delivery_once", fields=["webhook", "event_id"]),
            models.CheckConstraint(
                name="hook_delivery_sending_has_a_lease",
                condition=~Q(state="sending") | Q(lease_ends_at__isnull=False, lease_token__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="hook_delivery_due", fields=["webhook", "next_at"], condition=Q(state="queued")
            ),
            models.Index(name="hook_delivery_leased", fields=["lease_ends_at"], condition=Q(state="sending")),
            models.Index(name="hook_delivery_latest", fields=["webhook", "-created_at"]),
            models.Index(name="hook_delivery_at", fields=["created_at"]),
        ]

    class Privacy:
        neutral = {
            "id", "webhook", "event_id", "state", "next_at", "lease_ends_at", "lease_token", "tries",
            "refusals", "answer", "error", "created_at", "sent_at",
        }  # fmt: skip

    def __str__(self):
        return f"delivery {self.pk}"
