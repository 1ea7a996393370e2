"""Survivors in aftercare, their assessments, and how care ends."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from figures import breakdowns, care, helped
from figures.entries.words import ASO, ASSESSMENTS, FORMAT, HOUSE, PEOPLE, POINTS, REPORTS, REVIEWS
from figures.figure import PER_CODE, SCORES, Figure

CARES = _("Cares of survivors with a record; those of groups without records count nowhere.")

CARE = [
    Figure(
        "survivors_in_aftercare",
        _("Survivors in aftercare"),
        _("Survivors and family members whose care goes on, each once."),
        PEOPLE,
        helped.in_aftercare,
        group="care",
        date_rule=_(
            "True of the day. In the list each person stands with her arrival; else the first plan; else the "
            "opening of the aftercare track."
        ),
        left_out=_(
            "Cares that ended, with whatever result, and all of a case whose aftercare track is closed; "
            "groups without records. Reintegrated people are still followed up, and count."
        ),
        states=_("Cares with no result yet, in care, reintegrated, or exploited again."),
        source=REPORTS,
        need=Can.VIEW_AFTERCARE,
        confused=("survivors_registered", "survivors_restored", "people_relieved"),
        confusion=_(
            "A number of the day: two months are never added up, or the same people count twice. Family "
            "members are told apart in the list. Published reports count both together."
        ),
        of_the_day=True,
    ),
    Figure(
        "assessments_total",
        _("Assessments"),
        _("Assessments of survivor outcomes."),
        ASSESSMENTS,
        care.assessments,
        group="care",
        date_rule=_("The date of the assessment."),
        left_out=_("Second ratings by another person of the same day."),
        states=_("Assessments of every care, of groups too."),
        source=FORMAT,
        need=Can.VIEW_AFTERCARE,
        confused=("survivors_reassessed",),
        confusion=_("Assessments, not people: one person has several."),
    ),
    Figure(
        "survivors_reassessed",
        _("Survivors assessed again"),
        _("Survivors who have been assessed at least twice, so that a change can be told."),
        PEOPLE,
        helped.reassessed,
        group="care",
        date_rule=_("The date of the second assessment."),
        left_out=_("Survivors assessed once: of them nothing can be said about change."),
        states=CARES,
        source=ASO,
        need=Can.VIEW_AFTERCARE,
        confused=("assessments_total", "score_change"),
        confusion=_("It says for how many a change can be told, not whether it was for the better."),
    ),
    Figure(
        "score_change",
        _("Change of scores"),
        _("Last less first score of each domain, for survivors assessed at least twice."),
        POINTS,
        care.score_changes,
        SCORES,
        group="care",
        date_rule=_("The date of the last assessment that scored the domain."),
        left_out=_("Domains scored once or never: not enough information is not a score."),
        states=CARES,
        source=ASO,
        need=Can.VIEW_AFTERCARE,
        confused=("survivors_restored",),
        confusion=_(
            "It says what changed and never why: nobody was assigned by lot, so no cause can be read from it."
        ),
    ),
    Figure(
        "survivors_restored",
        _("Survivors restored"),
        _("Survivors whose aftercare ended with the outcome restored."),
        PEOPLE,
        care.restored,
        group="care",
        date_rule=_("The day since which the result holds."),
        left_out=_("Groups without records; reintegrated is not yet restored."),
        states=_("Cares with the result restored."),
        source=ASO,
        need=Can.VIEW_AFTERCARE,
        confused=("survivors_in_aftercare", "people_relieved"),
        confusion=_(
            "Restored is somebody who lives her own life in society and is unlikely to be harmed that way "
            "again; relieved says only that the harm has stopped."
        ),
    ),
    Figure(
        "reviews_due",
        _("Aftercare reviews due"),
        _("Reviews of plans or cares that are overdue, or due within seven days."),
        REVIEWS,
        breakdowns.reviews_due,
        PER_CODE,
        group="care",
        date_rule=_("True of the day: the day on which the review is due."),
        left_out=_("Reviews that are marked as done, and those more than seven days away."),
        states=_("Plans and cares with a date of review."),
        source=HOUSE,
        need=Can.VIEW_AFTERCARE,
        confused=("assessments_total",),
        confusion=_("A review looks at a plan; an assessment scores a person."),
        of_the_day=True,
    ),
]
