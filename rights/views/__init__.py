from rights.views.copies import copy_make, note_release
from rights.views.keeping import (
    hold_lift,
    hold_place,
    review_agree,
    review_detail,
    review_list,
    review_propose,
    review_refuse,
    rule_list,
    rule_set,
)
from rights.views.requests import (
    correction_add,
    correction_decide,
    request_add,
    request_answer,
    request_detail,
    request_list,
    request_withdraw,
)

__all__ = [
    "copy_make",
    "correction_add",
    "correction_decide",
    "hold_lift",
    "hold_place",
    "note_release",
    "request_add",
    "request_answer",
    "request_detail",
    "request_list",
    "request_withdraw",
    "review_agree",
    "review_detail",
    "review_list",
    "review_propose",
    "review_refuse",
    "rule_list",
    "rule_set",
]
