"""Warnings where somebody is sent to a hearing: on its page, beside the field, and never as a refusal."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import Deputy
from accounts.roles import Role
from prosecutions.models import Hearing
from tests.diary.conftest import hearing_at
from tests.factories import CaseMake, ProceedingMake
from tests.people import on_case, person

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
BUSY = "At the same time as a hearing in"


@pytest.fixture(autouse=True)
def friday(time_machine):
    time_machine.move_to(NOON, tick=False)


def get(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked).content.decode()


def test_the_page_of_a_hearing_says_what_is_in_the_way(client, case, lawyer, director, office):
    one = hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    hidden = CaseMake(office=office, sensitivity=2)
    on_case(lawyer, hidden, Role.CASEWORKER)
    hearing_at(hidden, "2026-11-24T09:30", who_goes=lawyer)
    assert f"{BUSY} {hidden.number} at 09:30." in get(client, lawyer, "prosecutions:hearing-detail", one.pk)
    page = get(client, director, "prosecutions:hearing-detail", one.pk)
    assert BUSY not in page
    assert hidden.number not in page


def test_beside_each_person_stands_what_she_has_then(client, case, lawyer, alice):
    one = hearing_at(case, "2026-11-24T09:00")
    hearing_at(case, "2026-11-24T09:30", who_goes=alice)
    Deputy.objects.create(
        person=lawyer, deputy=alice, named_by=lawyer, starts_at=NOON, until=datetime(2026, 12, 24, tzinfo=UTC)
    )
    page = get(client, lawyer, "prosecutions:hearing-assign", one.pk)
    assert f"Alice – {BUSY} {case.number} at 09:30." in page
    assert "Bob – Bob is away then; Alice stands in." in page
    client.post(reverse("prosecutions:hearing-assign", args=[one.pk]), {"who_goes": str(alice.pk)})
    assert Hearing._base_manager.get(pk=one.pk).who_goes == alice, "a warning refuses nothing"


def test_a_hearing_that_is_being_scheduled_or_moved_is_looked_at_as_it_is_filled_in(client, case, lawyer):
    hearing_at(case, "2026-11-24T09:30", who_goes=lawyer)
    other = ProceedingMake(case=case)
    new = {"proceeding": other.pk, "on": "2026-11-24", "who_goes": lawyer.pk}
    told = get(client, lawyer, "diary:clash-check", **new, local_time="09:00")
    assert f"{BUSY} {case.number} at 09:30." in told
    assert get(client, lawyer, "diary:clash-check", **new, local_time="15:00").strip() == ""
    mine = hearing_at(case, "2026-11-30T09:00", who_goes=lawyer)
    moved = {"hearing": mine.pk, "on": "2026-11-24", "local_time": "09:00"}
    assert BUSY in get(client, lawyer, "diary:clash-check", **moved)
    for nothing in ({}, {"on": "nonsense"}, {**new, "who_goes": ""}, {**new, "proceeding": mine.pk}):
        assert get(client, lawyer, "diary:clash-check", **nothing) == ""
    form = get(client, lawyer, "prosecutions:hearing-schedule", case.pk)
    assert 'hx-get="/calendar/check/"' in form
    assert "#id_note" not in form, "what was noted goes into no address"
    form = get(client, lawyer, "prosecutions:hearing-reschedule", mine.pk)
    assert f"/calendar/check/?hearing={mine.pk}" in form


def test_nobody_learns_of_a_hidden_case_by_it(client, case, lawyer, alice, office):
    hidden = CaseMake(office=office, sensitivity=2)
    on_case(lawyer, hidden, Role.LAWYER)
    there = hearing_at(hidden, "2026-11-24T09:30", who_goes=lawyer)
    asked = {"proceeding": ProceedingMake(case=case).pk, "on": "2026-11-24", "local_time": "09:30"}
    assert get(client, alice, "diary:clash-check", **asked, who_goes=lawyer.pk).strip() == ""
    assert get(client, alice, "diary:clash-check", hearing=there.pk, on="2026-11-24") == ""
    stranger = person(Role.LAWYER, office)
    assert get(client, alice, "diary:clash-check", **asked, who_goes=stranger.pk) == ""
