"""Cases, who carries them, and what their alerts say."""

from django.utils.translation import gettext_lazy as _

from figures import breakdowns, standing, ties
from figures.entries.words import ANY_CASE, CASES, FORMAT, HOUSE, RULES
from figures.figure import LIST, PER_CODE, Figure

WORK = [
    Figure(
        "cases_open",
        _("Open cases"),
        _("Cases of which at least one track goes on."),
        CASES,
        breakdowns.cases_open,
        group="work",
        date_rule=_("True of the day. In the list each case stands with the day of its opening."),
        left_out=_("Cases of which both tracks are closed, or one is and the other was never begun."),
        states=_("Cases with a track that is not closed."),
        source=HOUSE,
        confused=("cases_opened", "caseload"),
        confusion=_("How many are open today, not how many were opened."),
        of_the_day=True,
    ),
    Figure(
        "cases_opened",
        _("Cases opened"),
        _("Cases by the day on which they were opened, whatever became of them."),
        CASES,
        breakdowns.cases_opened,
        group="work",
        date_rule=_("The day of opening, as the office wrote it; not the day of entry into this system."),
        left_out=_("Nothing; a case whose day of opening is not known counts in all time only."),
        states=ANY_CASE,
        source=HOUSE,
        confused=("cases_open", "cases_closed"),
        confusion=_("A case opened and closed in one year counts in both figures of that year."),
    ),
    Figure(
        "cases_closed",
        _("Cases closed"),
        _("Cases of which both tracks have come to their end, or one has and the other was never begun."),
        CASES,
        breakdowns.cases_closed,
        group="work",
        date_rule=_("The day on which the last of the two tracks was closed."),
        left_out=_("Cases that were taken up again: a case that is open today counts as closed in no month."),
        states=_("Cases that are closed today."),
        source=HOUSE,
        confused=("cases_open", "accused_convicted"),
        confusion=_(
            "Closed says nothing of the result: cases end with convictions, or for want of evidence."
        ),
    ),
    Figure(
        "caseload",
        _("Caseload"),
        _("Open cases that each person is named on, stand-ins left out."),
        CASES,
        breakdowns.caseload,
        PER_CODE,
        group="work",
        date_rule=_("True of the day. In the list each case stands with the day of its opening."),
        left_out=_("People who only stand in, and closed cases."),
        states=_("Cases with a track that is not closed, and assignments that hold."),
        source=HOUSE,
        confused=("cases_open",),
        confusion=_(
            "A case with a team of four counts once for each: the parts add up to more than there are."
        ),
        of_the_day=True,
    ),
    Figure(
        "linked_cases",
        _("Linked cases"),
        _("Other cases tied to a case by a link written here or there."),
        CASES,
        ties.linked,
        group="work",
        date_rule=_("The date of the link."),
        left_out=_("Links to a case of which you may not know; each other case counts once."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("prior_cases",),
        confusion=_("Tied by anything: a place, a person, a network. Earlier cases need the same accused."),
    ),
    Figure(
        "alerts",
        _("Alerts"),
        _("Rules that have fired by the day."),
        RULES,
        standing.fired,
        LIST,
        group="work",
        date_rule=_("The date of the record that makes the rule fire."),
        left_out=_("What has been sent to whom: that is kept with the alerts themselves."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("reviews_due", "hearings_unrecorded"),
        confusion=_("Rules that apply, not messages that were sent."),
    ),
]
