import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from prosecutions.models import Hearing
from prosecutions.views.agenda import month_asked, weeks_of
from tests.factories import AssignmentMake, CaseMake, HearingMake, ProceedingMake

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday():
    """Friday 20 November 2026, noon in Manila."""
    with time_machine.travel(NOON, tick=False):
        yield


def hearing(case, day, hour=9, **fields):
    starts = datetime(2026, 11, day, hour, tzinfo=UTC) - timedelta(hours=8)
    return HearingMake(case=case, on=f"2026-11-{day:02}", starts_at=starts, **fields)


def show(client, user, **query):
    client.force_login(user)
    response = client.get(reverse("prosecutions:hearing-list"), query)
    assert response.status_code == 200
    return response.content.decode()


def titles(text):
    return re.findall(r'item-title[^"]*" href="[^"]*">([^<]*)<', text)


def test_without_a_choice_a_desk_gets_the_month_and_a_phone_the_list(client, case, lawyer):
    hearing(case, 24)
    text = show(client, lawyer)
    assert '<div class="d-none d-md-block">' in text
    assert 'class="agenda"' in text
    assert "November 2026" in text


def test_the_list_alone_draws_no_month(client, case, lawyer):
    hearing(case, 24)
    assert 'class="month"' not in show(client, lawyer, view="list")


def test_the_month_shows_what_was_and_what_comes(client, case, lawyer):
    hearing(case, 3, outcome="held", purpose="pre_trial")
    hearing(case, 10, outcome="adjourned", reason="other", purpose="evidence")
    hearing(case, 25, purpose="bail")
    hearing(case, 26, purpose="judgment")
    hearing(case, 24, purpose="argument")
    HearingMake(case=case, on="2027-01-05", starts_at=datetime(2027, 1, 5, tzinfo=UTC), purpose="review")
    text = show(client, lawyer, view="month")
    for tone in ("done", "past slot-struck", "danger", "judgment", "info"):
        assert f"slot slot-{tone}" in text
    assert "Review" not in text
    assert 'aria-current="date"' in text


def test_another_month_has_its_neighbours_in_the_address(client, case, lawyer):
    text = show(client, lawyer, view="month", month="2027-01")
    assert "January 2027" in text
    assert "month=2026-12" in text
    assert "month=2027-02" in text
    assert "No hearing in this month" in text


def test_nonsense_in_the_address_shows_this_month(client, lawyer):
    for month in ("2026-13", "soon", "0001-01"):
        assert "November 2026" in show(client, lawyer, view="month", month=month)


def test_a_month_grid_begins_on_monday_and_ends_on_sunday():
    start, end = weeks_of(month_asked("2026-11", NOON.date()))
    assert (start.isoformat(), end.isoformat()) == ("2026-10-26", "2026-12-07")


def test_coming_up_missing_and_past_are_three_lists(client, case, lawyer):
    hearing(case, 24, purpose="evidence", who_goes=lawyer, confirmed_at=NOON)
    hearing(case, 27, purpose="argument", who_goes=lawyer)
    hearing(case, 28, purpose="sentencing")
    hearing(case, 19, purpose="plea")
    hearing(case, 3, purpose="arraignment", outcome="held")
    text = show(client, lawyer, view="list")
    assert titles(text) == ["Evidence", "Argument", "Sentencing"]
    assert re.findall(r'tag tag-\w+">\s*([A-Z][^<]*)<', text)[-4:] == [
        "Ready",
        "Not confirmed",
        "Judgment",
        "Nobody goes yet",
    ]
    assert titles(show(client, lawyer, view="list", show="missing")) == ["Plea"]
    assert titles(show(client, lawyer, view="list", show="past")) == ["Plea", "Arraignment"]
    assert len(titles(show(client, lawyer, view="list", show="all"))) == 5


def test_filters_by_me_by_court_and_by_office(client, case, director, lawyer, office):
    branch = ProceedingMake(case=case, court="RTC 23")
    hearing(case, 24, purpose="evidence", proceeding=branch)
    hearing(case, 25, purpose="argument", who_goes=director)
    other = CaseMake(office=office)
    hearing(other, 26, purpose="review", proceeding=ProceedingMake(case=other, court="RTC 7"))
    assert titles(show(client, director, view="list", who="mine")) == ["Argument"]
    assert titles(show(client, director, view="list", court=branch.pk)) == ["Evidence"]
    assert len(titles(show(client, director, view="list", office=office.pk))) == 3
    assert "RTC" not in reverse("prosecutions:hearing-list")


def test_a_hearing_of_a_case_shows_its_proceedings_and_all_its_hearings(client, case, lawyer):
    hearing(case, 3, outcome="held", purpose="plea")
    hearing(case, 24, purpose="bail")
    HearingMake(case=case, on="2026-12", starts_at=None, local_time=None, purpose="review")
    text = show(client, lawyer, case=case.pk)
    assert "Proceedings" in text
    assert 'class="month"' not in text
    assert titles(text)[:3] == ["Bail", "Review", "Plea"]
    assert "Date not known to the day" in text
    assert "December 2026" in text


def test_the_hearings_of_a_case_begin_with_the_next_one_and_end_with_the_first(client, case, lawyer):
    for day, purpose in ((24, "bail"), (3, "plea"), (27, "argument"), (10, "charge")):
        hearing(case, day, purpose=purpose)
    hearing(case, 20, 9, purpose="review", outcome="held")
    hearing(case, 20, 15, purpose="judgment")
    text = show(client, lawyer, case=case.pk)
    assert titles(text)[:6] == ["Review", "Judgment", "Bail", "Argument", "Charge", "Plea"]
    assert (
        text.index(">Coming up</h2>") < text.index("Bail") < text.index(">Past</h2>") < text.index("Charge<")
    )
    assert text.count('id="day-2026-11-20"') == 1
    assert text.index("Charge<") < text.index(">Proceedings</h2>")


def test_inside_a_case_the_filter_offers_those_ahead_and_those_before(client, case, lawyer):
    hearing(case, 3, purpose="plea")
    hearing(case, 24, purpose="bail", outcome="vacated")
    hearing(case, 25, purpose="argument")
    found = {
        name: titles(show(client, lawyer, case=case.pk, show=name))[:-3]  # without the proceedings
        for name in ("", "all", "coming", "past", "missing")
    }
    assert found["coming"] == ["Argument"]
    assert found["past"] == found["missing"] == ["Plea"]
    assert found[""] == found["all"] == ["Bail", "Argument", "Plea"]
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:hearing-list"), {"case": case.pk})
    words = [str(words) for _code, words in page.context["form"].fields["show"].choices]
    assert words == ["All", "Coming up", "Outcome missing", "Past"]
    assert titles(show(client, lawyer, view="list", show="coming")) == ["Argument"]


def test_a_case_with_past_hearings_alone_says_that_none_is_ahead(client, case, lawyer):
    hearing(case, 3, purpose="plea", outcome="held")
    assert "No hearing is ahead." in show(client, lawyer, case=case.pk)


def test_a_case_without_hearings_says_what_to_do(client, case, lawyer):
    assert "Open a proceeding, then add its first hearing" in show(client, lawyer, case=case.pk)


def test_an_empty_list_says_what_will_appear(client, lawyer):
    assert "No hearing to show" in show(client, lawyer, view="list")


def test_times_are_those_of_the_office_of_the_case(client, case, lawyer):
    hearing(case, 24, hour=8)
    text = show(client, lawyer, view="list")
    assert "08:30" in text
    assert "Cebu" in text


def test_the_page_of_a_hearing_shows_how_it_went_on(client, case, lawyer, looking):
    lost = {
        "wages_lost_low": 350,
        "wages_lost_high": 350,
        "wages_lost_currency": "PHP",
        "whose_wages": "mother",
    }
    why = {"outcome": "adjourned", "reason": "other", "asked_by": "court", "note": "Come early."}
    first = hearing(case, 3, **why, **lost)
    client.force_login(lawyer)
    page = reverse("prosecutions:hearing-detail", args=[first.pk])
    assert "The court gave no date" in client.get(page).content.decode()
    with looking(lawyer):
        Hearing.objects.filter(pk=first.pk).update(next_on="2026-12-01")
    assert "1 December 2026" in client.get(page).content.decode()
    later = hearing(case, 24, follows=first, proceeding=first.proceeding)
    text = client.get(page).content.decode()
    assert reverse("prosecutions:hearing-detail", args=[later.pk]) in text
    for words in ("Tue 3 November 2026, 08:30", "₱350.00", "mother", "Come early.", "Court"):
        assert words in text, words
    assert "Record outcome" not in text


def test_the_page_of_a_proceeding_counts_adjournments(client, case, lawyer):
    proceeding = ProceedingMake(case=case, fast_track=True, times_postponed="4~", closed_on="2026-11-01")
    hearing(case, 3, proceeding=proceeding, outcome="held")
    hearing(case, 4, proceeding=proceeding, outcome="adjourned", reason="judge_absent")
    hearing(case, 24, proceeding=proceeding)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:proceeding-detail", args=[proceeding.pk])).content.decode()
    assert "1 of 2 adjourned" in text
    assert "Judge absent" in text
    assert "about 4" in text
    assert "Nobody is named in this proceeding" in text


def test_days_of_another_year_say_so(client, case, lawyer):
    hearing(case, 24)
    HearingMake(case=case, on="2027-01-05", starts_at=datetime(2027, 1, 5, tzinfo=UTC))
    text = show(client, lawyer, view="list")
    assert "Tuesday 24 November<" in text
    assert "Tuesday 5 January 2027<" in text


def test_a_case_offers_only_its_own_courts(client, case, lawyer, looking):
    ProceedingMake(case=case, court="RTC 5")
    other = CaseMake(office=case.office)
    AssignmentMake(case=other, user=lawyer, role="lawyer")
    ProceedingMake(case=other, court="RTC 9")

    def offered(**query):
        client.force_login(lawyer)
        form = client.get(reverse("prosecutions:hearing-list"), query).context["form"]
        with looking(lawyer):
            return [label for _value, label in form.fields["court"].choices]

    assert offered() == offered(case="nonsense") == ["All", "RTC 5", "RTC 9"]
    assert offered(case=case.pk) == ["All", "RTC 5"]
