from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, of_case
from operations.models.around import Venue
from operations.querysets import OfOperationQuerySet, OperationQuerySet
from operations.states import (
    CLOSED_CIRCLE,
    AssetFault,
    CareOnSite,
    Failure,
    HeadcountKind,
    OperationOutcome,
    OperationStatus,
    Purpose,
)
from reference.fields import CodeField, PartialDateField, QuantityField, codes, keys, words

# The second lock: whoever may know of an operation may know of what hangs from it.
OF_A_KNOWN_OPERATION = "EXISTS (SELECT 1 FROM operations_operation o WHERE o.id = operation_id)"


class Counts(models.Model):
    """A head-count of people, with or without records of their own."""

    people = QuantityField(_("people"))
    adults = QuantityField(_("adults"))
    children = QuantityField(_("children"))
    exploited = QuantityField(_("exploited themselves"))
    children_exploited = QuantityField(_("children exploited themselves"))
    women = QuantityField(_("women"))
    men = QuantityField(_("men"))
    girls = QuantityField(_("girls"))
    boys = QuantityField(_("boys"))
    families = QuantityField(_("families"))
    youngest = models.JSONField(null=True, blank=True)
    youngest_exploited = models.JSONField(null=True, blank=True)
    oldest = models.JSONField(null=True, blank=True)
    counts_note = models.TextField(blank=True)

    NUMBERS = (
        "people", "adults", "children", "exploited", "children_exploited", "women", "men", "girls", "boys",
        "families",
    )  # fmt: skip

    class Meta:
        abstract = True

    class Privacy:
        sensitive = {"counts_note"}
        neutral = {
            "people", "adults", "children", "exploited", "children_exploited", "women", "men", "girls",
            "boys", "families", "youngest", "youngest_exploited", "oldest",
        }  # fmt: skip


def moment_of(name):
    """When and by whom something was given stand together, or neither does."""
    none = Q(**{f"{name}_at": None, f"{name}_by": None})
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return models.CheckConstraint(name=f"operation_{name}_by_somebody", condition=none | both)


def somebody():
    """Who gave it."""
    return models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)


class Operation(Keyed, Counts):
    """One attempt to free people or to arrest."""

    case = of_case("operations")
    attempt = models.PositiveSmallIntegerField(_("attempt"), null=True, blank=True)
    on = PartialDateField(_("date"))
    local_time = models.TimeField(_("time"), null=True, blank=True)
    purpose = CodeField(_("aim"), choices=Purpose, blank=True)
    status = CodeField(_("state"), choices=OperationStatus, default=OperationStatus.DONE)
    outcome = CodeField(_("outcome"), choices=OperationOutcome, blank=True)
    failure = CodeField(_("why it failed"), choices=Failure, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True, blank=True)
    planning = models.CharField(_("planning"), max_length=1000, blank=True)
    planning_days = QuantityField(_("days of planning"))
    simultaneous = models.BooleanField(_("all sites at the same time"), null=True, blank=True)
    led_by = models.CharField(max_length=31, blank=True)
    overseen_by = models.CharField(max_length=31, blank=True)
    assisted_by = keys()
    undercover = models.BooleanField(_("undercover"), null=True, blank=True)
    expected = models.JSONField(null=True, blank=True)
    relieved = QuantityField(_("relieved"))
    arrested = QuantityField(_("arrested"))
    care_on_site = codes(CareOnSite)
    note = models.TextField(_("note"), blank=True)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = somebody()
    safeguarded_at = models.DateTimeField(null=True, blank=True, editable=False)
    safeguarded_by = somebody()

    objects = ScopedManager.from_queryset(OperationQuerySet)()
    row_rule = "status = 'done' OR id = ANY((SELECT my_operations())::uuid[])"

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                name="operation_done_has_an_outcome",
                condition=~Q(status=OperationStatus.DONE) | ~Q(outcome=""),
            ),
            moment_of("approved"),
            moment_of("safeguarded"),
        ]

    def get_absolute_url(self):
        return reverse("operations:operation-detail", args=[self.pk])

    @property
    def closed(self):
        """Known to those named on it alone: it was not carried out, or not yet."""
        return self.status in CLOSED_CIRCLE

    @property
    def plan_approved(self):
        """Somebody who may has approved the plan."""
        return self.approved_at is not None

    @property
    def safeguarding_checked(self):
        """Somebody who may has checked that nobody is put in danger."""
        return self.safeguarded_at is not None

    class Privacy:
        sensitive = {"planning", "undercover", "note"}
        neutral = {
            "attempt", "on", "local_time", "purpose", "status", "outcome", "failure", "follows",
            "planning_days", "simultaneous", "led_by", "overseen_by", "assisted_by", "expected", "relieved",
            "arrested", "care_on_site", "approved_at", "approved_by", "safeguarded_at", "safeguarded_by",
        }  # fmt: skip


class OperationSite(CaseBearing, Counts):
    """One site of an operation, with the people found there."""

    case = of_case("operation_sites")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="sites")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="sites")
    position = models.PositiveIntegerField(default=1)
    arrested = QuantityField(_("arrested"))
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = OF_A_KNOWN_OPERATION

    class Privacy:
        sensitive = {"note"}
        neutral = {"operation", "venue", "position", "arrested"}


class OperationAsset(CaseBearing):
    """A vehicle, boat, radio or team, and what went wrong with it."""

    case = of_case("operation_assets")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="assets")
    kind = models.CharField(_("kind"), max_length=1000)
    use = models.CharField(_("use"), max_length=1000, blank=True)
    number = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    fault = CodeField(_("fault"), choices=AssetFault, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = OF_A_KNOWN_OPERATION

    class Privacy:
        sensitive = {"note"}
        neutral = {"operation", "kind", "use", "number", "fault"}


class OperationTally(CaseBearing, Counts):
    """A running count reported during the operation."""

    case = of_case("operation_tallies")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="tallies")
    position = models.PositiveIntegerField()
    at = models.CharField(_("when or by whom"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = OF_A_KNOWN_OPERATION

    class Privacy:
        sensitive = {"at", "note"}
        neutral = {"operation", "position"}


class Headcount(Keyed, Counts):
    """A group of people who mostly have no record of their own."""

    case = of_case("headcounts")
    label = models.CharField(_("how the group is called"), max_length=1000)
    what = CodeField(_("what it went through"), choices=HeadcountKind)
    on = PartialDateField(_("date"))
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="headcounts", null=True, blank=True)
    relieved = QuantityField(_("relieved"))
    by = models.CharField(max_length=31, blank=True)
    nationality = words(2)
    exploitation = words(60)
    industry = models.CharField(max_length=80, blank=True)
    control = words(60)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="headcounts", null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = f"operation_id IS NULL OR {OF_A_KNOWN_OPERATION}"

    class Privacy:
        sensitive = {"label", "note"}
        neutral = {
            "what", "on", "operation", "relieved", "by", "nationality", "exploitation", "industry", "control",
            "venue",
        }  # fmt: skip
