from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from tests.factories import (
    AssessmentMake,
    CareMake,
    CaseMake,
    HeadcountMake,
    PlanMake,
    ScoreMake,
    SurvivorMake,
)
from tests.people import on_case, person


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("aftercare:care-list"), query)


def called(response):
    return [row["care"].called for row in response.context["rows"]]


def in_days(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


@pytest.fixture
def maya(case, survivor, social_worker):
    care = CareMake(case=case, survivor=survivor, worker=social_worker, next_review_on=in_days(40))
    assessment = AssessmentMake(case=case, care=care, on="2026-03-25")
    ScoreMake(case=case, assessment=assessment, domain="safety", value=2)
    ScoreMake(case=case, assessment=assessment, domain="social_support", value=3)
    return care


def test_lists_worker_last_score_next_review_and_state(client, maya, social_worker):
    text = page(client, social_worker).content.decode()
    assert "Maya" in text
    assert "Sita" in text
    assert "scored 2.5 on 25 March 2026" in text
    assert "In care" in text


def test_overdue_reviews_come_first_whether_of_the_care_or_of_a_plan(client, case, maya, social_worker):
    late = CareMake(
        case=case, survivor=SurvivorMake(case=case, pseudonym="Late"), next_review_on=in_days(200)
    )
    PlanMake(case=case, care=late, review_on="2026-02")
    PlanMake(case=case, care=maya, review_on="2026-01", reviewed_on="2026-01-20")
    CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym="Nothing planned"))
    response = page(client, social_worker)
    assert called(response) == ["Late", "Maya", "Nothing planned"]
    assert response.content.decode().count("Review overdue") == 1
    assert called(page(client, social_worker, due="overdue")) == ["Late"]


def test_a_review_within_seven_days_is_soon(client, case, social_worker):
    CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym="Soon"), next_review_on=in_days(3))
    CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym="Later"), next_review_on=in_days(30))
    assert called(page(client, social_worker, due="week")) == ["Soon"]


def test_those_whose_care_ended_are_shown_when_asked_for(client, case, maya, social_worker):
    CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym="Home again"), result="restored")
    assert called(page(client, social_worker)) == ["Maya"]
    assert called(page(client, social_worker, state="restored")) == ["Home again"]
    assert len(called(page(client, social_worker, state="all"))) == 2
    assert called(page(client, social_worker, state="nonsense")) == ["Maya"]


def test_mine_are_those_entrusted_to_me(client, case, maya, social_worker):
    CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym="Of somebody else"))
    assert called(page(client, social_worker, mine="me")) == ["Maya"]


def test_nobody_of_another_office_or_a_sealed_case_leaks(client, maya, director, other_office):
    CareMake(case=CaseMake(office=other_office), survivor=None, headcount=HeadcountMake(label="Elsewhere"))
    sealed = CaseMake(office=maya.case.office, sensitivity=2)
    CareMake(case=sealed, survivor=SurvivorMake(case=sealed, pseudonym="Sealed away"))
    for query in ({}, {"state": "all"}, {"due": "overdue"}, {"office": "accra", "state": "all"}):
        response = page(client, director, **query)
        assert "Elsewhere" not in response.content.decode()
        assert "Sealed away" not in response.content.decode()


def test_a_director_of_everywhere_narrows_by_office(client, maya, other_office):
    elsewhere = CaseMake(office=other_office)
    CareMake(case=elsewhere, survivor=SurvivorMake(case=elsewhere, pseudonym="Ama"))
    everywhere = person(Role.GLOBAL_DIRECTOR)
    assert called(page(client, everywhere, office="accra")) == ["Ama"]
    assert len(called(page(client, everywhere))) == 2


def test_within_a_case_the_list_offers_those_who_wait(client, case, maya, social_worker):
    SurvivorMake(case=case, key="s2", pseudonym="Waiting")
    HeadcountMake(case=case, key="h1", label="the families")
    other = on_case(social_worker, CaseMake(office=case.office), Role.SOCIAL_WORKER)
    CareMake(case=CaseMake(office=case.office), survivor=SurvivorMake(pseudonym="Of another case"))
    response = page(client, other, case=str(case.pk))
    text = response.content.decode()
    assert called(response) == ["Maya"]
    assert "S-2 · Waiting" in text
    assert "H1 · the families" in text
    assert "Of another case" not in text


def test_a_case_outside_the_need_to_know_is_not_there(client, social_worker, other_office):
    assert page(client, social_worker, case=str(CaseMake(office=other_office).pk)).status_code == 404


def test_empty_lists_say_what_will_stand_there(client, case, social_worker, alice):
    assert "Nobody to show" in page(client, social_worker).content.decode()
    assert (
        "Nobody of this case is in aftercare yet" in page(client, alice, case=str(case.pk)).content.decode()
    )


def test_htmx_gets_the_rows_alone(client, maya, social_worker):
    client.force_login(social_worker)
    response = client.get(reverse("aftercare:care-list"), headers={"HX-Request": "true", "HX-Target": "rows"})
    assert "<html" not in response.content.decode()
    assert "Maya" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_the_list_costs_the_same_for_one_row_and_for_four(client, case, maya, social_worker):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page(client, social_worker).status_code == 200
        return len(queries)

    page(client, social_worker)
    one = cost()
    for _ in range(3):
        care = CareMake(case=case, worker=social_worker)
        ScoreMake(case=case, assessment=AssessmentMake(case=case, care=care))
        PlanMake(case=case, care=care)
    assert cost() == one
