from survivors.views.facts import (
    age_add,
    consent_add,
    consent_withdraw,
    episode_add,
    kinship_add,
    relief_add,
    relief_recapture,
    statement_add,
)
from survivors.views.identity import identity_edit, identity_open, identity_search
from survivors.views.people import (
    survivor_add,
    survivor_detail,
    survivor_edit,
    survivor_list,
    survivor_miss,
    witness_edit,
)

__all__ = [
    "age_add",
    "consent_add",
    "consent_withdraw",
    "episode_add",
    "identity_edit",
    "identity_open",
    "identity_search",
    "kinship_add",
    "relief_add",
    "relief_recapture",
    "statement_add",
    "survivor_add",
    "survivor_detail",
    "survivor_edit",
    "survivor_list",
    "survivor_miss",
    "witness_edit",
]
