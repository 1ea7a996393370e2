"""What providers tell us: how far a message has come, and what somebody answered."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar

from notifications.channels.channel import Told
from notifications.states import Kind


@dataclass(frozen=True)
class Incoming:
    """A call of a provider. Its words go no further than the room that reads them."""

    url: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    form: Mapping[str, str] = field(repr=False)

    def json(self) -> Any:
        try:
            said = json.loads(self.body)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


@dataclass(frozen=True)
class Heard:
    """Somebody wrote back."""

    event_ref: str
    sender: str = field(repr=False)
    text: str = field(repr=False)


class Provider:
    """Somebody who calls us. `steps`: its words for how far a message is.

    1 on its way, 2 there, 3 read, -1 lost.
    """

    name: ClassVar[str]
    kind: ClassVar[Kind]
    steps: ClassVar[Mapping[str, int]] = {}

    def expected(self) -> bool:
        """Is it set up here that this provider calls?"""
        return False

    def genuine(self, call: Incoming) -> bool:
        """Is it really the provider who calls?"""
        return False

    def greet(self, call: Incoming) -> str | None:
        """What to answer to a GET with which some providers make sure of the address; None refuses."""
        return None

    def told(self, call: Incoming) -> Sequence[Told]:
        return ()

    def heard(self, call: Incoming) -> Sequence[Heard]:
        return ()

    def reply(self, call: Incoming, text: str) -> tuple[str, str]:
        """(body, content type) of the answer to its call; the text is '' when there is nothing to say."""
        return "", "text/plain"

    def receipt(self, ref: str, status: str, *also: str) -> list[Told]:
        """One receipt in our words; nothing when it is of no form that we know."""
        word = status.lower()
        if not fit(ref, 120) or not fit(word, 30) or not word:
            return []
        step = self.steps.get(word, 0)
        return [Told(digest(ref, word, *also), ref, word, max(step, 0), failed=step < 0)]


def fit(text: str, longest: int) -> bool:
    """Plain signs without blanks, as providers number things."""
    return 0 < len(text) <= longest and text.isascii() and text.isprintable() and " " not in text


def digest(*parts: str) -> str:
    """A name for one event, the same however often it is told."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


def same(given: str, right: str) -> bool:
    """Compared in constant time; an empty secret opens nothing."""
    return bool(right) and hmac.compare_digest(given.encode(), right.encode())
