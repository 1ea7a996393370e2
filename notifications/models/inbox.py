from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import Case, CaseBearing
from notifications.models.alerts import Alert
from notifications.querysets import InboxQuerySet
from notifications.rules import To, Urgency
from prosecutions.models import Hearing
from reference.fields import CodeField


class InboxItem(CaseBearing):
    """One person was told one thing, once. Holds codes alone; the words are made when they are read."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="inbox_items", editable=False, null=True, blank=True
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="inbox_items")
    key = models.CharField(max_length=160)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="items", null=True, blank=True)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="+", null=True, blank=True)
    hearing_version = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    title_code = models.CharField(max_length=20)
    why = CodeField(choices=To)
    urgency = CodeField(choices=Urgency)
    code = models.CharField(max_length=5)
    created_by_pid = models.PositiveIntegerField()
    read_at = models.DateTimeField(null=True, blank=True)
    acked_at = models.DateTimeField(null=True, blank=True)
    superseded = models.BooleanField(default=False)
    # Does it leave the house too (mail, push, text), and until when is that of use?
    outside = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(InboxQuerySet)()
    row_rule_alone = (
        "user_id = (SELECT app_uid()) "
        "AND ({case_rule} OR case_id IS NULL OR title_code IN ('O4.asked', 'E1.asked'))"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inbox_item_once", fields=["user", "key"]),
            models.CheckConstraint(
                name="inbox_item_hearing_has_a_version",
                condition=Q(hearing=None, hearing_version=None)
                | Q(hearing__isnull=False, hearing_version__isnull=False),
            ),
        ]
        indexes = [
            BrinIndex(name="inbox_item_recent", fields=["created_at"]),  # the watch looks back a day
            models.Index(name="inbox_item_of_person", fields=["user", "-created_at"]),
            models.Index(
                name="inbox_item_unread", fields=["user"], condition=Q(read_at=None, superseded=False)
            ),
            # With the one above: what the bell and the strip of every page ask for.
            models.Index(
                name="inbox_item_urgent",
                fields=["user"],
                condition=Q(acked_at=None, superseded=False, urgency__in=["U-S", "U-C"]),
            ),
        ]

    class Privacy:
        neutral = {
            "user", "key", "alert", "hearing", "hearing_version", "day", "title_code", "why", "urgency",
            "code", "created_by_pid", "read_at", "acked_at", "superseded", "outside", "expires_at",
        }  # fmt: skip
