"""Code lists of who is who: answers to a proposal, the state of a match, roles in a ring."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sameness(models.TextChoices):
    """Are these two records one human being?"""

    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Not the same person")
    LATER = "later", _("Not sure yet")


class MatchState(models.TextChoices):
    """What became of a match between two offices?"""

    OPEN = "open", _("To be answered")
    CONFIRMED = "confirmed", _("The same person")
    DIFFERENT = "different", _("Not the same person")


class RingRole(models.TextChoices):
    """What does the member do in the ring?"""

    LEADER = "leader", _("Leads it")
    FINANCIER = "financier", _("Finances it")
    RECRUITER = "recruiter", _("Recruits")
    TRANSPORTER = "transporter", _("Transports")
    HARBOURER = "harbourer", _("Holds people")
    SELLER = "seller", _("Sells")
    MANAGER = "manager", _("Runs a place")
    ENFORCER = "enforcer", _("Threatens and punishes")
    LOOKOUT = "lookout", _("Watches for the police")
    DOCUMENTS = "documents", _("Makes papers")
    OTHER = "other", _("Other")
