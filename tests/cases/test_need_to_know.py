import itertools
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import NoViewer, OutOfReach, system_access, viewing_as
from audit.actions import record
from audit.models import Event
from cases.models import Case, Note
from cases.querysets import people_who_may_see
from documents.models import Document
from prosecutions.models import Accused, Hearing, Perpetrator
from tests.factories import (
    AccusedMake,
    AssignmentMake,
    CaseMake,
    DutyMake,
    HearingMake,
    MembershipMake,
    NoteMake,
    OfficeMake,
    UserMake,
)
from tests.people import on_case, person


def cases_seen_by(user):
    with viewing_as(User.objects.get(pk=user.pk)):
        return set(Case.objects.values_list("pk", flat=True))


def test_reading_with_no_viewer_raises(case):
    with pytest.raises(NoViewer):
        Case.objects.count()


def test_both_readings_of_the_rule_agree(db):
    offices = [OfficeMake(), OfficeMake()]
    cases = [CaseMake(office=office, sensitivity=level) for office in offices for level in (0, 1, 2)]
    people = [
        person(role, office, is_active=active)
        for role, office, active in itertools.product(Role, offices, (True, False))
    ]
    people.append(UserMake())
    DutyMake(office=offices[0], user=people[0])
    DutyMake(office=offices[1], user=person(Role.ADMINISTRATOR))
    for turn, (who, case) in enumerate(itertools.product(people, cases)):
        if turn % 7 == 0:
            AssignmentMake(case=case, user=who, role=Role.CASEWORKER)
        elif turn % 11 == 0:
            AssignmentMake(case=case, user=who, role=Role.LAWYER, ended_at=timezone.now())
        elif turn % 13 == 0:
            AssignmentMake(case=case, user=who, role=Role.LAWYER, until=timezone.now() - timedelta(hours=1))
    seeing = {case.pk: set(people_who_may_see(case).values_list("pk", flat=True)) for case in cases}
    assert sum(map(len, seeing.values())) > len(cases)
    for who in User.objects.filter(principal=""):
        assert cases_seen_by(who) == {pk for pk, allowed in seeing.items() if who.pk in allowed}, who.name


def test_an_assigned_caseworker_sees_a_sealed_case_and_the_director_does_not(office):
    sealed = CaseMake(office=office, sensitivity=2)
    named = on_case(person(Role.CASEWORKER, office), sealed, Role.CASEWORKER)
    assert cases_seen_by(named) == {sealed.pk}
    assert cases_seen_by(person(Role.OFFICE_DIRECTOR, office)) == set()


def test_the_duty_officer_of_this_week_sees_the_open_cases_of_the_office(case, charlie):
    assert cases_seen_by(charlie) == set()
    DutyMake(office=case.office, user=charlie)
    assert cases_seen_by(charlie) == {case.pk}


def test_a_person_of_two_offices_sees_both(case, other_office):
    elsewhere = CaseMake(office=other_office)
    director = person(Role.OFFICE_DIRECTOR, case.office)
    MembershipMake(user=director, office=other_office, role=Role.OFFICE_DIRECTOR)
    assert cases_seen_by(director) == {case.pk, elsewhere.pk}


def test_rows_of_a_case_and_relations_obey_the_scope(case, alice, charlie):
    NoteMake(case=case)
    HearingMake(case=case)
    accused = AccusedMake(case=case)
    for looking, rows in ((alice, 1), (charlie, 0)):
        with viewing_as(looking):
            assert Note.objects.count() == rows
            assert Hearing.objects.count() == rows
            assert case.hearings.count() == rows
            assert Perpetrator.objects.filter(pk=accused.perpetrator_id).count() == rows


def test_a_perpetrator_known_in_two_offices_is_seen_with_the_own_case_only(case, alice, other_office):
    here = AccusedMake(case=case)
    AccusedMake(case=CaseMake(office=other_office), perpetrator=here.perpetrator)
    with viewing_as(alice):
        assert list(Perpetrator.objects.all()) == [here.perpetrator]
        assert list(Accused.objects.filter(perpetrator=here.perpetrator)) == [here]


def test_a_principal_reads_the_tables_of_its_job_sealed_ones_included_and_no_others(office):
    CaseMake(office=office, sensitivity=2)
    with system_access("reminders", "a test looks"):
        assert Case.objects.count() == 1
        with pytest.raises(OutOfReach):
            Document.objects.count()


def test_a_principal_needs_a_reason(db):
    with pytest.raises(ValueError, match="say why"), system_access("reminders", ""):
        pass


def test_the_scope_of_a_case_is_copied_to_its_rows_and_kept_equal(case, alice, other_office):
    note = NoteMake(case=case)
    with viewing_as(alice), pytest.raises(DatabaseError, match="stays with its office"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(office=other_office)
    with system_access("loader", "a test moves a case"):
        Case.objects.filter(pk=case.pk).update(sensitivity=2, office=other_office)
    with viewing_as(alice):
        note = Note.objects.get(pk=note.pk)
        assert (note.office_id, note.sensitivity) == (other_office.pk, 2)
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(sensitivity=0)


@pytest.mark.parametrize("table", ["cases_case", "cases_note", "prosecutions_hearing", "audit_event"])
def test_the_application_may_not_delete_case_data(case, table):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def test_the_application_may_not_change_the_audit(case, alice):
    event = record("case.open", by=alice, subject=case, case_id=case.pk)
    with pytest.raises(DatabaseError, match="permission denied"):
        Event.objects.filter(pk=event.pk).update(verb="nothing")
