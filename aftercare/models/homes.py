"""Homes of an office, and who stays or stayed there. Where a home stands is known to those who need it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office
from accounts.scope import ScopedManager
from aftercare.models.care import Care
from aftercare.querysets import HomeAddressQuerySet, HomeQuerySet
from aftercare.states import FamilyConsent, HomeFor, PlacementEnd, PlacementKind
from cases.models import CaseBearing, of_case
from reference import sealed
from reference.fields import CodeField, PartialDateField, keys, words
from reference.sealed_fields import EncryptedText

IN_MY_OFFICE = "office_id = ANY((SELECT my_offices_for('aftercare.view'))::bigint[])"


class OfOffice(models.Model):
    """A row that belongs to an office and bears no case, and is locked all the same."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "office", "version", "created_at", "updated_at"}

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class Home(OfOffice):
    """A place that takes people of this office in, under a name that tells nobody where it is."""

    row_rule_alone = IN_MY_OFFICE

    called = models.CharField(
        pgettext_lazy("home", "called"),
        max_length=120,
        help_text=_("A word the team knows. Not the name on the door"),
    )
    kind = CodeField(_("kind"), choices=PlacementKind)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    takes = CodeField(_("takes"), choices=HomeFor, default=HomeFor.ANYBODY)
    youngest = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    siblings_together = models.BooleanField(_("keeps siblings together"), default=False)
    family_consent = CodeField(_("consent of the family"), choices=FamilyConsent, default=FamilyConsent.NONE)
    languages = words(60, verbose_name=_("languages spoken"))
    step_free = models.BooleanField(_("without steps"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Nothing that tells where it is"))

    objects = ScopedManager.from_queryset(HomeQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="home_called_once", fields=["office", "called"]),
            models.CheckConstraint(
                name="home_ages_in_order",
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=F("youngest")),
            ),
        ]

    class Privacy:
        sensitive = {"called", "note"}
        neutral = {
            "kind", "capacity", "takes", "youngest", "oldest", "siblings_together", "family_consent",
            "languages", "step_free", "closed_on",
        }  # fmt: skip


class HomeAddress(OfOffice):
    """Where a home stands and how to reach it, sealed under the master key and bound to its row."""

    row_rule_alone = "office_id = ANY((SELECT my_offices_for('shelter.open'))::bigint[])"

    home = models.OneToOneField(Home, models.PROTECT, related_name="address", editable=False)
    place = models.BinaryField(editable=False)

    objects = ScopedManager.from_queryset(HomeAddressQuerySet)()

    class Privacy:
        sensitive = {"place"}
        neutral = {"home"}

    def seal_place(self, text: str) -> None:
        """Keep this address."""
        self.place = sealed.wrap(text.encode(), self.about)

    def open_place(self) -> str:
        """The address in clear; SealBroken if it was moved or altered."""
        return sealed.unwrap(bytes(self.place), self.about).decode()

    @property
    def about(self) -> str:
        return f"aftercare.HomeAddress {self.pk}"


class Placement(CaseBearing):
    """One stay in a place of care."""

    case = of_case("placements")
    care = models.ForeignKey(Care, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("kind"), choices=PlacementKind)
    home = models.ForeignKey(Home, models.PROTECT, related_name="placements", null=True, blank=True)
    at = EncryptedText(_("where"))
    address = EncryptedText(_("address"))
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    over = models.BooleanField(_("over, date not known"), default=False)
    placed_with = keys()
    # Who of the family, or who in its place, agreed to this home; and why a rule of the home was set aside.
    consent_by = models.CharField(_("who agreed"), max_length=200, blank=True)
    consent_on = PartialDateField(_("agreed on"))
    against = models.CharField(_("why against the rules of the home"), max_length=300, blank=True)
    ended_why = CodeField(_("why it ended"), choices=PlacementEnd, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        identifying = {"at", "address"}
        sensitive = {"consent_by", "against", "note"}
        neutral = {
            "care", "position", "kind", "home", "starts_on", "ends_on", "over", "placed_with", "consent_on",
            "ended_why",
        }  # fmt: skip
