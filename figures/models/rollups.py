"""What was counted ahead of being asked: the rows of each case, their sums, and which cases wait.

Nothing here is a fact. Everything follows from the figures (figures/catalogue.py) and can be made anew by
`rebuild_rollups`. Only `figures_write` (figures/rollup_policies.py) writes it. docs/adr/0068-rollups.md.
"""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Office
from accounts.scope import ScopedManager, ScopedQuerySet
from cases.querysets import OfCaseQuerySet, by_reach


class TallyQuerySet(ScopedQuerySet):
    """Sums of cases that are open to their office: whoever reaches the office sees them."""

    def visible_to(self, user):
        return self.filter(by_reach(user)) if user.is_active else self.none()


class Counted(models.Model):
    """A case that was counted, and for which days what was counted holds."""

    case_bearing = True
    row_rule_alone = "{case_rule}"

    # The case; no foreign key, so that nothing here ever stands in the way of a case.
    case_id = models.UUIDField(primary_key=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    sensitivity = models.PositiveSmallIntegerField()
    casework_type = models.CharField(max_length=60, blank=True)
    donors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    since = models.DateField()
    until = models.DateField()
    # The moment at which somebody's name on the case ends by itself.
    lapses_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager.from_queryset(OfCaseQuerySet)()

    class Meta:
        indexes = [
            models.Index(name="counted_until", fields=["until"]),
            models.Index(name="counted_since", fields=["since"]),
            models.Index(name="counted_lapses", fields=["lapses_at"], condition=Q(lapses_at__isnull=False)),
        ]

    class Privacy:
        sensitive = {"donors"}
        neutral = {
            "case_id", "office", "sensitivity", "casework_type", "since", "until", "lapses_at", "counted_at",
            "updated_at",
        }  # fmt: skip

    def __str__(self):
        return f"counted {self.case_id}"


class Sums(models.Model):
    """Which figure, of what part, in which currency, when, and how much."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    sensitivity = models.PositiveSmallIntegerField()
    figure = models.CharField(max_length=60)
    code = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    low = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=22, decimal_places=4, null=True)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "office", "sensitivity", "figure", "code", "currency", "low", "high"}

    def __str__(self):
        return f"{self._meta.model_name} {self.figure}"


class CountedRow(Sums):
    """One thing that a figure counts in a case: which record, between which days, how much."""

    row_rule_alone = "{case_rule}"

    case_id = models.UUIDField(editable=False)
    pk_counted = models.UUIDField()
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    about = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(OfCaseQuerySet)()

    class Meta:
        indexes = [
            models.Index(name="counted_row_of_case", fields=["case_id"]),
            models.Index(
                models.F("figure"),
                models.F("first").desc(nulls_last=True),
                models.F("case_id"),
                models.F("pk_counted"),
                name="counted_row_newest",
            ),
        ]

    class Privacy:
        neutral = {"case_id", "pk_counted", "first", "last", "about"}


class Tally(Sums):
    """The sums of an office, of all its cases or of one type or donor of them; of all time, or of the
    months in which something surely lies.
    """

    row_rule_alone = "sensitivity = 0 AND office_id = ANY((SELECT my_offices('figures'))::bigint[])"

    casework_type = models.CharField(max_length=60, blank=True)
    donor = models.CharField(max_length=200, blank=True)
    first = models.DateField()
    last = models.DateField()
    n = models.BigIntegerField()
    open_n = models.BigIntegerField()
    about_n = models.BigIntegerField()
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager.from_queryset(TallyQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tally_once",
                fields=[
                    "casework_type", "donor", "figure", "first", "office", "sensitivity", "last", "code",
                    "currency",
                ],
            ),
        ]  # fmt: skip
        indexes = [  # n stands in no index: a sum changes in its place
            models.Index(
                name="tally_donors",
                fields=["donor", "office"],
                condition=Q(figure="counted_cases", casework_type="", first=date(1, 1, 1)),
            )
        ]

    class Privacy:
        sensitive = {"donor"}
        neutral = {"casework_type", "first", "last", "n", "open_n", "about_n", "updated_at"}


class Mark(models.Model):
    """A case of which a fact has changed since it was counted. Written by triggers, in the transaction of
    the fact; taken away when the case was counted after it.
    """

    case_id = models.UUIDField()
    office_id = models.BigIntegerField()
    xact = models.BigIntegerField()
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="mark_of_case", fields=["case_id", "xact"])]

    class Privacy:
        neutral = {"id", "case_id", "office_id", "xact", "marked_at"}

    def __str__(self):
        return f"mark {self.pk}"


class CountedBy(models.Model):
    """By which code everything was counted; another one means counting all anew."""

    digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        neutral = {"id", "digest", "begun_at"}

    def __str__(self):
        return self.digest[:12]
