"""The words of the rules about people in care, as the catalogue says them."""

from django.utils.translation import gettext_lazy as _

from notifications.rules import Urgency

S, C, A = Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM
ONE_OF_CASE = _("One alert stands for all of a case.")

# code: (what happens, what ends it, how hard it knocks where that differs, what else is to be said)
CARE_RULES = {
    "P3": (
        _("Somebody has come to us, and no social worker is named in time."),
        _("It is over when everybody of the case has one."),
        (),
        ONE_OF_CASE,
    ),
    "P4": (
        _("The first look at the safety of somebody who has come to us is due soon, or late."),
        _("It is over when the look is written down."),
        (A, C, S),
        _("Late it is urgent, and at any hour when the danger is great. One alert stands for all of a case."),
    ),
    "P5": (
        _("Something has happened, and nobody has looked at safety in time: bail, a threat, a new home."),
        _("It is over when the look is written down for everybody it concerns."),
        (C, S),
        _("Late by half a day, it comes at any hour. One alert stands for all of a case."),
    ),
    "P6": (
        _("Tasks of aftercare are more than a day late."),
        _("It is over when they are done, or dropped with a reason."),
        (),
        ONE_OF_CASE,
    ),
    "P7": (
        _("Nobody has reached somebody in care for longer than the risk allows."),
        _("It is over when the person was reached or met."),
        (A, C),
        _("It is urgent when the danger is great. One alert stands for all of a case."),
    ),
    "P8": (
        _("A social worker asks that the care of somebody ends."),
        _("It is over when a supervisor has agreed or refused."),
        (),
        None,
    ),
}
