"""Figures that were counted ahead, as exact as if they were counted now.

    narrow = Narrow(offices={3, 4}, casework_type="csec", donors=("USAID",))
    sums = Rollups(cases, today, narrow=narrow, period=period)
    sums.value("people_relieved")                       # as Figure.value(cases, today, period)
    sums.value("people_relieved", period=march)         # any span of whole months
    sums.value("cases_open", office=3)
    sums.parts("adjournments_by_reason")                # {code: Quantity}, the highest first
    sums.by_office("cases_open")                        # {office id: value}
    sums.cases, sums.offices                            # how many cases, of which offices
    sums.page("hearings_total", 0, 50, code="held")     # the Rows of the first page of the list behind it
    sums.behind                                         # more cases wait to be counted than are counted now

`cases` is the queryset of cases that `narrow` describes; both say the same. A period is made of whole months.
Figures that are not counted ahead (`figures.recounting.kept`) are counted from the records.

How it is exact: the tallies hold the sums of cases that are open to their office. A case of which a fact has
changed bears a mark since the transaction of the fact; one whose day has come is known by its dates. Of
those the stored rows are taken off and the rows of this moment are added, counted by the same functions. The
cases she is named on beyond her offices' open ones are added row by row. One statement reads all of it, so
that nothing moves in between. When more than LIVE cases wait (after a load, on the first start), the tallies
are given as they are, `behind` says so, and the worker goes through the pile.

Who sees what: never more than she sees in the cases themselves. docs/adr/0068-rollups.md.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from accounts.scope import sees_something, viewer
from figures.catalogue import FIGURES
from figures.figure import FOLDS
from figures.recounting import CASES, Common, kept
from figures.rollup_pages import page_of, place_of
from figures.rollup_parts import Part, folded, grouped, part_of, part_of_sums, whole_of
from figures.rollup_statement import (
    DUE,
    DUE_ROW,
    LIVE,
    MARKED,
    MARKED_ROW,
    NAMED,
    OF_MONTH,
    TALLIED,
    Narrow,
    Question,
    of_the_day,
)
from figures.rollup_waiting import Waiting
from figures.rows import Row, within
from reference.values import Quantity

__all__ = ["Narrow", "Rollups"]
Period = tuple[date, date] | None


class Rollups:
    """The sums of some cases as the viewer may see them, read in one statement; see above.

    `names`: the figures that the page shows (all others still answer, each with a statement of its own);
    `by_month` those of them that it shows month by month, over the whole months of `months`.
    """

    def __init__(  # noqa: PLR0913
        self, cases: Any, today: date, *, narrow: Narrow | None = None, period: Period = None,
        names: Collection[str] | None = None, months: Period = None, by_month: Collection[str] = (),
    ):  # fmt: skip
        self.cases_asked, self.today, self.narrow, self.period = cases, today, narrow or Narrow(), period
        self.names = {*kept()} if names is None else {*names} & {*kept()}
        window = months if by_month else None
        whole = period if period is None or aligned(period) else None
        self.question = Question(self.narrow, today, self.names | {CASES}, whole, window, {*by_month})
        self._others: dict[Any, Rollups] = {}
        self._counted: dict[str, list[Row]] = {}

    def value(self, name: str, *, period: Period = None, office: int | None = None, code: str = "") -> Any:
        """What the figure comes to under this cut; of several parts, the sum of them."""
        cut = (name, self.span(name, period), office, code)
        if self.is_slow(*cut):
            figure = FIGURES[name]
            return (figure.fold or FOLDS[figure.kind])(self.slow_rows(*cut))
        return folded(name, self.cut(*cut))

    def parts(self, name: str, *, period: Period = None, office: int | None = None) -> dict[str, Quantity]:
        """{code: sum} of a figure of several parts, the largest first."""
        cut = (name, self.span(name, period), office, "")
        if self.is_slow(*cut):
            return FOLDS["per_code"](self.slow_rows(*cut))
        sums = {code: part.quantity for code, part in grouped(self.cut(*cut), "code").items() if part.n}
        return dict(sorted(sums.items(), key=lambda item: (-(item[1].low or 0), item[0])))

    def by_office(self, name: str, *, period: Period = None) -> dict[int, Any]:
        """{office: value} of each office that has cases."""
        return {office: self.value(name, period=period, office=office) for office in self.offices}

    def count(self, name: str, *, period: Period = None, office: int | None = None, code: str = "") -> int:
        """How many rows stand behind a number."""
        cut = (name, self.span(name, period), office, code)
        return len(self.slow_rows(*cut)) if self.is_slow(*cut) else whole_of(self.cut(*cut)).n

    def page(
        self, name: str, start: int, size: int, *, period: Period = None, office: int | None = None,
        code: str = "",
    ) -> list[Row]:  # fmt: skip
        """The rows behind a number from `start` on, so many at most, the newest first."""
        cut = (name, self.span(name, period), office, code)
        if self.is_slow(*cut):
            return sorted(self.slow_rows(*cut), key=place_of)[start : start + size]
        return page_of(self, cut, start, size)

    @cached_property
    def offices(self) -> list[int]:
        """The offices of which there are cases."""
        found = grouped(self.cut(CASES, None, None, ""), "office")
        return sorted(office for office, part in found.items() if part.n)

    @cached_property
    def cases(self) -> int:
        """How many cases there are."""
        return whole_of(self.cut(CASES, None, None, "")).n

    @property
    def waiting(self) -> set[UUID]:
        """The cases of which a fact or the day has changed since they were counted; LIVE and one at most."""
        return self._read[MARKED]

    @property
    def behind(self) -> bool:
        """Do more cases wait to be counted than can be counted for one page?"""
        return len(self.waiting) > LIVE

    # From here on: where the sums come from.

    def span(self, name: str, period: Period) -> Period:
        """Of the day, whatever the period; else the span asked for, else that of the whole page."""
        return None if of_the_day(name) else period or self.period

    def is_slow(self, name: str, period: Period, _office: Any, _code: str) -> bool:
        """Not counted ahead, or asked for days that are no whole months."""
        return name not in kept() or (period is not None and not aligned(period))

    def slow_rows(self, name: str, period: Period, office: int | None, code: str) -> list[Row]:
        """The rows from the records of all the cases."""
        cases = self.cases_asked if office is None else self.cases_asked.filter(office=office)
        rows = FIGURES[name].rows(cases, self.today, period)
        return [row for row in rows if not code or row.code == code]

    def cut(self, name: str, period: Period, office: int | None, code: str) -> list[Part]:
        """The sums of a figure under a cut, with what has changed since."""
        found = self._tallied(name, period, office)
        if found is None:
            return self._another(name, period).cut(name, period, office, code)
        return [
            part
            for part in (*found, *self._changed(name, period))
            if (office is None or part.office == office) and (not code or part.code == code)
        ]

    def _tallied(self, name: str, period: Period, office: int | None) -> list[Part] | None:
        """From what was read for the page: of its period, or of its months; None for any other cut."""
        asked = self.question
        if name in asked.names and (of_the_day(name) or period == asked.period):
            return self._read[TALLIED].get(name, [])
        first, last = asked.window or (date.max, date.min)
        if period and office is None and name in asked.by_month and first <= period[0] and period[1] <= last:
            return [part for part in self._read[OF_MONTH].get(name, []) if part.lies_in(period)]
        return None

    def _another(self, name: str, period: Period) -> "Rollups":
        """For a period or figures that the page did not name: a statement that is whole by itself."""
        place = (period, name in self.question.names)
        if place not in self._others:
            names = self.question.names if place[1] else None
            other = Rollups(self.cases_asked, self.today, narrow=self.narrow, period=period, names=names)
            self._others[place] = other
        return self._others[place]

    def _changed(self, name: str, period: Period) -> list[Part]:
        """What has changed since the sums were made, and the cases that stand in no sum of hers."""
        found = [part for part in self._read[NAMED].get(name, []) if part.lies_in(period)]
        live = [row for row in self.live_rows(name) if within(row.on, period)]
        return found + [part_of(row, self.office_of[row.case_id]) for row in live]

    def live_rows(self, name: str) -> list[Row]:
        """The rows of the cases that wait, counted at this moment."""
        if self._live is None:
            return []
        if name not in self._counted:
            counted = cases_of if name == CASES else FIGURES[name].count
            self._counted[name] = counted(self._live)
        return self._counted[name]

    @cached_property
    def office_of(self) -> dict[UUID, int]:
        """The office of each case that waits."""
        return {case.id: case.office_id for case in self._live.table("cases")} if self._live else {}

    @cached_property
    def _live(self) -> Common | None:
        """The cases that wait, as the viewer sees them now."""
        if not self.waiting or self.behind:
            return None
        return Waiting(self.cases_asked.filter(pk__in=self.waiting), self.today)

    @cached_property
    def _read(self) -> dict[str, Any]:
        """Everything that was asked of the database, in one statement."""
        rows = list(self.question.statement()) if sees_something(viewer()) else []
        marked = {row[1] for row in rows if row[0] == MARKED}
        due = {row[1] for row in rows if row[0] == DUE} - marked
        behind = len(marked | due) > LIVE
        found: dict[str, Any] = {TALLIED: {}, OF_MONTH: {}, NAMED: {}, MARKED: marked | due}
        for row in rows:
            kind, case_id, name = row[0], row[1], row[3]
            if kind in (TALLIED, OF_MONTH):
                found[kind].setdefault(name, []).append(part_of_sums(row))
            elif kind == NAMED and (behind or case_id not in found[MARKED]):
                found[NAMED].setdefault(name, []).append(part_of_sums(row))
            elif not behind and (kind == MARKED_ROW or (kind == DUE_ROW and case_id in due)):
                found[NAMED].setdefault(name, []).append(part_of_sums(row).taken_off())
        return found


def cases_of(snapshot: Common) -> list[Row]:
    """The cases themselves."""
    return [
        snapshot.row(case, "cases.Case", "", case_id=case.id, on=case.opened_on)
        for case in snapshot.by_case.values()
    ]


def aligned(period: tuple[date, date]) -> bool:
    """Is it made of whole months?"""
    first, last = period
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]
