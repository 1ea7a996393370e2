from exchange.actions.batches import (
    add_batch,
    answer_alike,
    cancel_batch,
    download_faults,
    load_batch,
    look_again,
    map_columns,
    name_codes,
    undo_batch,
)
from exchange.actions.ctdc import add_ctdc_set, drop_ctdc_set, rows_again
from exchange.actions.exports import (
    approve_export,
    cancel_export,
    download_export,
    refuse_export,
    request_export,
)
from exchange.actions.handovers import TooOften, make_handover, open_handover, revoke_handover
from exchange.actions.keys import add_key, check_key, end_key

__all__ = [
    "add_ctdc_set",
    "drop_ctdc_set",
    "rows_again",
    "TooOften",
    "add_key",
    "add_batch",
    "answer_alike",
    "approve_export",
    "cancel_batch",
    "cancel_export",
    "check_key",
    "download_export",
    "download_faults",
    "load_batch",
    "look_again",
    "end_key",
    "make_handover",
    "map_columns",
    "name_codes",
    "open_handover",
    "refuse_export",
    "request_export",
    "revoke_handover",
    "undo_batch",
]
