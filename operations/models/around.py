from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from cases.models import CaseBearing, Keyed, of_case
from operations.states import (
    Border,
    InvestigationResult,
    LegStage,
    LookoutResult,
    Travel,
    VenueKind,
    VenueNetwork,
)
from reference.fields import CodeField, PartialDateField, QuantityField, keys


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
