"""The memo against bail: what it cites, what it never says, and who opens it."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse

import casefiles
from accounts.models import Office
from accounts.roles import Role
from accounts.scope import viewing_as
from law.models import Jurisdiction
from prosecutions import actions
from prosecutions.memo import as_docx, as_pdf, compose, digest_of
from prosecutions.models import Accused, Memo
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailBreachMake,
    BailOrderMake,
    CaseMake,
    ChargeMake,
    CustodyMake,
    HearingMake,
    KinshipMake,
    PartyMake,
    RiskNoteMake,
    StatusCheckMake,
    SurvivorMake,
    VerdictMake,
)
from tests.people import just_confirmed, person

EXAMPLES = Path(casefiles.__file__).parent / "examples"
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def told(memo):
    """Every word of a memo."""
    return "\n".join(
        f"{line['text']} [{line['source']}, {line['on']}]"
        for section in memo["sections"]
        for line in section["lines"]
    )


def section(memo, key):
    return next((part["lines"] for part in memo["sections"] if part["key"] == key), [])


def composed(reader, accused, bail=None, **more):
    with viewing_as(reader):
        mine = Accused.objects.select_related("case__office", "network").get(pk=accused.pk)
        return compose(mine, bail=bail, reader=reader, now=NOW, **more)


@pytest.fixture
def accused(case):
    return AccusedMake(case=case, name="Rekha Devi", aliases=["রেখা"], nationality=["KH"])


@pytest.fixture
def elsewhere(accused, office, other_office):
    """The same person in a case of the office and in one of another, each with a bail that went wrong."""
    for where, number in ((office, "TST-2012"), (other_office, "HID-2014")):
        other = CaseMake(office=where, number=number)
        same = AccusedMake(case=other, perpetrator=accused.perpetrator, name=f"Alias in {number}")
        ArrestMake(case=other, accused=same, on="2012-03-01")
        bail = BailOrderMake(
            case=other, accused=same, status="ENDED", decided_on="2012-03-10", ended="unknown",
            reoffended=True, reoffended_on="2014-05", reoffended_case="TST-LATER",
        )  # fmt: skip
        BailBreachMake(case=other, bail=bail, what=f"Seen at the house of {number}", on="2013")
        VerdictMake(case=other, accused=same, result="convicted", months="60", on="2016-02-03")


def test_the_memo_of_the_kolkata_example_names_both_earlier_cases(db):
    for name in ("kolkata-2012-stub", "kolkata-2014-stub", "kolkata-2017-teenager"):
        call_command("load_case_files", str(EXAMPLES / f"{name}.yaml"))
    lead = person(Role.LEGAL_LEAD, Office.objects.get(key="kolkata"))
    with viewing_as(lead):
        madam = Accused.objects.get(case__number__startswith="KOL-2017")
        numbers = set(
            Accused.objects.filter(perpetrator=madam.perpetrator_id).values_list("case__number", flat=True)
        )
    memo = composed(lead, madam)
    assert len(numbers) == 3
    lines = section(memo, "bails")
    assert {re.search(r"KOL-201[24]-\w+$", line["source"]).group() for line in lines} == numbers - {
        madam.case.number
    }
    assert all("a new offence followed" in line["text"] and line["strong"] for line in lines)
    assert len(section(memo, "arrests")) == 3


def test_it_says_what_the_reader_may_see_and_nothing_of_a_hidden_case(case, accused, elsewhere, director):
    memo = composed(director, accused)
    text = told(memo)
    assert "TST-2012" in text
    assert "Seen at the house of TST-2012" in text
    assert "led to case TST-LATER" in text
    assert "60 months of prison" in text
    assert "HID-2014" not in text + str(memo)
    assert [len(section(memo, key)) for key in ("bails", "breaches", "arrests", "convictions")] == [1] * 4


def test_each_line_of_a_record_names_its_case_and_links_to_it(case, accused, elsewhere, director):
    lines = [line for part in composed(director, accused)["sections"] for line in part["lines"]]
    of_records = [line for line in lines if line["case"]]
    assert len(of_records) > 5
    assert all(line["url"].startswith("/") for line in of_records)
    assert all("TST-2012" in line["source"] or case.number in line["source"] for line in of_records)


def test_it_tells_the_present_case_whole(case, accused, lawyer):
    Jurisdiction.objects.update_or_create(
        country=case.country or case.office.country,
        defaults={"name": "Here", "bail_rules": ["Rule one.", "Bail is a right."]},
    )
    proceeding = PartyMake(case=case, accused=accused).proceeding
    bail = BailOrderMake(case=case, accused=accused, proceeding=proceeding, heard_on="2026-12-01")
    ChargeMake(case=case, accused=accused, offence="Trafficking", filed_on="2026-05-02")
    for outcome in ("adjourned", "held"):
        reason = "accused_absent" if outcome == "adjourned" else ""
        HearingMake(case=case, proceeding=proceeding, outcome=outcome, reason=reason, on="2026-06-01")
    CustodyMake(case=case, accused=accused, over=True, how_ended="escaped")
    StatusCheckMake(case=case, accused=accused, status="absconded", on=date(2026, 7, 1))
    memo = composed(
        lawyer, accused, bail, grounds="She ran twice.\n\nShe will run again.", basis=["Rule one."]
    )
    assert [part["key"] for part in memo["sections"]][:2] == ["grounds", "identity"]
    text = told(memo)
    for words in (
        "She will run again.", "also known as রেখা", "to be heard on 1 December 2026", "Trafficking",
        "1 hearing of the proceeding was put off", "an accused person stayed away", "Escaped from custody",
        "Absconded", "nationality of another country: Cambodia", "Rule one.", "To report to the police",
    ):  # fmt: skip
        assert words in text, words
    assert "Bail is a right." not in text, "what speaks for the accused, unless chosen"


def test_survivors_stand_under_their_pseudonym_alone(case, accused, lawyer):
    shown = SurvivorMake(case=case, pseudonym="Maya", label="girl from the shelter in Talisay", child=True,
                         stance="willing", note="lives at Rose House")  # fmt: skip
    KinshipMake(case=case, of=shown.key, who=accused.key, relation="aunt")
    RiskNoteMake(case=case, level="high", note="They know where Maya goes to school")
    text = told(composed(lawyer, accused))
    assert "Maya; a child when found; has still to testify; related to the accused: Aunt" in text
    assert "Risk to the survivors as last judged: High" in text
    for secret in ("shelter", "Talisay", "Rose House", "school"):
        assert secret not in text


def test_whoever_may_not_see_survivors_gets_none_into_her_memo(case, accused, lawyer, monkeypatch):
    SurvivorMake(case=case, pseudonym="Maya")
    can = type(lawyer).can
    monkeypatch.setattr(type(lawyer), "can", lambda self, verb: verb != "survivor.view" and can(self, verb))
    memo = composed(lawyer, accused)
    assert "Maya" not in str(memo)
    assert section(memo, "survivors") == []


def test_one_click_shows_it_and_the_next_gives_the_files_without_a_name(
    client, case, accused, lawyer, events, looking
):
    SurvivorMake(case=case, pseudonym="Maya")
    bail = BailOrderMake(case=case, accused=accused)
    client.force_login(lawyer)
    address = reverse("prosecutions:memo-compose", args=[accused.pk])
    assert "Maya" in client.get(address).content.decode()
    response = client.post(address, {"grounds": "Because."})
    with looking(lawyer):
        kept = Memo.objects.get()
    assert response["Location"] == reverse("prosecutions:memo-detail", args=[kept.pk])
    assert "Because." in client.get(response["Location"]).content.decode()
    assert (kept.bail_id, kept.sha256) == (bail.pk, digest_of(kept.content))
    assert [event.detail for event in events("memo.compose")] == [{"sha256": kept.sha256, "cases": 1}]
    for name in ("prosecutions:memo-pdf", "prosecutions:memo-docx"):
        assert client.get(reverse(name, args=[kept.pk])).status_code == 302, "not without a fresh word"
    just_confirmed(client, lawyer)
    for form, mark in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse(f"prosecutions:memo-{form}", args=[kept.pk]))
        assert answer.content.startswith(mark)
        assert answer["Content-Disposition"] == f'attachment; filename="memo-{kept.pk.hex[:8]}.{form}"'
    assert [event.detail["form"] for event in events("memo.take")] == ["pdf", "docx"]
    assert (
        "Your memos so far"
        in client.get(reverse("prosecutions:memo-compose", args=[accused.pk])).content.decode()
    )


def test_only_its_author_opens_a_memo_and_only_as_far_as_she_may_see_today(
    client, case, accused, elsewhere, director, legal_lead, now
):
    with viewing_as(director):
        kept = actions.compose_memo(accused.pk, by=director, now=now)
    address = reverse("prosecutions:memo-detail", args=[kept.pk])
    client.force_login(legal_lead)
    assert client.get(address).status_code == 404
    client.force_login(director)
    assert "TST-2012" in client.get(address).content.decode()
    other = type(case)._base_manager.filter(number="TST-2012")
    other.update(sensitivity=2)
    page = client.get(address)
    assert "TST-2012" not in page.content.decode()
    assert page.context["left_out"] > 2


def test_the_files_say_nothing_of_who_wrote_them_and_hold_every_line(case, accused, elsewhere, director):
    memo = composed(director, accused, grounds="Grounds \x07 of ours")
    paper = docx.Document(io.BytesIO(as_docx(memo)))
    about = paper.core_properties
    assert (about.author, about.title, about.last_modified_by, about.created.year) == ("", "", "", 2000)
    words = "\n".join(row.text for row in paper.paragraphs)
    for part in memo["sections"]:
        for line in part["lines"]:
            assert line["text"].replace("\x07", "") in words
    with pikepdf.open(io.BytesIO(as_pdf(memo))) as pdf:
        assert set(pdf.docinfo) <= {"/Creator"}
        assert "Rekha" not in str(pdf.open_metadata())
