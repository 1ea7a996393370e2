"""What every channel is: a small room with one job, to hand one message over and say how that went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from notifications.states import Kind, Outcome


class Again(StrEnum):
    """What a provider lets us do when we do not know whether a message arrived (NOTIFICATIONS.md c.5)."""

    KEY = "A"  # it takes a key of ours: sent again under the same key, it arrives once
    ASK = "B"  # it can be asked what became of it
    BLIND = "C"  # nothing: an urgent message goes once more, under the same code


@dataclass(frozen=True)
class Outgoing:
    """All that a message may know: nothing of the case is here to leak."""

    token: UUID
    message: UUID
    address: str
    language: str
    alias: str
    time_zone: str
    code: str
    count: int
    urgent: bool
    item_id: UUID | None
    at: datetime
    channel: Kind = Kind.MAIL
    # Which of the closed list of texts: urgent, ordinary, digest, code.
    template: str = ""
    # Constant over all tries of one message: what a provider of class A is given, and a Topic or Message-ID.
    key: str = ""
    tried: int = 0

    @property
    def text(self) -> str:
        return self.template or ("urgent" if self.urgent else "ordinary")


@dataclass(frozen=True)
class Handed:
    """How one try ended: the class of what went wrong, and the provider's own number of the message.

    `dead`: the address itself is refused for good (unknown number, subscription gone); it is not tried again.
    `wait` : seconds the provider asks us to leave it alone.
    """

    outcome: Outcome
    error: str = ""
    ref: str = ""
    dead: bool = False
    wait: int = 0


@dataclass(frozen=True)
class Told:
    """One receipt of a provider, in our words. `step` only grows: 1 on its way, 2 arrived, 3 read."""

    event_ref: str
    message_ref: str
    status: str
    step: int
    failed: bool = False


class BadAddress(ValueError):
    """A sentence for the person who typed it."""


class Channel:
    """One way out. Stateless; `hand_over` and `ask` are called outside any transaction and never raise."""

    kind: ClassVar[Kind]
    again: ClassVar[Again] = Again.BLIND
    timeout: ClassVar[int] = 20  # seconds; well under half the lease
    # How many messages are begun before the first is handed over: a kill in between leaves as many unsure.
    together: ClassVar[int] = 1
    # How many messages one process hands over at the same time.
    seats: ClassVar[int] = 2

    def ready(self) -> bool:
        """Is it set up here? Nobody is offered a channel that is not."""
        return False

    def normal(self, address: str) -> str:
        """The address as it is kept and compared; BadAddress with a sentence if it is none."""
        return address.strip()

    def hand_over(self, outgoing: Outgoing) -> Handed:
        """Give the message to the provider."""
        raise NotImplementedError

    def ask(self, outgoing: Outgoing, ref: str) -> Outcome | None:
        """Class B: what became of a message that may have been sent.

        None: the provider does not know it, so it is sent. TEMPORARY: it cannot say now, and is asked again.
        """
        return None


@dataclass(frozen=True)
class Rooms:
    """The channels by their kind."""

    known: Mapping[str, Channel] = field(default_factory=dict)

    def ready(self) -> list[Kind]:
        return [Kind(kind) for kind, channel in self.known.items() if channel.ready()]
