"""What is done for a person: services, contacts, looks at safety, referrals, what the law owes her."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from aftercare.costs import ServiceQuerySet
from aftercare.models.care import Care
from aftercare.models.plans import GoalStep, cost_is_whole
from aftercare.querysets import ContactQuerySet
from aftercare.states import (
    ContactWay,
    Danger,
    EntitlementStatus,
    OwedBy,
    PaperKind,
    PaperState,
    ReferralStatus,
    SafeNow,
    SafetyReason,
    ServiceKind,
)
from cases.models import CaseBearing, Grant, of_case
from cases.states import RiskLevel
from documents.models import Document
from reference.fields import CodeField, PartialDateField, amount, codes, currency, money_is_whole
from survivors.models import Consent
from survivors.states import Shared


class Service(CaseBearing):
    """One service."""

    case = of_case("services")
    care = models.ForeignKey(Care, models.PROTECT, related_name="services")
    kind = CodeField(_("kind"), choices=ServiceKind)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    by = models.CharField(_("by"), max_length=1000, blank=True)
    cost = amount(_("cost"))
    cost_currency = currency()
    grant = models.ForeignKey(
        Grant,
        models.PROTECT,
        related_name="services",
        null=True,
        blank=True,
        verbose_name=_("donor or grant"),
    )
    step = models.ForeignKey(GoalStep, models.PROTECT, related_name="services", null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(ServiceQuerySet)()

    class Meta:
        constraints = [cost_is_whole("service")]

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {"care", "kind", "starts_on", "ends_on", "cost", "cost_currency", "grant", "step"}


class Contact(CaseBearing):
    """We met or reached the person, or tried to. Logged in seconds; the last one that reached her counts."""

    case = of_case("contacts")
    care = models.ForeignKey(Care, models.PROTECT, related_name="contacts")
    met_at = models.DateTimeField(_("when"))
    way = CodeField(_("how"), choices=ContactWay)
    reached = models.BooleanField(_("reached"), default=True)
    safe = CodeField(_("safe?"), choices=SafeNow, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(ContactQuerySet)()

    class Meta:
        indexes = [models.Index(name="contact_of_care", fields=["care", "-met_at"])]

    class Privacy:
        sensitive = {"safe", "note"}
        neutral = {"care", "met_at", "way", "reached", "by"}


class SafetyCheck(CaseBearing):
    """One look at the safety of a person: is she safe, from what not, what is done, how great is the risk."""

    case = of_case("safety_checks")
    care = models.ForeignKey(Care, models.PROTECT, related_name="safety_checks")
    looked_at = models.DateTimeField(_("when"))
    reason = CodeField(_("why now"), choices=SafetyReason, default=SafetyReason.ROUTINE)
    safe = CodeField(_("safe now?"), choices=SafeNow)
    risk = CodeField(_("risk"), choices=RiskLevel)
    dangers = codes(Danger, verbose_name=_("from what"))
    plan = models.TextField(_("what is done about it"), blank=True)
    next_on = models.DateField(_("look again on"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="safety_check_of_danger_has_a_plan", condition=~Q(safe="no") | ~Q(plan="")
            ),
        ]
        indexes = [models.Index(name="safety_check_of_care", fields=["care", "-looked_at"])]

    class Privacy:
        sensitive = {"safe", "dangers", "plan"}
        neutral = {"care", "looked_at", "reason", "risk", "next_on", "by"}


class Referral(CaseBearing):
    """The person is sent to somebody else's help, with no more of her record than she agreed to."""

    case = of_case("referrals")
    care = models.ForeignKey(Care, models.PROTECT, related_name="referrals")
    to = models.CharField(max_length=31, blank=True)  # local key of the agency, when it is on record
    receiver = models.CharField(_("receiver"), max_length=200)
    kind = CodeField(_("for which help"), choices=ServiceKind)
    shared = codes(Shared, verbose_name=_("what is told"))
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", null=True, blank=True)
    on = PartialDateField(_("date"))
    status = CodeField(_("state"), choices=ReferralStatus, default=ReferralStatus.ASKED)
    answered_on = PartialDateField(_("answered on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="referral_rests_on_a_consent", condition=Q(consent__isnull=False)),
        ]

    class Privacy:
        sensitive = {"receiver", "note"}
        neutral = {"care", "to", "kind", "shared", "consent", "on", "status", "answered_on", "by"}

    def get_absolute_url(self):
        return reverse("aftercare:referral-detail", args=[self.pk])


class Entitlement(CaseBearing):
    """A benefit owed by a public scheme or a fund."""

    case = of_case("entitlements")
    care = models.ForeignKey(Care, models.PROTECT, related_name="entitlements")
    # What of the law it is (law.Entitlement, by country and code; the data outlives its edition).
    country = models.CharField(max_length=2, blank=True)
    law_code = models.CharField(max_length=60, blank=True)
    level = CodeField(_("owed by"), choices=OwedBy, blank=True)
    scheme = models.CharField(_("scheme"), max_length=1000)
    by = models.CharField(_("authority"), max_length=1000, blank=True)
    granted_low = amount(_("granted"))
    granted_high = amount()
    granted_currency = currency()
    applied_on = PartialDateField(_("applied on"))
    granted_on = PartialDateField(_("granted on"))
    paid_low = amount(_("received"))
    paid_high = amount()
    paid_currency = currency()
    paid_on = PartialDateField(_("received on"))
    status = CodeField(_("state"), choices=EntitlementStatus, blank=True)
    # A state may pay what the centre does not give back, or the reverse: the two are followed apart.
    centre_status = CodeField(_("state at the centre"), choices=EntitlementStatus, blank=True)
    centre_on = PartialDateField(_("since"))
    not_due = models.CharField(_("why it does not apply"), max_length=300, blank=True)
    document = models.CharField(_("paper it depends on"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            money_is_whole("entitlement", "granted"),
            money_is_whole("entitlement", "paid"),
            models.UniqueConstraint(
                name="entitlement_of_the_law_once", fields=["care", "law_code"], condition=~Q(law_code="")
            ),
        ]

    class Privacy:
        sensitive = {"by", "document", "not_due", "note"}
        neutral = {
            "care", "scheme", "granted_low", "granted_high", "granted_currency", "applied_on", "granted_on",
            "paid_low", "paid_high", "paid_currency", "paid_on", "status", "country", "law_code", "level",
            "centre_status", "centre_on",
        }  # fmt: skip


class EntitlementPaper(CaseBearing):
    """A paper on which a benefit depends: whether we have it, and who must give it."""

    case = of_case("entitlement_papers")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="papers")
    kind = CodeField(_("paper"), choices=PaperKind)
    state = CodeField(_("state"), choices=PaperState, default=PaperState.MISSING)
    on = PartialDateField(_("since"))
    owed_by = models.CharField(_("who must give it"), max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="entitlement_paper_once", fields=["entitlement", "kind"])]

    class Privacy:
        sensitive = {"owed_by"}
        neutral = {"entitlement", "kind", "state", "on", "document"}
