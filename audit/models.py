from django.db import models
from django.db.models import Q

from audit.querysets import EventQuerySet


class Event(models.Model):
    """Who did what, when: written with the fact, never changed; also the outbox of alerts."""

    class Origin(models.TextChoices):
        LIVE = "live", "Live"
        IMPORT = "import", "Import"

    at = models.DateTimeField(db_index=True)
    actor_id = models.UUIDField()
    verb = models.CharField(max_length=40)
    case_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.LIVE)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="event_of_case", fields=["case_id", "-id"]),
            models.Index(name="event_by_person", fields=["actor_id", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(name="event_origin_known", condition=Q(origin__in=["live", "import"])),
        ]

    class Privacy:
        sensitive = {"detail"}
        neutral = {"id", "at", "actor_id", "verb", "case_id", "subject", "subject_id", "origin"}

    def __str__(self):
        return f"{self.verb} {self.subject}"
