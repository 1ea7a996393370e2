from operations.actions.around import (
    add_headcount,
    add_investigation,
    add_venue,
    close_lookout,
    send_lookout,
)
from operations.actions.attempts import (
    add_operation,
    add_site,
    approve_operation,
    cancel_operation,
    edit_operation,
    plan_operation,
    record_operation,
)

__all__ = [
    "add_headcount",
    "add_investigation",
    "add_operation",
    "add_site",
    "add_venue",
    "approve_operation",
    "cancel_operation",
    "close_lookout",
    "edit_operation",
    "plan_operation",
    "record_operation",
    "send_lookout",
]
