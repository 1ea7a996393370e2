"""Code lists of the law as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How far may one rely on the row?"""

    HIGH = "high", _("Checked against a text, or settled")
    MEDIUM = "medium", _("Known from practice: check before relying on it")
    LOW = "low", _("Uncertain: a lawyer must confirm it")


class Bailability(models.TextChoices):
    """May the accused be bailed?"""

    AS_OF_RIGHT = "as_of_right", _("Bail as of right")
    DISCRETIONARY = "discretionary", _("Bail at discretion")
    NON_BAILABLE = "non_bailable", _("Only a court may grant bail")
    BY_LAW_DEFAULT = "by_law_default", _("Bail by default of law")


class Severity(models.TextChoices):
    """What hangs on the clock?"""

    URGENT = "urgent", _("Liberty or a right is lost")
    WARNING = "warning", _("A duty is broken, or delay can be raised")
    INFO = "info", _("For planning")


class Counts(models.TextChoices):
    """Which days count?"""

    CALENDAR = "calendar", _("Every day")
    WORKING = "working", _("Working days of the court")


class StartDay(models.TextChoices):
    """Is the first day counted?"""

    EXCLUDED = "excluded", _("The first day is not counted")
    INCLUDED = "included", _("The first day is counted")


class RollOver(models.TextChoices):
    """What when the last day is a holiday?"""

    NONE = "none", _("The day stays")
    NEXT_WORKING_DAY = "next_working_day", _("The next working day")


class ClockKind(models.TextChoices):
    """What does the period say?"""

    DEADLINE = "deadline", _("Deadline")
    MINIMUM = "minimum", _("Not before")
    LEAD_TIME = "lead_time", _("So long before")


class Party(models.TextChoices):
    """Who caused the adjournment?"""

    COURT = "court", _("Court")
    PROSECUTION = "prosecution", _("Prosecution")
    DEFENCE = "defence", _("Defence")
    WITNESS = "witness", _("Witness")
    SURVIVOR = "survivor", _("Survivor")
    EXTERNAL = "external", _("From outside")


class About(models.TextChoices):
    """Whose clock is it?"""

    ACCUSED = "accused", _("An accused person")
    SURVIVOR = "survivor", _("A survivor")
    PROCEEDING = "proceeding", _("A proceeding")
    CASE = "case", _("The case")


class Moment(models.TextChoices):
    """When is the benefit meant to come?"""

    IMMEDIATE = "immediate", _("At once")
    INTERIM = "interim", _("While the case runs")
    FINAL = "final", _("In the end")


class Level(models.TextChoices):
    """Which level of government owes it? The codes of aftercare.OwedBy."""

    CENTRE = "centre", _("Central government")
    STATE = "state", _("State or province")
    DISTRICT = "district", _("District")
    COURT = "court", _("Court")
    FUND = "fund", _("Fund or organisation")
