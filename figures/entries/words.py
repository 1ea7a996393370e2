"""Words that several figures share."""

from django.utils.translation import gettext_lazy as _

PEOPLE, CASES, HEARINGS, OPERATIONS, MONTHS = (
    _("people"),
    _("cases"),
    _("hearings"),
    _("operations"),
    _("months"),
)
MONEY, DAYS, SENTENCES, ASSESSMENTS = _("money"), _("days"), _("sentences"), _("assessments")
POINTS, RULES, REVIEWS, PERCENTS, BAILS = _("points"), _("rules"), _("reviews"), _("per cent"), _("bails")
CONVICTIONS = _("convictions")

# Groups of the page of definitions, in order.
GROUPS = {
    "relief": _("Found and relieved"),
    "accused": _("Accused"),
    "courts": _("Hearings and operations"),
    "judgments": _("Judgments"),
    "money": _("Money"),
    "care": _("Aftercare"),
    "work": _("Casework"),
}

ANY_CASE = _("Every case counts, open or closed, whichever stage its tracks have reached.")
OPEN_RECORD = _("Every record counts that has not ended by the day.")
ACCUSED_ONLY = _(
    "Only people who stand as accused or suspect in the case; those accused elsewhere or merely mentioned "
    "count nowhere. Cases count whether open or closed."
)
DONE_ONLY = _("Operations that were carried out; cases count whether open or closed.")

FORMAT = _("The case-file format: its examples say what must come out, and are checked with every change.")
REPORTS = _("The published annual reports of International Justice Mission, 2015 to 2018.")
HOUSE = _("A rule of this house.")
ASO = _("The Assessment of Survivor Outcomes.")
