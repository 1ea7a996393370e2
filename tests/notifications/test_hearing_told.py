import pytest
from django.db import connection
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Assignment
from notifications.clock import as_reminders
from notifications.told import DATES, TOLD
from prosecutions.actions import cancel_hearing, reschedule_hearing
from tests.notifications.conftest import alerts, hearing_at, local
from tests.people import on_case, person


@pytest.fixture
def moved(case, lawyer, tick):
    """Told to three, moved; one has left the case by then, one has read it and said so, one has a mail."""
    left = on_case(person(Role.PARALEGAL, case.office, name="Left Behind"), case, Role.PARALEGAL)
    pia = on_case(person(Role.PARALEGAL, case.office, name="Pia"), case, Role.PARALEGAL)
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    tick(local("2026-12-03T09:00"))
    with as_reminders("she leaves"):
        Assignment.objects.filter(user=left).update(ended_at=local("2026-12-03T10:00"))
    with viewing_as(lawyer):
        begins = local("2026-12-20T09:15")
        reschedule_hearing(
            hearing.pk, by=lawyer, now=local("2026-12-04T10:00"), on=begins.date(), local_time=begins.time()
        )
    tick(local("2026-12-04T10:03"))
    return hearing, pia


def page(client, user, hearing):
    client.force_login(user)
    return client.get(reverse("notifications:hearing-told", args=[hearing.pk]))


def test_it_shows_who_knows_and_who_still_holds_the_old_date(client, moved, lawyer):
    hearing, pia = moved
    (alert,) = alerts(rule="H3")
    client.force_login(lawyer)
    client.post(reverse("notifications:alert-acknowledge", args=[alert.pk]))

    text = page(client, lawyer, hearing).content.decode()

    people = text.split('id="people"')[1]
    first, *_others = people.split('class="item-title">')[1:]
    assert "Left Behind" in first  # whoever holds an old date stands first
    assert "Thu 10 December 2026" in first
    assert "Holds an old date" in first
    assert "may not see the case any more" in first
    assert "1 person still holds an old date" in text
    assert "1 of 3 people have read it" in text
    assert "Says she knows" in people.split("Bob")[1]
    assert "E-mail, handed over" in people.split("Pia")[1]
    assert "Sun 20 December 2026" in people.split("Pia")[1]


def test_a_hearing_that_is_off_is_told_as_that(client, moved, lawyer, tick):
    hearing, _pia = moved
    with viewing_as(lawyer):
        cancel_hearing(hearing.pk, by=lawyer, now=local("2026-12-05T10:00"))
    tick(local("2026-12-05T10:01"))

    text = page(client, lawyer, hearing).content.decode()

    assert "Was told that Sun 20 December 2026" in " ".join(text.split())
    assert "In the inbox, not opened yet" in text  # the message waits its two minutes


def test_nobody_else_learns_it_not_even_from_the_database(client, moved, charlie, colleague, auditor):
    hearing, _pia = moved
    for stranger in (charlie, colleague, auditor):
        assert page(client, stranger, hearing).status_code in (403, 404)
        with viewing_as(stranger), connection.cursor() as cursor:
            for question in (TOLD, DATES):
                cursor.execute(question, [hearing.pk])
                assert cursor.fetchall() == []
