"""The figures of a case as its file expects them: what a reader must get back."""

from casefiles.telling import quantity_out
from cases.models import Case
from figures.catalogue import EXPECTED, FIGURES
from figures.figure import LIST, PER_CURRENCY, PER_KEY, SCORES
from figures.snapshot import Snapshot
from reference.values import PartialDate

# To as many decimals as an average of sub-domains is worth.
DECIMALS = 4


def expected_of(case, day):
    """{figure: value} of this case alone on the last day that `day` can mean; empty ones are left out."""
    mine = Case.objects.filter(pk=case.pk)
    seen = Snapshot(mine, PartialDate(day).last, mine)
    said = {name: said_of(FIGURES[name], seen) for name in EXPECTED}
    return {name: value for name, value in said.items() if value not in (None, {}, [])}


def said_of(figure, seen):
    """One figure as YAML writes it; None where there is nothing to say."""
    value = figure.value(seen)
    if value is None:
        return None
    if figure.kind == LIST:
        return sorted(value)
    if figure.kind == PER_CURRENCY:
        return {currency: quantity_out(amount) for currency, amount in sorted(value.items()) if currency}
    if figure.kind == PER_KEY:
        return {key: quantity_out(amount) for (_number, key), amount in sorted(value.items()) if key}
    if figure.kind == SCORES:
        return {key: changes_of(changes) for (_number, key), changes in sorted(value.items()) if key}
    return quantity_out(value)


def changes_of(changes):
    return {domain: round(float(change), DECIMALS) for domain, change in sorted(changes.items())}
