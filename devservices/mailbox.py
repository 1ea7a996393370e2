"""The local mailbox: on a developer's machine each mail is one .eml file, and is read here."""

import email
import email.policy
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Letter:
    """One mail that was not sent anywhere."""

    name: str
    to: str
    subject: str
    sent: str
    text: str


@dataclass(frozen=True)
class Text:
    """One text message that was not sent anywhere; `sent` is the moment in its name."""

    by: str
    to: str
    text: str
    sent: str


def texts(folder: Path, most: int = 200) -> list[Text]:
    """Return the latest text messages in this folder, the newest first."""
    found = sorted(folder.glob("*.json"), reverse=True)[:most]
    return [
        Text(**json.loads(path.read_text()), sent=f"{path.name[9:11]}:{path.name[11:13]}") for path in found
    ]


def letters(folder: Path, most: int = 200) -> list[Letter]:
    """Return the latest mails in this folder, the newest first; their names sort by time."""
    return [_letter(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:most]]


def letter(folder: Path, name: str) -> Letter | None:
    """Return the mail of this name, or None; a name can lead to no other folder."""
    for path in folder.glob("*.eml"):
        if path.name == name:
            return _letter(path)
    return None


def _letter(path: Path) -> Letter:
    """Read one mail."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return Letter(
        name=path.name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent=str(message["Date"] or ""),
        text=body.get_content() if body else "",
    )
