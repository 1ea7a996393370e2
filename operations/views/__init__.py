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
    site_add,
)

__all__ = [
    "headcount_add",
    "investigation_add",
    "lookout_close",
    "lookout_send",
    "operation_add",
    "operation_approve",
    "operation_cancel",
    "operation_detail",
    "operation_edit",
    "operation_list",
    "operation_plan",
    "operation_record",
    "site_add",
    "venue_add",
]
