"""Counting for a report: case by case in small steps, holding sums alone, however many cases there are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.models import Case
from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, PERCENT
from figures.roads import roads
from figures.rows import NOTHING, percent
from figures.snapshot import Snapshot
from figures.speed import STEPS, measure, spans
from reference.values import PartialDate, Quantity

AT_A_TIME = 200
NOW, THEN = "now", "then"
# What a report tells, in order, as far as the catalogue knows it and the reader may see it.
TOLD = (
    "cases_opened", "cases_open", "people_found", "people_relieved", "relieved_by_operation",
    "relieved_by_partners", "children_found", "operations_total", "suspects_arrested", "accused_charged",
    "people_restrained", "accused_convicted", "accused_acquitted", "life_sentences", "accused_on_bail",
    "accused_in_custody", "hearings_total", "hearings_adjourned", "adjournment_rate",
    "survivors_in_aftercare", "survivors_testified", "assessments_total", "survivors_restored",
    "compensation_awarded", "compensation_paid", "benefits_paid", "service_costs", "wages_lost",
)  # fmt: skip
# Of these the records say what is true now, not what was a year ago.
ONLY_NOW = ("cases_open", "reviews_due", "survivors_in_aftercare", "caseload")


def figures_for(person: Any, names: Iterable[str] = TOLD) -> list[str]:
    """Those of the names that are counted and that this person may see."""
    return [name for name in names if name in FIGURES and person.can(FIGURES[name].need)]


def year_before(day: date) -> date:
    """The same day a year earlier; the last of February where there is none."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass
class Report:
    """The sums of a report: {(figure, which view, part of it): {currency or code: amount}}."""

    names: list[str]
    first: date
    last: date
    sums: dict[tuple, dict[str, Quantity]] = field(default_factory=dict)
    rows: Counter = field(default_factory=Counter)  # (figure, view, part, currency): how many rows
    waits: dict[str, Counter] = field(default_factory=dict)  # of each step of justice: (days, how) counted
    ends: dict[Any, Counter] = field(default_factory=dict)  # of each half-year of relief: (days, end) counted
    care: bool = False  # may the reader be told of aftercare?
    cases: int = 0

    def take(self, cases: Any, office_of: dict) -> None:
        """Some more cases."""
        self.cases += len(office_of)
        seen = Snapshot(cases, self.last)
        before = seen.on(year_before(self.last))
        period, earlier = (self.first, self.last), (year_before(self.first), year_before(self.last))
        for name in self.names:
            of_the_day = FIGURES[name].of_the_day
            for row in FIGURES[name].rows(seen, period=None if of_the_day else period):
                self.add(name, NOW, "", row)
                self.add(name, "office", office_of[row.case_id], row)
                if not of_the_day:
                    self.add(name, "month", month_of(row.on), row)
            if name not in ONLY_NOW:
                for row in FIGURES[name].rows(before, period=None if of_the_day else earlier):
                    self.add(name, THEN, "", row)
        waiting = spans(seen)
        for step in STEPS:
            found = measure([span for span in waiting if span.step == step], self.last)
            self.waits.setdefault(step, Counter()).update(found.tally)

        for road in roads(seen) if self.care else ():
            known = road.cared and road.days is not None
            self.ends.setdefault(road.cohort, Counter())[road.days if known else None, road.end] += 1

    def add(self, name: str, view: str, part: Any, row: Any) -> None:
        """A row under its currency; of a rate under its code, which says on which side it stands."""
        kind = row.code if FIGURES[name].kind == PERCENT else row.currency
        sums = self.sums.setdefault((name, view, part), {})
        sums[kind] = sums.get(kind, NOTHING) + row.amount
        self.rows[name, view, part, row.currency] += 1

    def value(self, name: str, view: str = NOW, part: Any = "") -> Any:
        """A Quantity, {currency: Quantity} for money, None where nothing can be said."""
        sums = self.sums.get((name, view, part), {})
        figure = FIGURES[name]
        if view == THEN and name in ONLY_NOW:
            return None
        if figure.kind == PER_CURRENCY:
            return sums
        if figure.kind == PERCENT:
            return rate(sums)
        return sum(sums.values(), NOTHING)

    def parts(self, name: str, view: str) -> dict[Any, Any]:
        """{part: value} of one figure: by office, or by month."""
        return {part: self.value(name, view, part) for n, v, part in self.sums if (n, v) == (name, view)}


def rate(sums: dict[str, Quantity]) -> Quantity | None:
    """Adjourned hearings of those held or adjourned."""
    counts = {code: int(amount.low or 0) for code, amount in sums.items()}
    return percent(counts.get("adjourned", 0), sum(counts.values()))


def month_of(on: Any) -> date | None:
    """The first day of the month that a date lies wholly in."""
    if isinstance(on, PartialDate) and (on.first.year, on.first.month) == (on.last.year, on.last.month):
        return on.first.replace(day=1)
    return None


def cases_of(filters: dict) -> Any:
    """The cases that the filters of a report mean, as whoever looks sees them."""
    names = {"office": "office_id", "kind_of_case": "casework_type"}
    return Case.objects.matching(**{column: filters.get(name) for name, column in names.items()})


def counted(work: Any, report: Report, filters: dict) -> Report:
    """Count step by step, each in a transaction of its own as whoever asked."""
    with work.step():
        keys = list(cases_of(filters).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        with work.step():
            cases = Case.objects.filter(pk__in=keys[start : start + AT_A_TIME])
            report.take(cases, dict(cases.values_list("pk", "office_id")))
        work.told(min(start + AT_A_TIME, len(keys)), max(len(keys), 1))
    return report


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months of a span."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months
