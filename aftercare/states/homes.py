"""Code lists of homes and stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementKind(models.TextChoices):
    """What kind of home?"""

    CRISIS_CENTRE = "crisis_centre", _("Crisis centre")
    GOVERNMENT_SHELTER = "government_shelter", _("Government shelter")
    NGO_SHELTER = "ngo_shelter", _("NGO shelter")
    PROCESSING_CENTRE = "processing_centre", _("Processing centre")
    AFTERCARE_HOME = "aftercare_home", _("Aftercare home")
    FOSTER_CARE = "foster_care", _("Foster care")
    KIN = "kin", _("Relatives")
    OWN_FAMILY = "own_family", _("Own family")
    INDEPENDENT = "independent", _("Independent")
    HOSPITAL = "hospital", _("Hospital")
    OTHER = "other", _("Other")


class PlacementEnd(models.TextChoices):
    """Why did the stay end?"""

    PLANNED = "planned", _("As planned")
    BETTER_HOME = "better_home", _("A home that fits better")
    UNSAFE = "unsafe", _("Not safe there")
    HER_WISH = "her_wish", _("Wish of the person")
    RULES = "rules", _("Rules of the home")
    HOME_CLOSED = "home_closed", _("The home closed")
    RAN_AWAY = "ran_away", _("Ran away")
    OTHER = "other", _("Other")


class HomeFor(models.TextChoices):
    """Whom does the home take?"""

    ANYBODY = "anybody", _("Anybody")
    WOMEN_AND_GIRLS = "women_and_girls", _("Women and girls")
    MEN_AND_BOYS = "men_and_boys", _("Men and boys")


class FamilyConsent(models.TextChoices):
    """Does the home want the family to agree?"""

    NONE = "none", _("Not needed")
    FOR_CHILDREN = "for_children", _("For children")
    ALWAYS = "always", _("Always")
