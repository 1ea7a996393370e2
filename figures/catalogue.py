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

from django.utils.translation import gettext_lazy as _

from figures import accused, breakdowns, care, courts, money, people, standing, ties
from figures.figure import LIST, PER_CODE, PER_CURRENCY, PER_KEY, PERCENT, QUANTITY, SCORES, Figure
from figures.rows import highest, span_by_currency

PEOPLE, CASES, HEARINGS, OPERATIONS, MONTHS = (
    _("people"),
    _("cases"),
    _("hearings"),
    _("operations"),
    _("months"),
)
MONEY, DAYS, SENTENCES, ASSESSMENTS = _("money"), _("days"), _("sentences"), _("assessments")
POINTS, RULES, REVIEWS, PERCENTS, BAILS = _("points"), _("rules"), _("reviews"), _("per cent"), _("bails")

_ALL = [
    Figure(
        "people_found",
        _("People found"),
        _("Everybody who came to light: per operation or head-count, the higher of count and records."),
        PEOPLE,
        people.found,
    ),
    Figure(
        "people_relieved",
        _("People relieved"),
        _("People whose exploitation ended, by any road; stopped before harm counts."),
        PEOPLE,
        people.relieved,
    ),
    Figure(
        "relieved_by_operation",
        _("Relieved by operation"),
        _("Of the people relieved, those freed in an operation."),
        PEOPLE,
        people.relieved_by_operation,
    ),
    Figure(
        "people_repatriated",
        _("People repatriated"),
        _("People of head-counts that were brought home to their country."),
        PEOPLE,
        people.repatriated,
    ),
    Figure(
        "survivors_registered",
        _("Survivors registered"),
        _("Survivors with a record of their own, dependants included."),
        PEOPLE,
        people.registered,
    ),
    Figure(
        "survivors_testified",
        _("Survivors who testified"),
        _("Survivors heard in court."),
        PEOPLE,
        people.testified,
    ),
    Figure(
        "people_exploited",
        _("People exploited"),
        _("People of any age who were themselves made to work or sold."),
        PEOPLE,
        people.exploited,
    ),
    Figure(
        "children_found",
        _("Children found"),
        _("People under 18 at relief, exploited or not."),
        PEOPLE,
        people.children_found,
    ),
    Figure(
        "children_exploited",
        _("Children exploited"),
        _("Of the children found, those who were themselves made to work or sold."),
        PEOPLE,
        people.children_exploited,
    ),
    Figure(
        "accused_registered",
        _("Accused registered"),
        _("Accused and suspects with a record; one person once in a case."),
        PEOPLE,
        accused.registered,
    ),
    Figure(
        "suspects_arrested",
        _("Suspects arrested"),
        _("People arrested: per operation the higher of count and records, and those arrested outside."),
        PEOPLE,
        accused.arrested,
    ),
    Figure(
        "accused_charged",
        _("Accused charged"),
        _("Accused with a filed charge, a verdict or a trial."),
        PEOPLE,
        accused.charged,
    ),
    Figure(
        "accused_convicted",
        _("Accused convicted"),
        _("Accused with a conviction that stands."),
        PEOPLE,
        accused.convicted,
    ),
    Figure(
        "accused_on_bail",
        _("Accused on bail"),
        _("Accused whose bail was granted and has not ended."),
        PEOPLE,
        accused.on_bail,
    ),
    Figure(
        "accused_in_custody",
        _("Accused in custody"),
        _("Accused in custody on the day."),
        PEOPLE,
        accused.in_custody,
    ),
    Figure("hearings_total", _("Hearings"), _("Hearings dated up to the day."), HEARINGS, courts.up_to_now),
    Figure(
        "hearings_adjourned",
        _("Hearings adjourned"),
        _("Of the hearings up to the day, those adjourned."),
        HEARINGS,
        courts.adjourned,
    ),
    Figure(
        "hearings_unrecorded",
        _("Hearings without an outcome"),
        _("Hearings before the day of which nobody has recorded what happened."),
        HEARINGS,
        courts.unrecorded,
    ),
    Figure("hearings_upcoming", _("Hearings ahead"), _("Hearings after the day."), HEARINGS, courts.upcoming),
    Figure(
        "adjournment_rate",
        _("Adjournment rate"),
        _("Adjourned hearings as a percentage of those held or adjourned; vacated ones stand apart."),
        PERCENTS,
        courts.held_or_adjourned,
        PERCENT,
    ),
    Figure(
        "wages_lost",
        _("Wages lost"),
        _("Wages and fares that families lost by coming to hearings."),
        MONEY,
        courts.wages_lost,
        PER_CURRENCY,
    ),
    Figure(
        "wages_lost_adjourned",
        _("Wages lost to adjournments"),
        _("Of the wages lost, those at hearings that were adjourned."),
        MONEY,
        courts.wages_lost_adjourned,
        PER_CURRENCY,
    ),
    Figure(
        "operations_total",
        _("Operations"),
        _("Operations carried out; planned and cancelled ones do not count."),
        OPERATIONS,
        courts.operations,
    ),
    Figure(
        "operations_failed",
        _("Operations failed"),
        _("Of the operations carried out, those that failed."),
        OPERATIONS,
        courts.operations_failed,
    ),
    Figure(
        "longest_sentence_months",
        _("Longest sentence"),
        _("The longest prison sentence that stands, upper end of a range, after the latest appeal."),
        MONTHS,
        accused.sentences,
        QUANTITY,
        highest,
    ),
    Figure(
        "life_sentences",
        _("Life sentences"),
        _("Sentences for life that stand."),
        SENTENCES,
        accused.life_sentences,
    ),
    Figure("fines", _("Fines"), _("Fines of convictions that stand."), MONEY, accused.fines, PER_CURRENCY),
    Figure(
        "compensation_each",
        _("Compensation for one survivor"),
        _("From the lowest to the highest amount ordered for one survivor."),
        MONEY,
        money.each,
        PER_CURRENCY,
        span_by_currency,
    ),
    Figure(
        "compensation_awarded",
        _("Compensation awarded"),
        _("Compensation ordered in all, where every amount is known."),
        MONEY,
        money.awarded,
        PER_CURRENCY,
    ),
    Figure(
        "compensation_paid",
        _("Compensation paid"),
        _("Compensation that was received."),
        MONEY,
        money.paid,
        PER_CURRENCY,
    ),
    Figure(
        "compensation_due",
        _("Compensation still owed"),
        _("Awarded less paid, where payments are recorded."),
        MONEY,
        money.due,
        PER_CURRENCY,
    ),
    Figure(
        "benefits_granted",
        _("Benefits granted"),
        _("Amounts of public schemes or funds that were granted."),
        MONEY,
        money.benefits_granted,
        PER_CURRENCY,
    ),
    Figure(
        "benefits_paid",
        _("Benefits received"),
        _("Amounts of public schemes or funds that were received."),
        MONEY,
        money.benefits_paid,
        PER_CURRENCY,
    ),
    Figure(
        "custody_days",
        _("Days in custody"),
        _("Days in custody of each accused, remand and sentence together, where every spell is exact."),
        DAYS,
        accused.custody_days,
        PER_KEY,
    ),
    Figure(
        "prior_cases",
        _("Earlier cases"),
        _("Earlier cases in which the same person was an accused or suspect."),
        CASES,
        ties.prior_cases,
        PER_KEY,
    ),
    Figure(
        "prior_bails",
        _("Earlier bails"),
        _("Bails granted to the same person in earlier cases."),
        BAILS,
        ties.prior_bails,
        PER_KEY,
    ),
    Figure(
        "linked_cases",
        _("Linked cases"),
        _("Other cases tied to a case by a link written here or there."),
        CASES,
        ties.linked,
    ),
    Figure(
        "assessments_total",
        _("Assessments"),
        _("Assessments of survivor outcomes."),
        ASSESSMENTS,
        care.assessments,
    ),
    Figure(
        "score_change",
        _("Change of scores"),
        _("Last less first score of each domain, for survivors assessed at least twice."),
        POINTS,
        care.score_changes,
        SCORES,
    ),
    Figure(
        "survivors_restored",
        _("Survivors restored"),
        _("Survivors whose aftercare ended with the outcome restored."),
        PEOPLE,
        care.restored,
    ),
    Figure("alerts", _("Alerts"), _("Rules that have fired by the day."), RULES, standing.fired, LIST),
    # What dashboards show beyond the figures of a case file.
    Figure(
        "adjournments_by_reason",
        _("Adjournments by reason"),
        _("Adjourned hearings by the reason that was given."),
        HEARINGS,
        breakdowns.adjournments_by_reason,
        PER_CODE,
    ),
    Figure(
        "adjournments_by_asker",
        _("Adjournments by who asked"),
        _("Adjourned hearings by who asked for the adjournment."),
        HEARINGS,
        breakdowns.adjournments_by_asker,
        PER_CODE,
    ),
    Figure(
        "caseload",
        _("Caseload"),
        _("Open cases that each person is named on, stand-ins left out."),
        CASES,
        breakdowns.caseload,
        PER_CODE,
    ),
    Figure(
        "cases_open",
        _("Open cases"),
        _("Cases of which at least one track goes on."),
        CASES,
        breakdowns.cases_open,
    ),
    Figure(
        "reviews_due",
        _("Aftercare reviews due"),
        _("Reviews of plans or cares that are overdue, or due within seven days."),
        REVIEWS,
        breakdowns.reviews_due,
        PER_CODE,
    ),
]

FIGURES = {figure.name: figure for figure in _ALL}
EXPECTED = tuple(figure.name for figure in _ALL[: _ALL.index(FIGURES["alerts"]) + 1])
