"""Code lists of watching somebody who waits for judgment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustodyEnd(models.TextChoices):
    """Why is the person no longer held there?"""

    BAIL = "bail", _("Released on bail")
    DEFAULT_BAIL = "default_bail", _("Released because a time limit ran out")
    NO_CHARGE = "no_charge", _("Released without a charge")
    ACQUITTED = "acquitted", _("Released after an acquittal or dismissal")
    SERVED = "served", _("Sentence served")
    PAROLE = "parole", _("Parole, pardon or remission")
    OTHER = "other", _("Let go for another reason")
    SENTENCED = "sentenced", _("Serves a sentence from now on")
    TRANSFERRED = "transferred", _("Handed over to another country or authority")
    ESCAPED = "escaped", _("Escaped")
    DIED = "died", _("Died in custody")


LET_GO = (
    CustodyEnd.DEFAULT_BAIL,
    CustodyEnd.NO_CHARGE,
    CustodyEnd.ACQUITTED,
    CustodyEnd.SERVED,
    CustodyEnd.PAROLE,
    CustodyEnd.OTHER,
)


class Whereabouts(models.TextChoices):
    """Where is the person, as somebody made sure?"""

    IN_CUSTODY = "in_custody", _("In custody")
    AT_LIBERTY = "at_liberty", _("At liberty")
    ABSCONDED = "absconded", _("Absconded")
    UNKNOWN = "unknown", _("Nobody could tell")


class HowKnown(models.TextChoices):
    """How is it known?"""

    PRISON = "prison", _("The prison was called")
    POLICE = "police", _("The police told us")
    COURT = "court", _("From the court or its list")
    SEEN = "seen", _("We saw it ourselves")
    PAPER = "paper", _("A paper shows it")
    COMMUNITY = "community", _("Somebody of the place told us")
    OTHER = "other", _("In another way")


class ConditionKind(models.TextChoices):
    """What does the condition ask for? The codes of bail_condition_types in the list all countries share."""

    REPORTING = "reporting", _("Report to police or court")
    NO_CONTACT = "no_contact", _("No contact with survivor or witnesses")
    DISTANCE = "distance", _("Keep away from a place or area")
    RESIDENCE = "residence", _("Live at a fixed address")
    TRAVEL_BAN = "travel_ban", _("No travel out of area or country")
    PASSPORT_SURRENDER = "passport_surrender", _("Surrender passport")
    NO_BUSINESS = "no_business", _("No return to the trade or premises")
    NO_MINORS = "no_minors", _("No contact with children")
    NO_DEVICE = "no_device", _("No internet or device use")
    CURFEW = "curfew", _("Curfew")
    HOUSE_ARREST = "house_arrest", _("House arrest")
    ELECTRONIC_MONITORING = "electronic_monitoring", _("Electronic monitoring")
    SUPERVISION = "supervision", _("Supervision by an officer or custodian")
    NO_REOFFENDING = "no_reoffending", _("Commit no further offence")
    COOPERATE = "cooperate", _("Cooperate with the investigation")
    TREATMENT = "treatment", _("Attend treatment")
    CASH_BOND = "cash_bond", _("Cash deposit")
    SURETY = "surety", _("Surety or guarantor")
    PROPERTY_BOND = "property_bond", _("Property bond")
    PERSONAL_BOND = "personal_bond", _("Personal bond or recognisance")
    OTHER = "other", _("Other")


class Rhythm(models.TextChoices):
    """When is somebody to look whether it is kept?"""

    ALWAYS = "always", _("It holds all the time")
    WEEKLY = "weekly", _("Every week on one day")
    EVERY = "every", _("Every so many days")
    ONCE = "once", _("Once, on one day")


class Kept(models.TextChoices):
    """Was the condition kept?"""

    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    NOT_CHECKED = "not_checked", _("Nobody made sure")


class Notice(models.TextChoices):
    """Were the survivors given notice of the bail, as the law wants it?"""

    GIVEN = "given", _("Notice was given")
    NOT_REQUIRED = "not_required", _("No notice is needed")
