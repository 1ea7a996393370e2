"""Verdicts, custody and bail on a page: who is held and for how long, what was decided, what was broken."""

from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dashboards.board import number, said
from dashboards.speed import Side, left_out_said, waiting_said
from figures.catalogue import FIGURES
from figures.speed import bail_spans
from prosecutions.models import Verdict
from prosecutions.states import VerdictResult
from reference import charts
from reference.fields import First, Last

TILES = (
    "accused_convicted",
    "accused_acquitted",
    "conviction_rate",
    "accused_in_custody",
    "remand_over_90_days",
    "accused_on_bail",
    "bail_conditions_late",
    "bail_breaches",
    "reoffended_on_bail",
)
DECISIONS = {
    "granted": (gettext_lazy("Granted"), "soon"),
    "refused": (gettext_lazy("Refused"), "info"),
    "pending": (gettext_lazy("Not decided yet"), "past"),
}
TONES = {"convicted": "judgment", "acquitted": "past"}
NAMES = (*TILES, "bail_decisions", "verdicts_by_result")
COURTS = 30
LEAST = 5


def tiles_of(board):
    """The numbers on top, each with its list; those of the day say so."""
    return [
        {
            "label": FIGURES[name].label,
            "value": said(name, board.value(name)),
            "url": board.url(name),
            "note": _("today") if FIGURES[name].of_the_day else "",
        }
        for name in TILES
    ]


def parts_of(board, name, words):
    """The parts of a figure as bars, each with its list."""
    return charts.rows(
        [
            {"label": str(words[code][0]), "value": number(count), "tone": words[code][1],
             "url": board.url(name, code=code)}
            for code, count in board.parts(name)
            if code in words
        ],
        least=LEAST,
    )  # fmt: skip


def results_words():
    return {code: (label, TONES.get(code, "info")) for code, label in VerdictResult.choices}


def courts_table(scope):
    """Verdicts by court and result, counted by the database: the courts with most verdicts first."""
    court = Coalesce(
        "proceeding__known_court__name",
        NullIf("court", Value("")),
        NullIf("proceeding__court", Value("")),
        Value(""),
    )
    rows = Verdict.objects.filter(case__in=scope.cases.order_by().values("pk")).order_by()
    if scope.period:
        rows = rows.alias(first=First("on"), last=Last("on")).filter(
            ~Q(on=""), first__gte=scope.period[0], last__lte=scope.period[1]
        )
    counts = {code: Count("pk", filter=Q(result=code)) for code in VerdictResult.values}
    found = rows.values(named=court).annotate(all=Count("pk"), **counts).order_by("-all", "named")
    return [
        {"cells": [
            {"text": row["named"] or _("Not known")}, {"text": row["all"], "num": True},
            *({"text": row[code], "num": True, "wide": code in ("dismissed", "discharged")}
              for code in VerdictResult.values),
        ]}
        for row in found[:COURTS]
    ]  # fmt: skip


def court_columns():
    return [
        {"label": _("Court")}, {"label": _("Verdicts"), "num": True},
        *({"label": label, "num": True, "wide": code in ("dismissed", "discharged")}
          for code, label in VerdictResult.choices),
    ]  # fmt: skip


class Deciding:
    """How long applications for bail wait for their decision."""

    def __init__(self, scope, snapshot):
        spans = [
            span
            for span in bail_spans(snapshot)
            if not scope.period or (span.start and scope.period[0] <= span.start.first <= scope.period[1])
        ]
        self.side = Side.of(spans, scope.today)

    @property
    def words(self):
        """The median where there is one, who waits, and what no curve can hold."""
        side, words = self.side, []
        if side.median is not None:
            words.append(
                ngettext(
                    "Half of the applications were decided within %(days)s day.",
                    "Half of the applications were decided within %(days)s days.",
                    side.median,
                )
                % {"days": side.median}
            )
            words += [f"{band}."] if (band := side.band_said()) else []
        elif side.measured.counted:
            words.append(
                ngettext(
                    "%(count)s application with known dates: of fewer than 5 no share is told.",
                    "%(count)s applications with known dates: of fewer than 5 no share is told.",
                    side.measured.counted,
                )
                % {"count": side.measured.counted}
                if not side.enough
                else _("Fewer than half of the applications are decided so far.")
            )
        return [*words, *waiting_said(side.measured)]

    @property
    def left_out(self):
        return left_out_said(self.side.measured)
