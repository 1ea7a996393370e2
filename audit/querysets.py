from django.db import models


class EventQuerySet(models.QuerySet):
    """Words to read the trail with."""

    def of_case(self, case_id):
        return self.filter(case_id=case_id).order_by("-id")

    def by_person(self, user_id):
        return self.filter(actor_id=user_id).order_by("-id")

    def between(self, start, end):
        return self.filter(at__gte=start, at__lt=end)

    def live(self):
        """Facts that happened here and now, not history that was brought over."""
        return self.filter(origin="live")
