from django.db import models

from accounts.scope import ScopedQuerySet


class CalendarFeedQuerySet(models.QuerySet):
    """Words to ask for private calendar addresses with."""

    def of_person(self, user):
        """Those of this person; somebody who was forced to sign in sees those alone that were made so."""
        rows = self.filter(user=user, revoked_at=None)
        return rows.filter(hollow=True) if user.under_duress else rows

    def for_list(self):
        return self.order_by("created_at", "pk")


class FeedEntryQuerySet(ScopedQuerySet):
    """Words to ask for what a person's calendars were told."""

    def visible_to(self, user):
        return self.filter(user_id=user.pk) if user.is_active else self.none()
