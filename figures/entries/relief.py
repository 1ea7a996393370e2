"""People found, relieved and exploited."""

from django.utils.translation import gettext_lazy as _

from figures import partners, people
from figures.entries.words import ANY_CASE, DONE_ONLY, FORMAT, PEOPLE, REPORTS
from figures.figure import Figure

BUCKET_DATE = _(
    "The date of the operation; for a head-count without an operation, its own; for somebody who came out "
    "another way, the day she came out."
)
COUNT_OR_RECORDS = _(
    "In each operation or group either the head-count or the records count, whichever is higher: never both. "
    "Expected numbers and running tallies count nowhere."
)

FOUND = [
    Figure(
        "people_found",
        _("People found"),
        _("Everybody who came to light: per operation or head-count, the higher of count and records."),
        PEOPLE,
        people.found,
        group="relief",
        date_rule=BUCKET_DATE,
        left_out=_(
            "People who were only trapped or recruited and whom nobody has met, and those still held. "
            "In each operation or group either the head-count or the records count, whichever is higher."
        ),
        states=ANY_CASE,
        source=FORMAT,
        confused=("people_relieved", "survivors_registered"),
        confusion=_(
            "Found is not free: somebody who was found and then taken back, or who stayed, is found and not "
            "relieved. A head-count finds people of whom no record is ever made."
        ),
    ),
    Figure(
        "people_relieved",
        _("People relieved"),
        _("People whose exploitation ended, by any road; stopped before harm counts."),
        PEOPLE,
        people.relieved,
        group="relief",
        date_rule=BUCKET_DATE,
        left_out=_(
            "Whoever was taken back after every relief, by the day. Nobody counts twice: a person "
            "freed again counts with the last relief that held, and of head-count and records the higher one."
        ),
        states=ANY_CASE,
        source=FORMAT,
        confused=("people_found", "survivors_registered", "relieved_by_partners"),
        confusion=_(
            "Relieved asks whether exploitation ended, found only whether somebody came to light. Other "
            "organisations say rescued; ask them whether they mean found."
        ),
    ),
    Figure(
        "relieved_by_operation",
        _("Relieved by operation"),
        _("Of the people relieved, those freed in an operation."),
        PEOPLE,
        people.relieved_by_operation,
        group="relief",
        date_rule=_("The date of the operation; where it is not named, the day of relief."),
        left_out=_("People who escaped, were let go, or came out in any other way."),
        states=DONE_ONLY,
        source=FORMAT,
        confused=("people_relieved", "operations_total"),
        confusion=_("It is a part of people relieved, never to be added to it."),
    ),
    Figure(
        "relieved_by_partners",
        _("Relieved by trained partners"),
        _("Of the people relieved in operations, those whose operation was led by an agency trained before."),
        PEOPLE,
        partners.relieved_by_partners,
        group="relief",
        date_rule=_("The date of the operation."),
        left_out=_(
            "Operations that we led, that no agency is named for, or whose agency was trained on a day that "
            "is not known or may lie after the operation."
        ),
        states=DONE_ONLY,
        source=REPORTS,
        confused=("people_relieved", "relieved_by_operation"),
        confusion=_(
            "Annual reports tell people relieved by the house from those relieved by partners it trained; "
            "this is the second part, and is contained in people relieved."
        ),
    ),
    Figure(
        "people_repatriated",
        _("People repatriated"),
        _("People of head-counts that were brought home to their country."),
        PEOPLE,
        people.repatriated,
        group="relief",
        date_rule=_("The date of the head-count."),
        left_out=_("People with a record of their own whose return is written only in their own file."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("people_relieved",),
        confusion=_("The same people are as a rule already among those relieved: do not add the two."),
    ),
    Figure(
        "survivors_registered",
        _("Survivors registered"),
        _("Survivors with a record of their own, dependants included."),
        PEOPLE,
        people.registered,
        group="relief",
        date_rule=_("The last day she came out; where none is known, the opening of the case."),
        left_out=_("People known only by a head-count."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("people_found", "people_relieved", "survivors_in_aftercare"),
        confusion=_("A record says that we know the person by a file, not that she is free or in care."),
    ),
    Figure(
        "survivors_testified",
        _("Survivors who testified"),
        _("Survivors heard in court."),
        PEOPLE,
        people.testified,
        group="relief",
        date_rule=_("The day on which she was first heard in court."),
        left_out=_("Statements to the police, and witnesses who are not survivors."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("survivors_registered",),
        confusion=_("Out of how many is a question for survivors registered in the same cases."),
    ),
    Figure(
        "people_exploited",
        _("People exploited"),
        _("People of any age who were themselves made to work or sold."),
        PEOPLE,
        people.exploited,
        group="relief",
        date_rule=BUCKET_DATE,
        left_out=_(
            "Dependants found with them, and people who were stopped before harm. Somebody not found yet "
            "counts, in all time only."
        ),
        states=ANY_CASE,
        source=FORMAT,
        confused=("people_found", "people_relieved"),
        confusion=_("People relieved contains dependants and those freed before harm; this does not."),
    ),
    Figure(
        "children_found",
        _("Children found"),
        _("People under 18 at relief, exploited or not."),
        PEOPLE,
        people.children_found,
        group="relief",
        date_rule=BUCKET_DATE,
        left_out=COUNT_OR_RECORDS,
        states=ANY_CASE,
        source=FORMAT,
        confused=("children_exploited",),
        confusion=_(
            "Children present are not children who worked: nineteen may be found of whom ten were exploited. "
            "An age that is not settled gives a range, as 3 to 4."
        ),
    ),
    Figure(
        "children_exploited",
        _("Children exploited"),
        _("Of the children found, those who were themselves made to work or sold."),
        PEOPLE,
        people.children_exploited,
        group="relief",
        date_rule=BUCKET_DATE,
        left_out=_("Children found with their families who were not made to work themselves."),
        states=ANY_CASE,
        source=FORMAT,
        confused=("children_found", "people_exploited"),
        confusion=_("It is a part of the children found, never to be added to them."),
    ),
]
