"""The screens of aftercare, one file per noun."""

from aftercare.views.assessments import assessment_score
from aftercare.views.care import care_assign, care_list, care_open, care_outcome
from aftercare.views.detail import care_detail
from aftercare.views.placements import placement_end, placement_start, shelter_open
from aftercare.views.plans import goal_move, goal_set, plan_make, plan_review
from aftercare.views.services import entitlement_set, milestone_reach, service_log
from aftercare.views.therapy import therapy_add, therapy_detail

__all__ = [
    "assessment_score",
    "care_assign",
    "care_detail",
    "care_list",
    "care_open",
    "care_outcome",
    "entitlement_set",
    "goal_move",
    "goal_set",
    "milestone_reach",
    "placement_end",
    "placement_start",
    "plan_make",
    "plan_review",
    "service_log",
    "shelter_open",
    "therapy_add",
    "therapy_detail",
]
