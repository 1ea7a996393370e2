"""Whose events somebody reads, by the database itself."""

import pytest

from audit.actions import record
from audit.models import Event


@pytest.fixture
def events(case, alice, charlie):
    """Of the case by Alice, of no case by Charlie of the other office."""
    record("note.add", by=alice, subject=case, case_id=case.pk)
    record("search.use", by=charlie, subject=charlie)


def read_by(looking, person):
    with looking(person):
        return sorted(event.verb for event in Event.objects.all())


def test_a_caseworker_reads_what_she_did_herself(events, looking, alice, lawyer, charlie):
    assert read_by(looking, alice) == ["note.add"]
    assert read_by(looking, charlie) == ["search.use"]
    assert read_by(looking, lawyer) == []


def test_those_who_may_read_a_trail_read_that_of_the_cases_they_see(events, looking, legal_lead, colleague):
    assert read_by(looking, legal_lead) == ["note.add"]
    assert read_by(looking, colleague) == []


def test_whoever_reviews_access_reads_what_the_people_of_the_office_did(events, looking, director, lawyer):
    record("search.use", by=lawyer, subject=lawyer)
    assert read_by(looking, director) == ["note.add", "search.use"]


def test_auditors_and_system_principals_read_all(events, looking, auditor, as_reminders):
    assert Event.objects.count() == 2


def test_auditors_read_what_everybody_did(events, looking, auditor):
    assert read_by(looking, auditor) == ["note.add", "search.use"]


def test_an_administrator_reads_nothing(events, looking, administrator):
    assert read_by(looking, administrator) == []
