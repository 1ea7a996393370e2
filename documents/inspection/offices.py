"""Word, Excel, PowerPoint and OpenDocument: no programs, no bombs in XML, nothing fetched from elsewhere."""

import re
import xml.sax  # noqa: S406  only the names of its errors and of its handler; defusedxml parses
from pathlib import PurePosixPath
from typing import IO

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from documents.inspection import refused
from documents.inspection.archives import Budget, Inspect, opened, unpacked
from documents.inspection.kinds import KINDS
from documents.inspection.reading import pieces
from documents.inspection.refused import Refused

MAIN_PART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
OPEN_TYPES = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
PROGRAMS = re.compile(r"vbaproject|vbadata|activex|macrosheets|oleobject|(^|/)(basic|scripts)/", re.I)
XML_ENDINGS = (".xml", ".rels", ".rdf", ".vml")
# Links that are followed when the document is opened, unlike a link that somebody presses.
FOLLOWED = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLinkPath")


class Parts(xml.sax.ContentHandler):
    """Looks for programs and for what is fetched from elsewhere, element by element."""

    def startElement(self, name, attributes):  # noqa: N802  the name that the parser calls
        told = dict(attributes)
        if "macroenabled" in told.get("ContentType", "").lower():
            raise Refused(refused.MACROS)
        if told.get("TargetMode") == "External" and told.get("Type", "").rpartition("/")[2] in FOLLOWED:
            raise Refused(refused.REACHES_OUT)


def look_at_xml(file: IO[bytes], *, no_dtd: bool) -> None:
    """Well formed, without definitions that grow or reach out; read piece by piece."""
    parser = create_parser(forbid_dtd=no_dtd)
    parser.setContentHandler(Parts())
    try:
        for piece in pieces(file):
            parser.feed(piece)
        parser.close()
    except DefusedXmlException as found:
        raise Refused(refused.ENTITIES) from found
    except (xml.sax.SAXException, ValueError, LookupError) as broken:
        raise Refused(refused.DAMAGED) from broken


def look_at_office(file: IO[bytes], ending: str, budget: Budget, inspect: Inspect) -> None:
    """Office Open XML: its main part is there, and no part is a program."""
    with opened(file, budget) as archive, budget.deeper():
        names = {entry.filename for entry in archive.infolist()}
        if not {MAIN_PART[ending], "[Content_Types].xml"} <= names:
            raise Refused(refused.MISMATCH)
        look_at_parts(archive, budget, inspect, no_dtd=True)


def look_at_open(file: IO[bytes], ending: str, budget: Budget, inspect: Inspect) -> None:
    """OpenDocument: it says itself what it is, and no part is a program."""
    with opened(file, budget) as archive, budget.deeper():
        if "mimetype" not in archive.namelist() or archive.read("mimetype")[:100] != OPEN_TYPES[ending]:
            raise Refused(refused.MISMATCH)
        look_at_parts(archive, budget, inspect, no_dtd=False)


def look_at_parts(archive, budget: Budget, inspect: Inspect, *, no_dtd: bool) -> None:
    """Every part by its name and, where it can hold anything, by its contents."""
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        if PROGRAMS.search(entry.filename):
            raise Refused(refused.MACROS)
        ending = PurePosixPath(entry.filename).suffix.lower()
        with unpacked(archive, entry, budget) as part:
            if ending in XML_ENDINGS:
                look_at_xml(part, no_dtd=no_dtd)
            elif ending in KINDS and KINDS[ending].look in ("office", "open", "archive"):
                inspect(part, ending, budget)
