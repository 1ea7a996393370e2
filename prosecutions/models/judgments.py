from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import CaseBearing, of_case
from operations.models import Headcount
from prosecutions.models.accused import Accused
from prosecutions.models.courts import Proceeding
from prosecutions.sentencing import PaymentKind
from prosecutions.states import AppealBy, AppealOutcome, VerdictResult
from reference.fields import (
    CodeField,
    PartialDateField,
    QuantityField,
    amount,
    currency,
    keys,
    money_is_whole,
)
from survivors.models import Survivor


class Verdict(CaseBearing):
    """One judgment on one accused person, with its sentence."""

    case = of_case("verdicts")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="verdicts")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="verdicts", null=True, blank=True)
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("date"))
    court = models.CharField(_("court"), max_length=1000, blank=True)
    result = CodeField(_("result"), choices=VerdictResult)
    after_plea = models.BooleanField(_("after a guilty plea"), null=True, blank=True)
    charge_positions = keys()
    sentence_on = PartialDateField(_("sentenced on"))
    months = QuantityField(_("months of prison"))
    life = models.BooleanField(_("for life"), default=False)
    fine_low = amount(_("fine"))
    fine_high = amount()
    fine_currency = currency()
    suspended = models.BooleanField(_("suspended"), null=True, blank=True)
    served_months = QuantityField(_("months served"))
    sentence_note = models.TextField(blank=True)
    overturned_on = PartialDateField(_("set aside on"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [money_is_whole("verdict", "fine")]
        indexes = [models.Index(name="verdict_updated", fields=["updated_at", "id"])]

    class Privacy:
        sensitive = {"court", "sentence_note", "note"}
        neutral = {
            "accused", "proceeding", "position", "on", "result", "after_plea", "charge_positions",
            "sentence_on", "months", "life", "fine_low", "fine_high", "fine_currency", "suspended",
            "served_months", "overturned_on",
        }  # fmt: skip

    @property
    def stands_convicted(self):
        """A conviction that no higher court has set aside."""
        return self.result == VerdictResult.CONVICTED and not self.overturned_on


class Appeal(CaseBearing):
    """One appeal."""

    case = of_case("appeals")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="appeals")
    position = models.PositiveIntegerField(default=1)
    by = CodeField(_("by"), choices=AppealBy, blank=True)
    filed_on = PartialDateField(_("filed on"))
    court = models.CharField(_("court"), max_length=1000, blank=True)
    outcome = CodeField(_("outcome"), choices=AppealOutcome, blank=True)
    decided_on = PartialDateField(_("decided on"))
    months = QuantityField(_("months of prison after it"))
    life = models.BooleanField(_("for life after it"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"court", "note"}
        neutral = {"accused", "position", "by", "filed_on", "outcome", "decided_on", "months", "life"}


class Award(CaseBearing):
    """Money a court or authority ordered for survivors."""

    case = of_case("awards")
    position = models.PositiveIntegerField(default=1)
    against = keys()
    ordered_on = PartialDateField(_("ordered on"))
    by = models.CharField(_("ordered by"), max_length=1000, blank=True)
    each_low = amount(_("for each"))
    each_high = amount()
    each_currency = currency()
    total_low = amount(_("in all"))
    total_high = amount()
    total_currency = currency()
    about = models.CharField(max_length=60, blank=True)
    payments_known = models.BooleanField(_("payments are recorded"), default=False)
    set_aside_on = PartialDateField(_("set aside on"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            money_is_whole("award", "each"),
            money_is_whole("award", "total"),
            models.CheckConstraint(
                name="award_has_an_amount", condition=Q(each_low__isnull=False) | Q(total_low__isnull=False)
            ),
        ]
        indexes = [models.Index(name="award_updated", fields=["updated_at", "id"])]

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {
            "position", "against", "ordered_on", "each_low", "each_high", "each_currency", "total_low",
            "total_high", "total_currency", "about", "payments_known", "set_aside_on",
        }  # fmt: skip


class AwardShare(CaseBearing):
    """A survivor for whom an award was made."""

    case = of_case("award_shares")
    award = models.ForeignKey(Award, models.PROTECT, related_name="shares")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="award_shares", null=True, blank=True)
    headcount = models.ForeignKey(
        Headcount, models.PROTECT, related_name="award_shares", null=True, blank=True
    )
    # What this survivor gets, where the amounts differ; else the award's `each`.
    amount_low = amount(_("amount"))
    amount_high = amount()
    amount_currency = currency()

    class Meta:
        constraints = [
            money_is_whole("award_share", "amount"),
            models.UniqueConstraint(
                name="award_share_once", fields=["award", "survivor", "headcount"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="award_share_of_a_person_or_a_group",
                condition=Q(survivor=None, headcount__isnull=False)
                | Q(survivor__isnull=False, headcount=None),
            ),
        ]

    class Privacy:
        neutral = {"award", "survivor", "headcount", "amount_low", "amount_high", "amount_currency"}


class Payment(CaseBearing):
    """One payment on an award: it came to the survivor, or lies with the court."""

    case = of_case("payments")
    award = models.ForeignKey(Award, models.PROTECT, related_name="payments")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="payments", null=True, blank=True)
    kind = CodeField(_("kind"), choices=PaymentKind, default=PaymentKind.RECEIVED)
    on = PartialDateField(_("date"))
    amount_low = amount(_("amount"))
    amount_high = amount()
    amount_currency = currency()
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [money_is_whole("payment", "amount")]

    class Privacy:
        sensitive = {"note"}
        neutral = {"award", "survivor", "kind", "on", "amount_low", "amount_high", "amount_currency"}
