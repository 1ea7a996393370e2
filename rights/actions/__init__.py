from rights.actions.copies import make_copy, release_note
from rights.actions.erasing import carry_out
from rights.actions.keeping import (
    agree_review,
    find_due,
    lift_hold,
    open_review,
    place_hold,
    propose_review,
    refuse_review,
    set_rule,
)
from rights.actions.requests import (
    answer_right,
    ask_correction,
    ask_right,
    decide_correction,
    withdraw_right,
)

__all__ = [
    "agree_review",
    "answer_right",
    "ask_correction",
    "ask_right",
    "carry_out",
    "decide_correction",
    "find_due",
    "lift_hold",
    "make_copy",
    "open_review",
    "place_hold",
    "propose_review",
    "refuse_review",
    "release_note",
    "set_rule",
    "withdraw_right",
]
