"""Code lists and life cycles of survivors, one file per noun."""

from survivors.states.arrivals import UnregisteredWhy
from survivors.states.consents import (
    STORY_MOVES,
    ConsentGiver,
    ConsentHow,
    ConsentPurpose,
    Shared,
    StoryState,
)
from survivors.states.identity import IdentityNumberKind, IdentityPart, IdentityWordKind
from survivors.states.people import (
    AgeMoment,
    App,
    Control,
    Exploitation,
    Gender,
    HealthKind,
    Industry,
    Recruiter,
    Recruitment,
    Relation,
    Relationship,
    ReliefRoad,
    SexualExploitation,
    Stance,
    StatementResult,
    Vulnerability,
)
from survivors.states.safety import FamilyPart, ReachedBy, ThreatKind

__all__ = [
    "AgeMoment",
    "App",
    "ConsentGiver",
    "ConsentHow",
    "ConsentPurpose",
    "Control",
    "Exploitation",
    "FamilyPart",
    "Gender",
    "HealthKind",
    "IdentityNumberKind",
    "IdentityPart",
    "IdentityWordKind",
    "Industry",
    "ReachedBy",
    "Recruiter",
    "Recruitment",
    "Relation",
    "Relationship",
    "ReliefRoad",
    "STORY_MOVES",
    "SexualExploitation",
    "Shared",
    "Stance",
    "StatementResult",
    "StoryState",
    "ThreatKind",
    "UnregisteredWhy",
    "Vulnerability",
]
