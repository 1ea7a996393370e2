"""Families kept together, threats, and how a person may be reached without harm."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, by_somebody, of_case
from reference.fields import CodeField, PartialDateField, codes, keys
from reference.sealed_fields import EncryptedText
from survivors.models.identity import MAY_OPEN_IDENTITY
from survivors.models.people import Survivor
from survivors.querysets import ContactRuleQuerySet
from survivors.states import ReachedBy, ThreatKind


class Family(Keyed):
    """People who came out together and belong together: brothers and sisters, a mother and her children."""

    case = of_case("families")
    label = models.CharField(_("how the family is called"), max_length=200, help_text=_("Never a real name"))
    keep_together = models.BooleanField(_("stay together"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"label", "note"}
        neutral = {"keep_together"}


class Threat(CaseBearing):
    """Somebody threatened, followed, hurt or tried to buy a survivor or those around her."""

    case = of_case("threats")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="threats", null=True, blank=True)
    kind = CodeField(_("what it was"), choices=ThreatKind)
    on = PartialDateField(_("when"))
    by = keys()  # local keys of the accused
    said_by = models.CharField(_("who reported it"), max_length=200, blank=True)
    what = models.TextField(_("what happened"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    reported_at = models.DateTimeField(editable=False)
    # What was done about it: the alert stays open until this is written down.
    action = models.TextField(_("what was done"), blank=True)
    acted_at = models.DateTimeField(null=True, blank=True, editable=False)
    acted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    class Meta:
        constraints = [
            by_somebody("threat", "reported"),
            models.CheckConstraint(name="threat_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="threat_answered_by_somebody",
                condition=Q(acted_at=None, acted_by=None, action="")
                | (Q(acted_at__isnull=False, acted_by__isnull=False) & ~Q(action="")),
            ),
        ]

    class Privacy:
        sensitive = {"said_by", "what", "action"}
        neutral = {"survivor", "kind", "on", "by", "reported_by", "reported_at", "acted_at", "acted_by"}


class ContactRule(CaseBearing):
    """When, how and through whom a person may be reached without harm. Read before any number is shown."""

    row_rule = MAY_OPEN_IDENTITY

    case = of_case("contact_rules")
    survivor = models.OneToOneField(Survivor, models.PROTECT, related_name="contact_rule", editable=False)
    ways = codes(ReachedBy, verbose_name=_("ways that are safe"))
    hours = models.CharField(_("when"), max_length=200, blank=True)
    leave_word = models.BooleanField(_("a message may be left"), default=False)
    who = EncryptedText(_("who may answer"))
    not_to = EncryptedText(_("who must not know"))
    we_are = EncryptedText(_("say that we are"))
    code_word = EncryptedText(_("code word"))
    checked_on = PartialDateField(_("agreed with the person on"))

    objects = ScopedManager.from_queryset(ContactRuleQuerySet)()

    class Privacy:
        identifying = {"who", "not_to", "we_are", "code_word"}
        sensitive = {"hours"}
        neutral = {"survivor", "ways", "leave_word", "checked_on"}

    @property
    def ways_words(self):
        """The ways that are safe, in words."""
        return ", ".join(str(ReachedBy(way).label) for way in self.ways)
