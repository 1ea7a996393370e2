"""Telegram by a bot. A person begins the talk with the bot; before that it may not write to her."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from notifications.channels import wire
from notifications.channels.callbacks import Heard, Incoming, Provider, digest, same
from notifications.channels.channel import BadAddress, Channel, Handed, Outgoing
from notifications.channels.texts import written
from notifications.channels.trying import tried
from notifications.states import Kind, Outcome

# "Bad Request: chat not found", "Forbidden: bot was blocked by the user", and the like.
NOBODY = re.compile("chat not found|blocked|deactivated|user not found|can't initiate|peer_id_invalid", re.I)


class Telegram(Channel, Provider):
    """https://core.telegram.org/bots/api"""

    name = "telegram"
    kind = Kind.TELEGRAM

    def ready(self) -> bool:
        return bool(settings.TELEGRAM["TOKEN"])

    def normal(self, address: str) -> str:
        number = address.strip()
        if not re.fullmatch(r"[1-9][0-9]{4,15}", number):
            raise BadAddress(
                _("Give your number in Telegram: only digits. The bot tells it when you write /start.")
            )
        return number

    def hand_over(self, outgoing: Outgoing) -> Handed:
        if not self.ready():
            return Handed(Outcome.TEMPORARY, "not set up")
        return tried(lambda: written(outgoing, "line")[1], lambda text: self.send(outgoing, text))

    def send(self, outgoing: Outgoing, text: str) -> Handed:
        facts = {
            "chat_id": outgoing.address,
            "text": text,
            "link_preview_options": {"is_disabled": True},
            "protect_content": True,
        }
        url = f"{settings.TELEGRAM['URL']}/bot{settings.TELEGRAM['TOKEN']}/sendMessage"
        return self.mapped(wire.post(url, facts=facts, seconds=self.timeout))

    @staticmethod
    def mapped(answer: wire.Answer) -> Handed:
        said = answer.json()
        if answer.status == 200 and said.get("ok"):
            result = said.get("result")
            number = result.get("message_id", "") if isinstance(result, dict) else ""
            return Handed(Outcome.ACCEPTED, ref=str(number))
        if answer.status == 200:
            return Handed(Outcome.UNKNOWN, "telegram no answer")
        asked = said.get("parameters")
        wait = asked.get("retry_after", 0) if isinstance(asked, dict) else 0
        error = f"telegram {answer.status}"
        if answer.status in (401, 404, 408, 429) or answer.status >= 500:
            wait = min(wait, wire.LONGEST_WAIT) if isinstance(wait, int) and wait > 0 else answer.wait
            return Handed(Outcome.TEMPORARY, error, wait=wait)
        gone = answer.status == 403 or bool(NOBODY.search(str(said.get("description", ""))))
        return Handed(Outcome.PERMANENT, error, dead=gone)

    # --- what it tells us

    def expected(self) -> bool:
        return self.ready() and bool(settings.TELEGRAM["SECRET"])

    def genuine(self, call: Incoming) -> bool:
        return same(call.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), settings.TELEGRAM["SECRET"])

    def heard(self, call: Incoming):
        said = call.json()
        message = said.get("message")
        if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
            return []
        if message["chat"].get("type") != "private" or not isinstance(message.get("text"), str):
            return []
        number = str(message["chat"].get("id", ""))
        return [Heard(digest(str(said.get("update_id", "")), number), number, message["text"])]

    def reply(self, call: Incoming, text: str) -> tuple[str, str]:
        """A method of the bot may stand in the answer to its call. /start is told the number to give us."""
        heard = self.heard(call)
        said = text or (heard[0].sender if heard and heard[0].text.strip().startswith("/start") else "")
        if not said:
            return "{}", "application/json"
        facts = {"method": "sendMessage", "chat_id": heard[0].sender, "text": said}
        return wire.json.dumps(facts), "application/json"
