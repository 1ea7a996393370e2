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
