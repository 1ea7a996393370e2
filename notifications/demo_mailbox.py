"""A mailbox of files for one machine: every mail is one .eml file, whole or not there at all."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each mail beside its place and then moves it there; names sort by time."""

    def __init__(self, *args, file_path=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, messages):
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in messages:
            self.keep(message.message().as_bytes(linesep="\r\n"))
        return len(messages)

    def keep(self, raw):
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"
        draft = self.folder / f".{name}.part"
        with draft.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.folder / f"{name}.eml")
