"""What an office's counts tell those who may not open its cases: hidden and rounded before it is written.

Rows are written by figures.publishing alone, as the principal "figures", and never changed.
"""

from django.db import models
from django.utils import timezone

from accounts.models import Office


class Published(models.Model):
    """One cell of one edition: a figure of an office and a year; None where it is hidden.

    Without an office it is the total of all of them, without a year that of all time. `year` 0 is what lies
    wholly in no single year.
    """

    edition = models.DateField()
    figure = models.CharField(max_length=60)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True)
    year = models.PositiveSmallIntegerField(null=True)
    value = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="published_once",
                fields=["edition", "figure", "office", "year"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="published_nothing_small",
                condition=models.Q(value=None) | models.Q(value__gte=11),
            ),
        ]

    class Privacy:
        neutral = {"id", "edition", "figure", "office", "year", "value", "made_at"}

    def __str__(self):
        return f"published {self.pk}"
