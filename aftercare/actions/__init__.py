"""The verbs of aftercare, one file per noun."""

from aftercare.actions.arrivals import register_arrival
from aftercare.actions.assessments import may_not_rate, rate_assessment, score_assessment
from aftercare.actions.care import (
    conclude_care,
    not_yet_in_care,
    team_of_care,
)
from aftercare.actions.closing import ask_closure, decide_closure, reopen_care
from aftercare.actions.contacts import log_contact
from aftercare.actions.entering import assign_care, entrust_cares, open_care
from aftercare.actions.entitlements import (
    move_centre,
    move_entitlement,
    move_paper,
    set_aside_entitlement,
    start_entitlements,
)
from aftercare.actions.homes import add_home, address_of, close_home, edit_home, open_home
from aftercare.actions.instruments import load_instrument, use_instrument
from aftercare.actions.placements import (
    AgainstRules,
    end_placement,
    open_shelter,
    place_people,
    start_placement,
)
from aftercare.actions.plans import make_plan, move_goal, review_plan, set_goal
from aftercare.actions.referrals import make_referral, move_referral, print_referral
from aftercare.actions.safety import look_at_safety
from aftercare.actions.services import log_service, reach_milestone, set_entitlement
from aftercare.actions.tasks import (
    add_task,
    make_task,
    move_due,
    move_task,
    renew_task,
    settle_tasks,
    settle_told,
    void_task,
)
from aftercare.actions.therapy import add_therapy, open_therapy
from aftercare.agreeing import barred_words, relatives_who_may
from aftercare.companions import heads_of

__all__ = [
    "ask_closure",
    "decide_closure",
    "reopen_care",
    "AgainstRules",
    "add_home",
    "address_of",
    "barred_words",
    "close_home",
    "edit_home",
    "heads_of",
    "open_home",
    "place_people",
    "relatives_who_may",
    "add_task",
    "add_therapy",
    "assign_care",
    "conclude_care",
    "end_placement",
    "entrust_cares",
    "load_instrument",
    "log_contact",
    "log_service",
    "look_at_safety",
    "make_plan",
    "make_referral",
    "make_task",
    "may_not_rate",
    "move_due",
    "move_centre",
    "move_entitlement",
    "move_goal",
    "move_paper",
    "move_referral",
    "move_task",
    "print_referral",
    "not_yet_in_care",
    "open_care",
    "open_shelter",
    "open_therapy",
    "rate_assessment",
    "reach_milestone",
    "register_arrival",
    "renew_task",
    "review_plan",
    "score_assessment",
    "set_aside_entitlement",
    "set_entitlement",
    "set_goal",
    "settle_tasks",
    "settle_told",
    "start_entitlements",
    "start_placement",
    "team_of_care",
    "use_instrument",
    "void_task",
]
