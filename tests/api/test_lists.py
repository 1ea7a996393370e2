"""Lists: pages that stay put, what has changed since, filters, and their cost."""

import base64
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Case
from survivors.models import Survivor
from tests.factories import (
    AccusedMake,
    AttendanceMake,
    BailOrderMake,
    CaseMake,
    HearingMake,
    PartyMake,
    ProceedingMake,
    SurvivorMake,
)


def walk(client, path, **query):
    """Every row of every page, following the links."""
    rows, address = [], path
    while address:
        body = client.get(address, **query).json()
        rows, address, query = rows + body["results"], body["next"], {}
    return rows


def test_pages_are_followed_by_their_links_and_keep_the_filters(api, case, alice):
    rows = [SurvivorMake(case=case) for _ in range(5)]
    SurvivorMake(case=CaseMake(office=case.office))
    client = api(alice)
    first = client.get("survivors/", page_size=2, case=str(case.pk)).json()
    assert len(first["results"]) == 2
    query = parse_qs(urlsplit(first["next"]).query)
    assert (query["page_size"], query["case"]) == (["2"], [str(case.pk)])
    found = walk(client, "survivors/", page_size=2, case=str(case.pk))
    assert [row["id"] for row in found] == [
        str(row.pk) for row in sorted(rows, key=lambda r: (r.updated_at, r.pk))
    ]


def test_no_row_is_lost_when_rows_change_and_arrive_between_two_pages(api, case, alice, director, looking):
    rows = [SurvivorMake(case=case) for _ in range(6)]
    client = api(alice)
    page = client.get("survivors/", page_size=3).json()
    met = [row["id"] for row in page["results"]]
    with looking(director):
        Survivor.objects.filter(pk=rows[0].pk).update(schooling="grade 4")
        Survivor.objects.filter(pk=rows[4].pk).update(schooling="grade 5")
    late = SurvivorMake(case=case)
    met += [row["id"] for row in walk(client, page["next"])]
    assert set(met) == {str(row.pk) for row in [*rows, late]}
    assert met.count(str(rows[0].pk)) == 2
    assert met.count(str(rows[4].pk)) == 1


def test_rows_of_one_moment_are_told_apart_by_their_id(api, case, alice):
    moment = timezone.now()
    rows = [SurvivorMake(case=case, updated_at=moment) for _ in range(5)]
    found = walk(api(alice), "survivors/", page_size=2)
    assert [row["id"] for row in found] == sorted(str(row.pk) for row in rows)


def test_what_changed_since_a_moment(api, case, alice, director, looking):
    old = SurvivorMake(case=case, updated_at=timezone.now() - timedelta(days=9))
    new = SurvivorMake(case=case)
    client = api(alice)
    since = (timezone.now() - timedelta(days=1)).isoformat()
    assert [row["id"] for row in client.listed("survivors/", updated_since=since)] == [str(new.pk)]
    with looking(director):
        Survivor.objects.filter(pk=old.pk).update(schooling="grade 4")
    assert len(client.listed("survivors/", updated_since=since)) == 2
    latest = max(row["updated_at"] for row in client.listed("survivors/"))
    assert [row["id"] for row in client.listed("survivors/", updated_since=latest)] == [str(old.pk)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"updated_since": "yesterday"}, "updated_since"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "bm9uc2Vuc2U="}, "cursor"),
        ({"cursor": "Ž"}, "cursor"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "201"}, "page_size"),
        ({"page_size": "0000201"}, "page_size"),
        ({"page_size": "many"}, "page_size"),
        ({"case": "not-an-id"}, "case"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_in_words(api, case, alice, query, field):
    response = api(alice).get("survivors/", **query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def cursor(moment):
    return base64.urlsafe_b64encode(f"{moment}|{UUID(int=7)}".encode()).decode()


# PostgreSQL takes no zone beyond 16 hours; Python takes any below 24.
FAR = "2000-01-01T00:00:00+16:00"
NEVER = "0001-01-01T00:00:00+16:00"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("hearings/", {"starts_after": FAR}), ("hearings/", {"updated_since": FAR}),
        ("survivors/", {"cursor": cursor(FAR)}), ("survivors/", {"cursor": cursor("2000-01-01T00:00:00")}),
    ],
)  # fmt: skip
def test_a_moment_of_any_zone_is_that_moment(api, case, alice, path, query):
    (SurvivorMake if path == "survivors/" else HearingMake)(case=case)
    assert len(api(alice).listed(path, **query)) == 1


@pytest.mark.parametrize("query", [{"starts_before": NEVER}, {"cursor": cursor(NEVER)}])
def test_a_moment_before_the_first_day_cannot_be_read(api, case, alice, query):
    response = api(alice).get("hearings/", **query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)


def test_cases_are_narrowed_by_office_status_type_and_number(api, case, director):
    other = CaseMake(
        office=case.office, legal_status="trial", casework_type="osec", aftercare_status="follow_up"
    )
    client = api(director)
    for query in (
        {"legal_status": "trial"}, {"casework_type": "osec"}, {"aftercare_status": "follow_up"},
        {"number": other.number},
    ):  # fmt: skip
        assert [row["id"] for row in client.listed("cases/", **query)] == [str(other.pk)]
    assert len(client.listed("cases/", office="cebu")) == 2
    assert client.get("cases/", legal_status="nonsense").status_code == 400


def test_hearings_bail_proceedings_and_accused_are_narrowed_by_what_they_are(api, case, alice):
    held = HearingMake(
        case=case, outcome="held", purpose="bail", starts_at=timezone.now() - timedelta(days=3)
    )
    ahead = HearingMake(case=case)
    sought = BailOrderMake(case=case)
    refused = BailOrderMake(case=case, status="REFUSED", kind="pending_appeal")
    civil = ProceedingMake(case=case, kind="civil", stage="trial")
    suspect = AccusedMake(case=case, standing="suspect")
    now = timezone.now().isoformat()
    client = api(alice)
    for path, query, row in (
        ("hearings/", {"outcome": "held"}, held),
        ("hearings/", {"outcome": "none"}, ahead),
        ("hearings/", {"purpose": "bail"}, held),
        ("hearings/", {"starts_after": now}, ahead),
        ("hearings/", {"starts_before": now}, held),
        ("hearings/", {"proceeding": str(held.proceeding_id)}, held),
        ("bail-orders/", {"status": "SOUGHT"}, sought),
        ("bail-orders/", {"kind": "pending_appeal"}, refused),
        ("bail-orders/", {"accused": str(sought.accused_id)}, sought),
        ("proceedings/", {"kind": "civil"}, civil),
        ("proceedings/", {"stage": "trial"}, civil),
        ("accused/", {"standing": "suspect"}, suspect),
        ("accused/", {"perpetrator": str(suspect.perpetrator_id)}, suspect),
    ):
        assert [one["id"] for one in client.listed(path, **query)] == [str(row.pk)], (path, query)


@pytest.mark.parametrize("path", ["cases", "survivors", "accused", "proceedings", "hearings", "bail-orders"])
def test_a_list_costs_the_same_for_one_row_and_for_four(api, case, alice, path):
    def fill():
        PartyMake(case=case)
        BailOrderMake(case=case)
        AttendanceMake(case=case)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{path}/").status_code == 200
        return len(queries)

    fill()
    client = api(alice)
    client.get(f"{path}/")
    one = cost()
    for _ in range(3):
        fill()
    assert cost() == one


def test_a_case_moves_to_the_end_when_it_changes(api, case, director, looking):
    other = CaseMake(office=case.office)
    with looking(director):
        Case.objects.filter(pk=case.pk).update(title="New words")
    assert [row["id"] for row in api(director).listed("cases/")] == [str(other.pk), str(case.pk)]
