"""What may be kept: every good kind passes, every bad file of the corpus is refused for its reason."""

import io
import tempfile
from pathlib import PurePath

import pikepdf
import pytest
from PIL import Image

from cases.states import IllegalMove
from documents import looking_in
from documents.inspection.__main__ import work
from documents.inspection.kinds import KINDS
from documents.inspection.looking import inspect
from documents.inspection.refused import Refused
from documents.states import REFUSALS
from tests.documents.files_made import BAD, GOOD, pdf, pdf_with_note, picture_that_tells


def ending(name):
    return PurePath(name).suffix.lower()


def on_disk(content):
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by the test
    file.write(content)
    file.flush()
    return file


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_passes_with_its_true_type(name):
    assert inspect(io.BytesIO(GOOD[name]), ending(name)) in KINDS[ending(name)].types


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_for_its_reason(what):
    name, content, why = BAD[what]
    with pytest.raises(Refused) as refused:
        inspect(io.BytesIO(content), ending(name))
    assert refused.value.why == why
    assert why in REFUSALS


@pytest.mark.parametrize("what", ["bomb in a bomb", "picture too large", "cut PDF", "macros in Word"])
def test_the_process_says_in_a_sentence_what_it_found(what):
    name, content, why = BAD[what]
    with on_disk(content) as file, pytest.raises(IllegalMove) as refused:
        looking_in.inspect(file, ending(name))
    assert str(refused.value) == str(REFUSALS[why])
    assert refused.value.field == "file"


def test_the_process_names_the_type_of_a_good_file():
    with on_disk(GOOD["report.pdf"]) as file:
        assert looking_in.inspect(file, ".pdf") == "application/pdf"
        assert looking_in.sniff(file) == "application/pdf"


def test_a_process_that_dies_or_takes_too_long_has_found_something_too_hard(monkeypatch):
    monkeypatch.setattr(looking_in, "SECONDS", 0.01)
    with on_disk(GOOD["report.pdf"]) as file, pytest.raises(IllegalMove, match="time and memory"):
        looking_in.inspect(file, ".pdf")
    monkeypatch.setattr(looking_in.sys, "executable", "/bin/false")
    monkeypatch.setattr(looking_in, "SECONDS", 30)
    with on_disk(GOOD["report.pdf"]) as file, pytest.raises(IllegalMove, match="time and memory"):
        looking_in.inspect(file, ".pdf")


def test_a_clean_copy_of_a_picture_tells_nothing_and_stands_upright():
    source = io.BytesIO(picture_that_tells())
    assert b"Maria Santos" in source.getvalue()
    out = io.BytesIO()
    assert work("clean", source, out, "") == {"ending": ".jpg", "type": "image/jpeg"}
    assert b"Maria" not in out.getvalue()
    assert b"Canary" not in out.getvalue()
    with Image.open(out) as copy:
        assert not copy.getexif()
        assert copy.size == (40, 60)


def test_a_small_picture_is_a_png_of_our_own(tmp_path):
    out = io.BytesIO()
    work("picture", io.BytesIO(picture_that_tells()), out, "image/jpeg")
    with Image.open(out) as copy:
        assert (copy.format, copy.getexif()) == ("PNG", {})
    assert b"Maria" not in out.getvalue()


def telling_pdf():
    """A PDF with an author, a description and a page that was taken out but stands in the file's history."""

    def change(made):
        with made.open_metadata() as about:
            about["dc:title"] = "Statement of Maria Santos"
        made.Root.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String("Maria Santos"))

    return pdf(change)


@pytest.mark.parametrize("what", ["clean", "redact"])
def test_a_pdf_written_anew_tells_nothing_of_its_making(what):
    assert b"Maria Santos" in telling_pdf()
    out = io.BytesIO()
    assert work(what, io.BytesIO(telling_pdf()), out, "")["ending"] == ".pdf"
    with pikepdf.open(out) as copy:
        assert "/Info" not in copy.trailer
        assert "/Metadata" not in copy.Root
        assert "/PieceInfo" not in copy.Root
        assert len(copy.pages) == 1
    assert b"Maria" not in out.getvalue()


@pytest.mark.parametrize("kind", ["/Square", "/Redact", "/Highlight", "/FreeText", "/Ink"])
def test_black_bars_that_only_lie_on_the_page_are_refused(kind):
    with pytest.raises(Refused, match="marks"):
        work("redact", io.BytesIO(pdf_with_note(kind)), io.BytesIO(), "")


def test_a_letter_cannot_be_a_redacted_copy():
    with pytest.raises(Refused, match="not_redactable"):
        work("redact", io.BytesIO(GOOD["letter.docx"]), io.BytesIO(), "")
