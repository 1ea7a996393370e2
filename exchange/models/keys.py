import uuid
from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class OfficeKey(models.Model):
    """The public key of an office elsewhere: what is sealed for it nobody else can open, we included.

    No case data. It serves only after a second person has compared its fingerprint with that office by
    telephone: a key that somebody slipped in would open everything that is sealed for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("office"), max_length=120)
    recipient = models.CharField(_("public key"), max_length=80, unique=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_key_is_public", condition=Q(recipient__regex=r"^age1[02-9ac-hj-np-z]{58}$")
            ),
            models.CheckConstraint(
                name="office_key_checked_by_somebody_else",
                condition=Q(checked_at=None, checked_by=None)
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("added_by"))),
            ),
            models.CheckConstraint(
                name="office_key_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    class Privacy:
        neutral = {
            "id", "name", "recipient", "added_by", "added_at", "checked_by", "checked_at", "ended_by",
            "ended_at",
        }  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("exchange:key-list")

    @property
    def fingerprint(self):
        """What two people read to each other: eight groups of four signs."""
        digest = sha256(self.recipient.encode()).hexdigest()[:32]
        return " ".join(digest[place : place + 4] for place in range(0, 32, 4))
