"""Text messages by Africa's Talking. Its calls carry no signature: the address that it calls holds a secret.

It is sent our key with every message. That it keeps to it is written of its payments, not of its messages,
so it counts as blind until somebody has tried (AFRICASTALKING_KEY_TRIED).
"""

from django.conf import settings

from notifications.channels import wire
from notifications.channels.callbacks import Heard, Incoming, Provider, digest, same
from notifications.channels.channel import Again, Handed, Outgoing
from notifications.states import Kind, Outcome

TAKEN = {100, 101, 102}
DEAD = {403, 404, 406, 409}  # no such number, a kind that takes none, on its black list, do not disturb
WAITS = {401, 402, 405, 407, 500, 501}  # held for risk, our sender or money, no way there now, broken


class AfricasTalking(Provider):
    """https://developers.africastalking.com/docs/sms/sending/bulk"""

    name = "africastalking"
    kind = Kind.SMS
    steps = {
        "sent": 1, "submitted": 1, "buffered": 1, "success": 2,
        "rejected": -1, "failed": -1, "expired": -1, "absentsubscriber": -1,
    }  # fmt: skip

    @property
    def again(self) -> Again:
        return Again.KEY if settings.AFRICASTALKING["KEY_TRIED"] == "1" else Again.BLIND

    def ready(self) -> bool:
        return bool(settings.AFRICASTALKING["USERNAME"] and settings.AFRICASTALKING["API_KEY"])

    def send(self, outgoing: Outgoing, text: str, seconds: int) -> Handed:
        keys = settings.AFRICASTALKING
        form = {"username": keys["USERNAME"], "to": outgoing.address, "message": text}
        if keys["FROM"]:
            form["from"] = keys["FROM"]
        headers = {"apiKey": keys["API_KEY"], "Idempotency-Key": outgoing.key or str(outgoing.message)}
        return self.mapped(
            wire.post(f"{keys['URL']}/version1/messaging", form=form, headers=headers, seconds=seconds)
        )

    @staticmethod
    def mapped(answer: wire.Answer) -> Handed:
        """The answer has a code for the call, and inside it one for the number."""
        if answer.status in (401, 402, 403, 408, 429) or answer.status >= 500:
            return Handed(Outcome.TEMPORARY, f"africastalking {answer.status}", wait=answer.wait)
        if answer.status not in (200, 201):
            return Handed(Outcome.PERMANENT, f"africastalking {answer.status}")
        data = answer.json().get("SMSMessageData")
        rows = data.get("Recipients") if isinstance(data, dict) else None
        if not rows:
            # "InvalidSenderId" and the like come without any recipient: nothing was taken.
            known = isinstance(data, dict) and rows == []
            return Handed(Outcome.TEMPORARY if known else Outcome.UNKNOWN, "africastalking nobody")
        code, ref = rows[0].get("statusCode"), str(rows[0].get("messageId") or "")
        if code in TAKEN:
            return Handed(Outcome.ACCEPTED, ref="" if ref == "None" else ref)
        outcome = Outcome.TEMPORARY if code in WAITS else Outcome.PERMANENT
        return Handed(outcome, f"africastalking {code}", dead=code in DEAD)

    def ask(self, outgoing: Outgoing, ref: str, seconds: int) -> Outcome | None:
        return None

    # --- what it tells us

    def expected(self) -> bool:
        return self.ready() and bool(settings.AFRICASTALKING["SECRET"])

    def genuine(self, call: Incoming) -> bool:
        return same(call.query.get("key", ""), settings.AFRICASTALKING["SECRET"])

    def told(self, call: Incoming):
        status = call.form.get("status", "")
        return self.receipt(call.form.get("id", ""), status) if status else []

    def heard(self, call: Incoming):
        if "text" not in call.form:
            return []
        return [Heard(digest(call.form.get("id", "")), call.form.get("from", ""), call.form["text"])]
