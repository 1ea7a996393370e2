"""The pages of adjournments: by court, judge, reason, party and office, and one court for the authorities."""

from datetime import date

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.clock import day_of_figures
from dashboards.forms import DashboardFilterForm
from dashboards.periods import months_of, named, span, whole
from figures.adjournment_sums import Sums, alike, those_of
from figures.adjournments import (
    ADJOURNED,
    LEAST,
    RATES,
    SHARES,
    Adjournments,
    Count,
    percent,
    runs_of,
    share_said,
)
from figures.rows import within
from prosecutions.models import Hearing
from reference import charts
from reference.fields import First
from reference.templatetags.show import day, money, quantity

PARTS = {
    "court": gettext_lazy("Court"),
    "judge": gettext_lazy("Judge"),
    "office": gettext_lazy("Office"),
    "reason": gettext_lazy("Reason"),
    "party": gettext_lazy("On whose side"),
    "asked": gettext_lazy("Who asked"),
    "avoidable": gettext_lazy("Avoidable"),
}
ONLY = ("adjourned", "held", "counted")
RUNS, ROWS, YEAR = 10, 50, 366


class AdjournmentFilterForm(DashboardFilterForm):
    """Besides the spans of the dashboard, any days from and to."""

    since = forms.DateField(required=False, label=gettext_lazy("From"))
    until = forms.DateField(required=False, label=gettext_lazy("Until"))
    by = forms.ChoiceField(required=False, choices=PARTS.items(), widget=forms.HiddenInput)


class Asked:
    """What a page of adjournments is asked for: the form, the period, the hearings, and what they come to."""

    def __init__(self, request):
        now = timezone.now()
        user = request.user
        self.now, today = now, day_of_figures(user, now) or timezone.localdate()
        self.form = AdjournmentFilterForm(request.GET, user=user, today=today)
        self.facts = self.form.answers()
        self.by = self.facts["by"] or "court"
        self.period = self.period_of(today)
        self.today = today
        self.hearings = self.narrowed()

    @cached_property
    def sums(self):
        """What they come to, by what was asked for."""
        return Sums(self.hearings, self.period, self.by, runs=RUNS)

    def period_of(self, today):
        """The days that were typed go before the span that was chosen."""
        since, until = self.facts["since"], self.facts["until"]
        if since or until:
            return since or date(1900, 1, 1), until or today
        return span(self.facts["period"], today)

    def narrowed(self):
        rule = Q()
        if self.facts["office"]:
            rule &= Q(office=self.facts["office"])
        if self.facts["region"]:
            rule &= Q(office__in=self.form.places(self.facts["region"]))
        if self.facts["type"]:
            rule &= Q(case__casework_type=self.facts["type"])
        if self.facts["donor"]:
            rule &= Q(case__in=self.form.paid_by(self.facts["donor"]))
        return Hearing.objects.filter(rule)

    def query(self, **more):
        """The filters as they stand, for a link."""
        asked = {name: value for name, value in {**self.facts, **more}.items() if value}
        return {name: str(value) for name, value in asked.items()}

    def list_url(self, part="", key="", only="counted"):
        """The list of the hearings that a number counts."""
        return reverse("dashboards:adjournment-list", query=self.query(by=part, of=key, only=only))

    @property
    def said(self):
        """The period in words."""
        if self.period is None:
            return _("All time")
        first, last = self.period
        if first.year == 1900:
            return _("Until %(last)s") % {"last": day(last)}
        return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def tiles_of(asked):
    """The numbers on top, each with its list."""
    count = asked.sums.all
    return [
        {"label": _("Hearings counted"), "value": count.counted, "url": asked.list_url(),
         "note": _("%(held)s held, in full or in part") % {"held": count.held}},
        {"label": _("Adjourned"), "value": share_said(count.adjourned, count.counted),
         "url": asked.list_url(only="adjourned"),
         "note": _("%(part)s of %(whole)s") % {"part": count.adjourned, "whole": count.counted}},
        {"label": _("Days lost"), "value": count.days_lost, "url": asked.list_url(only="adjourned"),
         "note": without_next(count)},
        {"label": _("Lost by families"), "value": costs_said(count) or "0",
         "url": asked.list_url(only="adjourned"), "note": _("wages and fares, at adjourned hearings")},
    ]  # fmt: skip


def without_next(count):
    """Adjournments of which the days cannot be told."""
    words = ngettext(
        "%(count)s adjournment without a next date", "%(count)s adjournments without a next date",
        count.without_next,
    )  # fmt: skip
    return words % {"count": count.without_next} if count.without_next else ""


def costs_said(count):
    """Amounts, one beside the other, never added across currencies."""
    return " · ".join(money(sum_.low, sum_.high, currency) for currency, sum_ in count.costs.items())


def table_of(asked):
    """The hearings by what was asked for, each number with its list."""
    counts = asked.sums.by()
    rates = asked.by in RATES
    make = rate_row if rates else share_row
    whole_ = asked.sums.all
    head = [{"label": PARTS[asked.by]}]
    head += [{"label": _("Hearings"), "num": True}] if rates else []
    head += [
        {"label": _("Adjourned"), "num": True},
        {"label": _("Rate") if rates else _("Share"), "num": True},
        {"label": _("Days lost"), "num": True, "wide": True},
        {"label": _("Lost by families"), "num": True, "wide": True},
    ]
    rows = [{"cells": make(asked, count, whole_)} for count in counts[:ROWS]]
    return {"columns": head, "rows": rows, "more": max(0, len(counts) - ROWS)}


def rate_row(asked, count, _whole):
    """A court, a judge or an office: of how many, how many."""
    first = {"text": count.label}
    if asked.by == "court":
        first["url"] = paper_url(asked, count.key)
    return [
        first,
        {"text": count.counted, "num": True, "url": asked.list_url(asked.by, count.key)},
        {"text": count.adjourned, "num": True, "url": asked.list_url(asked.by, count.key, "adjourned")},
        rate_cell(count.adjourned, count.counted),
        *losses_cells(count),
    ]


def share_row(asked, count, whole_):
    """A reason, a party: which part of all adjournments."""
    return [
        {"text": count.label},
        {"text": count.adjourned, "num": True, "url": asked.list_url(asked.by, count.key, "adjourned")},
        rate_cell(count.adjourned, whole_.adjourned),
        *losses_cells(count),
    ]


def rate_cell(part, total):
    """A rate with its bar; of too few hearings the two numbers alone."""
    known = percent(part, total)
    cell = {"text": share_said(part, total), "num": True}
    return cell if known is None else cell | {"bar": known, "tone": "soon"}


def losses_cells(count):
    return [
        {"text": count.days_lost, "num": True, "wide": True},
        {"text": costs_said(count) or "–", "num": True, "wide": True},
    ]


def paper_url(asked, key):
    return reverse("dashboards:adjournment-paper", query=asked.query(by="", court=key))


def listed(asked, part, key, only):
    """The hearings that a number counts: (of which court, which reason, themselves, the latest first)."""
    rows, label = those_of(asked.hearings, asked.period), ""
    if key:
        label, rule = alike(rows, part, key)
        rows = rows.filter(rule)
    if only == "adjourned":
        rows = rows.filter(outcome=ADJOURNED)
    if only == "held":
        rows = rows.exclude(outcome=ADJOURNED)
    return label, rows.order_by(First("on").desc(), "-pk")


class Paper:
    """One court, for those who answer for it: no name of anybody but the judges, no case."""

    def __init__(self, asked, key):
        _label, mine = alike(those_of(asked.hearings, asked.period), "court", key)
        self.asked = asked
        self.count = Adjournments(asked.hearings.filter(mine), asked.period).of("court", key)
        self.court = self.count.label
        runs = runs_of(self.count.rows)
        self.longest = runs[0].longest if runs else 0
        self.running = max((run.current for run in runs), default=0)

    def chart(self):
        """Held and adjourned, month by month: those of the period, or the twelve up to the last hearing."""
        period = self.asked.period
        last = max(row.on.first for row in self.count.rows)
        short = period is not None and (period[1] - period[0]).days < YEAR
        months = months_of(period if short else None, last)
        by_month = [[row for row in self.count.rows if within(row.on, whole(first))] for first in months]
        held = [sum(row.outcome != "adjourned" for row in rows) for rows in by_month]
        put_off = [sum(row.outcome == "adjourned" for row in rows) for rows in by_month]
        labels = [named(first, short=True) for first in months]
        drawn = charts.stacked(labels, {_("Held"): held, _("Adjourned"): put_off})
        return drawn | {"span": " – ".join(dict.fromkeys([named(months[0]), named(months[-1])]))}

    def bars(self, part):
        """Adjournments by reason, by party, by who asked."""
        return charts.rows(
            [{"label": one.label, "value": one.adjourned, "tone": "soon"} for one in self.parts(part)],
            least=LEAST,
        )

    def parts(self, part):
        found = {}
        of = (SHARES | RATES)[part]
        for row in self.count.rows if part in RATES else self.count.put_off:
            key, label = of(row)
            one = found.setdefault(key, Count(key, label, [], self.count.days, self.count.lost))
            one.rows.append(row)
        return sorted(found.values(), key=lambda one: (-one.adjourned, one.label.casefold()))

    def judges(self):
        """Each judge with her rate."""
        return [
            {"cells": [
                {"text": one.label}, {"text": one.counted, "num": True}, {"text": one.adjourned, "num": True},
                rate_cell(one.adjourned, one.counted),
            ]}
            for one in self.parts("judge")
        ]  # fmt: skip

    def facts(self):
        """What stands on top, in words."""
        count = self.count
        return [
            (_("Hearings counted"), quantity(count.counted)),
            (_("Held, in full or in part"), quantity(count.held)),
            (_("Adjourned"), f"{quantity(count.adjourned)} ({share_said(count.adjourned, count.counted)})"),
            (_("Days from an adjourned hearing to the next date, in all"), quantity(count.days_lost),
             without_next(count)),
            (_("Most adjournments of one proceeding in a row"), quantity(self.longest)),
            (_("Most in a row that have not ended"), quantity(self.running)),
            (_("Wages and fares that families lost at adjourned hearings"),
             costs_said(count) or _("none said")),
        ]  # fmt: skip

    def numbers(self):
        """Case numbers, for whoever asks for them."""
        return sorted({row.case__number for row in self.count.rows})
