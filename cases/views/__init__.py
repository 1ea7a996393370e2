from cases.views.case import (
    case_edit,
    case_list,
    case_open,
    case_seal,
    case_team,
    case_trail,
    track_move,
)
from cases.views.facts import agency_add, grant_add, link_add, milestone_add, referral_add
from cases.views.team import assignment_add, assignment_end
from cases.views.work import note_add, note_list, risk_assess, task_add, task_finish, task_list

__all__ = [
    "agency_add",
    "assignment_add",
    "assignment_end",
    "case_edit",
    "case_list",
    "case_open",
    "case_seal",
    "case_team",
    "case_trail",
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
