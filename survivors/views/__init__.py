from survivors.views.arrivals import arrival_excuse, arrival_recall, family_edit, family_join
from survivors.views.consents import consent_add, consent_list, consent_withdraw
from survivors.views.facts import (
    age_add,
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
from survivors.views.reaching import contact_rule_edit
from survivors.views.stories import (
    story_approve,
    story_detail,
    story_edit,
    story_list,
    story_recall,
    story_return,
    story_send,
    story_use,
    story_write,
)
from survivors.views.threats import threat_answer, threat_detail, threat_list, threat_report

__all__ = [
    "story_approve",
    "story_detail",
    "story_edit",
    "story_list",
    "story_recall",
    "story_return",
    "story_send",
    "story_use",
    "story_write",
    "age_add",
    "arrival_excuse",
    "arrival_recall",
    "consent_add",
    "consent_list",
    "consent_withdraw",
    "contact_rule_edit",
    "episode_add",
    "family_edit",
    "family_join",
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
    "threat_answer",
    "threat_detail",
    "threat_list",
    "threat_report",
    "witness_edit",
]
