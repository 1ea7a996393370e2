from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ApiToken(models.Model):
    """A key with which another program acts as this person. Only its digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    label = models.CharField(_("label"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_on = models.DateField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Privacy:
        sensitive = {"digest", "label"}
        neutral = {"id", "user", "created_at", "last_used_on", "revoked_at"}

    def __str__(self):
        return f"token #{self.pk}"


class SentOnce(models.Model):
    """An act that came with a key of the client's own: the same key again does nothing a second time.

    Of what was sent only a digest is kept; the answer is the record as it is now.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, editable=False)
    record_id = models.UUIDField(null=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="sent_once_by_key", fields=["user", "key"])]
        indexes = [models.Index(name="sent_once_at", fields=["sent_at"])]

    class Privacy:
        sensitive = {"digest", "key"}
        neutral = {"id", "user", "record_id", "sent_at"}

    def __str__(self):
        return f"sent #{self.pk}"
