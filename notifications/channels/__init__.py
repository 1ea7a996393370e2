"""Every way out of the house. A channel is a module of this folder, with one class and one line below."""

from notifications.channels.apprised import Other, Signal
from notifications.channels.channel import Channel, Rooms
from notifications.channels.mail import Mail
from notifications.channels.push import Push
from notifications.channels.sms import Sms
from notifications.channels.telegram import Telegram
from notifications.channels.whatsapp import WhatsApp

WAYS: tuple[Channel, ...] = (Mail(), Push(), Sms(), WhatsApp(), Telegram(), Signal(), Other())
ROOMS = Rooms({channel.kind: channel for channel in WAYS})


def channel_of(kind: str) -> Channel:
    """The channel of this kind."""
    return ROOMS.known[kind]
