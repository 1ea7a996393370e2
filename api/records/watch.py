"""Watching who waits for judgment, and what hearings cost witnesses."""

from accounts.roles import Can
from api.records.reading import Reading
from prosecutions.models import (
    BailCondition,
    BailVariation,
    CalledWitness,
    ConditionCheck,
    HearingCost,
    StatusCheck,
    WitnessItem,
)

VIEW = {"list": Can.VIEW_ACCUSED}


class BailConditionReading(Reading):
    """Conditions of bail, and the day on which somebody is to look whether each is kept."""

    model = BailCondition
    needs = VIEW
    only_with = {"survivor": Can.VIEW_SURVIVOR}
    fields = (
        "bail", "position", "kind", "text", "place", "survivor", "rhythm", "every_days", "weekday",
        "next_on", "lifted_on",
    )  # fmt: skip
    narrow = ("bail", "kind", "rhythm")


class ConditionCheckViewSet(Reading):
    """Answers whether a condition was kept."""

    model = ConditionCheck
    needs = VIEW
    fields = ("condition", "due_on", "result", "on", "by", "how", "note")
    narrow = ("condition", "result")


class BailVariationViewSet(Reading):
    """Changes of the terms of a bail, with what stood before."""

    model = BailVariation
    needs = VIEW
    fields = (
        "bail", "on", "conditions_before", "surety_before_low", "surety_before_high",
        "surety_before_currency", "note",
    )  # fmt: skip
    narrow = ("bail",)


class StatusCheckReading(Reading):
    """Somebody made sure where an accused person is."""

    model = StatusCheck
    needs = VIEW
    fields = ("accused", "status", "on", "at", "how", "by", "note")
    narrow = ("accused", "status", "how")


class HearingCostReading(Reading):
    """What survivors and their families lost by hearings; what was struck out counts nowhere."""

    model = HearingCost
    needs = {"list": Can.VIEW_SURVIVOR}
    fields = ("hearing", "survivor", "of_family", "kind", "amount", "currency", "struck_at")
    narrow = ("hearing", "survivor", "kind")


class CalledWitnessViewSet(Reading):
    """Others who are called to speak at a hearing."""

    model = CalledWitness
    needs = {"list": Can.VIEW_HEARING}
    fields = ("hearing", "role", "label", "called")
    narrow = ("hearing", "role", "called")


class WitnessItemViewSet(Reading):
    """What survivors who are called need for that day, and whether somebody has seen to it."""

    model = WitnessItem
    needs = {"list": Can.VIEW_SURVIVOR}
    fields = ("hearing", "survivor", "need", "state", "sees_to_it", "due_on", "note")
    narrow = ("hearing", "survivor", "need", "state")
