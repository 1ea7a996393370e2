from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from tests.factories import (
    AccusedMake,
    ArrestMake,
    AwardMake,
    AwardShareMake,
    BailOrderMake,
    CareMake,
    CaseMake,
    ChargeMake,
    CustodyMake,
    GrantMake,
    HeadcountMake,
    HearingMake,
    PaymentMake,
    PlanMake,
    ReliefMake,
    SurvivorMake,
    VerdictMake,
)
from tests.people import on_case, person


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def fill(case):
    """A case with one of everything that is counted."""
    survivor, accused = SurvivorMake(case=case), AccusedMake(case=case)
    free = AccusedMake(case=case)
    ReliefMake(case=case, survivor=survivor, on="2026-10-10", how="own_escape")
    for suspect in (accused, free):
        ArrestMake(case=case, accused=suspect, on="2026-03-10")
    ChargeMake(case=case, accused=accused, filed_on="2026-04-02")
    VerdictMake(case=case, accused=accused, on="2026-10-01")
    CustodyMake(case=case, accused=accused)
    BailOrderMake(case=case, accused=free, status="GRANTED", decided_on="2026-05-01")
    held = {"starts_at": timezone.now() - timedelta(days=40), "outcome": "held"}
    HearingMake(case=case, **held)
    adjourned = {**held, "outcome": "adjourned", "reason": "witness_absent"}
    HearingMake(case=case, wages_lost_low=300, wages_lost_high=300, wages_lost_currency="PHP", **adjourned)
    award = AwardMake(case=case, ordered_on="2026-10-01", payments_known=True)
    AwardShareMake(case=case, award=award, survivor=survivor)
    PaymentMake(case=case, award=award, on="2026-11-01")
    care = CareMake(case=case, survivor=survivor)
    PlanMake(case=case, care=care, review_on="2026-09-20")
    CareMake(case=case, result="restored", result_on="2026-10-10")


def look(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("dashboards:dashboard"), asked)


def tiles(response):
    return {str(tile["label"]): tile["value"] for tile in response.context["tiles"]}


def test_every_tile_counts_what_happened(client, case, director):
    fill(case)
    assert tiles(look(client, director)) == {
        "People relieved": "1",
        "Suspects arrested": "2",
        "Accused charged": "1",
        "Accused convicted": "1",
        "Accused on bail": "1",
        "Accused in custody": "1",
        "Hearings": "2",
        "Hearings adjourned": "1",
        "Survivors restored": "1",
        "Aftercare reviews due": "1",
    }


def test_money_stands_currency_by_currency(client, case, director):
    fill(case)
    HearingMake(
        case=case, starts_at=timezone.now() - timedelta(days=9), outcome="held",
        wages_lost_low=5, wages_lost_high=5, wages_lost_currency="USD",
    )  # fmt: skip
    sums = {str(row["label"]): row["sums"] for row in look(client, director).context["amounts"]}
    assert sums == {
        "Wages lost": ["₱300.00", "$5.00"],
        "Compensation awarded": ["₱1,000.00"],
        "Compensation paid": ["₱100.00"],
    }


def test_reasons_and_rate_of_adjournments(client, case, director):
    fill(case)
    response = look(client, director)
    assert [(row["label"], row["value"], row["tone"]) for row in response.context["reasons"]] == [
        ("Witness absent", 1, "soon")
    ]
    notes = [tile["note"] for tile in response.context["tiles"]]
    assert "50 % of those held or adjourned" in notes
    assert "1 of them overdue" in notes


def test_caseload_names_the_people_of_open_cases(client, case, director, alice):
    on_case(alice, CaseMake(office=case.office), Role.CASEWORKER)
    rows = look(client, director).context["caseload"]
    assert [(row["label"], row["value"]) for row in rows] == [("Alice", 2)]


@pytest.mark.parametrize(
    ("period", "relieved", "charged"),
    [("month", "0", "0"), ("quarter", "1", "0"), ("year", "1", "1"), ("2026-10", "1", "0")],
)
def test_a_period_cuts_what_happened_but_not_what_is_true_today(
    client, case, director, period, relieved, charged
):
    fill(case)
    shown = tiles(look(client, director, period=period))
    assert (shown["People relieved"], shown["Accused charged"]) == (relieved, charged)
    assert shown["Accused on bail"] == "1"


@pytest.mark.parametrize("nonsense", [{"period": "eternity"}, {"office": "9999999"}, {"type": "magic"}])
def test_a_filter_that_makes_no_sense_asks_for_nothing(client, case, director, nonsense):
    fill(case)
    response = look(client, director, **nonsense)
    assert response.status_code == 200
    assert tiles(response)["People relieved"] == "1"


def test_office_and_type_narrow_the_cases(client, case, other_office):
    everywhere = person(Role.GLOBAL_DIRECTOR)
    fill(case)
    fill(CaseMake(office=other_office, casework_type="osec"))
    assert tiles(look(client, everywhere))["People relieved"] == "2"
    assert tiles(look(client, everywhere, office=other_office.pk))["People relieved"] == "1"
    assert tiles(look(client, everywhere, type="csec"))["People relieved"] == "1"
    assert tiles(look(client, everywhere, type="csec", office=other_office.pk))["People relieved"] == "0"


def test_offices_stand_beside_each_other_and_every_number_opens_its_list(client, case, other_office):
    fill(case)
    fill(CaseMake(office=other_office))
    response = look(client, person(Role.GLOBAL_DIRECTOR))
    rows = response.context["offices"]["rows"]
    assert [[str(cell["text"]) for cell in row["cells"]] for row in rows] == [
        ["Accra", "1", "1", "1", "1", "50 %", "1"],
        ["Cebu", "1", "1", "1", "1", "50 %", "1"],
    ]
    numbers = [cell for row in [*rows, response.context["offices"]["total"]] for cell in row["cells"][1:]]
    assert all(client.get(cell["url"]).status_code == 200 for cell in numbers)


def test_months_stand_one_by_one_each_with_its_list(client, case, director):
    fill(case)
    response = look(client, director)
    months = response.context["months"].rows
    assert [row["cells"][0]["text"] for row in months[:2]] == ["Nov 2026", "Oct 2026"]
    october = months[1]["cells"][1]
    assert october["text"] == "1"
    assert client.get(october["url"]).context["count"] == 1
    assert len(look(client, director, period="quarter").context["months"].rows) == 3


def test_what_the_person_may_not_see_counts_nowhere(client, case, director, other_office):
    fill(CaseMake(office=other_office))
    fill(CaseMake(office=case.office, sensitivity=2))
    response = look(client, director)
    assert set(tiles(response).values()) == {"0"}
    assert [row["cells"][0]["text"] for row in response.context["offices"]["rows"]] == ["Cebu"]
    assert "Accra" not in response.content.decode()


def test_a_legal_lead_counts_no_aftercare(client, case, legal_lead):
    fill(case)
    response = look(client, legal_lead)
    assert "Aftercare reviews due" not in tiles(response)
    assert "Survivors restored" not in tiles(response)
    assert len(response.context["offices"]["rows"][0]["cells"]) == 6


def test_those_without_the_verb_are_refused(client, alice, administrator):
    assert look(client, alice).status_code == 403
    assert look(client, administrator).status_code == 403


def test_an_office_without_cases_says_what_will_appear(client, other_office):
    text = look(client, person(Role.OFFICE_DIRECTOR, other_office)).content.decode()
    assert "No case to count" in text
    assert "No hearing was adjourned" in text
    assert "Nobody is named on an open case" in text


def test_where_nothing_was_held_or_adjourned_there_is_no_rate(client, case, director):
    response = look(client, director)
    assert response.context["offices"]["rows"][0]["cells"][5]["text"] == "–"
    assert "of those held or adjourned" not in response.content.decode()


def test_a_vague_number_is_told_as_such_and_drawn_by_its_known_end(client, case, director):
    HeadcountMake(case=case, people="..24", what="relieved", on="2026-10-10")
    HeadcountMake(case=case, people="7..10", what="relieved", on="2026-09-10")
    response = look(client, director)
    assert tiles(response)["People relieved"] == "7 to 34"
    assert [column["total"] for column in response.context["charts"]["relieved"]["columns"][-3:]] == [
        7,
        24,
        0,
    ]


def test_the_board_costs_the_same_for_one_case_and_for_three(client, case, director, office, queries_of):
    fill(case)
    on_case(person(Role.LAWYER, office), case, Role.LAWYER)
    client.force_login(director)
    one = queries_of(lambda: client.get(reverse("dashboards:dashboard")))
    for _time in range(2):
        other = CaseMake(office=office)
        fill(other)
        on_case(person(Role.LAWYER, office), other, Role.LAWYER)
    assert queries_of(lambda: client.get(reverse("dashboards:dashboard"))) == one
    assert one <= 45


def test_the_figures_of_an_office_do_not_depend_on_the_clock_of_who_looks(client, office, time_machine):
    """At 20:00 UTC it is tomorrow in Manila: what Manila wrote down today counts for everybody."""
    time_machine.move_to("2026-11-21T20:00:00Z", tick=True)
    BailOrderMake(case=CaseMake(office=office), status="GRANTED", decided_on="2026-11-22")
    for who in (person(Role.OFFICE_DIRECTOR, office), person(Role.GLOBAL_DIRECTOR)):
        client.force_login(who)
        page = client.get(reverse("dashboards:dashboard"), {"office": office.pk})
        tile = next(tile for tile in page.context["tiles"] if tile["label"] == "Accused on bail")
        assert tile["value"] == "1", who


def test_region_donor_and_any_months_narrow_too_and_stay_in_every_address(client, case, other_office):
    type(other_office).objects.filter(pk=other_office.pk).update(region="Africa")
    type(other_office).objects.filter(pk=case.office_id).update(region="Asia")
    fill(case)
    fill(CaseMake(office=other_office))
    GrantMake(case=case, name="Justice Fund")
    everywhere = person(Role.GLOBAL_DIRECTOR)
    page = look(client, everywhere)
    donor = next(key for key, name in page.context["form"].fields["donor"].choices if name == "Justice Fund")
    asia = next(key for key, name in page.context["form"].fields["region"].choices if name == "Asia")
    assert "Justice" not in donor
    for filters, found in (
        ({"donor": donor}, "1"), ({"region": asia}, "1"), ({"since": "2026-09", "until": "2026-11"}, "2"),
        ({"since": "2026-11"}, "0"), ({"until": "2026-09"}, "0"), ({"period": "2026"}, "2"),
        ({"period": "last12", "region": asia, "donor": donor}, "1"),
        ({"since": "2026-11", "until": "2026-09"}, "2"),
    ):  # fmt: skip
        page = look(client, everywhere, **filters)
        tile = page.context["tiles"][0]
        assert tile["value"] == found, filters
        assert all(f"{key}={value}" in tile["url"] for key, value in filters.items())
        assert client.get(tile["url"]).context["count"] == int(found)
    month = look(client, everywhere, since="2026-09").context["months"].rows[1]["cells"][1]
    assert "since" not in month["url"]


def test_of_a_long_period_nothing_is_left_out_quarters_or_years_stand_side_by_side(client, case, director):
    for on in ("2016-02-10", "2017-05-01", "2018-12-31", "2018"):
        ReliefMake(case=case, survivor=SurvivorMake(case=case), on=on, how="own_escape")
    for asked, all_, names, feet, unplaced in (
        ({"since": "2016-02", "until": "2018-12"}, "Quarter by quarter",
         ["Q4 2018", "Q2 2017", "Feb 2016 to Mar 2016"], ["2017", "2018"], 1),
        ({"until": "2018-12"}, "Year by year", ["2018", "2017", "2016"], ["2016", "2017", "2018"], 0),
        ({"since": "2017-01", "until": "2018-12"}, "Month by month", ["Dec 2018", "May 2017"],
         [f"{month} {year}" for year in (2017, 2018) for month in ("Jan", "Apr", "Jul", "Oct")], 1),
    ):  # fmt: skip
        page = look(client, director, **asked)
        months = page.context["months"]
        relieved = {row["cells"][0]["text"]: row["cells"][1] for row in months.rows}
        assert months.words["all"] == all_
        assert [name for name, cell in relieved.items() if cell["text"] != "0"] == names
        assert months.unplaced == unplaced
        for name in names:
            assert client.get(relieved[name]["url"]).context["value"] == relieved[name]["text"], name
        columns = page.context["charts"]["relieved"]["columns"]
        assert [column["foot"] for column in columns if column["foot"]] == feet
        assert sum(int(cell["text"]) for cell in relieved.values()) + unplaced == int(
            tiles(page)["People relieved"]
        )
