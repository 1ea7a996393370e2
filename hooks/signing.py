"""Signatures of messages, in the form of Standard Webhooks: of the id, the moment and the body together."""

import base64
import hashlib
import hmac

PREFIX = "whsec_"


def shown(secret):
    """The secret as its receiver keeps it."""
    return PREFIX + base64.b64encode(secret).decode()


def headers_of(message_id, moment, body, secrets):
    """The headers of one message; after a change of the secret with a signature of either."""
    stamp = str(int(moment.timestamp()))
    signed = b".".join((message_id.encode(), stamp.encode(), body))
    signatures = [
        f"v1,{base64.b64encode(hmac.new(one, signed, hashlib.sha256).digest()).decode()}" for one in secrets
    ]
    return {
        "Content-Type": "application/json",
        "User-Agent": "ijm-cases",
        "Webhook-Id": message_id,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": " ".join(signatures),
    }
