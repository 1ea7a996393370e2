"""What people agree to, and stories that leave the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsentPurpose(models.TextChoices):
    """What is the consent for?"""

    SERVICES = "services", _("Services")
    LEGAL_SUPPORT = "legal_support", _("Legal support")
    INTERVIEW = "interview", _("Interview")
    SHELTER = "shelter", _("Shelter")
    DATA_KEEPING = "data_keeping", _("Data keeping")
    SHARE_WITH_AGENCY = "share_with_agency", _("Share with agency")
    PUBLISH_STORY = "publish_story", _("Publish story")
    RESEARCH = "research", _("Research")
    PHOTOGRAPH = "photograph", _("Photograph")


class ConsentGiver(models.TextChoices):
    """Who gave the consent?"""

    SELF = "self", _("The person herself or himself")
    PARENT = "parent", _("A parent")
    GUARDIAN = "guardian", _("A guardian")
    MINISTRY = "ministry", _("Child protection authority or ministry")
    COURT = "court", _("A court")
    OTHER = "other", _("Somebody else")


class ConsentHow(models.TextChoices):
    """How was it given?"""

    SPOKEN = "spoken", _("Spoken")
    WRITTEN = "written", _("Signed")
    THUMBPRINT = "thumbprint", _("With a thumbprint")
    RECORDED = "recorded", _("Recorded")


class Shared(models.TextChoices):
    """What may be told?"""

    PSEUDONYM = "pseudonym", _("The chosen name")
    AGE = "age", _("Age and gender")
    IDENTITY = "identity", _("Real name and papers")
    CONTACT = "contact", _("How to reach the person")
    WHEREABOUTS = "whereabouts", _("Where the person lives")
    NEEDS = "needs", _("What help is needed")
    HEALTH = "health", _("Health")
    EXPLOITATION = "exploitation", _("What happened")
    COURT = "court", _("Where the case stands in court")
    PHOTO = "photo", _("Photos")
    WORDS = "words", _("The person's own words")


class LeftOut(models.TextChoices):
    """Why may this person's record not be passed on?"""

    NEVER_ASKED = "never_asked", _("was not asked for this purpose")
    REFUSED = "refused", pgettext_lazy("consent", "refused")
    WITHDRAWN = "withdrawn", _("took the consent back")
    RAN_OUT = "ran_out", _("the consent has run out")
    OTHER_RECEIVER = "other_receiver", _("agreed for another receiver only")
    NO_NAME = "no_name", _("no legal name is recorded")
    NO_ASSENT = "no_assent", _("the child does not agree")
    TOO_YOUNG = "too_young", _("a child alone agreed, and nobody of full right")
    NOT_ENTITLED = "not_entitled", _("whoever agreed is accused in this case, or close to somebody who is")
    LESS = "less", _("agreed to less than this")


class StoryState(models.TextChoices):
    """Where does a story stand?"""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved by two")
    RECALLED = "recalled", _("Called back")


# Who answers for a child as part of the family, and so must not be close to anybody accused.
FAMILY_GIVERS = (ConsentGiver.PARENT, ConsentGiver.OTHER)
# What may be told under a consent that does not say: enough to be helped, nothing that leads to the person.
TOLD_AT_LEAST = (Shared.PSEUDONYM, Shared.AGE, Shared.NEEDS)
# What leads to the person, and is opened and written down as such when it is told.
LEADS_TO_HER = (Shared.IDENTITY, Shared.CONTACT, Shared.WHEREABOUTS)

STORY_MOVES = {
    StoryState.DRAFT: {StoryState.WAITING, StoryState.RECALLED},
    StoryState.WAITING: {StoryState.DRAFT, StoryState.APPROVED, StoryState.RECALLED},
    StoryState.APPROVED: {StoryState.RECALLED},
    StoryState.RECALLED: {StoryState.DRAFT},
}
