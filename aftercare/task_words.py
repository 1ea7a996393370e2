"""Where each task is done, and why it is there, in the words of the screens."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftercare.actions.tasks import BY_DEED
from aftercare.states import TaskKind

# The page on which the deed is done: (name of the address, words of the button).
DEEDS = {
    TaskKind.NAME_WORKER: ("aftercare:care-assign", _("Name somebody")),
    TaskKind.FIRST_SAFETY: ("aftercare:safety-look", _("Look at safety")),
    TaskKind.SAFETY_REVIEW: ("aftercare:safety-look", _("Look at safety")),
    TaskKind.RESCORE: ("aftercare:assessment-score", _("Score")),
    TaskKind.PLAN_REVIEW: ("aftercare:care-plan", _("Open the plan")),
}

# What made the task, by the verb that it keeps.
SOURCES = {
    "hearing.schedule": _("a hearing"),
    "bail.grant": _("bail granted"),
    "bail.release": _("the accused is out on bail"),
    "custody.end": _("the accused is out of custody"),
    "verdict.record": _("the verdict"),
    "survivor.recapture": _("taken back"),
    "survivor.miss": _("missing"),
    "threat.report": _("a threat"),
    "contact.log": _("a contact: not safe"),
    "placement.start": _("a new home"),
    "status.confirm": _("the accused cannot be found"),
    "assessment.score": _("a scoring: not safe"),
    "assessment.round": _("the rhythm of scoring"),
    "plan.round": _("the plan"),
    "care.open": _("the arrival"),
    "safety.look": _("the last look at safety"),
    "consent.withdraw": _("a consent taken back"),
    "conference.hold": _("a conference"),
    "referral.make": _("a referral"),
    "closure.decide": _("the end of care"),
}


def deed_of(task):
    """(address, words) of the page on which this task is done; None where one press ends it."""
    name, words = DEEDS.get(task.kind, ("", ""))
    try:
        return (reverse(name, args=[task.care_id]), words) if name else None
    except NoReverseMatch:
        return None


def row_of(task, now):
    """One task as the lists show it."""
    return {
        "task": task,
        "deed": deed_of(task),
        "press": task.kind not in BY_DEED,
        "because": SOURCES.get(task.source, ""),
        "late": task.due_at < now,
        "today": timezone.localdate(task.due_at) == timezone.localdate(now),
        "by_hand": task.kind in (TaskKind.OTHER, TaskKind.DECISION),
    }
