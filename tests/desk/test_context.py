from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Beat
from tests.factories import CaseMake, TaskMake


def nav_of(client, user):
    client.force_login(user)
    return {entry["name"]: entry for entry in client.get(reverse("desk:home")).context["nav"]}


def test_a_person_finds_only_pages_whose_verb_she_holds(client, alice, administrator):
    assert {"home"} <= set(nav_of(client, alice))
    assert "people" not in nav_of(client, alice)
    assert set(nav_of(client, administrator)) == {"home", "people", "watch", "offices", "law", "hooks"}


def test_the_open_page_is_marked_once(client, alice):
    assert [e["name"] for e in nav_of(client, alice).values() if e["active"]] == ["home"]


def test_the_office_line_names_office_clock_and_offset(client, alice):
    client.force_login(alice)
    assert "Cebu, Manila time, GMT+08:00" in client.get(reverse("desk:home")).content.decode()


def test_people_of_no_office_have_no_office_line(client, administrator):
    client.force_login(administrator)
    assert client.get(reverse("desk:home")).context["office_line"] == ""


def test_who_has_not_signed_in_gets_no_navigation(client, db):
    context = client.get(reverse("account_login")).context
    assert "nav" not in context
    assert "demo" in context


@pytest.mark.parametrize(("age", "shown"), [(None, False), (10, False), (600, True)])
def test_a_stopped_sweep_is_said_on_every_page(client, alice, age, shown):
    if age is not None:
        Beat.objects.create(loop="sweep", ok_at=timezone.now() - timedelta(seconds=age))
    client.force_login(alice)
    assert ("Alerts may be late" in client.get(reverse("desk:home")).content.decode()) == shown


def test_a_page_asks_the_same_for_one_case_and_for_three(
    client, case, alice, django_assert_num_queries, queries_of
):
    client.force_login(alice)
    one = queries_of(lambda: client.get(reverse("desk:home")))
    for other in (CaseMake(office=case.office), case):
        TaskMake(case=other, assigned_to=alice)
    assert queries_of(lambda: client.get(reverse("desk:home"))) == one
