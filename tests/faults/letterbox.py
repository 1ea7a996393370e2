"""A mail server of the tests, on a real socket: it takes, refuses, breaks off or hangs, and counts."""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller

from devservices.postgres import free_port

TAKE, BUSY, REFUSE, BREAK_OFF, HOLD = "take", "busy", "refuse", "break off", "hold"
ANSWERS = {BUSY: "451 try again later", REFUSE: "550 nobody of that name"}


@dataclass(frozen=True)
class Letter:
    """One message as it came in: its number, to whom, what it said, and when."""

    number: str
    to: str
    text: str
    at: float


def text_of(message: Message) -> str:
    """Subject and body in one, whatever they were packed in."""
    body = message.get_payload(decode=True) or b""
    return f"{message['Subject']}\n{body.decode(message.get_content_charset() or 'utf-8')}"


class Letterbox:
    """The server; `how` may change at any moment, and `down()` shuts its port."""

    def __init__(self):
        self.port = free_port()
        self.how = TAKE
        self.letters: list[Letter] = []
        self.turned_away = 0
        self.let_go = threading.Event()
        self.controller: Controller | None = None
        self.up()

    def up(self):
        if self.controller is None:
            self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self.controller.start()

    def down(self):
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the server's own name for it
        if self.how in ANSWERS:
            self.turned_away += 1
            return ANSWERS[self.how]
        message = message_from_bytes(envelope.content)
        number = message["Message-ID"].strip("<>").partition("@")[0]
        self.letters.append(Letter(number, envelope.rcpt_tos[0], text_of(message), time.monotonic()))
        if self.how == BREAK_OFF:
            server.transport.abort()
        return "250 taken"

    def copies(self):
        """How often each message came in."""
        return Counter(letter.number for letter in self.letters)
