"""What became of survivors after relief, by half-year, and how their scores stand."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.agreement import share
from aftercare.models import SecondRating
from aftercare.states import Domain
from dashboards.speed import MOST, month_said
from figures.roads import KINDS, MOMENTS, Cohort, cohorts, roads, standings
from figures.snapshot import Snapshot
from reference import charts
from reference.curves import days_of

LEAST = 11  # of fewer survivors no share and no median is told
AT = (6, 12, 24, 36)  # months since relief that can be asked for
STEPS = (0, 6, 12, 18, 24, 30, 36)
RATINGS = 200
WORDS = {
    "restored": gettext_lazy("Restored"),
    "reintegrated": gettext_lazy("Reintegrated"),
    "moved": gettext_lazy("Moved"),
    "lost": gettext_lazy("Contact lost"),
    "died": gettext_lazy("Died"),
    "other": gettext_lazy("Another end"),
}
IN_CARE = gettext_lazy("In care")
COHORTS = 12


class RoadPage:
    """The survivors under the filters, by the half-year of their relief."""

    def __init__(self, scope, months, half):
        self.scope = scope
        self.months = months if months in AT else 12
        self.too_many = scope.cases.order_by()[: MOST + 1].count() > MOST
        self.snapshot = Snapshot(scope.cases.none() if self.too_many else scope.cases, scope.today)
        self.roads = [road for road in roads(self.snapshot) if self._asked(road)]
        self.cohorts = cohorts(self.roads)
        self.half = next((key for key in self.cohorts if key and key_of(key) == half), None)

    def _asked(self, road):
        """In the period, where one is asked for: half-years that begin in it."""
        if self.scope.period is None:
            return True
        if road.cohort is None:
            return False
        year, half = road.cohort
        first, last = self.scope.period
        return (first.year, first.month) <= (year, 6 * half) and (year, 6 * half - 5) <= (
            last.year,
            last.month,
        )

    @cached_property
    def chosen(self):
        """The half-year that was asked for, or all together."""
        return self.cohorts[self.half] if self.half else Cohort(self.roads)

    @property
    def chosen_said(self):
        return said_half(self.half) if self.half else _("All half-years together")

    @property
    def enough(self):
        return len(self.chosen.known) >= LEAST

    def chart(self):
        """The share of each end by months since relief, in care on top, of those who could be followed."""
        incidence = self.chosen.incidence()
        shares = [(month, incidence.at(days_of(month))) for month in STEPS]
        shares = [(month, found) for month, found in shares if found is not None]
        kinds = [kind for kind in KINDS if any(found[kind] for _month, found in shares)]
        parts = {kind: [round(100 * found[kind]) for _month, found in shares] for kind in kinds}
        still = [100 - sum(parts[kind][place] for kind in kinds) for place in range(len(shares))]
        series = {str(WORDS[kind]): parts[kind] for kind in kinds} | {str(IN_CARE): still}
        return charts.stacked([month_said(month) for month, _found in shares], series) if shares else None

    def rows(self):
        """Each half-year at the months that were asked for."""
        found = []
        for key, cohort in list(self.cohorts.items())[:COHORTS]:
            found.append({"cells": [self._first(key), *self._cells(cohort)]})
        return found

    def total(self):
        return {"cells": [{"text": _("All")}, *self._cells(Cohort(self.roads))]} if self.roads else None

    def _first(self, key):
        if key is None:
            return {"text": _("No half-year known")}
        return {"text": said_half(key), "url": self.scope.url("road-show", half=key_of(key), at=self.months)}

    def _cells(self, cohort):
        shares = cohort.incidence().at(days_of(self.months)) if len(cohort.known) >= LEAST else None
        watched = cohort.watched(days_of(self.months))
        still = None if shares is None else 1 - sum(shares.values())
        return [
            {"text": len(cohort.roads), "num": True},
            {"text": watched, "num": True, "wide": True},
            *({"text": percent(share), "num": True, "wide": kind in ("died", "other", "reintegrated")}
              for kind, share in [(kind, shares[kind] if shares else None) for kind in KINDS]),
            {"text": percent(still), "num": True},
            {"text": cohort.unknown, "num": True},
        ]  # fmt: skip

    def columns(self):
        return [
            {"label": _("Relieved in")}, {"label": _("Survivors"), "num": True},
            {"label": _("Followed so long"), "num": True, "wide": True},
            *({"label": WORDS[kind], "num": True, "wide": kind in ("died", "other", "reintegrated")}
              for kind in KINDS),
            {"label": IN_CARE, "num": True}, {"label": _("Not enough information"), "num": True},
        ]  # fmt: skip

    def scores(self):
        """The median of each domain at each moment, and of how many nothing can be said."""
        survivors = {road.survivor_id for road in self.chosen.roads}
        found = standings(self.snapshot, survivors)
        return [
            {"label": label, "cells": [cell_of(one) for one in found[domain]]}
            for domain, label in Domain.choices
            if domain in found
        ]

    @property
    def moments(self):
        return [_("At intake"), *(month_said(month) for month in MOMENTS[1:])]

    def agreement(self):
        """How far two people who scored the same survivor chose the same step, of the latest ratings."""
        ratings = SecondRating.objects.filter(case__in=self.scope.cases.order_by().values("pk"))
        ratings = ratings.select_related("assessment").order_by("-created_at", "pk")[:RATINGS]
        ratings = ratings.prefetch_related("assessment__part_scores__part")
        rows = [
            (row.part, row.value, rating.scores.get(row.part.code))
            for rating in ratings
            for row in rating.assessment.part_scores.all()
        ]
        return {"ratings": len(ratings), **share(rows)}


def cell_of(standing):
    """A median with the numbers beside it; of fewer than eleven none."""
    facts = {"scored": standing.scored, "unknown": standing.unknown}
    return {
        "median": f"{standing.median:.1f}" if standing.scored >= LEAST else "",
        "scored": _("%(scored)s scored") % facts,
        "unknown": _("%(unknown)s not enough information") % facts,
        "part": round(100 * standing.scored / (standing.scored + standing.unknown))
        if standing.scored + standing.unknown
        else 0,
        "due": standing.scored + standing.unknown,
    }


def percent(share):
    return "–" if share is None else f"{round(100 * share)} %"


def key_of(half):
    return f"{half[0]}-{half[1]}"


def said_half(half):
    year, part = half
    if part == 1:
        return _("First half of %(year)s") % {"year": year}
    return _("Second half of %(year)s") % {"year": year}
