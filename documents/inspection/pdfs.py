"""PDF: whole, without a lock, without programs, and no second file behind it."""

import zipfile
from typing import BinaryIO

import pikepdf

from documents.inspection import refused
from documents.inspection.reading import at
from documents.inspection.refused import Refused

MOST_PAGES = 10_000
PROGRAM_KEYS = ("/JS", "/JavaScript", "/RichMedia", "/EmbeddedFile", "/EF", "/XFA")
PROGRAM_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/GoToE", "/Rendition", "/RichMediaExecute")
# What may lie on a page without covering it: links and fields to fill in.
HARMLESS_NOTES = ("/Link", "/Widget", "/Popup")
# What a file and a page tell beside what is seen on paper.
TOLD_BY_FILE = ("/Names", "/PieceInfo", "/AF", "/Outlines", "/StructTreeRoot", "/Collection")
TOLD_BY_PAGE = ("/PieceInfo", "/Thumb", "/AF")


def look_at_pdf(file: BinaryIO, _type: str = "") -> None:
    """Whole and harmless, or Refused."""
    if at(file, 0, 5) != b"%PDF-":
        raise Refused(refused.TWO_KINDS)
    if b"%%EOF" not in at(file, -2048, 2048):
        raise Refused(refused.DAMAGED)
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Refused(refused.TWO_KINDS)
    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            look_at_objects(pdf)
    except pikepdf.PasswordError as locked:
        raise Refused(refused.LOCKED) from locked
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as broken:
        raise Refused(refused.DAMAGED) from broken


def look_at_objects(pdf: pikepdf.Pdf) -> None:
    """No object of the file acts by itself or carries another file."""
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise Refused(refused.DAMAGED)
    for thing in pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            look_at_dictionary(thing, depth=3)


def look_at_dictionary(thing, depth: int) -> None:
    """One object and what stands directly inside it."""
    if thing.get("/S") in PROGRAM_ACTIONS or any(key in thing for key in PROGRAM_KEYS):
        raise Refused(refused.MACROS)
    if thing.get("/Type") == "/EmbeddedFile":
        raise Refused(refused.MACROS)
    if depth:
        for _key, value in thing.items():
            if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
                look_at_dictionary(value, depth - 1)


def clean_pdf(file: BinaryIO, out: BinaryIO, *, redacted: bool) -> None:
    """The same pages, written anew: without author, dates, history, attachments or notes on who made it."""
    file.seek(0)
    with pikepdf.open(file, suppress_warnings=True) as pdf:
        if redacted and any(covers(note) for page in pdf.pages for note in page.get("/Annots", [])):
            raise Refused(refused.MARKS)
        for name in TOLD_BY_FILE:
            if name in pdf.Root:
                del pdf.Root[name]
        for page in pdf.pages:
            for name in TOLD_BY_PAGE:
                if name in page:
                    del page[name]
        drop_metadata(pdf)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def drop_metadata(pdf: pikepdf.Pdf) -> None:
    """Pictures inside a page may carry a description of their own."""
    for thing in pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            for name in ("/Metadata", "/PieceInfo"):
                if name in thing:
                    del thing[name]


def covers(note) -> bool:
    """A note that lies on top of the page: what is under it is still there."""
    return note.get("/Subtype") not in HARMLESS_NOTES


def has_metadata(file: BinaryIO) -> bool:
    """Whether a PDF still says who made it, when and with what."""
    file.seek(0)
    with pikepdf.open(file, suppress_warnings=True) as pdf:
        described = any(
            "/Metadata" in thing
            for thing in pdf.objects
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream))
        )
        return described or "/Info" in pdf.trailer
