from survivors.models.arrivals import Unregistered
from survivors.models.identity import Identity, IdentityWord
from survivors.models.people import (
    Age,
    Consent,
    Episode,
    HeadcountMember,
    HealthEvent,
    Kinship,
    MissingPerson,
    Relief,
    Statement,
    Survivor,
)
from survivors.models.safety import ContactRule, Family, Threat
from survivors.models.stories import Story, StorySubject

__all__ = [
    "Age",
    "Consent",
    "ContactRule",
    "Episode",
    "Family",
    "HeadcountMember",
    "HealthEvent",
    "Identity",
    "IdentityWord",
    "Kinship",
    "MissingPerson",
    "Relief",
    "Statement",
    "Story",
    "StorySubject",
    "Survivor",
    "Threat",
    "Unregistered",
]
