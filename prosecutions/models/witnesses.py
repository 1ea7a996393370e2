from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from prosecutions.hearing_querysets import HearingCostQuerySet, WitnessItemQuerySet
from prosecutions.hearing_states import CostKind, NeedState, WitnessNeed, WitnessRole
from prosecutions.models.courts import Hearing
from reference.fields import CodeField
from survivors.models import Survivor


class HearingCost(CaseBearing):
    """What one survivor, or her family, lost by one hearing. Struck out when it was written by mistake.

    The hearing's own sum (`wages_lost`) is what was said in all; these are the single amounts, and a part of
    it. `Hearing.objects.lost_money()` alone says what a hearing cost.
    """

    case = of_case("hearing_costs")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="costs")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="hearing_costs")
    of_family = models.BooleanField(_("lost by the family"), default=False)
    kind = CodeField(_("kind"), choices=CostKind, default=CostKind.WAGE)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ScopedManager.from_queryset(HearingCostQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hearing_cost_is_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="hearing_cost_currency", condition=Q(currency__regex="^[A-Z]{3}$")),
        ]

    class Privacy:
        neutral = {"hearing", "survivor", "of_family", "kind", "amount", "currency", "struck_at"}

    @property
    def whose(self):
        """Whose loss it was, by pseudonym."""
        if self.of_family:
            return _("family of %(name)s") % {"name": self.survivor.called}
        return self.survivor.called


class CalledWitness(CaseBearing):
    """Somebody else who is called to speak at a hearing: an officer, a doctor, a neighbour."""

    case = of_case("called_witnesses")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="witnesses")
    role = CodeField(_("called as"), choices=WitnessRole, default=WitnessRole.WITNESS)
    label = models.CharField(_("who"), max_length=200, blank=True)
    called = models.BooleanField(_("called"), default=True)

    class Privacy:
        sensitive = {"label"}
        neutral = {"hearing", "role", "called"}


class WitnessItem(CaseBearing):
    """One thing that a survivor who is called needs for that day, and whether somebody has seen to it."""

    case = of_case("witness_items")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="witness_items")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="witness_items")
    need = CodeField(_("what"), choices=WitnessNeed)
    state = CodeField(_("state"), choices=NeedState, default=NeedState.OPEN)
    sees_to_it = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("who sees to it")
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ScopedManager.from_queryset(WitnessItemQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="witness_item_once", fields=["hearing", "survivor", "need"])
        ]
        indexes = [models.Index(name="witness_item_open", fields=["hearing"], condition=Q(state="open"))]

    class Privacy:
        sensitive = {"note"}
        neutral = {"hearing", "survivor", "need", "state", "sees_to_it", "due_on"}
