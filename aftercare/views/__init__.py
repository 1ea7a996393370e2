"""The screens of aftercare, one file per noun."""

from aftercare.views.arrivals import arrival_register, care_entrust
from aftercare.views.assessments import assessment_score, rating_add, rating_detail
from aftercare.views.care import care_assign, care_list, care_open
from aftercare.views.closing import care_outcome, care_reopen, closure_decide
from aftercare.views.conferences import conference_detail, conference_hold
from aftercare.views.contacts import care_contact, contact_log
from aftercare.views.detail import care_detail
from aftercare.views.finder import home_find, home_place
from aftercare.views.homes import home_add, home_close, home_detail, home_edit, home_list, home_where
from aftercare.views.instruments import (
    instrument_detail,
    instrument_list,
    instrument_load,
    instrument_use,
)
from aftercare.views.mine import people_list
from aftercare.views.owed import (
    care_owed,
    entitlement_aside,
    entitlement_centre,
    entitlement_move,
    entitlement_start,
    owed_list,
    paper_move,
)
from aftercare.views.placements import care_homes, placement_end, placement_start, shelter_open
from aftercare.views.plan_page import care_plan, goal_take
from aftercare.views.plans import goal_move, goal_set, plan_agree, plan_end, plan_make, plan_review
from aftercare.views.referrals import (
    referral_detail,
    referral_list,
    referral_make,
    referral_move,
    referral_sheet,
)
from aftercare.views.road import care_road
from aftercare.views.safety import safety_look
from aftercare.views.services import entitlement_set, milestone_reach, service_log
from aftercare.views.sheets import plan_sheet
from aftercare.views.steps import step_add, step_edit, step_log, step_move
from aftercare.views.tasks import task_add, task_end, task_table
from aftercare.views.therapy import therapy_add, therapy_detail

__all__ = [
    "referral_detail",
    "referral_list",
    "referral_make",
    "referral_move",
    "referral_sheet",
    "arrival_register",
    "assessment_score",
    "care_assign",
    "care_contact",
    "care_detail",
    "care_entrust",
    "care_homes",
    "care_list",
    "care_open",
    "care_outcome",
    "care_reopen",
    "care_road",
    "closure_decide",
    "care_owed",
    "care_plan",
    "conference_detail",
    "conference_hold",
    "contact_log",
    "entitlement_aside",
    "entitlement_centre",
    "entitlement_move",
    "entitlement_set",
    "entitlement_start",
    "goal_move",
    "goal_set",
    "goal_take",
    "instrument_detail",
    "instrument_list",
    "instrument_load",
    "instrument_use",
    "home_add",
    "home_close",
    "home_detail",
    "home_edit",
    "home_find",
    "home_list",
    "home_place",
    "home_where",
    "milestone_reach",
    "owed_list",
    "paper_move",
    "people_list",
    "placement_end",
    "placement_start",
    "plan_agree",
    "plan_end",
    "plan_make",
    "plan_review",
    "plan_sheet",
    "rating_add",
    "rating_detail",
    "safety_look",
    "service_log",
    "shelter_open",
    "step_add",
    "step_edit",
    "step_log",
    "step_move",
    "task_add",
    "task_end",
    "task_table",
    "therapy_add",
    "therapy_detail",
]
