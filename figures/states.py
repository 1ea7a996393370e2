from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyMethod(models.TextChoices):
    """How was it found out?"""

    VENUE_SAMPLE = "venue_sample", _("Venues mapped and sampled by time and place")
    HOUSEHOLD = "household", _("Survey of households")
    RESPONDENT_DRIVEN = "respondent_driven", _("Sample that respondents drive")
    MULTIPLE_LISTS = "multiple_lists", _("Estimate from several lists that overlap")
    CENSUS = "census", _("Count of everybody")
    OWN_RECORDS = "own_records", _("Count from records of cases")
    OFFICIAL_RECORDS = "official_records", _("Count from records of authorities")
    EXPERTS = "experts", _("Estimate by experts")
    EVALUATION = "evaluation", _("Evaluation by outsiders")
    OTHER = "other", _("Another method")
    UNKNOWN = "unknown", _("Not known")


class Representative(models.TextChoices):
    """Does it stand for the whole population it speaks of?"""

    YES = "yes", _("Representative")
    NO = "no", _("Not representative")
    UNKNOWN = "unknown", _("Not known whether representative")
