"""The gateway of a developer's machine: each message is a file, shown at /dev/mail/."""

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from notifications.channels.callbacks import Provider
from notifications.channels.channel import Again, Handed, Outgoing
from notifications.states import Kind, Outcome


class Local(Provider):
    """Nothing leaves the machine."""

    name = "local"
    kind = Kind.SMS
    again = Again.KEY

    def ready(self) -> bool:
        return settings.EMBEDDED

    def send(self, outgoing: Outgoing, text: str, seconds: int) -> Handed:
        folder = Path(settings.DEV_DIR) / "texts"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"
        draft = folder / f".{name}.part"
        said = {"by": self.kind.value, "to": outgoing.address, "text": text}
        with draft.open("x") as file:
            json.dump(said, file)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / f"{name}.json")
        return Handed(Outcome.ACCEPTED, ref=name)

    def ask(self, outgoing: Outgoing, ref: str, seconds: int) -> Outcome | None:
        return None
