"""Somebody opened a case in an emergency: whoever reviews it hears at once, and no word says which."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from cases.actions import review_emergency
from cases.models import Emergency
from notifications.models import InboxItem
from tests.factories import CaseMake, EmergencyMake
from tests.notifications.conftest import alerts, local, opened
from tests.people import person

NOW = local("2026-12-01T22:00")


@pytest.fixture
def emergency(office):
    """A sealed case that its director cannot see, opened by a lead."""
    case = CaseMake(office=office, sensitivity=2, title="Canary title")
    user = person(Role.LEGAL_LEAD, office, name="Lena")
    entry = EmergencyMake(office=office, user=user, case_id=case.pk, number=case.number, started_at=NOW)
    record("case.break_glass", by=user, subject=entry, case_id=case.pk, at=NOW, role="legal_lead")
    return entry


def told(user):
    with viewing_as(user):
        return list(InboxItem.objects.values_list("title_code", "urgency"))


def test_the_director_and_the_safeguarding_lead_are_told_though_they_do_not_see_the_case(
    emergency, director, safeguarding_lead, colleague, sweep, client
):
    sweep(NOW)

    assert opened() == [("E1", "U-S")]
    assert told(director) == told(safeguarding_lead) == [("E1.asked", "U-S")]
    assert told(colleague) == told(emergency.user) == []
    client.force_login(director)
    page = client.get(reverse("notifications:inbox-list")).content.decode()
    assert "A case was opened in an emergency" in page
    assert emergency.number not in page
    assert "Canary title" not in page


def test_where_nobody_else_reviews_it_goes_to_whoever_oversees_the_office(emergency, office, sweep):
    regional = person(Role.REGIONAL_DIRECTOR, office)

    sweep(NOW)

    assert told(regional) == [("E1.asked", "U-S")]


def test_nobody_is_told_of_what_she_did_herself(office, sweep):
    case = CaseMake(office=office, sensitivity=1)
    director = person(Role.OFFICE_DIRECTOR, office)
    lead = person(Role.SAFEGUARDING_LEAD, office)
    entry = EmergencyMake(office=office, user=director, case_id=case.pk, started_at=NOW)
    record("case.break_glass", by=director, subject=entry, case_id=case.pk, at=NOW)

    sweep(NOW)

    assert told(director) == []
    assert told(lead) == [("E1.asked", "U-S")]


def test_the_alert_is_over_when_the_review_is_written_down(emergency, director, sweep):
    sweep(NOW)
    with viewing_as(director):
        review_emergency(emergency.pk, by=director, now=timezone.now(), justified=True)

    sweep(NOW + timedelta(minutes=5))

    assert [alert.state for alert in alerts()] == ["closed"]
    assert mail.outbox == []
    with viewing_as(director):
        assert Emergency.objects.get().justified
