from survivors.actions.arrivals import add_survivors, excuse_arrival, recall_excuse
from survivors.actions.consents import add_consent, withdraw_consent
from survivors.actions.facts import (
    add_age,
    add_episode,
    add_kinship,
    add_relief,
    add_statement,
    recapture_survivor,
)
from survivors.actions.families import edit_family, join_family, make_family
from survivors.actions.identity import edit_identity, open_identity, search_identities
from survivors.actions.people import (
    add_survivor,
    edit_survivor,
    edit_witness,
    miss_survivor,
    open_survivor,
    year_of,
)
from survivors.actions.reaching import read_contact_rule, set_contact_rule
from survivors.actions.stories import (
    approve_story,
    edit_story,
    recall_story,
    return_story,
    send_story,
    use_story,
    write_story,
)
from survivors.actions.threats import answer_threat, report_threat

__all__ = [
    "approve_story",
    "edit_story",
    "recall_story",
    "return_story",
    "send_story",
    "use_story",
    "write_story",
    "add_age",
    "add_consent",
    "add_episode",
    "add_kinship",
    "add_relief",
    "add_statement",
    "add_survivor",
    "add_survivors",
    "answer_threat",
    "edit_family",
    "edit_identity",
    "edit_survivor",
    "edit_witness",
    "excuse_arrival",
    "join_family",
    "make_family",
    "miss_survivor",
    "open_identity",
    "open_survivor",
    "read_contact_rule",
    "recall_excuse",
    "recapture_survivor",
    "report_threat",
    "search_identities",
    "set_contact_rule",
    "withdraw_consent",
    "year_of",
]
