import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class CtdcSet(models.Model):
    """A set of rows that others have published in the columns of CTDC, to compare with.

    No case data: such sets are synthetic or k-anonymous, and none of their rows is anybody of ours. The rows
    lie packed, in the spelling of 2024; what is compared are the shares worked out when it came in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    generation = models.CharField(max_length=20)
    rows = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    rarest = models.PositiveIntegerField(default=0)
    shares = models.JSONField(default=dict)
    packed = models.BinaryField(default=bytes)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ctdc_set_once", fields=["sha256"]),
            models.CheckConstraint(name="ctdc_set_says_its_source", condition=~Q(source="")),
        ]

    class Privacy:
        neutral = {
            "id", "name", "source", "generation", "rows", "faults", "rarest", "shares", "packed", "sha256",
            "added_by", "added_at",
        }  # fmt: skip

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("exchange:ctdc-set-detail", args=[self.pk])
