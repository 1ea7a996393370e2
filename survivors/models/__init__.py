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

__all__ = [
    "Age",
    "Consent",
    "Episode",
    "HeadcountMember",
    "HealthEvent",
    "Identity",
    "IdentityWord",
    "Kinship",
    "MissingPerson",
    "Relief",
    "Statement",
    "Survivor",
]
