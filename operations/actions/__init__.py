from operations.actions.around import (
    add_headcount,
    add_investigation,
    add_venue,
    close_venue,
)
from operations.actions.attempts import (
    add_operation,
    add_site,
    approve_operation,
    cancel_operation,
    edit_operation,
    plan_operation,
    record_operation,
    schedule_operation,
)
from operations.actions.cards import open_card, reply_to_card
from operations.actions.insiders import (
    approve_insider,
    candidates_of,
    end_insider,
    is_near,
    name_insider,
    open_operation,
)
from operations.actions.lookouts import close_lookout, decide_name, renew_lookout, send_lookout

__all__ = [
    "add_headcount",
    "add_investigation",
    "add_operation",
    "add_site",
    "add_venue",
    "close_venue",
    "approve_insider",
    "approve_operation",
    "cancel_operation",
    "candidates_of",
    "close_lookout",
    "decide_name",
    "edit_operation",
    "end_insider",
    "is_near",
    "name_insider",
    "open_card",
    "open_operation",
    "plan_operation",
    "record_operation",
    "renew_lookout",
    "reply_to_card",
    "schedule_operation",
    "send_lookout",
]
