"""What people agree to, and stories that leave the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class StoryState(models.TextChoices):
    """Where does a story stand?"""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved by two")
    RECALLED = "recalled", _("Called back")


STORY_MOVES = {
    StoryState.DRAFT: {StoryState.WAITING, StoryState.RECALLED},
    StoryState.WAITING: {StoryState.DRAFT, StoryState.APPROVED, StoryState.RECALLED},
    StoryState.APPROVED: {StoryState.RECALLED},
    StoryState.RECALLED: {StoryState.DRAFT},
}
