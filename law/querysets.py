from datetime import date

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet):
    """Words to ask for rows of law with."""

    def in_force(self, day: date):
        """What was law on that day."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))

    def of_country(self, country):
        """Rows of this country."""
        return self.filter(jurisdiction=country)
