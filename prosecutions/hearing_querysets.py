"""Words to ask with for what hangs from a hearing."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from cases.querysets import OfCaseQuerySet
from prosecutions.hearing_states import NeedState


@dataclass(frozen=True)
class Loss:
    """What one hearing cost families in one currency; low and high differ where only a range is known."""

    hearing_id: UUID
    currency: str
    low: Decimal
    high: Decimal


def together(said, single):
    """The losses of hearings, one for each hearing and currency, from sums and single amounts.

    The sum that was said in all holds the single amounts: the larger of the two is what was lost, so that
    nothing is counted twice and nothing that was written down first is lost.
    """
    found = {(pk, currency): Loss(pk, currency, low, high) for pk, currency, low, high in said if currency}
    sums = {}
    for pk, currency, amount in single:
        sums[pk, currency] = sums.get((pk, currency), 0) + amount
    for (pk, currency), amount in sums.items():
        whole = found.get((pk, currency), Loss(pk, currency, amount, amount))
        found[pk, currency] = Loss(pk, currency, max(whole.low, amount), max(whole.high, amount))
    return list(found.values())


def losses(hearings):
    """What these hearings cost, in two queries."""
    hearings = hearings.order_by()
    columns = ("pk", "wages_lost_currency", "wages_lost_low", "wages_lost_high")
    said = hearings.exclude(wages_lost_currency="").values_list(*columns)
    costs = hearings.model.costs.rel.related_model.objects.standing()
    costs = costs.filter(hearing__in=hearings.values("pk"))
    return together(said, costs.values_list("hearing_id", "currency", "amount"))


class HearingCostQuerySet(OfCaseQuerySet):
    """Words to ask for costs of hearings with."""

    def standing(self):
        """Those that were not struck out."""
        return self.filter(struck_at=None)

    def for_list(self):
        return self.select_related("survivor").order_by("created_at", "pk")


class WitnessItemQuerySet(OfCaseQuerySet):
    """Words to ask for the needs of witnesses with."""

    def of_called(self):
        """Of survivors who are still called to the hearing."""
        attended = "hearing__attendances__"
        return self.filter(**{f"{attended}survivor": F("survivor"), f"{attended}called": True})

    def missing(self):
        """Nobody has seen to it yet."""
        return self.of_called().filter(state=NeedState.OPEN)

    def for_list(self):
        return self.select_related("survivor", "sees_to_it").order_by("survivor__key", "created_at", "pk")
