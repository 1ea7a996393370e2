from cases.views.case import (
    case_edit,
    case_list,
    case_open,
    case_seal,
    case_team,
    case_trail,
    track_move,
)
from cases.views.deputies import absence_end, deputy_end, deputy_list, deputy_set
from cases.views.emergency import emergency_end, emergency_list, emergency_open, emergency_review
from cases.views.facts import agency_add, grant_add, link_add, milestone_add, referral_add
from cases.views.team import assignment_add, assignment_end
from cases.views.work import note_add, note_list, risk_assess, task_add, task_finish, task_list

__all__ = [
    "absence_end",
    "agency_add",
    "assignment_add",
    "assignment_end",
    "case_edit",
    "case_list",
    "case_open",
    "case_seal",
    "case_team",
    "case_trail",
    "deputy_end",
    "deputy_list",
    "deputy_set",
    "emergency_end",
    "emergency_list",
    "emergency_open",
    "emergency_review",
    "grant_add",
    "link_add",
    "milestone_add",
    "note_add",
    "note_list",
    "referral_add",
    "risk_assess",
    "task_add",
    "task_finish",
    "task_list",
    "track_move",
]
