"""Why somebody who was counted is not registered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnregisteredWhy(models.TextChoices):
    """Why will these people have no record of their own?"""

    DECLINED = "declined", _("An adult who declined")
    OTHER_OFFICE = "other_office", _("Taken on by another office or organisation")
    WENT_HOME = "went_home", _("Went home at once with a safe family")
    LEFT = "left", _("Left before anybody could speak with them")
    MISCOUNTED = "miscounted", _("The count was too high")
    NOT_EXPLOITED = "not_exploited", _("Neither exploited nor in danger")
    OTHER = "other", _("Another reason")
