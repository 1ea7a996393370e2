from exchange.views.case_files import case_file_add, key_add, key_check, key_end, key_list
from exchange.views.exports import (
    export_add,
    export_approve,
    export_cancel,
    export_detail,
    export_download,
    export_list,
    export_refuse,
    summary_add,
)
from exchange.views.handovers import handover_add, handover_open, handover_revoke
from exchange.views.htcds import htcds_add, htcds_fields
from exchange.views.reports import board_add, donor_add, export_choose, figures_add
from exchange.views.shares import share_add, share_end, share_list, shared_detail, shared_list

__all__ = [
    "board_add",
    "donor_add",
    "export_choose",
    "figures_add",
    "case_file_add",
    "export_add",
    "export_approve",
    "export_cancel",
    "export_detail",
    "export_download",
    "export_list",
    "export_refuse",
    "handover_add",
    "handover_open",
    "handover_revoke",
    "htcds_add",
    "htcds_fields",
    "key_add",
    "key_check",
    "key_end",
    "key_list",
    "share_add",
    "share_end",
    "share_list",
    "shared_detail",
    "shared_list",
    "summary_add",
]
