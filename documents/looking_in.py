"""The other side of documents/inspection: starts the process that looks, and tells what it said."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File

from cases.states import IllegalMove
from documents.inspection import refused
from documents.states import REFUSALS

SECONDS = 90


@contextmanager
def on_disk(file: File) -> Iterator[IO[bytes]]:
    """The upload as a file without a name that another process can be handed; a large one is one already."""
    inside: Any = getattr(file, "file", file)
    try:
        inside.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile() as copy:
            for piece in file.chunks():
                copy.write(piece)
            copy.flush()
            yield copy
        return
    inside.flush() if inside.writable() else None
    yield inside


def inspect(file: IO[bytes], ending: str) -> str:
    """The true type of the file; IllegalMove with a sentence when it may not be kept."""
    with tempfile.TemporaryFile() as nothing:
        return str(ask("inspect", file, nothing, ending)["type"])


def sniff(file: IO[bytes]) -> str:
    """What libmagic calls the contents, whether they may be kept or not."""
    with tempfile.TemporaryFile() as nothing:
        return str(ask("sniff", file, nothing, "")["type"])


def copy_without(what: str, file: IO[bytes], word: str = "") -> tuple[IO[bytes], str]:
    """A copy of our own making (`clean`, `redact` or `picture`) and the ending of its name."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115  the caller sends it and closes it
    try:
        answer = ask(what, file, copy, word)
    except BaseException:
        copy.close()
        raise
    os.lseek(copy.fileno(), 0, os.SEEK_SET)
    return copy, answer["ending"]


def ask(what: str, file: IO[bytes], out: IO[bytes], word: str) -> dict[str, Any]:
    """Run the process and read its answer; a process that died has found something too hard."""
    file.seek(0)
    handles = (file.fileno(), out.fileno())
    command = [sys.executable, "-m", "documents.inspection", what, *map(str, handles), word]
    try:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env={"PYTHONPATH": str(settings.BASE_DIR), "LC_ALL": "C.UTF-8"},
            pass_fds=handles, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SECONDS, check=False,
        )  # fmt: skip
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"refused": refused.TOO_HARD}
    if "refused" in answer:
        raise IllegalMove(str(REFUSALS[answer["refused"]]), field="file")
    return answer
