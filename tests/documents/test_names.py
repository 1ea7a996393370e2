"""Whatever a file is called: it is refused in words, or kept under a name that says nothing of it."""

import re
from types import SimpleNamespace

from hypothesis import example, given
from hypothesis import strategies as st

from cases.states import IllegalMove
from documents.actions import check_name
from documents.inspection.kinds import KINDS
from documents.models import stored_name
from documents.views.files import ending_of

ENDINGS = st.sampled_from([*KINDS, ".exe", ".PDF", "", ".pdf.exe", ". pdf", ".p\u202efd"])
NAMES = st.builds(lambda name, ending: name + ending, st.text(max_size=230), ENDINGS)


@given(NAMES)
@example("a\x00.pdf")
@example("cod\u202efdp.exe")
@example("../../etc/passwd.txt")
@example("C:\\evil.pdf")
@example('"; filename="x.exe.pdf')
@example("\u0001.pdf")
def test_any_name_is_refused_or_leaves_nothing_but_a_known_ending(name):
    try:
        ending = check_name(name)
    except IllegalMove:
        return
    assert ending in KINDS
    document = SimpleNamespace(ending=ending, original_name="")
    assert ending_of(document) == ending
    place = stored_name(None, name)
    assert re.fullmatch(r"documents/[0-9a-f]{2}/[0-9a-f-]{36}", place)


@given(st.text(max_size=200))
def test_the_name_of_an_old_document_leaves_nothing_but_an_ending(name):
    kept = ending_of(SimpleNamespace(ending="", original_name=name))
    assert re.fullmatch(r"(\.[a-z0-9]{1,8})?", kept)
