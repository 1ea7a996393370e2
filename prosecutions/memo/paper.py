"""A memo on paper: PDF set by typst, and a Word file that the lawyer can go on writing in."""

import json
import re
import warnings
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

PAGE = Path(__file__).with_name("paper.typ")
FONTS = settings.BASE_DIR / "build" / "print-fonts"
GREY = RGBColor(0x55, 0x55, 0x55)
# Word files must carry some date; this one says nothing of anybody's working hours.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
# Control characters cannot stand in XML at all.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_pdf(content: dict[str, Any]) -> bytes:
    """The memo as PDF. A word in a script for which there is no font is no reason to stop."""
    fonts = typst.Fonts(font_paths=[FONTS] if FONTS.is_dir() else [])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = {"told": json.dumps(content)}
        return typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs=told, font_paths=fonts)


def as_docx(content: dict[str, Any]) -> bytes:
    """The memo as a Word file: headings, numbered lines, and the source of each in small print."""
    paper = Document()
    unnamed(paper)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:cs"), "Noto Sans")
    for side in paper.sections:
        side.page_width, side.page_height = Cm(21), Cm(29.7)
        side.left_margin = side.right_margin = side.top_margin = side.bottom_margin = Cm(2.2)
        side.footer.paragraphs[0].text = printable(content["footer"])
    paper.add_heading(printable(content["title"]), 0)
    small(paper.add_paragraph(), f"{content['number']} · {content['made']}")
    for section in content["sections"]:
        paper.add_heading(printable(section["title"]), 1)
        if not section["lines"]:
            paper.add_paragraph(printable(section["empty"]))
        for number, line in enumerate(section["lines"], 1):
            write_line(paper, number, line, content["source"])
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def write_line(paper: Any, number: int, line: dict[str, Any], source: str) -> None:
    """One numbered line, and below it where it is from."""
    row = paper.add_paragraph()
    row.paragraph_format.left_indent, row.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
    row.paragraph_format.keep_together = True
    row.add_run(f"{number}.\t")
    row.add_run(printable(line["text"])).bold = line["strong"]
    origin = ", ".join(filter(None, (line["source"], line["on"])))
    if origin:
        row.add_run().add_break()
        small(row, f"{source}: {origin}")


def small(row: Any, text: str) -> None:
    run = row.add_run(printable(text))
    run.font.size, run.font.color.rgb = Pt(8.5), GREY


def unnamed(paper: Any) -> None:
    """No author, no title, no day in what the file says of itself."""
    about = paper.core_properties
    about.author = about.title = about.comments = about.last_modified_by = about.keywords = ""
    about.created = about.modified = NO_DAY
    about.revision = 1


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
