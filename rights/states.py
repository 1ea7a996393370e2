"""What survivors ask about their records, and what becomes of records when their time is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestKind(models.TextChoices):
    """What does the person ask for?"""

    COPY = "copy", _("A copy of the record")
    CORRECT = "correct", _("Something is wrong and should be corrected")
    ERASE = "erase", _("The record should be erased")
    RESTRICT = "restrict", _("Fewer people should see or use it")
    OBJECT = "object", _("Something should not be done with it")


class RequestState(models.TextChoices):
    """Where does the request stand?"""

    OPEN = "open", _("Waits for an answer")
    GRANTED = "granted", _("Done as asked")
    REFUSED = "refused", _("Refused, with the reason")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")


REQUEST_MOVES = {
    RequestState.OPEN: {RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN},
    RequestState.GRANTED: set(),
    RequestState.REFUSED: set(),
    RequestState.WITHDRAWN: set(),
}


class CorrectionState(models.TextChoices):
    """What became of it?"""

    ASKED = "asked", _("Waits for a decision")
    MADE = "made", _("Corrected")
    REFUSED = "refused", _("Not changed; what the person says stands beside it")


CORRECTION_MOVES = {
    CorrectionState.ASKED: {CorrectionState.MADE, CorrectionState.REFUSED},
    CorrectionState.MADE: set(),
    CorrectionState.REFUSED: set(),
}


class Decision(models.TextChoices):
    """What becomes of the record?"""

    KEEP = "keep", _("Keep it until a day")
    ANONYMISE = "anonymise", _("Anonymise: names, texts and files go; codes and dates stay")
    ERASE = "erase", _("Erase: only what the figures count stays")


class ReviewWhy(models.TextChoices):
    """Why is it looked at?"""

    RULE = "rule", _("The time of the rule is over")
    REQUEST = "request", _("The person asked for it")


class ReviewState(models.TextChoices):
    """Where does the review stand?"""

    WAITING = "waiting", _("Waits for a proposal")
    PROPOSED = "proposed", _("Waits for a second person")
    AGREED = "agreed", _("Agreed; done within the hour")
    KEPT = "kept", _("Kept until a day")
    DONE = "done", _("Done")


REVIEW_MOVES = {
    ReviewState.WAITING: {ReviewState.PROPOSED},
    ReviewState.PROPOSED: {ReviewState.WAITING, ReviewState.AGREED, ReviewState.KEPT},
    ReviewState.AGREED: {ReviewState.DONE, ReviewState.WAITING},
    ReviewState.KEPT: set(),
    ReviewState.DONE: set(),
}
OPEN_REVIEWS = (ReviewState.WAITING, ReviewState.PROPOSED, ReviewState.AGREED)


class Held(models.TextChoices):
    """What keeps a record although its time is over?"""

    TRACK = "track", _("A track of the case is open")
    PROCEEDING = "proceeding", _("A proceeding runs")
    APPEAL = "appeal", _("An appeal is not decided")
    MONEY = "money", _("Compensation is not paid")
    REQUEST = "request", _("A request of the person is not answered")
    HOLD = "hold", _("Somebody holds it, with a reason")
