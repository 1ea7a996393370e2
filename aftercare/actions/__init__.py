"""The verbs of aftercare, one file per noun."""

from aftercare.actions.assessments import score_assessment
from aftercare.actions.care import (
    assign_care,
    conclude_care,
    not_yet_in_care,
    open_care,
    team_of_care,
)
from aftercare.actions.placements import end_placement, open_shelter, start_placement
from aftercare.actions.plans import make_plan, move_goal, review_plan, set_goal
from aftercare.actions.services import log_service, reach_milestone, set_entitlement
from aftercare.actions.tasks import make_task, move_task, settle_tasks
from aftercare.actions.therapy import add_therapy, open_therapy

__all__ = [
    "add_therapy",
    "assign_care",
    "conclude_care",
    "end_placement",
    "log_service",
    "make_plan",
    "make_task",
    "move_goal",
    "move_task",
    "not_yet_in_care",
    "open_care",
    "open_shelter",
    "open_therapy",
    "reach_milestone",
    "review_plan",
    "score_assessment",
    "set_entitlement",
    "set_goal",
    "settle_tasks",
    "start_placement",
    "team_of_care",
]
