"""The pages of adjournments: every number opens its list, and one court can be printed."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories import CaseMake, HearingMake, ProceedingMake
from tests.people import person


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def sit(case, count, adjourned, court="Canary Court 7", judge="Hon. Reyes", **fields):
    """So many hearings of one proceeding in October, the first ones adjourned."""
    proceeding = ProceedingMake(case=case, court=court, judge=judge)
    for number in range(count):
        put_off = {"outcome": "adjourned", "reason": "witness_absent", "asked_by": "prosecution"}
        HearingMake(
            case=case, proceeding=proceeding, on=f"2026-10-{number + 1:02}", starts_at=None,
            position=number + 1, **(put_off if number < adjourned else {"outcome": "held"}), **fields,
        )  # fmt: skip
    return proceeding


LOST = {"wages_lost_low": 300, "wages_lost_high": 300, "wages_lost_currency": "PHP"}


def show(client, user, page="adjournment-show", **asked):
    client.force_login(user)
    return client.get(reverse(f"dashboards:{page}"), asked)


def texts(response):
    return [[str(cell["text"]) for cell in row["cells"]] for row in response.context["table"]["rows"]]


def test_courts_stand_by_their_rates_and_small_numbers_without(client, case, director):
    sit(case, 8, 6, **LOST)
    sit(case, 4, 3, court="Small Court")
    page = show(client, director)
    assert texts(page) == [
        ["Canary Court 7", "8", "6", "75 %", "6", "₱1,800.00"],
        ["Small Court", "4", "3", "3 of 4", "3", "–"],
    ]
    tiles = {str(tile["label"]): str(tile["value"]) for tile in page.context["tiles"]}
    assert tiles == {
        "Hearings counted": "12", "Adjourned": "75 %", "Days lost": "9", "Lost by families": "₱1,800.00",
    }  # fmt: skip
    assert "6 adjournments in a row" in page.content.decode()


@pytest.mark.parametrize("by", ["court", "judge", "office", "reason", "party", "asked", "avoidable"])
def test_every_number_opens_the_hearings_it_counts(client, case, director, by):
    sit(case, 8, 6)
    sit(case, 3, 2, court="Small Court", judge="")
    page = show(client, director, by=by)
    cells = [cell for row in page.context["table"]["rows"] for cell in row["cells"]]
    links = [cell for cell in cells if "of=" in cell.get("url", "")]
    assert links
    for cell in links:
        listed = client.get(cell["url"])
        assert listed.context["count"] == int(cell["text"]) == len(listed.context["hearings"])
    opened = [client.get(tile["url"]).context["count"] for tile in page.context["tiles"]]
    assert opened == [11, 8, 8, 8]
    assert "Reyes" not in "".join(cell["url"] for cell in links), "no name in an address"


def test_period_office_and_type_narrow_it(client, case, director, office):
    sit(case, 5, 5)
    sit(CaseMake(office=office, casework_type="osec"), 2, 1)
    assert show(client, director).context["tiles"][0]["value"] == 7
    assert show(client, director, type="osec").context["tiles"][0]["value"] == 2
    assert show(client, director, office=office.pk).context["tiles"][0]["value"] == 7
    assert show(client, director, since="2026-10-02", until="2026-10-04").context["tiles"][0]["value"] == 4
    assert show(client, director, period="month").context["tiles"][0]["value"] == 0
    assert "Hearings appear here once" in show(client, director, period="month").content.decode()
    assert show(client, director, since="nonsense", by="nonsense").context["tiles"][0]["value"] == 7


def paper_of(client, user, **asked):
    page = show(client, user)
    url = page.context["table"]["rows"][0]["cells"][0]["url"]
    return client.get(url + "".join(f"&{name}={value}" for name, value in asked.items()))


def test_a_court_on_paper_names_the_judge_and_nobody_else(client, case, director, lawyer):
    case.title = "Canary title"
    case.save(update_fields=["title"])
    sit(case, 8, 6, who_goes=lawyer, note="Canary note", whose_wages="Canary family", **LOST)
    text = paper_of(client, director).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    for word in ("Canary Court 7", "Hon. Reyes", "75 %", "₱1,800.00", "Witness absent", "Prosecution"):
        assert word in main
    for word in ("Canary title", "Canary note", "Canary family", lawyer.name, case.number, str(case.pk)):
        assert word not in main
    assert "counts neither way" in main
    assert "the cases that person may see" in main
    assert "Fri 20 November 2026" in main
    assert "<svg" in main
    assert not re.search(r"\sstyle=", main)
    asked_for = paper_of(client, director, numbers="1").content.decode()
    assert case.number in asked_for


def test_the_columns_of_a_paper_say_of_which_months_they_are(client, case, director):
    sit(case, 6, 6)
    assert "Nov 2025 – Oct 2026" in paper_of(client, director).content.decode()


def test_a_paper_counts_what_the_reader_sees_alone(client, case, director, office, other_office):
    sit(case, 6, 6)
    sit(CaseMake(office=office, sensitivity=2), 6, 0)
    sit(CaseMake(office=other_office), 6, 0)
    assert paper_of(client, director).context["paper"].facts()[0][1] == "6"
    everywhere = paper_of(client, person(Role.GLOBAL_DIRECTOR)).context["paper"].facts()
    assert everywhere[0][1] == "12"
    assert show(client, director, "adjournment-paper", court="w-0").status_code == 404
    assert show(client, director, "adjournment-paper", court="").status_code == 404


@pytest.mark.parametrize("page", ["adjournment-show", "adjournment-list", "adjournment-paper"])
def test_those_without_the_verb_are_refused(client, case, lawyer, alice, page):
    assert show(client, lawyer, page).status_code == 403
    assert show(client, alice, page).status_code == 403


def test_the_pages_cost_the_same_for_few_hearings_and_for_many(client, case, director, office, queries_of):
    sit(case, 5, 3, **LOST)
    client.force_login(director)
    pages = [reverse("dashboards:adjournment-show"), reverse("dashboards:adjournment-list")]
    few = [queries_of(lambda page=page: client.get(page)) for page in pages]
    for number in range(3):
        sit(CaseMake(office=office), 20, 15, court=f"Court {number}", judge=f"Judge {number}", **LOST)
    assert [queries_of(lambda page=page: client.get(page)) for page in pages] == few
    assert max(few) <= 30
