"""Reports: the figures of the catalogue, nothing twice, nobody named, nothing small to somebody outside."""

import csv
import io

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from cases.states import IllegalMove
from exchange.building import build_waiting
from exchange.reports.paper import printed
from tests.exchange.conftest import latest, taken
from tests.exchange.test_export_add import request_as
from tests.factories import (
    CareMake,
    CaseMake,
    GrantMake,
    OperationMake,
    ReliefMake,
    ServiceMake,
    SurvivorMake,
)
from tests.people import person

PERIOD = {"first": "2026-01-01", "last": "2026-06-30", "purpose": "supervision", "why": "Spring meeting"}
ASKED_BY = {
    "board": "exchange:board-add", "donor": "exchange:donor-add", "figures": "exchange:figures-add",
}  # fmt: skip
OUTSIDE = {"purpose": "donor", "receiver": "Justice Fund, A. Reader"}


@pytest.fixture
def work(case, office, other_office):
    """Fifty people relieved in the spring of two cases, two in winter; five a year before; one hidden."""
    OperationMake(case=case, on="2026-03-04", relieved=25, arrested=3)
    OperationMake(case=case, on="2026-01-09", relieved=2)
    OperationMake(case=case, on="2025-04-04", relieved=5)
    second = CaseMake(office=office, number="CEB-2026-0002", title="Bay View")
    OperationMake(case=second, on="2026-04-04", relieved=25)
    OperationMake(case=CaseMake(office=other_office), on="2026-04-04", relieved=100)
    return second


@pytest.fixture
def told(monkeypatch):
    """What the pages were made of, since a PDF keeps its words as drawings."""
    seen = []

    def remember(facts):
        seen.append(facts)
        return printed(facts)

    monkeypatch.setattr("exchange.reports.paper.printed", remember)
    return seen


@pytest.fixture
def report(signed_in, django_assert_max_num_queries):
    """Ask for a report by its page, make it, and give the bytes."""

    def ask(user, kind, **answers):
        client = signed_in(user)
        response = client.post(reverse(ASKED_BY[kind]), {"form": "pdf", **PERIOD, **answers})
        assert response.status_code == 302, response.context["form"].errors
        assert build_waiting() == 1
        return taken(client, latest(user))

    return ask


def rows_of(told, title):
    block = next(block for block in told[-1]["blocks"] if block["title"] == title)
    return {row[0]: row[1:] for row in block["rows"]}


def test_the_board_s_report_tells_the_period_beside_the_year_before(report, work, case, director, told):
    older = CaseMake(office=case.office)
    for place in range(12):
        survivor = SurvivorMake(case=older)
        ReliefMake(case=older, survivor=survivor, on="2022-03-04")
        ended = {"result": "restored", "result_on": "2023-03-04"} if place < 6 else {}
        CareMake(case=older, survivor=survivor, **ended)
    content = report(director, "board")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 2
    assert rows_of(told, "Figures")["People relieved"] == ["52", "5", "+47"]
    months = rows_of(told, "By month")
    assert months["April 2026"][0] == "25"
    assert rows_of(told, "By office")["Cebu"][1] == "52"
    assert "People whose exploitation ended" in rows_of(told, "How it was counted")["People relieved"][1]
    assert told[0]["watermark"].startswith(latest(director).code)
    words = str(told[0])
    for hidden in (case.number, case.title, "100"):
        assert hidden not in words
    assert rows_of(told, "What became of survivors")["2022/1"] == ["12", "50 %", "0 %", "0 %", "50 %", "0"]
    assert {block["kind"] for block in told[0]["blocks"]} >= {"table", "bars"}


def test_to_somebody_outside_small_counts_are_hidden_and_others_rounded(report, work, director, told):
    report(director, "board", **OUTSIDE)
    small = "hidden"
    assert rows_of(told, "Figures")["People relieved"] == ["50", small, ""]
    assert rows_of(told, "Figures")["Suspects arrested"] == [small, small, ""]
    months = rows_of(told, "By month")
    assert months["January 2026"][0] == small
    assert sum(row[0] == small for row in months.values()) >= 2  # a small one is not worked out from the rest
    assert not {"By office", "Frozen months"} & {block["title"] for block in told[0]["blocks"]}


def test_the_board_s_spreadsheet_and_the_figures_hold_numbers_and_notes(report, work, director):
    book = load_workbook(io.BytesIO(report(director, "board", form="xlsx")))
    figures = {row[0].value: [cell.value for cell in row[1:]] for row in book["Figures"].iter_rows()}
    assert figures["People relieved"] == [52, 5, 47]
    assert book.sheetnames[-1] == "Notes"
    content = report(director, "figures", form="csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert ["People relieved", "people_relieved", "period", "", "52", "", "people"] in rows
    assert ["People relieved", "people_relieved", "month", "2026-01", "2", "", "people"] in rows
    assert any(row[:2] == ["From", "2026-01-01"] or row[:1] == ["From"] for row in rows)
    assert any("People whose exploitation ended" in "".join(row) for row in rows)


def test_a_donor_s_report_counts_nothing_twice(report, work, case, director, told):
    GrantMake(case=case, name="Justice Fund", starts_on="2026-01")
    GrantMake(case=case, name=" justice  fund", starts_on="2025")  # the same donor, typed twice
    shared = GrantMake(case=case, name="Freedom Trust", starts_on="2026-03-01", note="Maria Santos")
    GrantMake(case=work, name="Freedom Trust", starts_on="2026-03-01")
    survivor = SurvivorMake(case=case, pseudonym="Maya")
    care = CareMake(case=case, survivor=survivor)
    for currency, cost in (("PHP", 1200), ("USD", 30), ("PHP", 300)):
        ServiceMake(case=case, care=care, grant=shared, cost=cost, cost_currency=currency)
    report(director, "donor")
    assert rows_of(told, "All grants together")["People relieved"] == ["77", "25", "52", "0"]
    assert rows_of(told, "All grants together")["Cases"] == ["3", "1", "2", "0"]
    assert rows_of(told, "Justice Fund")["People relieved"] == ["27", "2", "25"]
    assert rows_of(told, "Freedom Trust")["People relieved"] == ["50", "25", "25"]
    assert rows_of(told, "Freedom Trust")["Survivors with a service that it paid for"] == ["1", "1", "0"]
    costs = [row for block in told[0]["blocks"] if block["title"] == "Freedom Trust" for row in block["rows"]]
    assert [row[1] for row in costs if row[0] == "What these services cost"] == ["₱1,500.00", "US$30.00"] or [
        row[1] for row in costs if row[0] == "What these services cost"
    ] == ["₱1,500.00", "$30.00"]
    words = str(told[0])
    for hidden in ("Maya", "Maria", case.number, case.title):
        assert hidden not in words


def test_a_donor_outside_is_told_of_her_own_grant_and_of_nothing_small(
    report, signed_in, work, case, director, told
):
    GrantMake(case=case, name="Justice Fund")
    GrantMake(case=work, name="Freedom Trust")
    client = signed_in(director)
    page = client.post(reverse("exchange:donor-add"), {"form": "pdf", **PERIOD, **OUTSIDE})
    assert page.status_code == 422
    assert "A donor is told of her own grant only" in page.content.decode()
    report(director, "donor", grant="Justice Fund", **OUTSIDE)
    rows = rows_of(told, "Justice Fund")
    small = "hidden"
    assert rows["Cases"][0] == small
    assert rows["Suspects arrested"] == [small] * 3
    assert rows["People relieved"][2] == small
    assert "Freedom" not in str(told[0])
    assert "All grants together" not in str(told[0])


def test_only_numbers_go_to_a_donor_and_only_to_whom_the_role_allows(
    signed_in, work, director, alice, legal_lead, case
):
    with pytest.raises(IllegalMove, match="numbers alone"):
        request_as(director, kind="cases", purpose="donor", receiver="A donor")
    client = signed_in(director)
    assert "A donor, the board" not in client.get(reverse("exchange:export-add")).content.decode()
    page = client.get(reverse("exchange:export-choose")).content.decode()
    assert "Report for the board" in page
    assert "HTCDS" in page
    assert signed_in(alice).get(reverse("exchange:board-add")).status_code == 403
    bad = {"form": "pdf", **PERIOD, "last": "2999-01-01"}
    assert "still to come" in signed_in(legal_lead).post(reverse("exchange:board-add"), bad).content.decode()


def test_whoever_may_not_see_aftercare_gets_no_figure_of_it(report, work, told, office):
    report(person(Role.LEGAL_LEAD, office), "board")
    assert "Survivors restored" not in rows_of(told, "Figures")
    assert "People relieved" in rows_of(told, "Figures")
