"""The calendar: month, week and list, whose and where, holidays, last days and clashes."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import system_access
from law.models import ClockRule, Court, Jurisdiction
from prosecutions.models import BailCondition, Clock
from tests.diary.conftest import hearing_at
from tests.factories import AccusedMake, BailOrderMake, CaseMake, ProceedingMake
from tests.people import on_case, person

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday(time_machine):
    """Friday 20 November 2026, noon in Manila."""
    time_machine.move_to(NOON, tick=False)


def show(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("diary:calendar-show"), asked)


def on_days(response):
    """{day: what stands on it}."""
    days = response.context["days"]
    return {day["date"].day: [item["title"] for item in day["items"]] for day in days if day["items"]}


def test_whoever_goes_to_court_sees_her_own_week_first(client, case, lawyer, alice, director):
    hearing_at(case, "2026-11-20T09:00", who_goes=lawyer, purpose="bail")
    hearing_at(case, "2026-11-21T09:00", who_goes=alice, purpose="evidence")
    hearing_at(case, "2026-11-22T09:00", purpose="argument")
    hearing_at(case, "2026-11-23T09:00", who_goes=lawyer)  # next week
    mine = show(client, lawyer)
    assert on_days(mine) == {20: ["Bail"], 22: ["Argument"]}
    assert on_days(show(client, lawyer, who="all")) == {20: ["Bail"], 21: ["Evidence"], 22: ["Argument"]}
    assert on_days(show(client, lawyer, who=str(alice.pk))) == {21: ["Evidence"]}
    assert on_days(show(client, director)) == {20: ["Bail"], 21: ["Evidence"], 22: ["Argument"]}
    assert on_days(show(client, lawyer, on="2026-11-25")) == {23: ["Evidence"]}
    assert on_days(show(client, lawyer, on="nonsense", who="nonsense", view="nonsense")) == on_days(mine)
    page = mine.content.decode()
    assert 'class="month week"' in page
    assert 'class="agenda"' in page, "a phone gets the days as a list"
    assert reverse("prosecutions:hearing-list") in page


def test_a_week_runs_hour_by_hour_and_what_has_none_stands_above(client, case, lawyer):
    hearing_at(case, "2026-11-20T06:30", who_goes=lawyer)
    hearing_at(case, "2026-11-20", who_goes=lawyer)
    rows = show(client, lawyer).context["hours"]
    assert [row["hour"] and row["hour"].hour for row in rows] == [None, *range(6, 18)]
    assert [[len(cell["items"]) for cell in row["cells"]] for row in rows[:2]] == [[0, 0, 0, 0, 1, 0, 0]] * 2


def test_a_month_and_a_list_show_the_same_hearings(client, case, lawyer):
    hearing_at(case, "2026-11-03T09:00", who_goes=lawyer, outcome="held")
    hearing_at(case, "2026-11-27T09:00", who_goes=lawyer)
    month = show(client, lawyer, view="month")
    assert set(on_days(month)) == {3, 27}
    assert len(month.context["weeks"]) == 6
    assert set(on_days(show(client, lawyer, view="list"))) == {27}
    rows = client.get(reverse("diary:calendar-show"), {"view": "list"}, headers={"HX-Request": "true"})
    assert "<html" not in rows.content.decode()


def test_office_and_court_narrow_it(client, case, lawyer, other_office):
    india, _new = Jurisdiction.objects.get_or_create(country="IN", defaults={"name": "India"})
    court = Court.objects.create(jurisdiction=india, name="Sealdah", time_zone="Asia/Kolkata")
    listed = ProceedingMake(case=case, known_court=court, court="Sealdah court")
    written = ProceedingMake(case=case, court="RTC 7")
    accra = CaseMake(office=other_office)
    on_case(lawyer, accra, Role.LAWYER)
    hearing_at(case, "2026-11-20T09:00", who_goes=lawyer, proceeding=listed, purpose="bail")
    hearing_at(case, "2026-11-20T15:00", who_goes=lawyer, proceeding=written, purpose="evidence")
    hearing_at(accra, "2026-11-21T09:00", zone=UTC, who_goes=lawyer, purpose="plea")
    form = show(client, lawyer).context["form"]
    choices = {label: code for code, label in form.fields["court"].choices}
    assert on_days(show(client, lawyer, court=choices["Sealdah"])) == {20: ["Bail"]}
    assert on_days(show(client, lawyer, court=choices["RTC 7"])) == {20: ["Evidence"]}
    assert on_days(show(client, lawyer, office=other_office.pk)) == {21: ["Plea"]}
    assert "time of Accra" in show(client, lawyer, view="list").content.decode()
    assert "?court=c-" not in str(choices), "keys in addresses, no names"


def test_the_filter_can_be_cleared_once_it_narrows_and_the_day_stays(client, case, lawyer):
    assert "Clear filters" not in show(client, lawyer, view="month", on="2026-12-01").content.decode()
    narrowed = show(client, lawyer, view="month", on="2026-12-01", who="all").content.decode()
    assert re.search(r'href="\?view=month&amp;on=2026-12-01"[^>]*>Clear filters', narrowed)


def test_holidays_of_the_country_are_grey_and_named_in_the_reader_s_language(client, case, lawyer, office):
    page = show(client, lawyer, view="month", on="2026-12-01")
    free = {day["date"]: day["holiday"] for day in page.context["days"] if day["holiday"]}
    assert free[date(2026, 12, 30)] == "Rizal Day"
    assert re.search(
        r'<td class="holiday[^>]*>\s*<div class="month-top">.{0,200}Rizal Day', page.content.decode(), re.S
    )
    office.country = "BO"
    office.save(update_fields=["country"])
    lawyer.language = "es"
    lawyer.save(update_fields=["language"])
    client.force_login(lawyer)
    spanish = show(client, lawyer, on="2026-12-25")
    assert "Navidad" in {day["holiday"] for day in spanish.context["days"]}


def test_last_days_of_clocks_and_days_of_conditions_are_small_marks(client, case, lawyer, alice):
    rule = ClockRule.objects.filter(jurisdiction="IN").first()
    accused = AccusedMake(case=case)
    began, due = date(2026, 9, 1), date(2026, 11, 21)
    hidden = CaseMake(office=case.office, sensitivity=2)
    bail = BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-11-01")
    with system_access("reminders", "a test arranges"):
        Clock.objects.create(case=case, rule=rule, accused=accused, began_on=began, due_on=due)
        Clock.objects.create(case=hidden, rule=rule, began_on=began, due_on=due)
        term = {"kind": "reporting", "rhythm": "once", "next_on": date(2026, 11, 22)}
        BailCondition.objects.create(case=case, bail=bail, **term)
    hearing_at(case, "2026-11-20T09:00", who_goes=alice, purpose="evidence")
    found = on_days(show(client, lawyer))
    assert found[21] == [f"Last day: {rule.name}"]
    assert found[22][0].startswith("Condition of bail: ")
    assert on_days(show(client, lawyer, who=str(alice.pk))) == {20: ["Evidence"]}


def test_two_hearings_that_one_person_cannot_reach_are_flagged(client, case, lawyer, office):
    near = ProceedingMake(case=case, court="RTC 7")
    far = ProceedingMake(case=case, court="RTC 8")
    hearing_at(case, "2026-11-20T09:00", who_goes=lawyer, proceeding=near)
    hearing_at(case, "2026-11-20T10:15", who_goes=lawyer, proceeding=far)
    page = show(client, lawyer)
    text = page.content.decode()
    assert "Too close together" in text
    assert "15 minutes from or to a hearing in" in text
    assert "(estimated)" in text
    assert len(page.context["warnings"]) == 1
    assert len(re.findall(r'aria-label="Clash"|>Clash<', text)) >= 2


def test_a_clash_with_a_hidden_case_is_not_shown(client, case, lawyer, director, office):
    hidden = CaseMake(office=office, sensitivity=2, number="IJM-CANARY-9")
    on_case(lawyer, hidden, Role.LAWYER)
    hearing_at(case, "2026-11-20T09:00", who_goes=lawyer)
    hearing_at(hidden, "2026-11-20T09:00", who_goes=lawyer)
    assert len(show(client, lawyer).context["warnings"]) == 1
    page = show(client, director)
    assert page.context["warnings"] == []
    assert "CANARY" not in page.content.decode()


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_the_calendar_costs_the_same_for_one_hearing_and_for_many(client, office, queries_of, view):
    costs = []
    for count in (2, 40):
        user = person(Role.LAWYER, office)
        mine = CaseMake(office=office)
        on_case(user, mine, Role.LAWYER)
        client.force_login(user)
        for number in range(count):
            hearing_at(mine, f"2026-11-21T09:{number:02}", who_goes=user)
        path = reverse("diary:calendar-show")
        costs.append(queries_of(lambda path=path: client.get(path, {"view": view})))
    assert costs[0] == costs[1]
    assert costs[0] <= 30


def test_whoever_sees_no_hearings_has_no_calendar(client, administrator):
    assert show(client, administrator).status_code == 403


def test_an_empty_week_says_what_will_stand_there(client, case, lawyer):
    page = show(client, lawyer, on="2026-12-15")
    assert "Nothing in these days" in page.content.decode()
