"""What was written about survivors, and the threats against them. Who they are is never told here."""

from accounts.roles import Can
from api.records.reading import Reading
from survivors.models import (
    Age,
    Consent,
    Episode,
    Family,
    HeadcountMember,
    Kinship,
    MissingPerson,
    Relief,
    Statement,
    Story,
    Threat,
)

VIEW = {"list": Can.VIEW_SURVIVOR}


class AgeViewSet(Reading):
    """How old people were at some moment, and who said so."""

    model = Age
    needs = VIEW
    fields = ("survivor", "position", "years", "months", "at", "on", "by", "estimated", "note")
    narrow = ("survivor", "at")


class EpisodeViewSet(Reading):
    """Spells of exploitation."""

    model = Episode
    needs = VIEW
    fields = (
        "survivor", "position", "kinds", "sex", "industry", "apps", "venues", "by", "recruited", "promise",
        "recruiter", "relationship", "control", "hours_per_day", "quota", "conditions", "started", "ended",
        "months", "years", "prevented", "born_into", "note",
    )  # fmt: skip
    narrow = ("survivor", "prevented")


class ReliefViewSet(Reading):
    """How exploitations ended; one that was followed by a recapture did not hold."""

    model = Relief
    needs = VIEW
    fields = (
        "survivor", "position", "on", "how", "operation", "headcount", "at", "by", "recaptured",
        "recaptured_on", "recaptured_by", "recaptured_how", "recaptured_note", "note",
    )  # fmt: skip
    narrow = ("survivor", "how", "recaptured")
    scoped = ("operation", "headcount")


class StatementViewSet(Reading):
    """Interviews and statements: that there were any, and what came of them."""

    model = Statement
    needs = VIEW
    fields = ("survivor", "round", "on", "by", "result", "language", "names", "presence", "note")
    narrow = ("survivor", "result")


class ConsentReading(Reading):
    """What survivors, or those who may for them, agreed to or refused."""

    model = Consent
    needs = VIEW
    fields = (
        "survivor", "purpose", "given", "on", "by", "giver", "giver_key", "assent", "how", "what", "to",
        "receiver", "until", "withdrawn_on", "note",
    )  # fmt: skip
    narrow = ("survivor", "purpose", "given")


class KinshipViewSet(Reading):
    """Who is whose mother: among survivors, accused and head-counts, by their keys in the case."""

    model = Kinship
    needs = VIEW
    fields = ("of", "who", "relation", "role", "note")
    narrow = ("relation",)


class FamilyViewSet(Reading):
    """People who came out together and belong together."""

    model = Family
    needs = VIEW
    fields = ("label", "keep_together", "note")


class HeadcountMemberViewSet(Reading):
    """Survivors with a record of their own who belong to a head-count."""

    model = HeadcountMember
    needs = VIEW
    fields = ("headcount", "survivor")
    narrow = ("headcount", "survivor")
    scoped = ("headcount",)


class MissingPersonViewSet(Reading):
    """Survivors who were gone before or during an operation."""

    model = MissingPerson
    needs = VIEW
    fields = ("operation", "survivor")
    narrow = ("operation", "survivor")


class ThreatReading(Reading):
    """Threats against survivors and those around them, and what was done about each."""

    model = Threat
    needs = VIEW
    fields = (
        "survivor", "kind", "on", "by", "said_by", "what", "reported_by", "reported_at", "action",
        "acted_at", "acted_by",
    )  # fmt: skip
    narrow = ("survivor", "kind")


class StoryViewSet(Reading):
    """Stories for others: where each stands. Its words are read on its page, which is written down."""

    model = Story
    needs = VIEW
    fields = ("status", "written_by", "first_by", "second_by", "first_at", "second_at", "recalled_at")
    narrow = ("status",)
