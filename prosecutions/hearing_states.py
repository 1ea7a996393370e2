"""Code lists of the day in court: what it cost, who is called, and what a witness needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from prosecutions.states import AdjournmentReason, AskedBy, HearingOutcome

# The court sat: both count as held.
SAT = (HearingOutcome.HELD, HearingOutcome.PART_HEARD)
# It goes on: a next date is wanted, or a word that the court gave none.
GOES_ON = (HearingOutcome.ADJOURNED, HearingOutcome.PART_HEARD)


class CostKind(models.TextChoices):
    """What was lost?"""

    WAGE = "wage", _("Wages lost")
    FARE = "fare", _("Fares")
    OTHER = "other", _("Other costs")


class WitnessRole(models.TextChoices):
    """As what is somebody called? Codes of the list of appearances that all countries share."""

    WITNESS = "witness", _("Witness")
    CHILD_WITNESS = "child_witness", _("Child witness")
    COMPLAINANT = "complainant", _("Complainant or reporter")
    INVESTIGATING_OFFICER = "investigating_officer", _("Investigating officer")
    MEDICAL_OFFICER = "medical_officer", _("Medical officer")
    EXPERT = "expert", _("Expert witness")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    CHILD_WELFARE_OFFICER = "child_welfare_officer", _("Child welfare officer")
    LABOUR_OFFICER = "labour_officer", _("Labour inspector")
    GUARDIAN = "guardian", _("Parent or guardian")
    SUPPORT_PERSON = "support_person", _("Support person")
    NGO_CASEWORKER = "ngo_caseworker", _("Caseworker of the organisation")


class WitnessNeed(models.TextChoices):
    """What has to be seen to before a survivor speaks in court?"""

    CONSENT = "consent", _("Consent to speak")
    INTERPRETER = "interpreter", _("Interpreter")
    TRANSPORT = "transport", _("Transport")
    COMPANY = "company", _("Who goes along")
    SEPARATE_ENTRANCE = "separate_entrance", _("Separate entrance")
    CHILDCARE = "childcare", _("Childcare")
    COUNSELLING_BEFORE = "counselling_before", _("Counselling before")
    COUNSELLING_AFTER = "counselling_after", _("Counselling after")
    COMFORT = "comfort", _("Medicine and food")


class NeedState(models.TextChoices):
    """How does it stand?"""

    OPEN = "open", _("Open")
    ARRANGED = "arranged", _("Arranged")
    NOT_NEEDED = "not_needed", _("Not needed")


# How many days before the hearing it has to be arranged; what comes after is looked at the day after.
DAYS_BEFORE = {
    WitnessNeed.CONSENT: 7,
    WitnessNeed.INTERPRETER: 7,
    WitnessNeed.TRANSPORT: 7,
    WitnessNeed.COMPANY: 7,
    WitnessNeed.SEPARATE_ENTRANCE: 7,
    WitnessNeed.CHILDCARE: 2,
    WitnessNeed.COUNSELLING_BEFORE: 2,
    WitnessNeed.COUNSELLING_AFTER: 2,
    WitnessNeed.COMFORT: 2,
}

# What was said once and holds for any day; everything else is arranged for one day alone.
KEPT_WHEN_MOVED = (WitnessNeed.CONSENT,)

# Who most likely asked when the reason says no more.
ASKED_WHEN = {
    AdjournmentReason.WITNESS_ABSENT: AskedBy.WITNESS,
    AdjournmentReason.SURVIVOR_UNWELL: AskedBy.SURVIVOR,
    AdjournmentReason.EVIDENCE_NOT_READY: AskedBy.PROSECUTION,
    AdjournmentReason.INTERPRETER_MISSING: AskedBy.COURT,
    AdjournmentReason.PROSECUTOR_ABSENT: AskedBy.PROSECUTION,
    AdjournmentReason.ACCUSED_NOT_PRODUCED: AskedBy.OTHER,
    AdjournmentReason.SUMMONS_NOT_SERVED: AskedBy.PROSECUTION,
    AdjournmentReason.DEFENCE_ABSENT: AskedBy.DEFENCE,
    AdjournmentReason.ACCUSED_ABSENT: AskedBy.DEFENCE,
    AdjournmentReason.NEW_COUNSEL: AskedBy.DEFENCE,
    AdjournmentReason.SETTLEMENT_TALKS: AskedBy.DEFENCE,
    AdjournmentReason.JUDGE_ABSENT: AskedBy.COURT,
    AdjournmentReason.LAWYER_STRIKE: AskedBy.OTHER,
    AdjournmentReason.FILE_MISSING: AskedBy.COURT,
    AdjournmentReason.COURT_TOO_BUSY: AskedBy.COURT,
    AdjournmentReason.PUBLIC_HOLIDAY: AskedBy.COURT,
    AdjournmentReason.OTHER: AskedBy.UNKNOWN,
    AdjournmentReason.UNKNOWN: AskedBy.UNKNOWN,
}

# The parties of the law's list of reasons, as the short list of who asked names them.
ASKED_BY_PARTY = {
    "court": AskedBy.COURT,
    "prosecution": AskedBy.PROSECUTION,
    "defence": AskedBy.DEFENCE,
    "witness": AskedBy.WITNESS,
    "survivor": AskedBy.SURVIVOR,
    "external": AskedBy.OTHER,
}

# Offered first where a court and an office have no history of their own.
USUAL_REASONS = (
    AdjournmentReason.WITNESS_ABSENT,
    AdjournmentReason.JUDGE_ABSENT,
    AdjournmentReason.PROSECUTOR_ABSENT,
    AdjournmentReason.DEFENCE_ABSENT,
    AdjournmentReason.ACCUSED_NOT_PRODUCED,
    AdjournmentReason.COURT_TOO_BUSY,
)
