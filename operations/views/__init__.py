from operations.views.around import (
    headcount_add,
    investigation_add,
    lookout_close,
    lookout_send,
    venue_add,
)
from operations.views.attempts import (
    operation_add,
    operation_approve,
    operation_cancel,
    operation_detail,
    operation_edit,
    operation_list,
    operation_plan,
    operation_record,
    operation_schedule,
    site_add,
)
from operations.views.insiders import (
    insider_add,
    insider_approve,
    insider_end,
    operation_knew,
    operation_open,
)

__all__ = [
    "headcount_add",
    "insider_add",
    "insider_approve",
    "insider_end",
    "investigation_add",
    "lookout_close",
    "lookout_send",
    "operation_add",
    "operation_approve",
    "operation_cancel",
    "operation_detail",
    "operation_edit",
    "operation_knew",
    "operation_list",
    "operation_open",
    "operation_plan",
    "operation_record",
    "operation_schedule",
    "site_add",
    "venue_add",
]
