from cases.actions.absences import end_absence, set_absence
from cases.actions.case import edit_case, open_case, role_on_team, seal_case
from cases.actions.deputies import end_deputy, set_deputy
from cases.actions.emergency import break_glass, end_emergency, review_emergency
from cases.actions.facts import (
    add_agency,
    add_grant,
    add_link,
    add_milestone,
    add_referral,
    check_order,
)
from cases.actions.holding import lock_case, touch
from cases.actions.team import assign, candidates_for, unassign
from cases.actions.tracks import move_track
from cases.actions.work import add_note, add_task, assess_risk, finish_task

__all__ = [
    "add_agency",
    "add_grant",
    "add_link",
    "add_milestone",
    "add_note",
    "add_referral",
    "add_task",
    "assess_risk",
    "assign",
    "break_glass",
    "candidates_for",
    "check_order",
    "edit_case",
    "end_absence",
    "end_deputy",
    "end_emergency",
    "finish_task",
    "lock_case",
    "move_track",
    "open_case",
    "review_emergency",
    "role_on_team",
    "seal_case",
    "set_absence",
    "set_deputy",
    "touch",
    "unassign",
]
