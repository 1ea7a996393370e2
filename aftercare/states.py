"""Code lists and life cycles of aftercare."""

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
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


class PlanArea(models.TextChoices):
    """Area of the plan: HTCDS support plan type or a domain"""

    EDUCATION = "Education", _("Education")
    FINANCIAL = "Financial", _("Financial")
    HEALTH = "Health", _("Health")
    LABOUR_EXPLOITATION_REHABILITATION = (
        "LabourExploitationRehabilitation",
        _("Labour exploitation rehabilitation"),
    )
    LEGAL = "Legal", _("Legal")
    LIVELIHOOD = "Livelihood", _("Livelihood")
    RIGHTS_BASED_TRAINING = "RightsBasedTraining", _("Rights-based training")
    SEXUAL_EXPLOITATION_REHABILITATION = (
        "SexualExploitationRehabilitation",
        _("Sexual exploitation rehabilitation"),
    )
    SOCIAL_CARE = "SocialCare", _("Social care")
    SAFETY = "safety", _("Safety")
    LEGAL_PROTECTION = "legal_protection", _("Legal protection")
    MENTAL_WELLBEING = "mental_wellbeing", _("Mental wellbeing")
    ECONOMIC_EMPOWERMENT_EDUCATION = "economic_empowerment_education", _("Economic empowerment education")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    PHYSICAL_WELLBEING = "physical_wellbeing", _("Physical wellbeing")
    SECURITY = "Security", _("Security")
    PSYCHOSOCIAL = "Psychosocial", _("Psychosocial")


class GoalStatus(models.TextChoices):
    """State of the goal"""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class AssessmentReason(models.TextChoices):
    """Why now?"""

    INTAKE = "intake", _("Intake")
    SIX_MONTH = "six_month", _("Six months")
    ANNUAL = "annual", _("Annual")
    SPECIAL = "special", _("Special")
    CLOSURE = "closure", _("Closure")


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


class EntitlementStatus(models.TextChoices):
    """State of the benefit"""

    NOT_APPLIED = "not_applied", _("Not applied")
    APPLIED = "applied", _("Applied")
    GRANTED = "granted", _("Granted")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")
    UNKNOWN = "unknown", _("Unknown")


class CareMilestoneKind(models.TextChoices):
    """What happened?"""

    RETURNED_HOME = "returned_home", _("Returned home")
    REUNITED = "reunited", _("Reunited")
    BIRTHDAY = "birthday", _("Birthday")
    BACK_TO_SCHOOL = "back_to_school", _("Back to school")
    FINISHED_SCHOOL = "finished_school", _("Finished school")
    STARTED_TRAINING = "started_training", _("Started training")
    STARTED_WORK = "started_work", _("Started work")
    MOVED_OUT = "moved_out", _("Moved out")
    CERTIFICATE = "certificate", _("Certificate")
    TESTIFIED = "testified", _("Testified")
    VERDICT_HEARD = "verdict_heard", _("Verdict heard")
    OTHER = "other", _("Other")


class CareResult(models.TextChoices):
    """How did the care end, or where does it stand?"""

    IN_CARE = "in_care", _("In care")
    RESTORED = "restored", _("Restored")
    REINTEGRATED = "reintegrated", _("Reintegrated")
    MOVED = "moved", _("Moved")
    DECLINED = "declined", _("Declined")
    LOST_CONTACT = "lost_contact", _("Lost contact")
    TRANSFERRED = "transferred", _("Transferred")
    RE_TRAFFICKED = "re_trafficked", _("Re-trafficked")
    DIED = "died", _("Died")


class Domain(models.TextChoices):
    """The six domains of survivor outcomes (DOMAIN d.1)."""

    SAFETY = "safety", _("Safety")
    LEGAL_PROTECTION = "legal_protection", _("Legal protection")
    MENTAL_WELLBEING = "mental_wellbeing", _("Mental wellbeing")
    ECONOMIC = "economic_empowerment_education", _("Economic empowerment and education")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    PHYSICAL_WELLBEING = "physical_wellbeing", _("Physical wellbeing")


CARE_GOES_ON = ("", CareResult.IN_CARE, CareResult.REINTEGRATED, CareResult.RE_TRAFFICKED)

GOAL_MOVES = {
    GoalStatus.OPEN: {GoalStatus.IN_PROGRESS, GoalStatus.DONE, GoalStatus.DROPPED},
    GoalStatus.IN_PROGRESS: {GoalStatus.OPEN, GoalStatus.DONE, GoalStatus.DROPPED},
    GoalStatus.DONE: {GoalStatus.IN_PROGRESS},
    GoalStatus.DROPPED: {GoalStatus.OPEN},
}

# After which assessment the next is due in how many months (DOMAIN d.1): intake + 6 months, then yearly.
MONTHS_TO_NEXT = {
    AssessmentReason.INTAKE: 6,
    AssessmentReason.SIX_MONTH: 12,
    AssessmentReason.ANNUAL: 12,
}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def average(parts: list[int]) -> Decimal:
    """The score of a domain from its parts."""
    mean = Decimal(sum(parts)) / len(parts)
    return mean.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def falls_short(scores: dict) -> list:
    """The domains in which {domain: (score, parts)} falls short of the rule for restored."""
    rule = settings.RESTORED_WHEN
    short = []
    for domain in Domain:
        value, parts = scores.get(domain, (None, []))
        enough = value is not None and value >= Decimal(str(rule["every_domain_at_least"]))
        if not enough or any(part <= rule["no_part_at"] for part in parts):
            short.append(domain)
    return short
