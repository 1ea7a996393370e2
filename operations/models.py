from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, of_case
from operations.querysets import OperationQuerySet
from operations.states import (
    AssetFault,
    Border,
    CareOnSite,
    Failure,
    HeadcountKind,
    InvestigationResult,
    LegStage,
    LookoutResult,
    OperationOutcome,
    OperationStatus,
    Purpose,
    Travel,
    VenueKind,
    VenueNetwork,
)
from reference.fields import CodeField, PartialDateField, QuantityField, codes, keys, words


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


class Venue(Keyed):
    """A place where people were exploited, held, found or stopped."""

    case = of_case("venues")
    kind = CodeField(_("kind"), choices=VenueKind)
    name = models.CharField(_("name"), max_length=1000, blank=True)
    ref = models.CharField(max_length=1000, blank=True)
    locality = models.CharField(_("town or district"), max_length=1000, blank=True)
    area = models.CharField(_("region"), max_length=1000, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    network = CodeField(_("who can walk in"), choices=VenueNetwork, blank=True)
    run_by = keys()
    inside = models.CharField(max_length=31, blank=True)
    opened_on = PartialDateField(_("opened on"))
    closed_on = PartialDateField(_("closed on"))
    closed_why = models.CharField(_("why it closed"), max_length=1000, blank=True)
    moved_to = keys()
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"name", "ref", "locality", "area", "closed_why", "note"}
        neutral = {
            "kind", "country", "network", "run_by", "inside", "opened_on", "closed_on", "moved_to",
        }  # fmt: skip


class Route(Keyed):
    """How people were moved."""

    case = of_case("routes")
    who = keys()
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"note"}
        neutral = {"who"}


class RouteLeg(CaseBearing):
    """One leg of a route; places are {locality, area, country, note}."""

    case = of_case("route_legs")
    route = models.ForeignKey(Route, models.PROTECT, related_name="legs")
    position = models.PositiveIntegerField()
    source = models.JSONField(null=True, blank=True)
    target = models.JSONField(null=True, blank=True)
    on = PartialDateField(_("date"))
    by = CodeField(choices=Travel, blank=True)
    escorted_by = keys()
    handed_from = models.CharField(max_length=31, blank=True)
    handed_to = models.CharField(max_length=31, blank=True)
    price_low = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    price_high = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    price_currency = models.CharField(max_length=3, blank=True)
    money_changed_hands = models.BooleanField(null=True, blank=True)
    border = CodeField(choices=Border, blank=True)
    stage = CodeField(choices=LegStage, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="route_leg_in_order", fields=["route", "position"])]

    class Privacy:
        sensitive = {"source", "target", "note"}
        neutral = {
            "route", "position", "on", "by", "escorted_by", "handed_from", "handed_to", "price_low",
            "price_high", "price_currency", "money_changed_hands", "border", "stage",
        }  # fmt: skip


class Investigation(Keyed):
    """Work before or between operations; an undercover agent is never named."""

    case = of_case("investigations")
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    months = QuantityField(_("months"))
    led_by = models.CharField(max_length=31, blank=True)
    assisted_by = keys()
    undercover = models.BooleanField(_("undercover"), null=True, blank=True)
    result = CodeField(_("result"), choices=InvestigationResult, blank=True)
    about = keys()
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"note", "undercover"}
        neutral = {"starts_on", "ends_on", "months", "led_by", "assisted_by", "result", "about"}


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

    class Privacy:
        sensitive = {"label", "note"}
        neutral = {
            "what", "on", "operation", "relieved", "by", "nationality", "exploitation", "industry", "control",
            "venue",
        }  # fmt: skip


class Lookout(CaseBearing):
    """A request to another office or agency to watch for a missing person or a suspect."""

    case = of_case("lookouts")
    on = PartialDateField(_("sent on"))
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="lookouts", null=True, blank=True)
    to_office_key = models.CharField(max_length=1000, blank=True)
    to_agency = models.CharField(max_length=31, blank=True)
    about = keys()
    why = models.TextField(_("why"), blank=True)
    closed_on = PartialDateField(_("closed on"))
    result = CodeField(_("result"), choices=LookoutResult, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lookout_goes_somewhere",
                condition=~Q(to_office=None) | ~Q(to_office_key="") | ~Q(to_agency=""),
            ),
        ]

    class Privacy:
        sensitive = {"why", "note"}
        neutral = {"on", "to_office", "to_office_key", "to_agency", "about", "closed_on", "result"}
