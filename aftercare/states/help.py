"""Code lists and life cycles of what is done for a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceKind(models.TextChoices):
    """What kind of service?"""

    COUNSELLING = "counselling", _("Counselling")
    TRAUMA_THERAPY = "trauma_therapy", _("Trauma therapy")
    MEDICAL = "medical", _("Medical")
    LEGAL_ACCOMPANIMENT = "legal_accompaniment", _("Legal accompaniment")
    COURT_ACCOMPANIMENT = "court_accompaniment", _("Court accompaniment")
    HOME_VISIT = "home_visit", _("Home visit")
    EDUCATION = "education", _("Education")
    VOCATIONAL_TRAINING = "vocational_training", _("Vocational training")
    JOB_PLACEMENT = "job_placement", _("Job placement")
    TRANSPORT = "transport", _("Transport")
    MEALS = "meals", _("Meals")
    CLOTHING = "clothing", _("Clothing")
    CASH = "cash", _("Cash")
    TOOLKIT = "toolkit", _("Toolkit")
    HOUSING = "housing", _("Housing")
    FAMILY_MEDIATION = "family_mediation", _("Family mediation")
    ECONOMIC_PLAN = "economic_plan", _("Economic plan")
    INTERPRETATION = "interpretation", _("Interpretation")
    RESETTLEMENT = "resettlement", _("Resettlement")
    OTHER = "other", _("Other")


class SessionKind(models.TextChoices):
    """What kind of therapy session?"""

    INDIVIDUAL = "individual", _("Individual")
    GROUP = "group", _("Group")
    FAMILY = "family", _("Family")
    ASSESSMENT = "assessment", _("Assessment")
    CRISIS = "crisis", _("Crisis")
    OTHER = "other", _("Other")


class ContactWay(models.TextChoices):
    """How did we meet or reach the person?"""

    VISIT = "visit", _("Visit at home")
    OFFICE = "office", _("In the office")
    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    COURT = "court", _("At court")
    SHELTER = "shelter", _("In the shelter")
    SCHOOL_OR_WORK = "school_or_work", _("At school or work")
    THROUGH_SOMEBODY = "through_somebody", _("Through somebody")


class SafeNow(models.TextChoices):
    """Is the person safe?"""

    YES = "yes", _("Safe")
    UNSURE = "unsure", _("Not sure")
    NO = "no", _("Not safe")


class SafetyReason(models.TextChoices):
    """Why is safety looked at now?"""

    ARRIVAL = "arrival", _("Arrival")
    BAIL = "bail", _("The accused is out, or may be")
    THREAT = "threat", _("A threat")
    HEARING = "hearing", _("A hearing")
    VERDICT = "verdict", _("The verdict")
    MOVE = "move", _("A move to another home")
    RECAPTURE = "recapture", _("Recapture")
    ROUTINE = "routine", _("Routine")


class Danger(models.TextChoices):
    """From what is the person not safe?"""

    ACCUSED_NEAR = "accused_near", _("The accused knows where the person is")
    THREATS = "threats", _("Threats")
    FAMILY = "family", _("Somebody of the family")
    HOME_UNSAFE = "home_unsafe", _("The place where the person lives")
    SELF_HARM = "self_harm", _("Self-harm")
    DEBT = "debt", _("Debt that is being called in")
    ONLINE = "online", _("Contacts online")
    ALONE = "alone", _("Nobody looks after the person")
    OTHER = "other", _("Other")


class ReferralStatus(models.TextChoices):
    """Where does a referral stand?"""

    ASKED = "asked", _("Asked")
    TAKEN = "taken", _("Taken on")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Done")
    TAKEN_BACK = "taken_back", pgettext_lazy("request", "Taken back")


class EntitlementStatus(models.TextChoices):
    """State of the benefit"""

    NOT_APPLIED = "not_applied", _("Not applied")
    APPLIED = "applied", _("Applied")
    GRANTED = "granted", _("Granted")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")
    UNKNOWN = "unknown", _("Unknown")


class OwedBy(models.TextChoices):
    """Which level of government owes it?"""

    CENTRE = "centre", _("Central government")
    STATE = "state", _("State or province")
    DISTRICT = "district", _("District")
    COURT = "court", _("Court")
    FUND = "fund", _("Fund or organisation")


class PaperKind(models.TextChoices):
    """Which paper?"""

    RELEASE_CERTIFICATE = "release_certificate", _("Release certificate")
    FIR = "fir", _("First report of the police")
    CHARGE_SHEET = "charge_sheet", _("Charge sheet")
    CONVICTION = "conviction", _("Judgment of conviction")
    COURT_ORDER = "court_order", _("Order of the court")
    IDENTITY = "identity", _("Proof of identity")
    AGE = "age", _("Proof of age")
    NATIONALITY = "nationality", _("Proof of nationality")
    BANK_ACCOUNT = "bank_account", _("Bank account")
    MEDICAL_REPORT = "medical_report", _("Medical report")
    APPLICATION = "application", _("Application form")
    SOCIAL_REPORT = "social_report", _("Report of a social worker")
    DISABILITY = "disability", _("Certificate of disability")
    CASTE = "caste", _("Certificate of caste or tribe")
    VICTIM_STATUS = "victim_status", _("Recognition as a victim of trafficking")
    OTHER = "other", _("Another paper")


class PaperState(models.TextChoices):
    """Do we have the paper?"""

    MISSING = "missing", pgettext_lazy("paper", "Missing")
    ASKED = "asked", _("Asked for")
    HERE = "here", _("Here")
    NOT_NEEDED = "not_needed", _("Not needed")


REFERRAL_MOVES = {
    ReferralStatus.ASKED: {ReferralStatus.TAKEN, ReferralStatus.REFUSED, ReferralStatus.TAKEN_BACK},
    ReferralStatus.TAKEN: {ReferralStatus.DONE, ReferralStatus.REFUSED, ReferralStatus.TAKEN_BACK},
    ReferralStatus.REFUSED: set(),
    ReferralStatus.DONE: set(),
    ReferralStatus.TAKEN_BACK: set(),
}
