"""Code lists of what comes after the verdict: sentences, release, money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentenceKind(models.TextChoices):
    """What does this part of the sentence say?"""

    IMPRISONMENT_FIXED = "imprisonment_fixed", _("Prison for a fixed time")
    IMPRISONMENT_INDETERMINATE = "imprisonment_indeterminate", _("Prison between two terms")
    LIFE = "life", _("Prison for life")
    LIFE_NATURAL = "life_natural", _("Prison for the rest of natural life")
    DEATH = "death", _("Death")
    SUSPENDED_IMPRISONMENT = "suspended_imprisonment", _("Prison, suspended")
    TIME_SERVED = "time_served", _("Time already served")
    PROBATION = "probation", _("Probation or community order")
    SUPERVISED_RELEASE = "supervised_release", _("Supervision after release")
    FINE = "fine", _("Fine")
    DEFAULT_IMPRISONMENT = "default_imprisonment", _("Prison if the fine is not paid")
    COMPENSATION_BY_OFFENDER = "compensation_by_offender", _("Compensation from the offender")
    RESTITUTION = "restitution", _("Restitution")
    MORAL_DAMAGES = "moral_damages", _("Moral damages")
    EXEMPLARY_DAMAGES = "exemplary_damages", _("Exemplary damages")
    CIVIL_INDEMNITY = "civil_indemnity", _("Civil indemnity")
    STATE_COMPENSATION = "state_compensation", _("Compensation by the state recommended")
    FORFEITURE = "forfeiture", _("Forfeiture")
    PREMISES_CLOSURE = "premises_closure", _("Closing of premises")
    LICENCE_REVOCATION = "licence_revocation", _("Licence taken away")
    CIVIL_RIGHTS_LOSS = "civil_rights_loss", _("Loss of civil rights")
    REGISTRATION = "registration", _("Registration as an offender")
    DEPORTATION = "deportation", _("Deportation after the sentence")
    NO_CONTACT_ORDER = "no_contact_order", _("No-contact order")
    TREATMENT = "treatment", _("Treatment order")
    OTHER = "other", _("Other")


TERMS = (SentenceKind.IMPRISONMENT_FIXED, SentenceKind.IMPRISONMENT_INDETERMINATE)
NO_END = (SentenceKind.LIFE, SentenceKind.LIFE_NATURAL, SentenceKind.DEATH)
WITH_TIME = (
    *TERMS,
    SentenceKind.SUSPENDED_IMPRISONMENT,
    SentenceKind.TIME_SERVED,
    SentenceKind.PROBATION,
    SentenceKind.SUPERVISED_RELEASE,
    SentenceKind.DEFAULT_IMPRISONMENT,
)
WITH_MONEY = (
    SentenceKind.FINE,
    SentenceKind.COMPENSATION_BY_OFFENDER,
    SentenceKind.RESTITUTION,
    SentenceKind.MORAL_DAMAGES,
    SentenceKind.EXEMPLARY_DAMAGES,
    SentenceKind.CIVIL_INDEMNITY,
    SentenceKind.STATE_COMPENSATION,
)


class Runs(models.TextChoices):
    """Beside the other terms, or after them?"""

    CONCURRENT = "concurrent", _("At the same time as the others")
    CONSECUTIVE = "consecutive", _("After the others")


class ReleaseState(models.TextChoices):
    """What do the records say of the day of release?"""

    DATED = "dated", _("The day is known")
    UNKNOWN = "unknown", _("The records do not say enough")
    LIFE = "life", _("For life: no day of release")
    SUSPENDED = "suspended", _("Suspended: no prison")
    NO_PRISON = "no_prison", _("No prison in the sentence")
    AT_LIBERTY = "at_liberty", _("On bail: the sentence does not run")
    OVER = "over", _("Out of prison already")
    NONE = "none", _("No conviction stands")


class Told(models.TextChoices):
    """Were the survivors told of the day of release?"""

    TOLD = "told", _("Told, and the safety plan looked at")
    NOT_TOLD = "not_told", _("Not told, for a reason")


class PaymentKind(models.TextChoices):
    """Where did the money go?"""

    RECEIVED = "received", _("Received by the survivor")
    DEPOSITED = "deposited", _("Deposited with the court")


class WayOfEnforcing(models.TextChoices):
    """What was done to get the money?"""

    DEMAND = "demand", _("Asked for payment in writing")
    EXECUTION = "execution", _("Petition for execution filed")
    ATTACHMENT = "attachment", _("Attachment or sale asked for")
    STATE_FUND = "state_fund", _("State fund asked")
    DISBURSEMENT = "disbursement", _("Court asked to pay out the deposit")
    AGREEMENT = "agreement", _("Payment plan agreed")
    STAYED = "stayed", _("Stayed by a higher court")
    CANNOT_BE_HAD = "cannot_be_had", _("Cannot be had: no means found")
    OTHER = "other", _("Other")


# What answers the reminder that money is unpaid; after the others it comes again.
ENFORCED = (
    WayOfEnforcing.EXECUTION,
    WayOfEnforcing.ATTACHMENT,
    WayOfEnforcing.AGREEMENT,
    WayOfEnforcing.STAYED,
    WayOfEnforcing.CANNOT_BE_HAD,
)
