"""The figures of a set of cases, cut by period, office and code; each is counted once and cut often."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can
from dashboards.periods import months_on, spoken, whole
from dashboards.stretches import stretches_of, words
from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, PERCENT
from figures.rollups import Rollups
from prosecutions.states import AdjournmentReason
from reference import charts
from reference.templatetags.show import money, quantity

# What stands on the dashboard, in order. The first few are tiles.
TILES = (
    "people_relieved",
    "suspects_arrested",
    "accused_charged",
    "accused_convicted",
    "accused_on_bail",
    "accused_in_custody",
    "hearings_total",
    "hearings_adjourned",
    "survivors_restored",
    "reviews_due",
)
AMOUNTS = ("wages_lost", "compensation_awarded", "compensation_paid")
BY_MONTH = (
    "people_relieved",
    "suspects_arrested",
    "accused_charged",
    "accused_convicted",
    "hearings_total",
    "hearings_adjourned",
)
BY_OFFICE = (
    "cases_open",
    "people_relieved",
    "accused_convicted",
    "accused_on_bail",
    "adjournment_rate",
    "reviews_due",
)
SHOWN = {*TILES, *AMOUNTS, *BY_OFFICE, "adjournments_by_reason", "caseload"}
MONTHLY = {*BY_MONTH, "survivors_restored"}

# True of the day and not of a span of time, whatever period is asked for.
OF_THE_DAY = {"accused_on_bail", "accused_in_custody", "reviews_due", "cases_open", "caseload"}
NEEDS = {"reviews_due": Can.VIEW_AFTERCARE, "survivors_restored": Can.VIEW_AFTERCARE}
OURS_TO_FIX = {
    "witness_absent",
    "prosecutor_absent",
    "evidence_not_ready",
    "interpreter_missing",
    "survivor_unwell",
    "summons_not_served",
    "file_missing",
}


def may_see(user, name):
    """Is this figure on the dashboard, and does the person hold what it tells of?"""
    return name in SHOWN and user.can(NEEDS.get(name, Can.VIEW_DASHBOARD))


class Board:
    """The numbers of some cases, cut by period, office and code, from what was counted ahead of being asked.

    `asked` holds the filters for links, `narrow` says for the sums which cases `cases` are.
    """

    def __init__(self, cases, today, asked, period, narrow, names=SHOWN):  # noqa: PLR0913
        self.cases, self.today, self.asked, self.period = cases, today, asked, period
        end = min(period[1], today) if period else today
        window = (months_on(end.replace(day=1), -24), whole(end.replace(day=1))[1])
        if period:  # all of it may stand side by side
            window = min(window[0], period[0]), max(window[1], period[1])
        self.sums = Rollups(
            cases, today, narrow=narrow, period=period, names=names, months=window, by_month=MONTHLY
        )

    def rows(self, name, *, period=None, office=None, code=""):
        """All the rows behind a figure, from the records; a page of them is `listed`."""
        return self.sums.slow_rows(name, self.sums.span(name, period), office, code)

    def value(self, name, **cut):
        """What a figure comes to under this cut; a figure of several parts as the sum of them."""
        return self.sums.value(name, **cut)

    def count(self, name, **cut):
        """How many rows stand behind a number."""
        return self.sums.count(name, **cut)

    def listed(self, name, **cut):
        """The rows behind a number, the newest first, of which a page takes but its own."""
        return Listed(self.sums, name, cut)

    def url(self, name, **cut):
        """The list that a number counts."""
        typed = {"since": None, "until": None} if "period" in cut else {}
        query = {key: value for key, value in {**self.asked, **typed, **cut}.items() if value}
        return reverse("dashboards:figure-list", args=[name], query=query or None)

    def parts(self, name):
        """(code, sum) of each part of a figure of several parts, the largest first."""
        return self.sums.parts(name).items()


class Listed:
    """The list behind a number, to be cut by a page."""

    def __init__(self, sums, name, cut):
        self.sums, self.name, self.cut = sums, name, cut

    def __getitem__(self, asked):
        return self.sums.page(self.name, asked.start, asked.stop - asked.start, **self.cut)


def number(value):
    """A quantity as one number, for bars: its lower end, else its upper one, else none."""
    known = value.low or value.high or Decimal(0)
    return int(known) if known == int(known) else float(known)


def said(name, value):
    """A value in words: a number, a per cent, or an amount in each currency."""
    kind = FIGURES[name].kind
    if kind == PER_CURRENCY:
        return ", ".join(money(q.low, q.high, code) for code, q in sorted(value.items())) or "0"
    if value is None:
        return "–"
    return f"{quantity(value)} %" if kind == PERCENT else quantity(value)


def tiles_of(board, user):
    """The numbers on top, each with the list it counts."""
    return [
        {
            "label": FIGURES[name].label,
            "value": said(name, board.value(name)),
            "url": board.url(name),
            "note": note_of(board, name),
        }
        for name in TILES
        if may_see(user, name)
    ]


def note_of(board, name):
    """The grey line of a tile."""
    if name == "hearings_adjourned":
        share = board.value("adjournment_rate")
        words = _("%(share)s of those held or adjourned") % {"share": said("adjournment_rate", share)}
        return words if share is not None else ""
    if name == "hearings_total":
        return _("%(number)s of them held") % {"number": quantity(board.value(name, code="held"))}
    if name == "reviews_due":
        overdue = quantity(board.value(name, code="overdue"))
        return _("%(number)s of them overdue") % {"number": overdue}
    return _("today") if name in OF_THE_DAY else ""


def amounts_of(board):
    """Money, currency by currency."""
    return [
        {
            "label": FIGURES[name].label,
            "url": board.url(name),
            "sums": [money(q.low, q.high, code) for code, q in sorted(board.value(name).items())],
        }
        for name in AMOUNTS
    ]


def reasons_of(board):
    """Why hearings were put off, the most frequent reason first; ours to fix in amber."""
    names = dict(AdjournmentReason.choices)
    return charts.rows(
        [
            {
                "label": str(names.get(code, code)),
                "value": number(count),
                "tone": "soon" if code in OURS_TO_FIX else "past",
                "url": board.url("adjournments_by_reason", code=code),
            }
            for code, count in board.parts("adjournments_by_reason")
        ]
    )


def caseload_of(board):
    """How many open cases each person carries."""
    parts = board.parts("caseload")
    people = User.objects.in_bulk([code for code, _count in parts])
    names = {str(pk): person.name for pk, person in people.items()}
    return charts.rows(
        [
            {"label": names.get(code, ""), "value": number(count), "tone": "info",
             "url": board.url("caseload", code=code)}
            for code, count in parts
        ]
    )  # fmt: skip


class Months:
    """The period part by part: month by month, a long one by quarters, a longer one by years."""

    def __init__(self, board):
        self.board = board
        self.step, self.stretches = stretches_of(board.period, board.today, self.counted)
        self.words = words(self.step)
        self.span = spoken((self.stretches[0].first, self.stretches[-1].last))

    def counted(self, *period):
        """Does anything that is shown part by part lie in there?"""
        return any(self.board.count(name, period=period) for name in BY_MONTH)

    @property
    def columns(self):
        return columns(BY_MONTH, self.words["one"])

    @property
    def rows(self):
        """The figures of each part, the latest first, every number with its list."""
        return [
            {
                "cells": [
                    {"text": one.label},
                    *(cell(self.board, name, period=one.period, link=one.link) for name in BY_MONTH),
                ]
            }
            for one in reversed(self.stretches)
        ]

    @property
    def unplaced(self):
        """How many facts lie in the period, but in none of its parts: dated too roughly."""
        if self.board.period is None:
            return 0
        parts = sum(self.board.count(name, period=one.period) for name in BY_MONTH for one in self.stretches)
        return max(0, sum(self.board.count(name) for name in BY_MONTH) - parts)

    def values(self, name, **cut):
        return [number(self.board.value(name, period=one.period, **cut)) for one in self.stretches]

    @property
    def charts(self):
        """People relieved, and hearings by outcome."""
        labels = [one.label for one in self.stretches]
        feet = [(one.foot, one.slim) for one in self.stretches]
        relieved = {str(FIGURES["people_relieved"].label): self.values("people_relieved")}
        held, put_off = self.values("hearings_total", code="held"), self.values("hearings_adjourned")
        return {
            "relieved": charts.stacked(labels, relieved, feet),
            "hearings": charts.stacked(labels, {_("Held"): held, _("Adjourned"): put_off}, feet),
        }


def cell(board, name, *, link, **cut):
    """One number of a table with the list it counts."""
    value = board.value(name, **cut)
    return {"text": said(name, value), "url": board.url(name, **link), "num": True}


def columns(names, first):
    """The head of a table of figures."""
    return [{"label": first}, *({"label": FIGURES[name].label, "num": True} for name in names)]


def offices_table(board, user):
    """Each office beside the others, and all together."""
    names = [name for name in BY_OFFICE if may_see(user, name)]
    offices = [office for office in user.offices_seen if office.pk in board.sums.offices]
    if len(offices) < len(board.sums.offices):  # of a case on which she is named
        offices = Office.objects.filter(pk__in=board.sums.offices).order_by("name", "pk")
    rows = [
        {
            "cells": [
                {"text": office.name, "url": reverse("dashboards:dashboard", query={"office": office.pk})},
                *(cell(board, name, office=office.pk, link={"office": office.pk}) for name in names),
            ]
        }
        for office in offices
    ]
    total = {"cells": [{"text": _("All")}, *(cell(board, name, link={}) for name in names)]}
    return {"columns": columns(names, _("Office")), "rows": rows, "total": total}


# Where the record behind a row has a page of its own; else its case has.
PAGES = {
    "prosecutions.Hearing": "prosecutions:hearing-detail",
    "prosecutions.Accused": "prosecutions:accused-detail",
    "operations.Operation": "operations:operation-detail",
    "survivors.Survivor": "survivors:survivor-detail",
    "aftercare.Care": "aftercare:care-detail",
}
