"""The process that meets the file: `python -m documents.inspection WORK FILE OUT WORD`, with both files open.

It says what it found as one line of JSON. Memory, time and what it may write are bounded before it looks.
"""

import json
import os
import resource
import sys

from documents.inspection import refused
from documents.inspection.kinds import PICTURES
from documents.inspection.looking import inspect, sniff
from documents.inspection.pdfs import clean_pdf, has_metadata
from documents.inspection.pictures import clean_picture, preview_of
from documents.inspection.refused import Refused

MEMORY = 1536 * 1024 * 1024
SECONDS = 60
MOST_WRITTEN = 512 * 1024 * 1024


def bound() -> None:
    """Little memory, little time, no file beyond a size, no picture of the memory when it all ends."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def work(what: str, file, out, word: str) -> dict[str, str]:
    """Inspect a file, or make a copy of one that was inspected."""
    if what == "inspect":
        return {"type": inspect(file, word)}
    if what == "sniff":
        return {"type": sniff(file)}
    if what == "picture":
        preview_of(file, out, word)
        return {"ending": ".png"}
    found = sniff(file)
    if found in PICTURES:
        return {"ending": clean_picture(file, out, found), "type": found}
    if found != "application/pdf":
        raise Refused(refused.NOT_REDACTABLE)
    clean_pdf(file, out, redacted=what == "redact")
    if has_metadata(out):
        raise Refused(refused.DAMAGED)
    return {"ending": ".pdf", "type": found}


def handed(number: str, mode: str):
    """A file that the parent holds open; opened anew where that can be done, with a place of its own."""
    path = f"/proc/self/fd/{number}"
    return open(path if os.path.exists(path) else int(number), mode)


def main(what: str, file: str, out: str, word: str) -> None:
    bound()
    try:
        with handed(file, "rb") as inside, handed(out, "r+b") as outside:
            answer = work(what, inside, outside, word)
    except Refused as why:
        answer = {"refused": why.why}
    except (MemoryError, RecursionError):
        answer = {"refused": refused.TOO_HARD}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
