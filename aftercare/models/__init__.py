from aftercare.models.assessments import (
    Assessment,
    Instrument,
    InstrumentPart,
    PartScore,
    Score,
    SecondRating,
)
from aftercare.models.care import Care, CareMilestone
from aftercare.models.closing import Closure
from aftercare.models.help import Contact, Entitlement, EntitlementPaper, Referral, SafetyCheck, Service
from aftercare.models.homes import Home, HomeAddress, Placement
from aftercare.models.plans import CareTask, Conference, Decision, Goal, GoalStep, Plan
from aftercare.models.therapy import TherapyNote

__all__ = [
    "Assessment",
    "Care",
    "CareMilestone",
    "CareTask",
    "Closure",
    "Conference",
    "Contact",
    "Decision",
    "Entitlement",
    "EntitlementPaper",
    "Goal",
    "GoalStep",
    "Home",
    "HomeAddress",
    "Instrument",
    "InstrumentPart",
    "PartScore",
    "Placement",
    "Plan",
    "Referral",
    "SafetyCheck",
    "Score",
    "SecondRating",
    "Service",
    "TherapyNote",
]
