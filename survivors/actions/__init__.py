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
from survivors.actions.people import (
    add_survivor,
    edit_survivor,
    edit_witness,
    miss_survivor,
    open_survivor,
)

__all__ = [
    "add_age",
    "add_consent",
    "add_episode",
    "add_kinship",
    "add_relief",
    "add_statement",
    "add_survivor",
    "edit_survivor",
    "edit_witness",
    "miss_survivor",
    "open_survivor",
    "recapture_survivor",
    "withdraw_consent",
]
