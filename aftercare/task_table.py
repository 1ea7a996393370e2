"""The one table of what makes tasks of care by itself: the event, what is to be done, and until when.

notifications/actions/care_tasks.py works by it, and the page of the table shows it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftercare.scoring import INTAKE_WITHIN, RESCORE_WITHIN
from aftercare.states import AssessmentReason, PlacementKind, TaskKind
from aftercare.states.scores import MONTHS_TO_NEXT

# Homes in which a person lives her own life again: with family, with relatives, by herself.
OWN_LIFE = (PlacementKind.OWN_FAMILY, PlacementKind.KIN, PlacementKind.INDEPENDENT)
SAFETY = settings.SAFETY_REVIEW_HOURS
RESCORE_DAYS = RESCORE_WITHIN.days
AHEAD_DAYS = 14  # what comes round by the calendar stands in the lists so many days before


@dataclass(frozen=True)
class Made:
    """One task that an event makes: its kind, and so many hours after the event until when."""

    kind: TaskKind
    hours: int


@dataclass(frozen=True)
class Follows:
    """What follows from one kind of event, for everybody of the case or for the one it is about."""

    event: Promise
    verbs: tuple
    makes: tuple


OUT = (
    Made(TaskKind.SAFETY_REVIEW, SAFETY),
    Made(TaskKind.TELL, 24),
    Made(TaskKind.RESCORE, RESCORE_DAYS * 24),
)
FOLLOWS = (
    Follows(_("Bail is granted, or an accused person is out on bail"), ("bail.grant", "bail.release"), OUT),
    Follows(_("An accused person is out of custody, or has escaped"), ("custody.end", "status.confirm"), OUT),
    Follows(
        _("A verdict is recorded"), ("verdict.record",),
        (Made(TaskKind.TELL, 24), Made(TaskKind.RESCORE, 30 * 24)),
    ),
    Follows(
        _("A person was taken back, and is recorded as such"), ("survivor.recapture",),
        (Made(TaskKind.SAFETY_REVIEW, SAFETY), Made(TaskKind.RESCORE, RESCORE_DAYS * 24)),
    ),
    Follows(_("A person is missing"), ("survivor.miss",), (Made(TaskKind.SAFETY_REVIEW, SAFETY),)),
    Follows(
        _("A threat is reported; one against the whole case is about everybody"), ("threat.report",),
        (Made(TaskKind.SAFETY_REVIEW, SAFETY),),
    ),
    Follows(
        _("A person goes to live with family or relatives, or alone"), ("placement.start",),
        (Made(TaskKind.SAFETY_REVIEW, 7 * 24), Made(TaskKind.RESCORE, 30 * 24)),
    ),
)  # fmt: skip
BY_VERB = {verb: row for row in FOLLOWS for verb in row.verbs}

# Of hearings to which a survivor is called: how many days before. They move with the hearing.
BEFORE_HEARING = {TaskKind.PREPARE: 7, TaskKind.TRAVEL: 3, TaskKind.ACCOMPANY: 0}
OF_HEARING = (*BEFORE_HEARING, TaskKind.AFTER_COURT)


def due_words(hours):
    """24 hours, 14 days."""
    if hours % 24 == 0 and hours > 24:
        days = hours // 24
        return ngettext("within %(n)s day", "within %(n)s days", days) % {"n": days}
    return ngettext("within %(n)s hour", "within %(n)s hours", hours) % {"n": hours}


def before_words(days):
    if not days:
        return _("at the hour of the hearing")
    return ngettext("%(n)s day before", "%(n)s days before", days) % {"n": days}


def months_words(months):
    return ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}


def table():
    """[(event, [(task, until when)])] for the page."""
    hearing = [(kind.label, before_words(days)) for kind, days in BEFORE_HEARING.items()]
    hearing.append((TaskKind.AFTER_COURT.label, _("on the next working day")))
    rounds = [
        (AssessmentReason.INTAKE.label, due_words(INTAKE_WITHIN.days * 24)),
        *((f"{TaskKind.RESCORE.label} ({reason.label})", months_words(months))
          for reason, months in MONTHS_TO_NEXT.items()),
    ]  # fmt: skip
    return [
        (_("A hearing is set to which a survivor is called; they move with it and end with it"), hearing),
        *((row.event, [(made.kind.label, due_words(made.hours)) for made in row.makes]) for row in FOLLOWS),
        (_("Care begins, and after each scoring"), rounds),
        (_("A plan is made or reviewed"), [(TaskKind.PLAN_REVIEW.label, _("on its day"))]),
        (
            _("A contact in which the person was not safe"),
            [(TaskKind.SAFETY_REVIEW.label, due_words(SAFETY))],
        ),
        (
            _("A scoring with the lowest step in the domain of safety"),
            [(TaskKind.SAFETY_REVIEW.label, due_words(SAFETY))],
        ),
    ]
