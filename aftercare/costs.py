"""What the help for people costs, each amount counted once: for the plan of one person and for figures.

A cost stands with the step as long as it is planned, and with the service once it was spent. What is still to
come of a step is what was planned less what its services have cost; of a step that is over, nothing.
"""

from decimal import Decimal

from django.db.models import Case, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from aftercare.states import GoalStatus, StepStatus
from cases.querysets import OfCaseQuerySet

MONEY = DecimalField(max_digits=16, decimal_places=2)
NOTHING = Value(Decimal(0), output_field=MONEY)
OVER = (
    Q(cost=None)
    | Q(status__in=[StepStatus.DONE, StepStatus.DROPPED])
    | Q(goal__status__in=[GoalStatus.DONE, GoalStatus.DROPPED])
    | ~Q(goal__plan__ended_on="")
)


class ServiceQuerySet(OfCaseQuerySet):
    """Words to ask for services with."""

    def spent(self):
        """Those that cost something."""
        return self.filter(cost__isnull=False)


class GoalStepQuerySet(OfCaseQuerySet):
    """Words to ask for the steps of goals with."""

    def with_rest(self):
        """Annotates `spent`, what its services have cost in its own currency, and `rest`, what is to come."""
        services = self.model._meta.get_field("services").related_model.objects
        of_step = services.filter(step=OuterRef("pk"), cost_currency=OuterRef("cost_currency"))
        sums = of_step.order_by().values("step").annotate(sum=Sum("cost")).values("sum")
        rows = self.annotate(spent=Coalesce(Subquery(sums, output_field=MONEY), NOTHING))
        rest = Greatest(F("cost") - F("spent"), NOTHING, output_field=MONEY)
        return rows.annotate(rest=Case(When(OVER, then=NOTHING), default=rest, output_field=MONEY))

    def for_list(self):
        """In the order of the plan."""
        return self.select_related("grant").order_by("position", "pk")


def sums_of(services, steps, by_service, by_step):
    """{(of what, currency): (spent, still to come)}; `by_*` name the column that keeps the sums apart."""
    found = {}
    for key, money, spent in summed(services.spent(), by_service, "cost"):
        found[key, money] = (spent, Decimal(0))
    for key, money, rest in summed(steps.with_rest().filter(rest__gt=0), by_step, "rest"):
        found[key, money] = (found.get((key, money), (Decimal(0),))[0], rest)
    return found


def summed(rows, by, amount):
    """[(of what, currency, sum)]"""
    return rows.order_by().values_list(by, "cost_currency").annotate(sum=Sum(amount))


def costs_of_care(care, services, steps):
    """What the help for one person costs, donor by donor: [{grant, currency, spent, rest, total}]."""
    found = sums_of(services.filter(care=care), steps.filter(goal__plan__care=care), "grant", "grant")
    names = dict(care.case.grants.values_list("pk", "name")) if found else {}
    rows = [
        {"grant": names.get(key, ""), "currency": money, "spent": spent, "rest": rest, "total": spent + rest}
        for (key, money), (spent, rest) in found.items()
    ]
    return sorted(rows, key=lambda row: (not row["grant"], row["grant"], row["currency"]))


def costs_of_goals(plan, services, steps):
    """{key of a goal: [(currency, spent, still to come)]} of one plan."""
    found = {}
    sums = sums_of(
        services.filter(step__goal__plan=plan), steps.filter(goal__plan=plan), "step__goal", "goal"
    )
    for (goal, money), (spent, rest) in sorted(sums.items(), key=lambda one: one[0][1]):
        found.setdefault(goal, []).append((money, spent, rest))
    return found
