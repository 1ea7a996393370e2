"""A tar archive under age: written and read in one pass, piece by piece, so that its size costs no memory.

What is inside: `about.json`, the dump in pieces `database/00000001` and so on, `files/...`, and last of all
`manifest.json`. In need the standard programs `age`, `tar` and `pg_restore` open it without any of ours.
"""

import contextlib
import io
import json
import os
import tarfile
import threading
from contextlib import contextmanager

import pyrage

from ijm_cases.backups import BackupFailed

PIECE = 4 * 1024 * 1024
PRIVATE_MARK = "AGE-SECRET-KEY-"


def recipients(words):
    """The public keys of those who may read a backup; a private key has no place on this machine."""
    if PRIVATE_MARK in words.upper():
        raise BackupFailed(
            "BACKUP_PUBLIC_KEY holds a private key. Take it off this machine, and make new keys."
        )
    named = words.replace(",", " ").split()
    if not named:
        raise BackupFailed("BACKUP_PUBLIC_KEY is not set: it names who will be able to read the backup.")
    try:
        return [pyrage.x25519.Recipient.from_str(word) for word in named]
    except pyrage.RecipientError as wrong:
        raise BackupFailed("BACKUP_PUBLIC_KEY is not an age public key (age1...).") from wrong


def identities(text):
    """The private keys in a file as age-keygen writes it."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line.upper().startswith(PRIVATE_MARK)
        ]
    except pyrage.IdentityError as wrong:
        raise BackupFailed("The identity file holds a key that cannot be read.") from wrong
    if not found:
        raise BackupFailed("The identity file holds no age private key.")
    return found


class Side(threading.Thread):
    """Encryption or decryption beside the archive; its failure is kept for whoever waits for it."""

    def __init__(self, work, *pipes):
        super().__init__(daemon=True)
        self.work, self.pipes, self.failure = work, pipes, None

    def run(self):
        try:
            self.work()
        except BaseException as broken:  # noqa: BLE001, kept and raised by whoever waits
            self.failure = broken
        finally:
            for pipe in self.pipes:
                close_quietly(pipe)


def close_quietly(pipe):
    with contextlib.suppress(OSError):  # the other end is gone, which whoever waits is told with its reason
        pipe.close()


@contextmanager
def writing(out, keys):
    """An archive to add to; what is added is encrypted to these keys on its way to `out`."""
    inner, outer = os.pipe()
    reader, writer = os.fdopen(inner, "rb"), os.fdopen(outer, "wb")
    side = Side(lambda: pyrage.encrypt_io(reader, out, keys), reader)
    side.start()
    try:
        with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            yield archive
    except BrokenPipeError:
        side.join()
        raise BackupFailed(f"The backup could not be written: {side.failure}") from side.failure
    finally:
        close_quietly(writer)
        side.join()
    if side.failure:
        raise BackupFailed(f"The backup could not be written: {side.failure}") from side.failure


@contextmanager
def reading(sealed, keys):
    """The archive in a sealed file; wrong keys and a file that was cut off or changed are told as such."""
    inner, outer = os.pipe()
    reader, writer = os.fdopen(inner, "rb"), os.fdopen(outer, "wb")
    side = Side(lambda: pyrage.decrypt_io(sealed, writer, keys), writer)
    side.start()
    try:
        with tarfile.open(fileobj=reader, mode="r|") as archive:
            yield archive
        while reader.read(PIECE):
            pass  # to the very end: age finds there whether the file is whole
    except (tarfile.TarError, EOFError) as broken:
        close_quietly(reader)
        side.join()
        raise told(side.failure) from broken
    finally:
        close_quietly(reader)
        side.join()
    if side.failure:
        raise told(side.failure)


def told(failure):
    """What went wrong with a sealed file, in words."""
    if isinstance(failure, pyrage.DecryptError):
        return BackupFailed("The file is not for this key, or it was cut off or changed.")
    return BackupFailed("The file is not a whole backup.")


def add(archive, name, content):
    """Add one piece that is in memory."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    archive.members = []  # tarfile keeps the heads of all it wrote otherwise


def add_json(archive, name, facts):
    add(archive, name, json.dumps(facts, indent=1, sort_keys=True).encode())
