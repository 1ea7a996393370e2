from prosecutions.actions.accused import add_accused, add_kinship, add_network, edit_accused
from prosecutions.actions.across import compare_offices
from prosecutions.actions.appeals import (
    correct_appeal,
    decide_appeal,
    file_appeal,
    open_appeal,
    open_retrial,
)
from prosecutions.actions.awards import change_award, enforce_award, order_award
from prosecutions.actions.bail import (
    breach_bail,
    cancel_bail,
    end_bail,
    grant_bail,
    oppose_bail,
    refuse_bail,
    release_bail,
    seek_bail,
    withdraw_bail,
)
from prosecutions.actions.bail_terms import (
    add_condition,
    check_condition,
    give_notice,
    lift_condition,
    reoffend_bail,
    vary_bail,
)
from prosecutions.actions.clock import starts_at
from prosecutions.actions.clocks import (
    extend_clock,
    record_court_event,
    set_aside_clock,
    start_clock,
    take_back_clock,
)
from prosecutions.actions.corrections import correct_hearing, stands_again, still_ahead
from prosecutions.actions.costs import add_cost, strike_cost
from prosecutions.actions.courts import add_charge, edit_charge, edit_proceeding, open_proceeding
from prosecutions.actions.custody import end_custody, record_arrest, start_custody
from prosecutions.actions.hearings import (
    assign_hearing,
    cancel_hearing,
    confirm_hearing,
    reschedule_hearing,
    schedule_hearing,
)
from prosecutions.actions.identity import answer_identity, answer_match, undo_link
from prosecutions.actions.judgments import record_verdict
from prosecutions.actions.memos import compose_memo, take_memo
from prosecutions.actions.naming import index_case, index_missing
from prosecutions.actions.outcomes import record_hearing
from prosecutions.actions.payments import correct_payment, record_payment
from prosecutions.actions.releases import answer_release, reckon_releases, state_release
from prosecutions.actions.rings import add_ring_member, edit_ring_member
from prosecutions.actions.sentences import correct_verdict
from prosecutions.actions.whereabouts import confirm_status, transfer_custody
from prosecutions.actions.witnesses import call_witness, edit_need, excuse_witness, set_need

__all__ = [
    "add_accused",
    "add_charge",
    "add_condition",
    "add_cost",
    "add_kinship",
    "add_network",
    "add_ring_member",
    "answer_identity",
    "answer_match",
    "answer_release",
    "assign_hearing",
    "breach_bail",
    "call_witness",
    "cancel_bail",
    "cancel_hearing",
    "change_award",
    "check_condition",
    "compare_offices",
    "compose_memo",
    "confirm_hearing",
    "confirm_status",
    "correct_appeal",
    "correct_hearing",
    "correct_payment",
    "correct_verdict",
    "decide_appeal",
    "edit_accused",
    "edit_charge",
    "edit_need",
    "edit_proceeding",
    "edit_ring_member",
    "end_bail",
    "end_custody",
    "enforce_award",
    "excuse_witness",
    "extend_clock",
    "file_appeal",
    "give_notice",
    "grant_bail",
    "index_case",
    "index_missing",
    "lift_condition",
    "open_appeal",
    "open_proceeding",
    "open_retrial",
    "oppose_bail",
    "order_award",
    "reckon_releases",
    "record_arrest",
    "record_court_event",
    "record_hearing",
    "record_payment",
    "record_verdict",
    "refuse_bail",
    "release_bail",
    "reoffend_bail",
    "reschedule_hearing",
    "schedule_hearing",
    "seek_bail",
    "set_aside_clock",
    "set_need",
    "stands_again",
    "start_clock",
    "start_custody",
    "starts_at",
    "state_release",
    "still_ahead",
    "strike_cost",
    "take_back_clock",
    "take_memo",
    "transfer_custody",
    "undo_link",
    "vary_bail",
    "withdraw_bail",
]
