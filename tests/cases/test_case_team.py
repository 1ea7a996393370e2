from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import assign
from cases.models import Assignment, Case
from cases.states import IllegalMove
from tests.factories import AssignmentMake
from tests.people import on_case, person


def name(client, case, by, user, **more):
    client.force_login(by)
    return client.post(
        reverse("cases:assignment-add", args=[case.pk]), {"user": user.pk, "role": "lawyer", **more}
    )


def end(client, row, by):
    client.force_login(by)
    return client.post(reverse("cases:assignment-end", args=[row.pk]))


def sees(user, case):
    with viewing_as(User.objects.get(pk=user.pk)):
        return Case.objects.filter(pk=case.pk).exists()


def test_whoever_is_named_sees_the_case(client, case, legal_lead, colleague):
    assert not sees(colleague, case)
    assert name(client, case, legal_lead, colleague, backup="on").status_code == 302
    assert sees(colleague, case)
    event = Event.objects.get()
    assert (event.verb, event.detail) == (
        "case.assign",
        {"user": str(colleague.pk), "role": "lawyer", "backup": True},
    )


def test_the_last_day_counts_to_its_end_by_the_clock_of_the_office(client, case, legal_lead, colleague):
    day = timezone.localdate() + timedelta(days=3)
    name(client, case, legal_lead, colleague, until=day.isoformat())
    with viewing_as(legal_lead):
        until = Assignment.objects.get().until
    assert until.isoformat().startswith(f"{day}T16:00")  # midnight in Manila
    page = client.get(reverse("cases:case-team", args=[case.pk])).content.decode()
    assert "Curious" in page


def test_only_people_of_the_office_who_do_casework_are_offered(client, case, legal_lead, colleague, charlie):
    regional = person(Role.REGIONAL_DIRECTOR, case.office, name="Regina")
    client.force_login(legal_lead)
    page = client.get(reverse("cases:assignment-add", args=[case.pk])).content.decode()
    assert "Curious" in page
    assert "Charlie" not in page
    assert "Regina" not in page
    assert name(client, case, legal_lead, regional).status_code == 422
    with viewing_as(legal_lead), pytest.raises(IllegalMove, match="does not do casework in the office"):
        assign(case.pk, by=legal_lead, now=timezone.now(), user=charlie, role="lawyer")


def test_what_may_not_be_is_told_in_words(client, case, legal_lead, alice, colleague):
    answer = name(client, case, legal_lead, alice, role="caseworker")
    assert "on the team in this role already" in answer.content.decode()
    answer = name(client, case, legal_lead, colleague, until="2020-01-01")
    assert "The last day lies in the past" in answer.content.decode()
    with viewing_as(legal_lead), pytest.raises(IllegalMove, match="in this role"):
        assign(case.pk, by=legal_lead, now=timezone.now(), user=colleague, role="auditor")


def test_a_place_that_ran_out_can_be_given_again(client, case, legal_lead, colleague):
    past = timezone.now() - timedelta(days=1)
    AssignmentMake(case=case, user=colleague, role="lawyer", until=past)
    assert name(client, case, legal_lead, colleague).status_code == 302
    assert sees(colleague, case)


def test_whoever_is_taken_off_no_longer_sees_the_case(client, case, legal_lead, alice):
    with viewing_as(legal_lead):
        row = Assignment.objects.get(user=alice)
    client.force_login(legal_lead)
    assert "Alice" in client.get(reverse("cases:assignment-end", args=[row.pk])).content.decode()
    assert end(client, row, legal_lead)["Location"] == reverse("cases:case-team", args=[case.pk])
    assert not sees(alice, case)
    assert Event.objects.get().detail == {"user": str(alice.pk), "role": "caseworker"}
    response = end(client, row, legal_lead)
    assert response.status_code == 422
    assert "has left the team already" in response.content.decode()
    page = client.get(reverse("cases:case-team", args=[case.pk])).content.decode()
    assert "Nobody is named on this case" in page
    assert "Before" in page


def test_somebody_stays_on_a_case_that_only_named_people_open(client, office, case, legal_lead):
    with viewing_as(legal_lead):
        Case.objects.filter(pk=case.pk).update(sensitivity=0)
    on_case(legal_lead, case, Role.LEGAL_LEAD)
    with viewing_as(legal_lead):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
        row = Assignment.objects.get()
    response = end(client, row, legal_lead)
    assert response.status_code == 422
    assert "somebody must stay" in response.content.decode()


def test_whoever_takes_herself_off_a_sealed_case_goes_back_to_the_list(client, case, legal_lead, alice):
    on_case(legal_lead, case, Role.LEGAL_LEAD)
    with viewing_as(legal_lead):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
        row = Assignment.objects.get(user=legal_lead)
    assert end(client, row, legal_lead)["Location"] == reverse("cases:case-list")
    assert not sees(legal_lead, case)


def test_a_place_on_a_hidden_case_does_not_exist(client, case, alice, charlie):
    with viewing_as(alice):
        row = Assignment.objects.get()
    assert end(client, row, charlie).status_code == 404
