from cases.models.case import (
    TRACK_REASONS,
    TRACK_STATUSES,
    Case,
    CaseBearing,
    CaseSequence,
    Keyed,
    either,
    of_case,
)
from cases.models.emergency import Emergency
from cases.models.facts import (
    Agency,
    Assignment,
    CaseLink,
    CaseMilestone,
    Grant,
    Note,
    ReferralStep,
    RiskNote,
    Share,
    Task,
    TrackChange,
)
from cases.models.sealing import CaseKey

__all__ = [
    "Agency",
    "Assignment",
    "Case",
    "CaseBearing",
    "CaseKey",
    "CaseLink",
    "CaseMilestone",
    "CaseSequence",
    "Emergency",
    "Grant",
    "Keyed",
    "Note",
    "ReferralStep",
    "RiskNote",
    "Share",
    "TRACK_REASONS",
    "TRACK_STATUSES",
    "Task",
    "TrackChange",
    "either",
    "of_case",
]
