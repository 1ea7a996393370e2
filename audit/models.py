from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.fields import KeptJSONField
from audit.querysets import EventQuerySet

# The actor where nobody is known: a sign-in that failed.
NOBODY = UUID(int=0)


class Event(models.Model):
    """Who did what, when: written with the fact, never changed; also the outbox of alerts.

    The database writes the last seven fields itself (audit/policies.py), whatever it is told.
    """

    class Origin(models.TextChoices):
        LIVE = "live", "Live"
        IMPORT = "import", "Import"

    class Door(models.TextChoices):
        VIEWER = "viewer", "The database knows who was looking"
        APART = "apart", "Written by the second door, where nobody was signed in or the act was refused"
        CLAIMED = "claimed", "The application said so: somebody was just signing in"

    at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField()
    verb = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    detail = KeptJSONField(default=dict)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.LIVE)
    door = models.CharField(max_length=7, choices=Door, editable=False)
    written_at = models.DateTimeField(editable=False)
    xid = models.BigIntegerField(editable=False)
    salt = models.BinaryField(null=True, editable=False)
    commitment = models.BinaryField(editable=False)
    digest = models.BinaryField(editable=False)
    seal_no = models.BigIntegerField(null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="event_of_case", fields=["case_id", "-id"]),
            models.Index(name="event_by_person", fields=["actor_id", "-id"]),
            models.Index(name="event_of_subject", fields=["subject_id", "-id"]),
            models.Index(name="event_of_seal", fields=["seal_no", "id"]),
            models.Index(name="event_in_order", fields=["xid", "id"]),
        ]
        constraints = [
            models.CheckConstraint(name="event_origin_known", condition=Q(origin__in=["live", "import"])),
            models.CheckConstraint(
                name="event_door_known", condition=Q(door__in=["viewer", "apart", "claimed"])
            ),
        ]

    class Privacy:
        sensitive = {"detail"}
        neutral = {
            "id", "at", "actor_id", "verb", "case_id", "subject", "subject_id", "origin", "door",
            "written_at", "xid", "salt", "commitment", "digest", "seal_no",
        }  # fmt: skip

    def __str__(self):
        return f"{self.verb} {self.subject}"


class Seal(models.Model):
    """Some events, sealed: their digests under one root, chained to the seal before, signed by the sealer."""

    no = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    ids = ArrayField(models.BigIntegerField())
    leaves = models.BinaryField()
    root = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    key = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Privacy:
        neutral = {"no", "sealed_at", "ids", "leaves", "root", "previous", "hash", "key", "signature"}

    def __str__(self):
        return f"seal {self.no}"
