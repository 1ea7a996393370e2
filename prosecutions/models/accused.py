import re
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, of_case
from operations.models import Operation
from prosecutions.bail_states import CustodyEnd
from prosecutions.querysets import AccusedQuerySet, CustodyQuerySet, PerpetratorQuerySet
from prosecutions.states import CustodyKind, Position, RoleInProcess, Standing
from reference.fields import CodeField, PartialDateField, QuantityField, codes, keys, words
from reference.sealed_fields import EncryptedJSON
from survivors.states import Gender


class Perpetrator(models.Model):
    """One human being across cases. Names stand with each case's record: none leaks between offices."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField(max_length=1000, unique=True, null=True, blank=True)  # noqa: DJ001  NULLs may repeat
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(PerpetratorQuerySet)()
    row_rule_alone = (
        "EXISTS (SELECT 1 FROM prosecutions_accused a WHERE a.perpetrator_id = prosecutions_perpetrator.id)"
    )
    insert_rule = "'accused.write' = ANY((SELECT my_verbs())::text[])"

    class Privacy:
        sensitive = {"ref"}
        neutral = {"id", "created_at", "updated_at"}

    def __str__(self):
        return str(self.pk)


class Network(Keyed):
    """A ring or network of perpetrators."""

    case = of_case("networks")
    name = models.CharField(_("name"), max_length=1000)
    ref = models.CharField(max_length=1000, blank=True)
    nationality = words(2)
    members = keys()
    venues = keys()
    active_since = PartialDateField(_("active since"))
    active_years = QuantityField(_("years active"))
    dismantled_on = PartialDateField(_("broken up on"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"name", "ref", "note"}
        neutral = {"nationality", "members", "venues", "active_since", "active_years", "dismantled_on"}

    def get_absolute_url(self):
        return reverse("desk:ring-page", args=[self.pk])


class Accused(Keyed):
    """One human being as an accused, suspect or otherwise on the wrong side of one case."""

    case = of_case("accused")
    perpetrator = models.ForeignKey(Perpetrator, models.PROTECT, related_name="accused_records")
    name = models.CharField(_("name"), max_length=1000, blank=True)
    label = models.CharField(_("description"), max_length=1000, blank=True)
    aliases = words(1000, verbose_name=_("other names"))
    standing = CodeField(_("standing"), choices=Standing, default=Standing.ACCUSED)
    gender = CodeField(_("gender"), choices=Gender, blank=True)
    nationality = words(2)
    ages = models.JSONField(default=list, blank=True)
    roles = codes(RoleInProcess, verbose_name=_("parts played"))
    position = CodeField(_("position"), choices=Position, blank=True)
    role_details = models.CharField(_("role in words"), max_length=1000, blank=True)
    network = models.ForeignKey(Network, models.PROTECT, related_name="accused", null=True, blank=True)
    phones = EncryptedJSON()
    places = words(200, verbose_name=_("places"))
    born_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects = ScopedManager.from_queryset(AccusedQuerySet)()

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(name="accused_is_called_something", condition=~Q(name="") | ~Q(label="")),
            models.UniqueConstraint(name="accused_once_in_a_case", fields=["case", "perpetrator"]),
            models.UniqueConstraint(
                name="accused_external_id_once",
                fields=["office", "external_id"],
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [models.Index(name="accused_updated", fields=["updated_at", "id"])]

    class Privacy:
        identifying = {"name", "aliases", "phones"}
        sensitive = {"label", "role_details", "note", "ages", "places", "born_year"}
        neutral = {
            "perpetrator", "standing", "gender", "nationality", "roles", "position", "network",
            "external_id",
        }  # fmt: skip

    @property
    def code(self):
        """P-1: the key as it is spoken of."""
        return re.sub(r"^p(\d+)$", r"P-\1", self.key)

    @property
    def called(self):
        """What staff call the person on screen."""
        return self.name or self.label

    @property
    def word(self):
        """What the person may be called: nobody is more than accused before a conviction that stands."""
        if any(verdict.stands_convicted for verdict in self.verdicts.all()):
            return _("Convicted")
        return self.get_standing_display()


class Arrest(CaseBearing):
    """One arrest."""

    case = of_case("arrests")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="arrests")
    on = PartialDateField(_("date"))
    by = models.CharField(_("by"), max_length=31, blank=True)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="arrests", null=True, blank=True)
    at = models.CharField(max_length=31, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"note"}
        neutral = {"accused", "on", "by", "operation", "at"}


class Custody(CaseBearing):
    """One spell in custody; it goes on until it has an end or is marked as over."""

    case = of_case("custodies")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="custodies")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("kind"), choices=CustodyKind)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    over = models.BooleanField(_("over, date not known"), default=False)
    how_ended = CodeField(_("how it ended"), choices=CustodyEnd, blank=True)
    days = QuantityField(_("days"))
    months = QuantityField(_("months"))
    at = models.CharField(_("where"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(CustodyQuerySet)()

    class Privacy:
        sensitive = {"at", "note"}
        neutral = {
            "accused", "position", "kind", "starts_on", "ends_on", "over", "how_ended", "days", "months",
        }  # fmt: skip
