"""Text messages by Twilio: reports of delivery, answers, and a look-up of what may have been sent."""

import hmac
from base64 import b64encode
from hashlib import sha1
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse

from notifications.channels import wire
from notifications.channels.callbacks import Heard, Incoming, Provider, digest, same
from notifications.channels.channel import Again, Handed, Outgoing
from notifications.states import Kind, Outcome

# The number itself is refused: none there, no mobile, a landline, premium, told STOP.
DEAD = {21211, 21214, 21217, 21401, 21407, 21421, 21610, 21614, 21635}
# Ours to put right, or passing: the message waits.
WAITS = {20001, 20003, 20005, 20008, 20403, 20429, 20500, 20503, 21611, 14107, 30001, 30002, 30022}
LOST = {"failed", "undelivered", "canceled"}


class Twilio(Provider):
    """https://www.twilio.com/docs/messaging/api/message-resource"""

    name = "twilio"
    kind = Kind.SMS
    again = Again.ASK
    steps = {
        "accepted": 1, "scheduled": 1, "queued": 1, "sending": 1, "sent": 1, "delivered": 2, "read": 3,
        **dict.fromkeys(LOST, -1),
    }  # fmt: skip

    def ready(self) -> bool:
        keys = settings.TWILIO
        return all(keys[name] for name in ("ACCOUNT_SID", "AUTH_TOKEN", "FROM"))

    def send(self, outgoing: Outgoing, text: str, seconds: int) -> Handed:
        keys = settings.TWILIO
        form = {"To": outgoing.address, "Body": text, sender_field(keys["FROM"]): keys["FROM"]}
        if settings.SITE_URL.startswith("https://"):
            form["StatusCallback"] = settings.SITE_URL + reverse(
                "notifications:receipt-take", args=[self.name]
            )
        answer = wire.post(self.address(), form=form, login=login(), seconds=seconds)
        return self.mapped(answer)

    @staticmethod
    def mapped(answer: wire.Answer) -> Handed:
        """Every documented answer; what we do not know is not called accepted."""
        said = answer.json()
        ref, code = str(said.get("sid") or ""), said.get("code") or said.get("error_code") or 0
        if answer.status in (200, 201):
            if said.get("status") in LOST:
                return Handed(Outcome.PERMANENT, f"twilio {code}", ref, dead=code in DEAD)
            return Handed(Outcome.ACCEPTED, ref=ref) if ref else Handed(Outcome.UNKNOWN, "twilio no sid")
        error = f"twilio {answer.status} {code}"
        if answer.status in (401, 403, 408, 429) or answer.status >= 500 or code in WAITS:
            return Handed(Outcome.TEMPORARY, error, wait=answer.wait)
        return Handed(Outcome.PERMANENT, error, dead=code in DEAD)

    def ask(self, outgoing: Outgoing, ref: str, seconds: int) -> Outcome | None:
        """By its number, or else by our code among the latest to that telephone."""
        if ref:
            answer = wire.get(self.address(f"/{quote(ref, safe='')}"), login=login(), seconds=seconds)
            found = [answer.json()] if answer.status == 200 else []
        else:
            query = {"To": outgoing.address, "PageSize": 50}
            answer = wire.get(self.address(), query=query, login=login(), seconds=seconds)
            found = [m for m in answer.json().get("messages", []) if outgoing.code in (m.get("body") or "")]
        if answer.status not in (200, 404):
            return Outcome.TEMPORARY
        if not found:
            return None
        return Outcome.PERMANENT if found[0].get("status") in LOST else Outcome.ACCEPTED

    @staticmethod
    def address(rest: str = "") -> str:
        keys = settings.TWILIO
        return f"{keys['URL']}/2010-04-01/Accounts/{keys['ACCOUNT_SID']}/Messages{rest}.json"

    # --- what it tells us

    def expected(self) -> bool:
        return self.ready()

    def genuine(self, call: Incoming) -> bool:
        """HMAC-SHA1 of the address and of every field in order, with the account's token."""
        signed = call.url + "".join(f"{name}{call.form[name]}" for name in sorted(call.form))
        right = hmac.new(settings.TWILIO["AUTH_TOKEN"].encode(), signed.encode(), sha1).digest()
        return bool(settings.TWILIO["AUTH_TOKEN"]) and same(
            call.headers.get("X-Twilio-Signature", ""), b64encode(right).decode()
        )

    def told(self, call: Incoming):
        status = call.form.get("MessageStatus", "")
        return self.receipt(call.form.get("MessageSid", ""), status) if status else []

    def heard(self, call: Incoming):
        if "Body" not in call.form or "MessageStatus" in call.form:
            return []
        ref, sender = call.form.get("MessageSid", ""), call.form.get("From", "")
        return [Heard(digest(ref), sender, call.form["Body"])]

    def reply(self, call: Incoming, text: str) -> tuple[str, str]:
        said = f"<Message>{escape(text)}</Message>" if text else ""
        return f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>', "text/xml"


def login() -> tuple[str, str]:
    """A key of its own if there is one; the account's token signs their calls in any case."""
    keys = settings.TWILIO
    return (keys["KEY_SID"] or keys["ACCOUNT_SID"], keys["KEY_SECRET"] or keys["AUTH_TOKEN"])


def sender_field(sender: str) -> str:
    return "MessagingServiceSid" if sender.startswith("MG") else "From"
