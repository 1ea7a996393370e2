import pytest
from django.urls import reverse

from tests.factories import BailOrderMake, CaseMake, HeadcountMake, HearingMake, ReliefMake, SurvivorMake
from tests.people import on_case, person


def open_list(client, user, name, **asked):
    client.force_login(user)
    return client.get(reverse("dashboards:figure-list", args=[name]), asked)


def test_a_number_opens_what_it_counts_with_its_definition(client, case, director):
    survivor = SurvivorMake(case=case)
    ReliefMake(case=case, survivor=survivor, on="2026-03-10", how="own_escape")
    HeadcountMake(case=case, people="5~", what="relieved", on="2026")
    response = open_list(client, director, "people_relieved")
    text = response.content.decode()
    assert "about 6" in text
    assert "People whose exploitation ended" in text
    assert case.number in text
    assert survivor.pseudonym not in text
    assert response.context["count"] == 2


def test_each_row_leads_to_its_record(client, case, director):
    order = BailOrderMake(case=case, status="GRANTED", decided_on="2026-05-01")
    rows = open_list(client, director, "accused_on_bail").context["rows"]
    assert [url for _row, url in rows] == [reverse("prosecutions:accused-detail", args=[order.accused_id])]


def test_a_case_without_a_page_of_its_record_is_opened_itself(client, case, director):
    rows = open_list(client, director, "cases_open").context["rows"]
    assert [url for _row, url in rows] == [reverse("desk:case-page", args=[case.pk])]


def test_one_part_of_a_figure_can_be_asked_for(client, case, director):
    for reason in ("witness_absent", "judge_absent"):
        HearingMake(case=case, on="2026-03-01", outcome="adjourned", reason=reason)
    assert open_list(client, director, "adjournments_by_reason").context["count"] == 2
    assert open_list(client, director, "adjournments_by_reason", code="judge_absent").context["count"] == 1


def test_what_is_true_of_the_day_says_so(client, case, director):
    assert "whatever the period" in open_list(client, director, "cases_open", period="month").content.decode()


@pytest.mark.parametrize("name", ["alerts", "prior_cases", "no-such-figure"])
def test_figures_that_are_not_shown_have_no_list(client, director, name):
    assert open_list(client, director, name).status_code == 404


def test_aftercare_figures_are_refused_to_those_who_see_no_aftercare(client, case, legal_lead, director):
    assert open_list(client, legal_lead, "reviews_due").status_code == 403
    assert open_list(client, director, "reviews_due").status_code == 200


def test_those_without_the_verb_are_refused(client, alice):
    assert open_list(client, alice, "people_relieved").status_code == 403


def test_records_outside_the_need_to_know_are_not_in_the_list(client, case, director, other_office):
    hidden = CaseMake(office=other_office)
    ReliefMake(case=hidden)
    response = open_list(client, director, "people_relieved")
    assert response.context["count"] == 0
    assert "Nothing to count" in response.content.decode()


def test_a_long_list_goes_on_another_page(client, office, director):
    for _number in range(51):
        CaseMake(office=office)
    assert len(open_list(client, director, "cases_open").context["rows"]) == 50
    assert len(open_list(client, director, "cases_open", page=2).context["rows"]) == 1


def test_a_list_costs_the_same_for_one_row_and_for_three(client, case, director, office, queries_of):
    client.force_login(director)
    address = reverse("dashboards:figure-list", args=["caseload"])
    on_case(person("lawyer", office), case, "lawyer")
    one = queries_of(lambda: client.get(address))
    for _number in range(2):
        on_case(person("lawyer", office), CaseMake(office=office), "lawyer")
    assert queries_of(lambda: client.get(address)) == one
