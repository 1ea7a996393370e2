"""What an identity is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentityNumberKind(models.TextChoices):
    """Which paper does the number stand on?"""

    NATIONAL = "national", _("National identity card")
    PASSPORT = "passport", _("Passport")
    BIRTH = "birth", _("Birth certificate")
    VOTER = "voter", _("Voter's card")
    SCHOOL = "school", _("School record")
    OTHER = "other", _("Another paper")


class IdentityWordKind(models.TextChoices):
    """What was the word taken from?"""

    NAME = "name", _("Name")
    PHONE = "phone", _("Phone number")
    NUMBER = "number", _("Identity number")


class IdentityPart(models.TextChoices):
    """What of an identity is shown at once?"""

    NAMES = "names", _("Names")
    BIRTH = "birth", _("Birth and home")
    CONTACTS = "contacts", _("Contacts")
    NUMBERS = "numbers", _("Identity numbers")
