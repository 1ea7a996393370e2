"""The inspection itself: from an open file and its ending to its true type, or Refused."""

from collections.abc import Callable
from typing import IO

import pylibmagic  # noqa: F401  brings libmagic along; python-magic finds it only after this

import magic  # isort: skip

from documents.inspection import refused
from documents.inspection.archives import Budget, look_at_archive
from documents.inspection.films import look_at_film, look_at_sound
from documents.inspection.kinds import KINDS
from documents.inspection.offices import look_at_office, look_at_open
from documents.inspection.pdfs import look_at_pdf
from documents.inspection.pictures import look_at_picture
from documents.inspection.reading import at, size_of
from documents.inspection.refused import Refused
from documents.inspection.texts import look_at_text

SNIFFED = 64 * 1024
OLE = "application/CDFV2"
OLD_OFFICE = ("application/msword", "application/vnd.ms-", "application/x-ole-storage", OLE)


def sniff(file: IO[bytes]) -> str:
    """What libmagic calls the contents."""
    return magic.from_buffer(at(file, 0, SNIFFED), mime=True)


def inspect(file: IO[bytes], ending: str, budget: Budget | None = None) -> str:
    """The type of the contents; Refused when the file may not be kept."""
    kind = KINDS.get(ending)
    if not size_of(file):
        raise Refused(refused.EMPTY)
    found = sniff(file)
    if found.startswith(OLD_OFFICE):
        raise Refused(refused.LOCKED if locked_office(file) else refused.MACROS)
    if kind is None:
        raise Refused(refused.KIND)
    if found not in kind.types:
        raise Refused(refused.MISMATCH)
    budget = budget or Budget(size_of(file))
    if kind.look == "archive":
        look_at_archive(file, budget, inspect)
    elif kind.look == "office":
        look_at_office(file, ending, budget, inspect)
    elif kind.look == "open":
        look_at_open(file, ending, budget, inspect)
    else:
        LOOKS[kind.look](file, found)
    return found


LOOKS: dict[str, Callable[..., None]] = {
    "pdf": look_at_pdf,
    "picture": look_at_picture,
    "text": look_at_text,
    "sound": look_at_sound,
    "film": look_at_film,
}


def locked_office(file: IO[bytes]) -> bool:
    """A new Office file with a password is an old container with one encrypted thing inside."""
    return "EncryptedPackage".encode("utf-16-le") in at(file, 0, 4 * 1024 * 1024)
