from survivors.actions.facts import (
    add_age,
    add_consent,
    add_episode,
    add_kinship,
    add_relief,
    add_statement,
    recapture_survivor,
    withdraw_consent,
)
from survivors.actions.identity import edit_identity, open_identity, search_identities
from survivors.actions.people import (
    add_survivor,
    edit_survivor,
    edit_witness,
    miss_survivor,
    open_survivor,
    year_of,
)

__all__ = [
    "add_age",
    "add_consent",
    "add_episode",
    "add_kinship",
    "add_relief",
    "add_statement",
    "add_survivor",
    "edit_identity",
    "edit_survivor",
    "edit_witness",
    "miss_survivor",
    "open_identity",
    "open_survivor",
    "recapture_survivor",
    "search_identities",
    "withdraw_consent",
    "year_of",
]
