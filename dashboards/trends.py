"""Figures month by month with the same months a year before beside them, and the change said with care."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.board import may_see, number, said
from dashboards.periods import months_on, named, spoken, whole
from figures.catalogue import FIGURES
from reference import charts
from reference.templatetags.show import quantity

TRENDS = (
    "people_relieved",
    "suspects_arrested",
    "accused_charged",
    "accused_convicted",
    "survivors_restored",
    "hearings_total",
    "hearings_adjourned",
)
MONTHS = 12
LEAST = 11  # below this a change is told in numbers, and never in per cent


@dataclass
class Trend:
    """One figure over twelve months and the twelve before."""

    name: str
    label: Any
    unit: Any
    chart: dict
    rows: list
    change: str
    unplaced: int  # known to lie in these months, but not in which


def last_months(scope):
    """The twelve months to show: up to this one, or up to the end of the period that was asked for."""
    end = scope.period[1] if scope.period else scope.today
    return [months_on(min(end, scope.today).replace(day=1), back) for back in range(1 - MONTHS, 1)]


def running(first, today):
    """Is this month not over yet?"""
    return whole(first)[1] >= today >= first


def columns_said(scope, months):
    """What the twelve months and the twelve before are called: "this year" only up to this month."""
    if months[-1] == scope.today.replace(day=1):
        return _("This year"), _("A year before")
    last = whole(months[-1])[1]
    before = months_on(months[0], -MONTHS), whole(months_on(months[-1], -MONTHS))[1]
    return spoken((months[0], last)), spoken(before)


def trends_of(scope):
    """The trends that this person may see."""
    months = last_months(scope)
    return [trend_of(scope, name, months) for name in TRENDS if may_see(scope.user, name)]


def trend_of(scope, name, months):
    now = [scope.board.value(name, period=whole(first)) for first in months]
    before = [scope.board.value(name, period=whole(months_on(first, -MONTHS))) for first in months]
    labels = [f"{named(first, short=True)}{'*' if running(first, scope.today) else ''}" for first in months]
    chart = charts.paired(labels, [number(value) for value in now], [number(value) for value in before])
    both = scope.board.value(name, period=(months[0], whole(months[-1])[1]))
    return Trend(
        name=name,
        label=FIGURES[name].label,
        unit=FIGURES[name].unit,
        chart=chart,
        rows=table_of(scope, name, months, now, before),
        change=change_of(scope, name, months),
        unplaced=max(0, number(both) - sum(number(value) for value in now)),
    )


def table_of(scope, name, months, now, before):
    """The numbers under the picture, the latest month first, each with its list."""
    lines = zip(months, now, before, strict=True)
    return [
        {
            "cells": [
                {"text": named(first), "note": _("not over yet") if running(first, scope.today) else ""},
                cell(scope, name, first, here),
                cell(scope, name, months_on(first, -MONTHS), there),
            ]
        }
        for first, here, there in reversed(list(lines))
    ]


def cell(scope, name, first, value):
    return {"text": said(name, value), "num": True, "url": scope.board.url(name, period=f"{first:%Y-%m}")}


def change_of(scope, name, months):
    """The whole months of the twelve against the same months a year before."""
    over = [first for first in months if not running(first, scope.today)]
    if not over:
        return ""
    period = over[0], whole(over[-1])[1]
    year_before = months_on(over[0], -MONTHS), whole(months_on(over[-1], -MONTHS))[1]
    words = change_said(*(scope.board.value(name, period=span) for span in (period, year_before)))
    return _("%(months)s: %(change)s") % {"months": spoken(period), "change": words}


def change_said(now, before):
    """Two counts in words. A percentage only where both are eleven or more, and both are exact."""
    facts = {"now": quantity(now), "before": quantity(before)}
    if not (now.exact and before.exact):
        return _("%(now)s, a year before %(before)s") % facts
    more = int(now.low - before.low)
    if not more:
        return _("%(now)s, as many as a year before") % facts
    facts["count"] = abs(more)
    if more > 0:
        words = ngettext(
            "%(now)s, that is %(count)s more than a year before (%(before)s)",
            "%(now)s, that is %(count)s more than a year before (%(before)s)",
            facts["count"],
        )
    else:
        words = ngettext(
            "%(now)s, that is %(count)s fewer than a year before (%(before)s)",
            "%(now)s, that is %(count)s fewer than a year before (%(before)s)",
            facts["count"],
        )
    if min(now.low, before.low) < LEAST:
        return words % facts
    share = round(100 * more / float(before.low))
    return _("%(words)s, %(share)s %%") % {"words": words % facts, "share": f"{share:+d}".replace("-", "−")}
