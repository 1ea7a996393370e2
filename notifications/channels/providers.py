"""Everybody who may call us with receipts and answers, by the name in the address that they call."""

from notifications.channels.callbacks import Provider
from notifications.channels.sms import GATEWAYS
from notifications.channels.telegram import Telegram
from notifications.channels.whatsapp import WhatsApp

PROVIDERS: dict[str, Provider] = {
    **{name: gateway for name, gateway in GATEWAYS.items() if name != "local"},
    **{room.name: room for room in (WhatsApp(), Telegram())},
}


def step_of(provider: str, status: str) -> tuple[int, bool]:
    """(how far the message is, is it lost) of a receipt as it was kept."""
    known = PROVIDERS.get(provider)
    step = known.steps.get(status, 0) if known else 0
    return max(step, 0), step < 0
