"""Who pays for casework, read from what was counted ahead: a list that does not grow with the cases."""

from collections.abc import Iterable

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Left, Lower, Trim

from accounts.scope import viewer
from cases.models import Grant
from cases.querysets import cases_named_on
from figures.models import Tally
from figures.recounting import CASES
from figures.rollup_statement import LIVE, WHOLE, Narrow, Question

LISTED = 2000


def donors() -> list[str]:
    """Those of her offices, and those of the cases that wait or on which she is named; in their order."""
    counted = Tally.objects.filter(figure=CASES, casework_type="", first=WHOLE[0]).exclude(donor="")
    waiting = Question(Narrow(), WHOLE[0], ()).marks().order_by("case_id").values("case_id")[: LIVE + 1]
    parts = [Grant.objects.filter(case_id__in=waiting)]
    if not viewer().principal:
        parts.append(Grant.objects.filter(case_id__in=cases_named_on(viewer())))
    others = [part.order_by().annotate(said=_said()).values_list("said")[:LISTED] for part in parts]
    rows = counted.order_by().values_list("donor").distinct()[:LISTED]
    return sorted({name for (name,) in rows.union(*others) if name})


def paid_by(names: Iterable[str]) -> QuerySet:
    """The keys of the cases that one of them pays for, however the name is spaced or written large."""
    words = {" ".join(name.split())[:200].lower() for name in names}
    return Grant.objects.alias(said=Lower(_said())).filter(said__in=words).values("case_id")


def _said() -> Left:
    """A name as the sums know it: `figures_donors` says the same."""
    once = Func(
        F("name"), Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return Left(Trim(once), 200)
