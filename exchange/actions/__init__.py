from exchange.actions.exports import (
    approve_export,
    cancel_export,
    download_export,
    refuse_export,
    request_export,
)
from exchange.actions.handovers import TooOften, make_handover, open_handover, revoke_handover

__all__ = [
    "TooOften",
    "approve_export",
    "cancel_export",
    "download_export",
    "make_handover",
    "open_handover",
    "refuse_export",
    "request_export",
    "revoke_handover",
]
