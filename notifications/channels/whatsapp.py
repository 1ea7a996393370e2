"""WhatsApp by Meta's Cloud API: an approved template that says nothing by itself, with our one line in it."""

import hmac
from hashlib import sha256

from django.conf import settings

from notifications.channels import wire
from notifications.channels.callbacks import Heard, Incoming, Provider, digest, same
from notifications.channels.channel import Channel, Handed, Outgoing
from notifications.channels.phones import normal_number
from notifications.channels.texts import written
from notifications.channels.trying import tried
from notifications.states import Kind, Outcome

DEAD = {131026, 131021, 131030, 131050}  # no such person there, ourselves, not on the list, told us to stop
# Ours to put right, or passing: tokens, money, rights, pace, the template, service down.
WAITS = {
    0, 1, 2, 3, 4, 10, 190, 368, 80007, 130429, 131000, 131005, 131016, 131031, 131042, 131045, 131048,
    131049, 131056, 131057, 132001, 132015, 132016, 133010,
}  # fmt: skip


class WhatsApp(Channel, Provider):
    """https://developers.facebook.com/docs/whatsapp/cloud-api"""

    name = "whatsapp"
    kind = Kind.WHATSAPP
    steps = {"sent": 1, "delivered": 2, "read": 3, "failed": -1}

    def ready(self) -> bool:
        return bool(settings.WHATSAPP["PHONE_ID"] and settings.WHATSAPP["TOKEN"])

    def normal(self, address: str) -> str:
        return normal_number(address)

    def hand_over(self, outgoing: Outgoing) -> Handed:
        if not self.ready():
            return Handed(Outcome.TEMPORARY, "not set up")
        return tried(lambda: written(outgoing, "line")[1], lambda text: self.send(outgoing, text))

    def send(self, outgoing: Outgoing, text: str) -> Handed:
        keys = settings.WHATSAPP
        words = [{"type": "body", "parameters": [{"type": "text", "text": text}]}]
        facts = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": outgoing.address,
            "type": "template",
            "template": {
                "name": keys["TEMPLATE"],
                "language": {"code": outgoing.language},
                "components": words,
            },
        }
        headers = {"Authorization": f"Bearer {keys['TOKEN']}"}
        url = f"{keys['URL']}/{keys['PHONE_ID']}/messages"
        return self.mapped(wire.post(url, facts=facts, headers=headers, seconds=self.timeout))

    @staticmethod
    def mapped(answer: wire.Answer) -> Handed:
        said = answer.json()
        if answer.status == 200:
            rows = said.get("messages")
            ref = rows[0].get("id", "") if isinstance(rows, list) and rows else ""
            return Handed(Outcome.ACCEPTED, ref=ref) if ref else Handed(Outcome.UNKNOWN, "whatsapp no id")
        error = said.get("error")
        code = error.get("code", -1) if isinstance(error, dict) else -1
        passing = answer.status in (401, 403, 408, 429) or answer.status >= 500 or code in WAITS
        outcome = Outcome.TEMPORARY if passing and code not in DEAD else Outcome.PERMANENT
        return Handed(outcome, f"whatsapp {answer.status} {code}"[:80], dead=code in DEAD, wait=answer.wait)

    # --- what it tells us

    def expected(self) -> bool:
        return self.ready() and bool(settings.WHATSAPP["APP_SECRET"])

    def genuine(self, call: Incoming) -> bool:
        secret = settings.WHATSAPP["APP_SECRET"]
        right = hmac.new(secret.encode(), call.body, sha256).hexdigest()
        return bool(secret) and same(call.headers.get("X-Hub-Signature-256", ""), f"sha256={right}")

    def greet(self, call: Incoming) -> str | None:
        """Meta asks once whether the address is ours."""
        known = same(call.query.get("hub.verify_token", ""), settings.WHATSAPP["VERIFY_TOKEN"])
        asked = call.query.get("hub.challenge", "")
        return asked if known and asked.isalnum() and len(asked) < 100 else None

    def told(self, call: Incoming):
        return [
            told
            for row in parts_of(call, "statuses")
            for told in self.receipt(str(row.get("id", "")), str(row.get("status", "")))
        ]

    def heard(self, call: Incoming):
        return [
            Heard(digest(str(row.get("id", ""))), f"+{row.get('from', '')}", str(row["text"].get("body", "")))
            for row in parts_of(call, "messages")
            if row.get("type") == "text" and isinstance(row.get("text"), dict)
        ]


def parts_of(call: Incoming, name: str) -> list[dict]:
    """What stands under this name, however deep Meta wraps it; what is of another form is left out."""
    entries = dicts(call.json().get("entry"))
    values = [change.get("value") for entry in entries for change in dicts(entry.get("changes"))]
    return [row for value in values if isinstance(value, dict) for row in dicts(value.get(name))]


def dicts(rows) -> list[dict]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
