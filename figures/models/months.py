"""The figures of an office and a month, frozen: counted once, sealed by the house, signed by a director.

Nothing here is ever changed or deleted; the database refuses it (figures/policies.py). What becomes known
later stands as a correction on the sheet of a later month.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.roles import Can
from accounts.scope import ScopedManager, ScopedQuerySet
from cases.models import CaseBearing, of_case
from reference.fields import CodeField

OF_MY_OFFICES = (
    "office_id = ANY((SELECT my_offices('figures'))::bigint[])"
    " AND 'dashboard.view' = ANY((SELECT my_verbs())::text[])"
)
OF_A_SHEET_I_SEE = "EXISTS (SELECT 1 FROM figures_monthsheet sheet WHERE sheet.id = sheet_id)"


class Sealed(models.TextChoices):
    """Under what has the house put its signature?"""

    COUNTED = "counted", _("What was counted")
    SIGNED = "signed", _("The word of whoever signed")


class MonthSheetQuerySet(ScopedQuerySet):
    """Words to ask for sheets with."""

    def visible_to(self, user):
        """Whoever sees the office and its dashboard."""
        if not (user.is_active and user.can(Can.VIEW_DASHBOARD)):
            return self.none()
        return self if user.sees_everywhere else self.filter(office__in=user.offices_in_reach)


class OfSheetQuerySet(ScopedQuerySet):
    """Rows of a sheet: whoever sees the sheet sees them."""

    def visible_to(self, user):
        return self.filter(sheet__in=MonthSheet.objects.values("pk"))


class Frozen(models.Model):
    """A row that stays as it was written."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id"}

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class Amount(models.Model):
    """What a figure comes to, as far as it is known: of a month, in a currency where it is money."""

    name = models.CharField(max_length=60)
    month = models.DateField()
    currency = models.CharField(max_length=3, blank=True)
    low = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    about = models.BooleanField(default=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"name", "month", "currency", "low", "high", "about"}


class MonthSheet(Frozen):
    """One month of one office. `digest` stands over everything on it and over the sheet before."""

    row_rule_alone = OF_MY_OFFICES

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    month = models.DateField()
    as_of = models.DateField()
    previous = models.OneToOneField("self", models.PROTECT, related_name="next", null=True)
    cases_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    counted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(MonthSheetQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="month_sheet_once", fields=["office", "month"]),
            models.CheckConstraint(
                name="month_sheet_digests",
                condition=Q(digest__regex=r"^[0-9a-f]{64}$", cases_digest__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(name="month_sheet_of_a_month", condition=Q(month__day=1)),
        ]

    class Privacy:
        neutral = {"office", "month", "as_of", "previous", "cases_digest", "digest", "counted_at"}

    def get_absolute_url(self):
        return reverse("figures:month-detail", args=[self.pk])


class MonthFigure(Frozen, Amount):
    """One line: a figure of the sheet's own month, or of an earlier month, corrected, and what it was."""

    row_rule_alone = OF_A_SHEET_I_SEE

    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="lines")
    was_low = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    was_high = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    was_about = models.BooleanField(default=False)
    # By which words it was counted: the beginning of a digest of its definition.
    definition = models.CharField(max_length=16)

    objects = ScopedManager.from_queryset(OfSheetQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="month_figure_once", fields=["sheet", "name", "month", "currency"]),
        ]

    class Privacy:
        neutral = {"sheet", "was_low", "was_high", "was_about", "definition"}


class MonthCase(CaseBearing, Amount):
    """What one case gave to one line; by it a correction names its cases to whoever may see them."""

    case = of_case("+")
    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="month_case_once", fields=["sheet", "name", "month", "currency", "case"]
            ),
        ]
        indexes = [models.Index(name="month_case_of_month", fields=["office", "month", "name"])]

    class Privacy:
        neutral = {"sheet"}


class MonthWord(Frozen):
    """A director has looked at the sheet and put her name under it."""

    row_rule_alone = OF_A_SHEET_I_SEE

    sheet = models.OneToOneField(MonthSheet, models.PROTECT, related_name="word")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.TextField(_("note"), blank=True)
    digest = models.CharField(max_length=64)

    objects = ScopedManager.from_queryset(OfSheetQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="month_word_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$"))
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {"sheet", "signed_by", "signed_at", "digest"}


class MonthSeal(Frozen):
    """The signature of the house under a sheet, or under the word on it; only the sealer writes these."""

    row_rule_alone = OF_A_SHEET_I_SEE

    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="seals")
    what = CodeField(choices=Sealed)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    signature = models.BinaryField()
    sealed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(OfSheetQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(name="month_seal_once", fields=["sheet", "what"])]

    class Privacy:
        neutral = {"sheet", "what", "digest", "key", "signature", "sealed_at"}
