"""Notices of a browser (RFC 8030, 8188, 8291, 8292): sealed for that one browser, and neutral all the same.

The service of the browser's maker carries them and can open none. What stands on a locked screen is how many
items wait; pressing it opens our own page, which wants a person who has signed in.
"""

import binascii
import json
import logging
import os
import time
from base64 import urlsafe_b64decode
from functools import lru_cache
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from py_vapid import Vapid02

from ijm_cases import outgoing as door
from notifications.channels.channel import BadAddress, Channel, Handed, Outgoing
from notifications.channels.texts import written
from notifications.states import Kind, Outcome

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600  # so long the service keeps it for a browser that is switched off
PROOF_SECONDS = 12 * 3600
LONGEST_WAIT = 3600
SIZE = 512  # always the same, so that the length says nothing either
GONE = (404, 410)
POINT_BYTES, SECRET_BYTES = 65, 16


class Push(Channel):
    """One browser of one person; its address is the subscription that the browser gave us."""

    kind = Kind.PUSH

    def ready(self) -> bool:
        return bool(settings.VAPID_PUBLIC_KEY)

    def normal(self, address: str) -> str:
        """The subscription with what we need of it, in one order."""
        try:
            given = json.loads(address)
            where, keys = given["endpoint"], {name: given["keys"][name] for name in ("auth", "p256dh")}
            door.fit(where, may_be_called)
            sealing_keys({"keys": keys})
        except (ValueError, KeyError, TypeError, AttributeError, door.Refused) as wrong:
            raise BadAddress(_("This browser offers no notices that we can send to.")) from wrong
        return json.dumps({"endpoint": where, "keys": keys}, separators=(",", ":"), sort_keys=True)

    def hand_over(self, outgoing: Outgoing) -> Handed:
        try:
            subscription = json.loads(outgoing.address)
            body, headers = sealed_for(subscription, payload_of(outgoing)), headers_of(outgoing, subscription)
        except Exception as broken:  # nothing has left the house: what is put right is sent by itself
            logger.error("a notice could not be written: %s", type(broken).__name__)
            return Handed(Outcome.TEMPORARY, type(broken).__name__)
        try:
            answer = door.post(subscription["endpoint"], body, headers=headers, hosts=may_be_called)
        except door.Refused as refusal:
            # A name that is not known just now is known again tomorrow; an address of another kind never was.
            return Handed(Outcome.TEMPORARY, str(refusal)[:80])
        except door.Unreached as broken:
            return Handed(Outcome.TEMPORARY, str(broken)[:80])
        except door.Unanswered as broken:
            return Handed(Outcome.UNKNOWN, str(broken)[:80])
        return read(answer)


def may_be_called(host: str) -> bool:
    """The services of the makers of browsers, and nobody else, whatever a browser may say."""
    return any(
        host.endswith(known[1:]) if known.startswith("*.") else host == known for known in settings.PUSH_HOSTS
    )


def unpacked(text: str, length: int) -> bytes:
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != length:
        raise binascii.Error("not of the length of a key")
    return raw


def sealing_keys(subscription: dict) -> tuple[bytes, bytes]:
    """The browser's public key and secret; ValueError when they are none."""
    point = unpacked(subscription["keys"]["p256dh"], POINT_BYTES)
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return point, unpacked(subscription["keys"]["auth"], SECRET_BYTES)


def payload_of(outgoing: Outgoing) -> bytes:
    """How many wait, and where that is read."""
    words = written(outgoing, "push")[1]
    told = {"words": words, "link": link_of(outgoing), "tag": outgoing.message.hex, "urgent": outgoing.urgent}
    return json.dumps(told).ljust(SIZE).encode()


def link_of(outgoing: Outgoing) -> str:
    """Nobody but the browser reads it, so it may name the item itself."""
    if outgoing.text == "code":
        return reverse("notifications:endpoint-list")
    if outgoing.item_id:
        return reverse("notifications:inbox-show", args=[outgoing.item_id])
    return reverse("notifications:inbox-list")


def sealed_for(subscription: dict, payload: bytes) -> bytes:
    """What this browser alone can open, with a key of ours that lives for one message."""
    point, secret = sealing_keys(subscription)
    own = ec.generate_private_key(ec.SECP256R1())
    return http_ece.encrypt(
        payload, salt=os.urandom(16), private_key=own, dh=point, auth_secret=secret, version="aes128gcm"
    )


def headers_of(outgoing: Outgoing, subscription: dict) -> dict[str, str]:
    """How urgent, how long to keep; under one topic a second copy takes the place of a waiting first."""
    parts = urlsplit(subscription["endpoint"])
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + PROOF_SECONDS,
        "sub": settings.VAPID_CONTACT,
    }
    return {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "high" if outgoing.urgent or outgoing.text == "code" else "normal",
        "Topic": outgoing.message.hex,
        **own_key(settings.VAPID_PRIVATE_KEY).sign(claims),
    }


@lru_cache(maxsize=2)
def own_key(text: str) -> Vapid02:
    """The key by which the services know us."""
    return Vapid02.from_raw(text.encode())


def read(answer: door.Answer) -> Handed:
    """What the service said."""
    error = "" if 200 <= answer.status < 300 else f"HTTP {answer.status}"
    if not error:
        return Handed(Outcome.ACCEPTED)
    if answer.status in GONE:
        return Handed(Outcome.PERMANENT, error, dead=True)
    if answer.status == 429 or answer.status >= 500:
        return Handed(Outcome.TEMPORARY, error, wait=wait_of(answer))
    return Handed(Outcome.PERMANENT, error)


def wait_of(answer: door.Answer) -> int:
    """Seconds that the service asks to be left alone; an hour at most."""
    asked = answer.headers.get("Retry-After", "")
    return min(int(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0
