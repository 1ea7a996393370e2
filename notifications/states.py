"""Code lists and life cycles of alerts and of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AlertState(models.TextChoices):
    """Where does the alert stand?"""

    OPEN = "open", _("Nobody has it yet")
    ACKED = "acked", _("Somebody has it")
    CLOSED = "closed", _("Closed")
    SUPERSEDED = "superseded", _("Replaced by a later one")


LIVE_ALERT = (AlertState.OPEN, AlertState.ACKED)

ALERT_MOVES = {
    AlertState.OPEN: {AlertState.ACKED, AlertState.CLOSED, AlertState.SUPERSEDED},
    # Back to open: whoever had it did not act in time, or left the case.
    AlertState.ACKED: {AlertState.OPEN, AlertState.CLOSED, AlertState.SUPERSEDED},
    AlertState.CLOSED: set(),
    AlertState.SUPERSEDED: set(),
}


class LogKind(models.TextChoices):
    """What happened to the alert?"""

    OPENED = "opened", _("Opened")
    ESCALATED = "escalated", _("Went to the next people")
    SKIPPED = "skipped_recipient", _("Somebody may no longer see the case and was left out")
    ACKED = "acked", _("Taken on")
    UNACKED = "unacked", _("Taken on, but not done in time: it is open again")
    REPEATED = "repeated", _("Nobody answered: the same people were asked once more")
    UNHEARD = "unheard", _("The last people of the ladder were told and nobody has answered")
    HANDED = "handed", _("Handed to somebody else")
    TAKEN_OVER = "taken_over", _("Taken over")
    DECLINED = "declined", _("Not taken over: it stays with whoever gave it")
    UNTAKEN = "untaken", _("Not taken over in time: it is open again")
    LEFT = "left", _("Whoever had it may no longer see the case: it is open again")
    DISMISSED = "dismissed", _("Closed by a person")
    SURVIVOR_TOLD = "survivor_told", _("Written down whether a survivor was told")
    CLOSED = "closed", _("Closed")
    SUPERSEDED = "superseded", _("Replaced by a later alert")


class Ended(models.TextChoices):
    """Why does a person close it, whatever the record says?"""

    DONE = "done", _("What was to be done has been done")
    NOT_NEEDED = "not_needed", _("Nothing need be done")
    MISTAKE = "mistake", _("It rests on a mistake in the record")


class Kind(models.TextChoices):
    """By which channel does it leave the house?"""

    MAIL = "mail", _("E-mail")
    PUSH = "push", _("Notice in this browser")
    SMS = "sms", _("Text message")
    WHATSAPP = "whatsapp", _("WhatsApp")
    TELEGRAM = "telegram", _("Telegram")
    SIGNAL = "signal", _("Signal")
    OTHER = "other", _("Another service")


class DeliveryState(models.TextChoices):
    """Where is the message? Claimed: nothing has left the house yet. Sending: it may have."""

    QUEUED = "queued", _("Waiting")
    CLAIMED = "claimed", _("Taken by a worker")
    SENDING = "sending", _("Being sent")
    ACCEPTED = "accepted", _("Handed over")
    DELIVERED = "delivered", _("Arrived")
    UNKNOWN = "unknown", _("May have been sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Not needed any more")


# What a worker may still send: rows never tried, and rows that may have been sent and are sent once more.
DUE_DELIVERY = (DeliveryState.QUEUED, DeliveryState.UNKNOWN)

DELIVERY_MOVES = {
    DeliveryState.QUEUED: {DeliveryState.CLAIMED, DeliveryState.SUPPRESSED},
    DeliveryState.CLAIMED: {DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SUPPRESSED},
    DeliveryState.SENDING: {
        DeliveryState.ACCEPTED, DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.UNKNOWN,
    },
    DeliveryState.UNKNOWN: {
        DeliveryState.CLAIMED, DeliveryState.SUPPRESSED, DeliveryState.ACCEPTED, DeliveryState.DELIVERED,
    },
    DeliveryState.ACCEPTED: {DeliveryState.DELIVERED, DeliveryState.FAILED},
    DeliveryState.DELIVERED: set(),
    DeliveryState.FAILED: set(),
    DeliveryState.SUPPRESSED: set(),
}  # fmt: skip


class Said(models.TextChoices):
    """What came of an answer to a message?"""

    TAKEN = "taken", _("Took an alert on")
    STOPPED = "stopped", _("Wants no more messages there")
    WRONG = "wrong", _("Meant nothing that could be taken")
    TOO_MANY = "too_many", _("Too many that meant nothing")
    STRANGER = "stranger", _("From a number of nobody")
    IGNORED = "ignored", _("Not looked at")


class Outcome(models.TextChoices):
    """How did one attempt end? '' while it runs, and for ever if its worker was killed."""

    ACCEPTED = "accepted", _("Handed over")
    TEMPORARY = "temporary", _("Refused for now")
    PERMANENT = "permanent", _("Refused for good")
    UNKNOWN = "unknown", _("The line broke while it was being handed over")


class WasTold(models.TextChoices):
    """Does the survivor know?"""

    TOLD = "told", _("Told, and the plan for safety looked at")
    NOT_TOLD = "not_told", _("Not told, for a reason")


class HowTold(models.TextChoices):
    """How was she told?"""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By telephone")
    TRUSTED = "trusted", _("By somebody she trusts")


class Offset(models.TextChoices):
    """How long before the hearing does the reminder come?"""

    T14 = "t14", _("In two weeks")
    T7 = "t7", _("In one week")
    T2 = "t2", _("In two days: confirm who goes")
    D1 = "d1", _("On the next working day")
    D0 = "d0", _("Today")


class ReminderState(models.TextChoices):
    """What became of the reminder?"""

    PLANNED = "planned", _("Planned")
    FIRED = "fired", pgettext_lazy("reminder", "Given")
    SUPERSEDED = "superseded", _("The date was moved")
    CANCELLED = "cancelled", _("The hearing was taken off or held")
    MISSED = "missed", _("Not given")


REMINDER_MOVES = {
    ReminderState.PLANNED: {
        ReminderState.FIRED, ReminderState.SUPERSEDED, ReminderState.CANCELLED, ReminderState.MISSED,
    },
    ReminderState.FIRED: set(),
    ReminderState.SUPERSEDED: set(),
    # Back into the plan: an outcome was taken back, or the clock of the database had run ahead.
    ReminderState.CANCELLED: {ReminderState.PLANNED, ReminderState.MISSED},
    ReminderState.MISSED: {ReminderState.PLANNED, ReminderState.SUPERSEDED, ReminderState.CANCELLED},
}  # fmt: skip


class DeadKind(models.TextChoices):
    """What is it that went no further?"""

    MESSAGE = "message", _("Message")
    FACT = "fact", _("Fact that called for an alert")


class DeadResult(models.TextChoices):
    """What became of the second try?"""

    AGAIN = "again", _("Sent again")
    OVER = "over", _("Over by then: not sent again")


class TrialKind(models.TextChoices):
    """Which trial of the pipe is it?"""

    MORNING = "morning", _("Test of the morning")
    DRILL = "drill", _("Drill")


class BrakeState(models.TextChoices):
    """What was decided about the messages that are held back?"""

    HELD = "held", _("Held back")
    RELEASED = "released", _("Let out")
    WITHDRAWN = "withdrawn", _("Withdrawn")
