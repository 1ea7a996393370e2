"""One case on paper, with the code of the copy on every page."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse

from accounts.roles import Role
from exchange.building import build_waiting
from exchange.summary import printed
from tests.exchange.conftest import latest, taken
from tests.factories import (
    AccusedMake,
    BailOrderMake,
    ConsentMake,
    HearingMake,
    SurvivorMake,
    VerdictMake,
)
from tests.people import person


def add(client, case, **answers):
    answers = {"purpose": "casework", "why": "Supervision", **answers}
    return client.post(reverse("exchange:summary-add", args=[case.pk]), answers)


@pytest.fixture
def told(monkeypatch):
    """What the page was made of, since a PDF keeps its words as drawings."""
    seen = []

    def remember(facts):
        seen.append(facts)
        return printed(facts)

    monkeypatch.setattr("exchange.summary.printed", remember)
    return seen


def words(told):
    return re.sub(r"\s+", " ", str(told[-1]))


def test_a_summary_is_a_document_with_the_copy_s_code(signed_in, case, director, told):
    client = signed_in(director)
    HearingMake(case=case)
    accused = AccusedMake(case=case, name="Rey Cruz")
    BailOrderMake(case=case, accused=accused)
    VerdictMake(case=case, accused=accused)
    SurvivorMake(case=case, pseudonym="Maya")
    form = client.get(reverse("exchange:summary-add", args=[case.pk])).content.decode()
    assert "Your name, the time and a code stand on every page" in form
    assert add(client, case).status_code == 302
    assert build_waiting() == 1
    export = latest(director)
    content = taken(client, export)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 1
        assert case.number in str(pdf.docinfo.get("/Title"))
    assert export.file_name == f"export-{export.code}.pdf"
    assert told[0]["watermark"].startswith(f"{export.code} · made for our own use by Dina · ")
    assert told[0]["watermark_short"] == f"{export.code} · Dina"
    for word in (case.number, "Harbour Road", "Rey Cruz", "Maya", "Hearings", "Bail", "Verdicts"):
        assert word in words(told)
    trail = client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()
    assert "Dina took a file" in trail
    assert "Dina asked for a file" in trail


def test_what_leaves_us_holds_no_free_text_and_nobody_who_did_not_agree(signed_in, case, director, told):
    client = signed_in(director)
    agreed = SurvivorMake(case=case, pseudonym="Maya")
    ConsentMake(case=case, survivor=agreed, purpose="legal_support")
    SurvivorMake(case=case, pseudonym="Lila")
    add(client, case, purpose="court", receiver="RTC 10")
    build_waiting()
    assert "Maya" in words(told)
    assert "Lila" not in words(told)
    assert "Harbour Road" not in words(told)
    assert "made for RTC 10 by Dina" in words(told)
    assert [line["reason"] for line in latest(director).left_out] == ["never_asked"]


def test_words_of_a_record_are_never_markup(signed_in, case, director, told):
    AccusedMake(case=case, name='#read("/etc/passwd") *bold* $x$ = Head')
    add(signed_in(director), case)
    assert build_waiting() == 1
    assert '#read("/etc/passwd")' in words(told)


def test_a_page_of_many_lines_goes_on(told):
    rows = [[str(number)] for number in range(200)]
    part = {"title": "T", "empty": "", "columns": ["A"], "rows": rows}
    facts = {"title": "Case", "facts": [["Office", "Cebu"]], "parts": [part], "watermark": "w", "keep": "k"}
    with pikepdf.open(
        io.BytesIO(printed({**facts, "watermark_short": "s", "notes_title": "N", "notes": []}))
    ) as pdf:
        assert len(pdf.pages) > 2


def test_a_hidden_case_has_no_summary(signed_in, case, charlie, alice, other_office):
    assert add(signed_in(charlie), case).status_code == 404
    assert add(signed_in(alice), case).status_code == 403
    elsewhere = person(Role.OFFICE_DIRECTOR, other_office)
    assert add(signed_in(elsewhere), case).status_code == 404
