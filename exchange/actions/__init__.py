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
    "TooOften",
    "add_key",
    "approve_export",
    "cancel_export",
    "check_key",
    "download_export",
    "end_key",
    "make_handover",
    "open_handover",
    "refuse_export",
    "request_export",
    "revoke_handover",
]
