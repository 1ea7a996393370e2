from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewWord(models.TextChoices):
    """What somebody found who looked into unusual access."""

    IN_ORDER = "in_order", _("In order: it belongs to the person's work")
    EXPLAINED = "explained", _("I asked, and it was explained")
    FOLLOWED_UP = "followed_up", _("Not in order: I am following it up")
