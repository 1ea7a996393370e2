"""The one statement that reads everything a page of figures needs of what was counted ahead."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, Q, QuerySet, Sum, UUIDField, Value, When
from django.db.models import Case as DatabaseCase
from django.db.models.functions import Cast, Coalesce

from accounts.scope import viewer
from cases.querysets import AppNow, by_reach, cases_named_on
from figures.catalogue import FIGURES
from figures.models import Counted, CountedRow, Mark, Tally
from figures.recounting import CASES

TALLY_FIELDS = {field.name: field for field in Tally._meta.concrete_fields}
LIVE = 300  # so many cases that wait are counted for one page
WHOLE = (date(1, 1, 1), date(9999, 12, 31))  # the span of a sum of all time
TALLIED, OF_MONTH, MARKED, DUE, NAMED = "tallied", "month", "marked", "due", "named"
MARKED_ROW, DUE_ROW = "marked row", "due row"
SUMS = ("n", "low", "high", "open_n", "about_n")
PART = ("figure", "code", "currency")


def in_tallies() -> Q:
    """The cases whose sums the viewer sees: a principal counts them all."""
    return Q() if viewer().principal else by_reach(viewer())


@dataclass(frozen=True)
class Narrow:
    """Which cases: of these offices, of a type, paid by one of these donors; None and nothing: all."""

    offices: frozenset[int] | None = None
    casework_type: str = ""
    donors: tuple[str, ...] | None = None

    @property
    def donor_words(self) -> list[str]:
        """The donors as the tallies know them."""
        return sorted({" ".join(name.split())[:200] for name in self.donors or ()})

    def tallies(self) -> QuerySet:
        """The sums of just these cases."""
        rows = Tally.objects.filter(in_tallies(), casework_type=self.casework_type)
        rows = rows.filter(donor="") if self.donors is None else rows.filter(donor__in=self.donor_words)
        return rows if self.offices is None else rows.filter(office_id__in=self.offices)

    def counted(self, rows: QuerySet) -> QuerySet:
        """Rows of these cases, as they were when they were counted."""
        if self.offices is not None:
            rows = rows.filter(office_id__in=self.offices)
        if not self.casework_type and self.donors is None:
            return rows
        cases = Counted.objects.all()
        if self.casework_type:
            cases = cases.filter(casework_type=self.casework_type)
        if self.donors is not None:
            cases = cases.filter(donors__overlap=self.donor_words)
        return rows.filter(case_id__in=cases.values("case_id"))


@dataclass(frozen=True)
class Question:
    """What a page wants to know: these figures over its period, and some of them by month of a window."""

    narrow: Narrow
    today: date
    names: Collection[str]
    period: tuple[date, date] | None = None
    window: tuple[date, date] | None = None
    by_month: Collection[str] = ()

    def statement(self) -> QuerySet:
        """Rows of (kind, case, office, figure, code, currency, first, last, *SUMS)."""
        rows, marks, due = CountedRow.objects.filter(figure__in=self.names), self.marks(), self.due()
        mine = rows.filter(in_tallies())
        parts = [
            *self.sums(self.narrow.tallies()),
            _listed(marks, MARKED),
            _listed(due, DUE),
            _single(self.narrow.counted(mine.filter(case_id__in=_first(marks))), MARKED_ROW),
            _single(self.narrow.counted(mine.filter(case_id__in=_first(due))), DUE_ROW),
        ]
        if not viewer().principal:
            named = rows.filter(case_id__in=cases_named_on(viewer())).exclude(in_tallies())
            parts.append(_single(self.narrow.counted(named), NAMED))
        return parts[0].union(*parts[1:], all=True)

    def sums(self, tallies: QuerySet) -> Iterable[QuerySet]:
        """The sums of the whole page, and by month those of its window."""
        whole = tallies.filter(first=WHOLE[0], last=WHOLE[1])
        if self.period is None:
            yield _summed(whole.filter(figure__in=self.names), TALLIED)
        else:
            always = {name for name in self.names if of_the_day(name)}
            yield _summed(whole.filter(figure__in=always), TALLIED)
            yield of_period(tallies, self.period, set(self.names) - always)
        if self.window:
            first, last = self.window
            months = tallies.filter(first__gte=first, first__lte=last, last__lte=last)
            yield _summed(months.filter(figure__in=self.by_month), OF_MONTH, months=True)

    def marks(self) -> QuerySet:
        """Marks of cases whose facts have changed: of her offices, or of a case on which she is named."""
        marks, user = Mark.objects.all(), viewer()
        if not user.sees_everywhere and not user.principal:
            within_reach = Q(office_id__in=user.offices_in_reach)
            marks = marks.filter(within_reach | Q(case_id__in=cases_named_on(user)))
        if self.narrow.offices is not None:
            marks = marks.filter(office_id__in=self.narrow.offices)
        return marks

    def due(self) -> QuerySet:
        """Cases in which something changes with the day, counted as of another one."""
        over = Q(until__lt=self.today) | Q(since__gt=self.today) | Q(lapses_at__lte=AppNow())
        return self.narrow.counted(Counted.objects.filter(over))


def of_the_day(name: str) -> bool:
    """Is it true of the day, whatever period is asked for?"""
    return name == CASES or FIGURES[name].of_the_day


def of_period(tallies: QuerySet, period: Any, names: Iterable[str]) -> QuerySet:
    """The sums of what surely lies in these months, by office."""
    first, last = period
    rows = tallies.filter(first__gte=first, first__lte=last, last__lte=last, figure__in=list(names))
    return _summed(rows, TALLIED)


def _summed(tallies: QuerySet, kind: str, *, months: bool = False) -> QuerySet:
    """Sums by office and part; or over all offices, by month."""
    by = ("figure", "code", "currency", *(("first", "last") if months else ("office_id",)))
    sums = {f"{name}_": Sum(name) for name in SUMS}
    rows = tallies.order_by().values(*by).annotate(**sums, **_nothing(kind))
    office, *span = ("office_", "first", "last") if months else ("office_id", "first_", "last_")
    return rows.values_list("kind_", "case_", office, *PART, *span, *sums)


def _first(cases: QuerySet) -> QuerySet:
    """The same cases that `_listed` gives."""
    return cases.order_by("case_id").values("case_id").distinct()[: LIVE + 1]


def _listed(cases: QuerySet, kind: str) -> QuerySet:
    """Keys of cases and nothing else."""
    empty_ = dict.fromkeys(("figure_", "code_", "currency_"), Cast(Value(""), CharField()))
    sums = {f"{name}_": _number(0, name) for name in SUMS}
    rows = cases.annotate(**_nothing(kind), **empty_, **sums)
    listed = rows.values_list("kind_", "case_id", "office_", *empty_, "first_", "last_", *sums)
    return listed.order_by("case_id").distinct()[: LIVE + 1]


def _single(rows: QuerySet, kind: str) -> QuerySet:
    """Rows as sums of one."""
    sums = {
        "n_": _number(1, "n"),
        "low_": Coalesce("low", _number(0, "low")),
        "high_": Coalesce("high", _number(0, "high")),
        "open_n_": _one_if(Q(high=None)),
        "about_n_": _one_if(Q(about=True)),
    }
    rows = rows.order_by().annotate(**_nothing(kind), **sums)
    return rows.values_list("kind_", "case_id", "office_id", *PART, "first", "last", *sums)


def _one_if(rule: Q) -> DatabaseCase:
    return DatabaseCase(When(rule, then=1), default=0, output_field=BigIntegerField())


def _nothing(kind: str) -> dict[str, Cast]:
    """The columns that a part of the statement has no answer for."""
    return {
        "kind_": Cast(Value(kind), CharField()),
        "case_": Cast(Value(None), UUIDField()),
        "office_": Cast(Value(None), BigIntegerField()),
        "first_": Cast(Value(None), DateField()),
        "last_": Cast(Value(None), DateField()),
    }


def _number(value: int, column: str) -> Cast:
    return Cast(Value(value), TALLY_FIELDS[column])
