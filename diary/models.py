import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from diary.querysets import CalendarFeedQuerySet, FeedEntryQuerySet


class CalendarFeed(models.Model):
    """A secret address under which one calendar program reads the hearings of one person.

    No case data: the digest of an address, and when it was last asked. `hollow`: made while somebody forced
    the person; the address looks like any other and its calendar stays empty for good.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_feeds", editable=False)
    label = models.CharField(_("for which device or program"), max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hollow = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    renewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="feed_of_person", fields=["user"], condition=Q(revoked_at=None))]

    class Privacy:
        sensitive = {"digest", "label", "hollow"}
        neutral = {"id", "user", "created_at", "renewed_at", "fetched_at", "revoked_at"}

    def __str__(self):
        return f"feed {self.pk}"


class FeedEntry(models.Model):
    """What the calendars of a person were told of one hearing: its UID for life, and its last state.

    The same in all her calendars. `gone_at`: since when it is shown as cancelled. Under the second
    lock it is hers alone: not even who may see the case reads what somebody's telephone knows.
    """

    case_bearing = True
    row_rule_alone = "user_id = (SELECT app_uid())"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="feed_entries", editable=False)
    hearing_id = models.UUIDField(editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    schedule_version = models.PositiveIntegerField(editable=False)
    on = models.DateField(editable=False)
    begins_at = models.DateTimeField(null=True, blank=True, editable=False)
    time_zone = models.CharField(max_length=40, editable=False)
    tentative = models.BooleanField(default=False, editable=False)
    told_at = models.DateTimeField(editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(FeedEntryQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(name="feed_entry_once", fields=["user", "hearing_id"])]

    class Privacy:
        neutral = {
            "id", "user", "hearing_id", "uid", "sequence", "schedule_version", "on", "begins_at", "time_zone",
            "tentative", "told_at", "gone_at", "updated_at",
        }  # fmt: skip

    def __str__(self):
        return f"entry {self.uid}"
