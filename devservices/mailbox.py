"""The local mailbox: on a developer's machine mail goes to files, and is read here."""

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

# Django's file backend ends each message with such a line.
RULE = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    """One mail that was not sent anywhere."""

    name: str
    to: str
    subject: str
    sent: str
    text: str


def letters(folder: Path) -> list[Letter]:
    """Return the mails in this folder, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [letter for path in reversed(files) for letter in _letters_in(path)]


def _letters_in(path: Path) -> list[Letter]:
    """Return the mails of one connection, the newest first."""
    raw = [part for part in path.read_bytes().split(RULE) if part.strip()]
    return [_letter(f"{path.stem}-{number}", part) for number, part in enumerate(raw)][::-1]


def _letter(name: str, raw: bytes) -> Letter:
    """Read one mail."""
    message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return Letter(
        name=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent=str(message["Date"] or ""),
        text=body.get_content() if body else "",
    )
