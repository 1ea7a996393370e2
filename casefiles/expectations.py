"""Do the figures that a file expects come out of the database?"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.models import Case
from figures.catalogue import FIGURES
from figures.rows import NOTHING
from figures.snapshot import Snapshot
from reference.values import PartialDate, Quantity, plain


@dataclass(frozen=True)
class Finding:
    """One figure of one file: what it should be, what it is."""

    file: str
    figure: str
    expected: str
    got: str
    ok: bool


def findings(outcome, number_of):
    """Recompute every expected figure of a loaded file, as of its own day, from it and the files it names."""
    expect = {name: value for name, value in outcome.expect.items() if name != "with"}
    folder = outcome.file.path.resolve().parent
    others = [number_of.get(folder / name) for name in outcome.expect.get("with", ())]
    case = Case.objects.get(number=outcome.number)
    among = Case.objects.filter(number__in=[outcome.number, *filter(None, others)])
    seen = Snapshot(Case.objects.filter(pk=case.pk), day_of(case), among)
    return [_finding(outcome, name, expected, FIGURES[name], seen) for name, expected in expect.items()]


def day_of(case):
    """A vague `as_of` ends on its last day."""
    return PartialDate(case.as_of).last


def _finding(outcome, name, expected, figure, seen):
    got = figure.value(seen)
    if figure.kind in ("per_key", "scores"):
        got = {key: value for (_number, key), value in got.items()}
    found = exact_share(figure.rows(seen)) if figure.kind == "percent" else got
    ok = COMPARE[figure.kind](expected, found)
    return Finding(outcome.file.path.name, name, shown(expected), shown(got), ok)


def same_quantity(expected, got):
    """Equal in meaning: 12 and 12.0; ..24 and 0..24; nothing to say is none."""
    return _bare(Quantity.of(expected)) == _bare(got if got is not None else NOTHING)


def _bare(number):
    return number.low or Decimal(0), number.high, number.about


def same_currencies(expected, got):
    """A currency that is left out has nothing in it."""
    return all(
        same_quantity(expected.get(currency, 0), got.get(currency, NOTHING))
        for currency in expected.keys() | got
    )


def same_keys(expected, got):
    """Every person that the file names; of others the facts settle nothing that it says."""
    return all(key in got and same_quantity(value, got[key]) for key, value in expected.items())


def same_scores(expected, got):
    """Changes as exact as the file writes them, to one decimal at least."""
    return expected.keys() == got.keys() and all(
        changes.keys() == got[key].keys()
        and all(_as_exact(value, got[key][domain]) for domain, value in changes.items())
        for key, changes in expected.items()
    )


def _as_exact(expected, got):
    written = Decimal(str(expected))
    decimals = max(1, -written.as_tuple().exponent)
    return abs(written - got) <= Decimal(5).scaleb(-decimals - 1)


def exact_share(rows):
    """The adjournment rate before it is rounded."""
    adjourned = sum(row.code == "adjourned" for row in rows)
    return Decimal(100) * adjourned / len(rows) if rows else None


def same_percent(expected, share):
    """To one decimal; a half may be rounded up or to the even digit."""
    expected = Quantity.of(expected)
    return share is not None and expected.exact and abs(expected.low - share) <= Decimal("0.05")


def same_codes(expected, got):
    return sorted(expected) == sorted(got)


COMPARE = {
    "quantity": same_quantity,
    "per_currency": same_currencies,
    "per_key": same_keys,
    "scores": same_scores,
    "percent": same_percent,
    "list": same_codes,
}


def shown(value):
    """A figure in one line of the table."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(part)}" for key, part in sorted(value.items())) or _("none")
    if isinstance(value, list):
        return ", ".join(sorted(value)) or _("none")
    if isinstance(value, Decimal):
        return plain(value.quantize(Decimal("0.0001")))
    return _("nothing") if value is None else str(value)
