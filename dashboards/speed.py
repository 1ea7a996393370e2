"""Speed of justice on a page: each step as a curve against the past, in words, and as a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Office
from cases.states import CaseworkType
from dashboards.periods import spoken
from figures.snapshot import Snapshot
from figures.speed import ARREST, CHARGE, FINAL, STEPS, VERDICT, Measured, measure, spans
from figures.survival import Curve, kaplan_meier
from reference.curves import Line, curves, days_of, ticks
from reference.templatetags.show import countries

LEAST = 5  # of fewer no share and no median is told
YEARS = 3  # how many calendar years are the present, where no period is asked for
MOST = 20_000  # cases whose records are read for one page
LONGEST = 1826  # days on the axis at most
BY = {
    "office": gettext_lazy("Office"),
    "country": gettext_lazy("Country"),
    "type": gettext_lazy("Casework type"),
}

HALF = {
    ARREST: gettext_lazy("In half of the cases somebody was arrested within %(days)s days of the report."),
    CHARGE: gettext_lazy("Half of those arrested were charged within %(days)s days."),
    VERDICT: gettext_lazy("Half of those charged had a verdict within %(days)s days."),
    FINAL: gettext_lazy("Half of the appeals were over within %(days)s days of the verdict."),
}
NOT_HALF = {
    ARREST: gettext_lazy("In fewer than half of the cases somebody has been arrested so far."),
    CHARGE: gettext_lazy("Fewer than half of those arrested have been charged so far."),
    VERDICT: gettext_lazy("Fewer than half of those charged have a verdict so far."),
    FINAL: gettext_lazy("Fewer than half of the appeals are over so far."),
}


@dataclass
class Side:
    """One of the two curves of a step: this period's, or the past's."""

    measured: Measured
    curve: Curve

    @classmethod
    def of(cls, found, today):
        measured = measure(found, today)
        return cls(measured, kaplan_meier(measured.tally))

    @property
    def enough(self):
        return self.measured.counted >= LEAST

    @property
    def median(self):
        return self.curve.quantile() if self.enough else None

    def median_said(self):
        """The median with its band, or why there is none."""
        if not self.enough:
            return _("too few")
        if self.median is None:
            return _("not half so far")
        return ngettext("%(days)s day", "%(days)s days", self.median) % {"days": self.median}

    def band_said(self):
        low, high = self.curve.quantile_band()
        if self.median is None or low is None:
            return ""
        if high is None:
            return _("95 in 100: %(low)s days or more") % {"low": low}
        return _("95 in 100: %(low)s to %(high)s days") % {"low": low, "high": high}


class Speed:
    """The spans under the filters, parted in those of the period and those that began before it."""

    def __init__(self, scope):
        self.scope, self.today = scope, scope.today
        if scope.period and scope.period[0].year > 1900:
            self.since, self.until = scope.period
        else:
            self.since, self.until = date(self.today.year - YEARS + 1, 1, 1), self.today
        self.too_many = scope.cases.order_by()[: MOST + 1].count() > MOST
        self.snapshot = Snapshot(scope.cases.none() if self.too_many else scope.cases, self.today)
        self.spans = spans(self.snapshot)

    @property
    def said(self):
        """The two groups in words."""
        if self.scope.period and self.scope.period[0].year > 1900:
            return spoken(self.scope.period)
        return _("%(first)s to %(last)s") % {"first": self.since.year, "last": self.today.year}

    def part(self, step, *, past=False, keep=lambda span: True):
        """The spans of a step that began in the period, or before it; without a date they began nowhere."""
        return [
            span for span in self.spans if span.step == step and keep(span) and self._began(span, past=past)
        ]

    def _began(self, span, *, past):
        if not span.start:
            return not past
        return span.start.first < self.since if past else self.since <= span.start.first <= self.until

    def steps(self):
        return [self.step(name) for name in STEPS]

    def step(self, name):
        """All that the page says of one step."""
        now, past = Side.of(self.part(name), self.today), Side.of(self.part(name, past=True), self.today)
        shown = [side.curve.last for side in (now, past) if side.enough]
        horizon = min(max([*shown, 30]), LONGEST)
        months = ticks(horizon)
        return {
            "name": name,
            "label": STEPS[name],
            "now": now,
            "past": past,
            "chart": self.chart(now, past, horizon, months) if now.enough or past.enough else None,
            "rows": [row_of(now, past, month) for month in months if month],
            "words": words_of(name, now, past),
            "left_out": left_out_said(now.measured),
            "url": self.scope.url("speed-list", step=name),
        }

    def chart(self, now, past, horizon, months):
        labels = [(month, month_said(month)) for month in months]
        lines = [
            line_of(_("Before"), "past", past, months, band=False),
            line_of(self.said, "now", now, months, band=True),
        ]
        return curves([line for line in lines if line], horizon, labels)

    def table(self, by):
        """The steps of each office, country or type: the medians, now and before, and who waits."""
        named = dict(self._groups(by))
        rows = []
        for step in STEPS:
            part = [span for span in self.part(step) if span.start]
            groups = {self._group_of(span, by) for span in part}
            for key in sorted(groups, key=lambda key: str(named.get(key, key)).casefold()):
                rows.append({"cells": self._cells(step, by, key, named)})
        return rows

    def _cells(self, step, by, key, named):
        keep = lambda span: self._group_of(span, by) == key  # noqa: E731
        now = Side.of(self.part(step, keep=keep), self.today)
        past = Side.of(self.part(step, past=True, keep=keep), self.today)
        return [
            {"text": STEPS[step]}, {"text": named.get(key, key) or "–"},
            {"text": now.measured.counted, "num": True}, {"text": now.median_said(), "num": True},
            {"text": past.median_said(), "num": True, "wide": True},
            {"text": len(now.measured.waiting), "num": True},
            {"text": now.measured.waiting[0][0] if now.measured.waiting else "–", "num": True, "wide": True},
        ]  # fmt: skip

    def _group_of(self, span, by):
        course = self.snapshot.once(_courses)[span.case_id]
        if by == "office":
            return course.office_id
        return course.country if by == "country" else course.casework_type

    def _groups(self, by):
        if by == "office":
            return Office.objects.values_list("pk", "name")
        if by == "type":
            return CaseworkType.choices
        codes = {course.country for course in self.snapshot.table("courses")}
        return [(code, countries([code])) for code in codes if code]


def _courses(snapshot):
    return {course.id: course for course in snapshot.table("courses")}


def line_of(name, look, side, months, *, band):
    if not side.enough:
        return None
    points = side.curve.points
    return Line(
        name=name,
        look=look,
        steps=[(point.time, 1 - point.still) for point in points],
        last=side.curve.last,
        band=[(1 - point.high, 1 - point.low) for point in points] if band else (),
        watched=[side.curve.at_risk(days_of(month)) for month in months],
    )


def row_of(now, past, month):
    """The curve at one time: the share, its band, and how many were watched so long."""
    day, cells = days_of(month), [{"text": month_said(month)}]
    for side in (now, past):
        done, point = (side.curve.done(day), side.curve.at(day)) if side.enough else (None, None)
        cell = {"text": "–" if done is None else f"{done:.0%}".replace("%", " %"), "num": True}
        if point and done is not None:
            cell["note"] = _("95 in 100: %(low)s to %(high)s %%") % {
                "low": round(100 * (1 - point.high)), "high": round(100 * (1 - point.low)),
            }  # fmt: skip
        cells += [cell, {"text": side.curve.at_risk(day), "num": True, "wide": True}]
    return {"cells": cells}


def month_said(month):
    """0, 6 months, 2 years."""
    if month == 0:
        return "0"
    if month % 12 == 0:
        return ngettext("%(count)s year", "%(count)s years", month // 12) % {"count": month // 12}
    return ngettext("%(count)s month", "%(count)s months", month) % {"count": month}


def words_of(step, now, past):
    """What the curve says, sentence by sentence."""
    measured, words = now.measured, []
    if not now.enough:
        words.append(
            ngettext(
                "%(count)s began in this time: of fewer than 5 no share is told.",
                "%(count)s began in this time: of fewer than 5 no share is told.",
                measured.counted,
            )
            % {"count": measured.counted}
        )
    elif now.median is not None:
        words.append(HALF[step] % {"days": now.median} + (f" {now.band_said()}." if now.band_said() else ""))
    else:
        words.append(str(NOT_HALF[step]))
    if past.enough and past.median is not None:
        words.append(_("Of those that began before it was %(days)s days.") % {"days": past.median})
    return [*words, *waiting_said(measured)]


def waiting_said(measured):
    """How many wait, and how long the longest has waited."""
    if not measured.waiting:
        return []
    facts = {"count": len(measured.waiting), "days": measured.waiting[0][0]}
    words = ngettext(
        "%(count)s still waits; days so far: %(days)s.",
        "Of %(count)s who still wait the longest has waited %(days)s days.",
        facts["count"],
    )
    return [words % facts]


def left_out_said(measured):
    """What no curve can hold, and why."""
    parts = [
        (measured.undated, _("%(count)s without a date")),
        (measured.vague, _("%(count)s with dates too vague")),
        (measured.backwards, _("%(count)s that ran in another order")),
    ]
    return ", ".join(words % {"count": count} for count, words in parts if count)


ONLY = {
    "waiting": gettext_lazy("Still waiting"),
    "came": gettext_lazy("Done"),
    "gone": gettext_lazy("Closed without it"),
}


def listed(speed, step, only):
    """[(days or None, span)] of one step and one way it went; the longest first, what cannot be told last."""
    found: list[tuple[Any, Any]] = []
    for span in speed.part(step):
        way = "came" if span.came else "gone" if span.gone else "waiting"
        if only in ("", way):
            days = next(iter(measure([span], speed.today).tally), (None, ""))[0]
            found.append((days, span))
    return sorted(found, key=lambda one: (one[0] is None, -(one[0] or 0), str(one[1].pk)))
