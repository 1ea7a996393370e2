"""Families, threats, and how people are reached."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FamilyPart(models.TextChoices):
    """What is the person in the family that came with her?"""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    CHILD = "child", _("Child")
    SIBLING = "sibling", _("Brother or sister")
    SPOUSE = "spouse", _("Husband or wife")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Another relative")


class ThreatKind(models.TextChoices):
    """What was it?"""

    WORDS = "words", _("Threatening words")
    MESSAGE = "message", _("Call or message")
    VISIT = "visit", _("Came to the house, school or work")
    FOLLOWED = "followed", _("Followed or watched")
    VIOLENCE = "violence", _("Violence")
    FAMILY = "family", _("Against the family")
    MONEY = "money", _("Money offered for silence")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Other")


class ReachedBy(models.TextChoices):
    """By which way may the person be reached?"""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    APP = "app", _("Message in an app")
    VISIT = "visit", _("Visit")
    THROUGH = "through", _("Through somebody")
    SCHOOL_OR_WORK = "school_or_work", _("At school or work")
