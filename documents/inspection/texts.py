"""Plain text: it can be read, in one of the ways text is written."""

import codecs
from typing import IO

from documents.inspection import refused
from documents.inspection.reading import at, pieces
from documents.inspection.refused import Refused

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Letters, and what moves the line on; nothing that steers a screen or a printer.
ALLOWED_CONTROLS = {0x09, 0x0A, 0x0C, 0x0D}
CONTROLS = bytes(code for code in range(0x20) if code not in ALLOWED_CONTROLS)


def look_at_text(file: IO[bytes], _type: str = "") -> None:
    """UTF-8, UTF-16 or an old European code, without control characters."""
    if at(file, 0, 2).startswith(WIDE):
        read_as(file, "utf-16")
        return
    for piece in pieces(file):
        if piece.translate(None, CONTROLS) != piece:
            raise Refused(refused.MISMATCH)


def read_as(file: IO[bytes], code: str) -> None:
    """Read the text to its end in this code."""
    decoder = codecs.getincrementaldecoder(code)()
    try:
        for piece in pieces(file):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as broken:
        raise Refused(refused.DAMAGED) from broken
