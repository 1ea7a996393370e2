"""Figures through the API: what they mean, what they come to over what one sees, and the records behind."""

from datetime import UTC, date, datetime

import pytest

from figures.catalogue import FIGURES
from figures.months_count import count_month
from tests.factories import AccusedMake, ArrestMake, AwardMake, CaseMake, HearingMake


def test_every_figure_is_defined(api, director):
    told = api(director).get("figures/").json()
    assert [one["name"] for one in told] == list(FIGURES)
    assert all(one[name] for one in told for name in ("definition", "unit"))


def test_a_figure_counts_what_one_sees_and_opens_its_records_page_by_page(api, case, other_office, director):
    for day in ("2025-01-10", "2025-02-10", "2025-02-20"):
        HearingMake(case=case, on=day, outcome="adjourned", reason="other", starts_at=None)
    HearingMake(case=CaseMake(office=other_office), on="2025-02-01", outcome="held", starts_at=None)
    HearingMake(
        case=CaseMake(office=case.office, sensitivity=2), on="2025-02-01", outcome="held", starts_at=None
    )
    client = api(director)
    whole = client.get("figures/hearings_total/").json()
    assert (whole["value"], whole["rows"]) == ({"low": "3", "high": "3", "about": False}, 3)
    assert all(whole[name] for name in ("definition", "as_of", "counted_at"))
    cut = client.get("figures/hearings_total/", since="2025-02-01", until="2025-02-28", office="cebu").json()
    assert (cut["value"]["low"], cut["since"]) == ("2", "2025-02-01")
    assert client.get("figures/hearings_total/", type="nothing").status_code == 400
    first = client.get("figures/hearings_total/rows/", page_size=2).json()
    rest = client.get(first["next"]).json()
    ids = [row["id"] for row in first["results"] + rest["results"]]
    assert (len(ids), len(set(ids)), rest["next"]) == (3, 3, None)
    assert {row["case"] for row in rest["results"]} == {str(case.pk)}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "2025-01-01"}, "until"), ({"since": "2025-02-01", "until": "2025-01-01"}, "until"),
        ({"donor": "x"}, "donor"), ({"as_of": "soon"}, "as_of"), ({"office": "nowhere"}, "office"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_answered_in_words(api, case, director, query, field):
    response = api(director).get("figures/hearings_total/", **query)
    assert response.status_code in (400, 404)
    assert list(response.json()["errors"]) == [field]
    assert api(director).get("figures/hearings_total/rows/", cursor="x").status_code == 400


def test_each_kind_of_figure_says_its_parts(api, case, director):
    arrest = ArrestMake(case=case, accused=AccusedMake(case=case), on="2025-01-01")
    AwardMake(case=case, total_low=100, total_high=100, total_currency="PHP", ordered_on="2025-01-01")
    client = api(director)
    for name in FIGURES:
        told = client.get(f"figures/{name}/")
        assert told.status_code == 200, (name, told.content)
    money = client.get("figures/compensation_awarded/").json()
    assert (money["value"], [part["code"] for part in money["parts"]]) == (None, ["PHP"])
    assert client.get("figures/suspects_arrested/rows/").json()["results"][0]["id"] == str(arrest.pk)


def test_figures_are_told_to_whoever_leads_and_those_of_care_to_whoever_sees_care(
    api, case, alice, legal_lead, administrator
):
    assert api(alice).get("figures/hearings_total/").status_code == 403
    assert api(administrator).get("figures/hearings_total/").status_code == 403
    assert api(legal_lead).get("figures/hearings_total/").status_code == 200
    assert api(legal_lead).get("figures/survivors_restored/").status_code == 403
    assert api(legal_lead).get("figures/survivors_restored/rows/").status_code == 403
    assert api(legal_lead).get("figures/nothing/").status_code == 404


def test_frozen_months_are_told_as_they_were_sealed_to_those_who_see_the_office(
    api, case, alice, director, legal_lead, charlie
):
    HearingMake(case=case, on="2026-10-04", outcome="held", starts_at=None)
    count_month(case.office_id, date(2026, 10, 1), datetime(2026, 11, 2, tzinfo=UTC))
    (sheet,) = api(director).listed("months/", office="cebu")
    lines = {line["name"]: line for line in sheet["lines"]}
    assert (sheet["month"], lines["hearings_total"]["low"], sheet["signed_by"]) == (
        "2026-10-01",
        "1.00",
        None,
    )
    assert "survivors_restored" in lines
    (less,) = api(legal_lead).listed("months/")
    assert "survivors_restored" not in {line["name"] for line in less["lines"]}
    assert api(alice).get("months/").status_code == 403
    assert api(charlie).get(f"months/{sheet['id']}/").status_code == 404
