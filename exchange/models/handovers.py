import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from exchange.querysets import HandoverQuerySet
from exchange.states import HandoverEnd
from reference.fields import CodeField


class Handover(models.Model):
    """A link for somebody without an account: one file, a code told by another way, an end.

    No case data: the file is sealed with what only the link and the code together hold, so neither the
    database nor the disk can open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export_id = models.UUIDField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    receiver = models.CharField(_("receiver"), max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    file = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    downloads = models.PositiveSmallIntegerField(default=0)
    most_downloads = models.PositiveSmallIntegerField(_("how often it may be fetched"), default=1)
    expires_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = CodeField(choices=HandoverEnd, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(HandoverQuerySet)()
    # For the door that strangers knock at: it asks by the hash of a token that nobody else has.
    at_the_door = models.Manager()  # noqa: DJ012  a manager too

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_end_says_why",
                condition=Q(ended_at=None, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
            ),
            models.CheckConstraint(
                name="handover_no_file_after_its_end", condition=Q(ended_at=None) | Q(file="")
            ),
            models.CheckConstraint(
                name="handover_never_more_often", condition=Q(downloads__lte=F("most_downloads"))
            ),
            models.CheckConstraint(name="handover_has_an_end", condition=Q(expires_at__gt=F("created_at"))),
        ]
        indexes = [models.Index(name="handover_of_export", fields=["export_id", "-created_at"])]

    class Privacy:
        sensitive = {"receiver", "token_hash", "code_hash"}
        neutral = {
            "id", "export_id", "made_by", "file", "file_name", "sha256", "tries", "downloads",
            "most_downloads", "expires_at", "ended_at", "ended", "created_at",
        }  # fmt: skip

    def __str__(self):
        return f"handover {self.pk}"

    def get_absolute_url(self):
        return reverse("exchange:export-detail", args=[self.export_id])


class HandoverTry(models.Model):
    """Somebody typed a code at a link, right or wrong: what the limit counts. Kept for an hour."""

    at = models.DateTimeField()
    # The network address under a key: enough to count by, nothing to read.
    origin = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(name="handover_try_of_origin", fields=["origin", "at"])]

    class Privacy:
        sensitive = {"origin"}
        neutral = {"id", "at"}

    def __str__(self):
        return f"try {self.pk}"
