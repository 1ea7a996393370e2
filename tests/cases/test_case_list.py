import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.paging import PER_PAGE
from tests.factories import CaseMake
from tests.people import on_case

OSEC_TRIAL = {"legal_status": "trial", "casework_type": "osec"}
LIST = reverse("cases:case-list")


def page(client, user, query="", **post):
    client.force_login(user)
    response = client.post(f"{LIST}?{query}", post) if post else client.get(f"{LIST}?{query}")
    return response.content.decode()


@pytest.fixture
def others(office, other_office):
    return {
        "trial": CaseMake(office=office, number="CEBU-1", title="Pier", **OSEC_TRIAL),
        "closed": CaseMake(office=office, number="CEBU-2", title="Kiln", aftercare_status="closed"),
        "elsewhere": CaseMake(office=other_office, number="ACCRA-1", title="Lake"),
        "sealed": CaseMake(office=office, number="CEBU-3", title="Hidden", sensitivity=2),
    }


def shown(text):
    return [number for number in ("CEBU-1", "CEBU-2", "CEBU-3", "ACCRA-1") if number in text]


def test_the_list_shows_what_the_person_may_open_and_nothing_else(client, others, director, charlie):
    assert shown(page(client, director)) == ["CEBU-1", "CEBU-2"]
    assert shown(page(client, charlie)) == []


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("legal=trial", ["CEBU-1"]),
        ("aftercare=closed", ["CEBU-2"]),
        ("kind=osec", ["CEBU-1"]),
        ("office=cebu", ["CEBU-1", "CEBU-2"]),
        ("office=accra", []),
        ("team=mine", ["CEBU-2"]),
        ("legal=nonsense", ["CEBU-1", "CEBU-2"]),
    ],
)
def test_each_filter_narrows_the_list(client, others, director, query, numbers):
    on_case(director, others["closed"], "office_director")
    assert shown(page(client, director, query)) == numbers


def test_words_are_sent_and_never_stand_in_the_address(client, others, director):
    assert shown(page(client, director, text="kil")) == ["CEBU-2"]
    assert shown(page(client, director, text="cebu-1")) == ["CEBU-1"]
    assert shown(page(client, director, "legal=trial", text="kil")) == []
    assert "No case that you may open fits" in page(client, director, text="Hidden")


def test_htmx_gets_the_rows_and_a_browser_the_page(client, others, director):
    client.force_login(director)
    rows = client.post(LIST, {"text": "pier"}, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert "<html" not in rows.content.decode()
    assert "CEBU-1" in rows.content.decode()
    assert "HX-Request" in rows["Vary"]
    boosted = client.get(LIST, headers={"HX-Request": "true", "HX-Target": "body", "HX-Boosted": "true"})
    assert "<html" in boosted.content.decode()


def test_an_empty_list_says_what_to_do(client, charlie):
    assert "No cases yet" in page(client, charlie)


def test_the_list_goes_on_on_the_next_page_without_a_count(client, office, director):
    for _turn in range(PER_PAGE + 1):
        CaseMake(office=office)
    client.force_login(director)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        first = client.get(LIST).content.decode()
    assert "page=2" in first
    assert not any("COUNT(" in query["sql"] for query in queries if "cases_case" in query["sql"])
    second = client.get(f"{LIST}?page=2").content.decode()
    assert second.count("TST-2026") == 1
    assert "page=1" in second
    assert first.count("TST-2026") == client.get(f"{LIST}?page=nonsense").content.decode().count("TST-2026")
    assert "Add a word" in page(client, director, text="TST")


def test_three_cases_cost_as_many_queries_as_one(client, office, director):
    client.force_login(director)
    CaseMake(office=office)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    CaseMake(office=office)
    CaseMake(office=office)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    assert len(one) == len(three)
