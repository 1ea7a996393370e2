"""The life of a delivery, and what may be told to other programs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where is the message?"""

    QUEUED = "queued", _("Waits to be sent")
    SENDING = "sending", _("Is being sent")
    SENT = "sent", _("Was taken")
    WITHHELD = "withheld", _("Held back: the owner may not see it now")
    DEAD = "dead", _("Given up")


DELIVERY_MOVES = {
    DeliveryState.QUEUED: {DeliveryState.SENDING, DeliveryState.DEAD},
    DeliveryState.SENDING: {
        DeliveryState.SENT,
        DeliveryState.QUEUED,
        DeliveryState.WITHHELD,
        DeliveryState.DEAD,
    },
    DeliveryState.SENT: set(),
    DeliveryState.WITHHELD: set(),
    DeliveryState.DEAD: {DeliveryState.QUEUED},
}

# What was done to records, by the noun of its verb. Who looked at what, who is named on plans, what
# identifies somebody, what was said in therapy and what left the house is told to nobody outside.
TELLABLE = {
    "case": (_("Cases"), ("open", "edit", "assign", "unassign")),
    "track": (_("Tracks of cases"), ("move", "close", "reopen")),
    "note": (_("Notes"), ("add",)),
    "task": (_("Tasks"), ("add", "finish")),
    "risk": (_("Risk of cases"), ("assess",)),
    "link": (_("Links between cases"), ("add",)),
    "agency": (_("Agencies"), ("add",)),
    "grant": (_("Grants"), ("add",)),
    "milestone": (_("Milestones"), ("add", "reach")),
    "document": (_("Documents"), ("add",)),
    "evidence": (_("Evidence"), ("record",)),
    "operation": (_("Operations"), ("record", "edit")),
    "venue": (_("Places"), ("add", "close")),
    "headcount": (_("Head-counts"), ("add",)),
    "investigation": (_("Investigations"), ("add",)),
    "lookout": (_("Lookouts"), ("send", "close")),
    "survivor": (_("Survivors"), ("add", "edit")),
    "age": (_("Ages"), ("add",)),
    "episode": (_("Episodes"), ("add",)),
    "relief": (_("Reliefs"), ("add",)),
    "statement": (_("Statements"), ("add",)),
    "consent": (_("Consents"), ("add", "withdraw")),
    "threat": (_("Threats"), ("report", "answer")),
    "accused": (_("Accused"), ("add", "edit")),
    "network": (_("Networks"), ("add",)),
    "arrest": (_("Arrests"), ("record",)),
    "custody": (_("Custody"), ("start", "end", "transfer")),
    "charge": (_("Charges"), ("add", "edit")),
    "proceeding": (_("Proceedings"), ("open", "edit")),
    "hearing": (
        _("Hearings"),
        ("schedule", "reschedule", "cancel", "record", "correct", "assign", "confirm"),
    ),
    "cost": (_("Costs of hearings"), ("add", "strike")),
    "need": (_("Needs of witnesses"), ("set", "edit")),
    "bail": (
        _("Bail"),
        (
            "seek", "oppose", "grant", "release", "refuse", "withdraw", "breach", "cancel", "end", "vary",
            "notice", "reoffend",
        ),
    ),
    "condition": (_("Conditions of bail"), ("add", "lift", "check")),
    "status": (_("Where accused people are"), ("confirm",)),
    "verdict": (_("Verdicts"), ("record", "correct")),
    "appeal": (_("Appeals"), ("file", "open", "decide", "correct")),
    "release": (_("Days of release"), ("state", "answer")),
    "award": (_("Awards"), ("order", "change", "enforce")),
    "payment": (_("Payments"), ("record", "correct")),
    "care": (_("Aftercare"), ("open", "assign", "outcome")),
    "closure": (_("Closing of care"), ("ask", "decide", "reopen")),
    "placement": (_("Placements"), ("start", "end")),
    "plan": (_("Plans"), ("make", "review", "agree", "end")),
    "goal": (_("Goals"), ("set", "move")),
    "goalstep": (_("Steps of goals"), ("set", "move")),
    "conference": (_("Conferences"), ("hold",)),
    "caretask": (_("Tasks of aftercare"), ("make", "move")),
    "assessment": (_("Assessments"), ("score",)),
    "service": (_("Services"), ("log",)),
    "contact": (_("Contacts"), ("log",)),
    "safety": (_("Looks at safety"), ("look",)),
    "entitlement": (_("Benefits"), ("set", "start", "aside", "move")),
    "referral": (_("Referrals"), ("add", "make", "move")),
}  # fmt: skip
VERBS = {f"{noun}.{deed}" for noun, (_words, deeds) in TELLABLE.items() for deed in deeds}
PATTERNS = VERBS | {f"{noun}.*" for noun in TELLABLE}


def verbs_of(patterns):
    """The verbs that these stand for: `hearing.record`, or all of `hearing.*`."""
    wanted = set(patterns)
    return {verb for verb in VERBS if verb in wanted or f"{verb.partition('.')[0]}.*" in wanted}
