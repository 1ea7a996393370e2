"""One opening of a case in an emergency: who, why, until when, and what a lead said of it afterwards.

Kept beside the assignment that it made, because whoever reviews it need not be able to see the case. Rows are
made by the database alone (break_glass in cases/policies.py) and change only by their end and one review.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from cases.querysets import EmergencyQuerySet, review_within


class Emergency(models.Model):
    """A case opened in an emergency by somebody who could not see it."""

    case_bearing = True
    row_rule_alone = "user_id = (SELECT app_uid()) OR office_id = ANY((SELECT my_review_offices())::bigint[])"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="emergencies", editable=False)
    case_id = models.UUIDField(editable=False)
    assignment_id = models.UUIDField(unique=True, editable=False)
    number = models.CharField(_("case number"), max_length=40, editable=False)
    reason = models.CharField(_("reason"), max_length=200, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    justified = models.BooleanField(_("justified"), null=True, blank=True)
    word = models.CharField(_("in a word"), max_length=200, blank=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(EmergencyQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="emergency_has_an_end", condition=Q(ends_at__gt=F("started_at"))),
            models.CheckConstraint(name="emergency_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="emergency_reviewed_by_somebody",
                condition=Q(reviewed_at=None, reviewed_by=None, justified=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, justified__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_reviewed_by_somebody_else",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
            ),
        ]
        indexes = [
            models.Index(
                name="emergency_waiting", fields=["office", "started_at"], condition=Q(reviewed_at=None)
            )
        ]

    class Privacy:
        sensitive = {"reason", "word"}
        neutral = {
            "id", "office", "user", "case_id", "assignment_id", "number", "started_at", "ends_at", "ended_at",
            "reviewed_at", "reviewed_by", "justified", "updated_at",
        }  # fmt: skip

    def __str__(self):
        return f"emergency {self.pk}"

    @property
    def review_by(self):
        """The moment by which a lead must have looked at it."""
        return self.started_at + review_within()
