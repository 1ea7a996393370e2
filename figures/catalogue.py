"""Every figure, once, with its name, unit and definition: what dashboards show, `--check` checks and lists
open.

    figure = FIGURES["people_relieved"]
    figure.value(cases, as_of)                  # cases: any queryset of Case that the viewer may see
    figure.value(cases, as_of, period)          # period: (first day, last day), both included
    figure.rows(cases, as_of, period)           # the Rows behind the value, each with its record and date

Several figures of the same cases share their reading when `cases` is a Snapshot:

    seen = Snapshot(cases, as_of)
    FIGURES["hearings_total"].value(seen), FIGURES["adjournment_rate"].value(seen)
"""

from figures.entries.aftercare import CARE
from figures.entries.amounts import MONIES
from figures.entries.charged import CHARGED
from figures.entries.hearings import COURTS
from figures.entries.judgments import JUDGMENTS
from figures.entries.relief import FOUND
from figures.entries.watched import WATCHED
from figures.entries.words import GROUPS
from figures.entries.work import WORK
from figures.figure import Figure

__all__ = ["EXPECTED", "FIGURES", "GROUPS", "Figure"]

# What a case file may expect, in the order of the format; dashboards show more.
EXPECTED = (
    "people_found",
    "people_relieved",
    "relieved_by_operation",
    "people_repatriated",
    "survivors_registered",
    "survivors_testified",
    "people_exploited",
    "children_found",
    "children_exploited",
    "accused_registered",
    "suspects_arrested",
    "accused_charged",
    "accused_convicted",
    "accused_on_bail",
    "accused_in_custody",
    "hearings_total",
    "hearings_adjourned",
    "hearings_unrecorded",
    "hearings_upcoming",
    "adjournment_rate",
    "wages_lost",
    "wages_lost_adjourned",
    "operations_total",
    "operations_failed",
    "longest_sentence_months",
    "life_sentences",
    "fines",
    "compensation_each",
    "compensation_awarded",
    "compensation_paid",
    "compensation_due",
    "benefits_granted",
    "benefits_paid",
    "custody_days",
    "prior_cases",
    "prior_bails",
    "linked_cases",
    "assessments_total",
    "score_change",
    "survivors_restored",
    "alerts",
)

_BY_NAME = {
    figure.name: figure for figure in [*FOUND, *CHARGED, *COURTS, *JUDGMENTS, *MONIES, *CARE, *WORK, *WATCHED]
}
FIGURES = {name: _BY_NAME[name] for name in (*EXPECTED, *(name for name in _BY_NAME if name not in EXPECTED))}
