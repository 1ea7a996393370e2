"""Alerts, what people were told of them, and how that leaves the house."""

from notifications.models.alerts import Alert, AlertLog
from notifications.models.answers import Answer
from notifications.models.beats import Beat, Handled, Line, Receipt
from notifications.models.inbox import InboxItem
from notifications.models.people import Choice, Endpoint, Personal
from notifications.models.reminders import Reminder
from notifications.models.rules import OfficeRule
from notifications.models.sending import Attempt, Delivery
from notifications.models.telling import Telling
from notifications.models.watching import Brake, DeadLetter, Reading, Trial

__all__ = [
    "Alert",
    "AlertLog",
    "Answer",
    "Attempt",
    "Beat",
    "Brake",
    "Choice",
    "DeadLetter",
    "Delivery",
    "Endpoint",
    "Handled",
    "InboxItem",
    "Line",
    "OfficeRule",
    "Personal",
    "Reading",
    "Receipt",
    "Telling",
    "Reminder",
    "Trial",
]
