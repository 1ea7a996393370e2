"""A verb counts in the office of the record: what one may do in Manila gives no right over a case of Cebu."""

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Can, Role
from api.actions import issue_token
from tests.factories import DutyMake, MembershipMake, NoteMake, ProceedingMake
from tests.people import on_case, person


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def both(office, other_office):
    """Caseworker in Accra, and paralegal in Cebu, who opens no case and moves no track."""
    user = person(Role.CASEWORKER, other_office, name="Bea")
    MembershipMake(user=user, office=office, role=Role.PARALEGAL)
    return user


def test_the_role_held_in_the_office_decides(both, office, other_office):
    assert both.can(Can.OPEN_CASE)
    assert both.can_on(Can.OPEN_CASE, other_office.pk)
    assert not both.can_on(Can.OPEN_CASE, office.pk)
    assert both.can_on(Can.VIEW_CASE, office.pk)


def test_nobody_holds_a_verb_that_none_of_her_roles_holds(both, office):
    assert not both.can_on(Can.MANAGE_PEOPLE, office.pk)


def test_a_guest_on_a_case_of_an_office_where_she_is_nothing_brings_her_own_verbs(charlie, case):
    MembershipMake(user=charlie, office=None, role=Role.AUDITOR)
    assert fresh(charlie).can_on(Can.EDIT_CASE, case.office_id)


def test_an_overseer_of_all_offices_changes_nothing_in_those_where_she_has_no_other_role(
    office, other_office
):
    both = person(Role.GLOBAL_DIRECTOR)
    MembershipMake(user=both, office=other_office, role=Role.OFFICE_DIRECTOR)
    assert both.can_on(Can.EDIT_CASE, other_office.pk)
    assert not both.can_on(Can.EDIT_CASE, office.pk)
    assert both.can_on(Can.VIEW_CASE, office.pk)
    DutyMake(office=office, user=both)
    assert fresh(both).can_on(Can.EDIT_CASE, office.pk)


def test_a_page_refuses_the_verb_of_another_office(client, both, case, other_office):
    on_case(both, case, Role.PARALEGAL)
    address = reverse("cases:track-move", args=[case.pk, "legal"])
    client.force_login(both)
    assert client.get(reverse("cases:case-edit", args=[case.pk])).status_code == 200
    assert client.get(address).status_code == 403
    assert client.post(address, {"status": "investigation"}).status_code == 403


def test_a_hidden_case_is_not_there_before_the_office_is_asked(client, both, case):
    client.force_login(both)
    assert client.get(reverse("cases:assignment-add", args=[case.pk])).status_code == 404


def test_people_whose_roles_agree_cost_no_look(client, case, alice, django_assert_num_queries):
    NoteMake(case=case)
    user = fresh(alice)
    assert user.live_memberships
    with django_assert_num_queries(0):
        assert user.agrees_on(Can.EDIT_CASE)
        assert user.can_on(Can.EDIT_CASE, case.office_id)


def test_the_api_judges_by_the_same_rule(case, office, other_office):
    both = person(Role.LAWYER, other_office)
    MembershipMake(user=both, office=office, role=Role.SOCIAL_WORKER)
    on_case(both, case, Role.SOCIAL_WORKER)
    proceeding = ProceedingMake(case=case)
    key = issue_token(both.pk, by=both, now=timezone.now())
    client = APIClient(headers={"Authorization": f"Token {key}"})
    assert client.get(f"/api/v1/cases/{case.pk}/").status_code == 200
    facts = {"proceeding": str(proceeding.pk), "on": "2030-01-05", "purpose": "plea"}
    answer = client.post("/api/v1/hearings/", facts, format="json")
    assert answer.status_code == 403, answer.data
