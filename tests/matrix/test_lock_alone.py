"""Each lock by itself: every condition of the rule, one at a time, with the other lock out of the way.

Asked together, one lock may have lost a condition unseen, because the other still holds it.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Deputy, Duty, Membership, User
from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from cases.models import Case, Share
from cases.querysets import CaseQuerySet, ShareQuerySet, people_who_may_see
from tests.factories import AssignmentMake, CareMake, CaseMake, DutyMake, OfficeMake, SurvivorMake
from tests.matrix.test_access_machine import seen_by_database
from tests.people import on_case, person

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeMake()


@pytest.fixture
def case(office):
    return CaseMake(office=office, sensitivity=1)


def sees(user, case):
    """By the policies alone, by the rule of the manager past them, and by the rule read backwards."""
    user = User.objects.get(pk=user.pk)
    with viewing_as(user):
        by_database = case.pk in seen_by_database()
    by_rule = CaseQuerySet(Case).visible_to(user).filter(pk=case.pk).exists()
    backwards = people_who_may_see(case).filter(pk=user.pk).exists()
    assert by_database == by_rule == backwards
    return by_database


def verbs_of(user):
    with viewing_as(user), connection.cursor() as cursor:
        cursor.execute("SELECT my_verbs(), my_offices_for('case.open')")
        return cursor.fetchone()


# --- named on the case


@pytest.mark.parametrize(
    ("facts", "seen"),
    [
        ({}, True),
        ({"until": HOUR}, True),
        ({"until": -HOUR}, False),
        ({"ended_at": -HOUR}, False),
    ],
)
def test_a_name_on_the_case_opens_it_while_it_holds(office, case, facts, seen):
    now = timezone.now()
    user = person(Role.LAWYER, office)
    on_case(user, case, "lawyer", **{name: now + away for name, away in facts.items()})
    assert sees(user, case) is seen


def test_the_name_of_somebody_else_opens_nothing(office, case):
    on_case(person(Role.LAWYER, office), case, "lawyer")
    assert not sees(person(Role.LAWYER, office), case)


# --- standing in for somebody


def stands_in(away, deputy, **changes):
    now = timezone.now()
    facts = {"starts_at": now - HOUR, "until": now + HOUR, "person": away, "deputy": deputy}
    Deputy.objects.create(named_by=away, **facts | {name: now + by for name, by in changes.items()})


DEPUTIES = [
    ({}, True),
    ({"starts_at": HOUR / 2}, False),
    ({"starts_at": -2 * HOUR, "until": -HOUR}, False),
    ({"ended_at": -HOUR / 2}, False),
]


@pytest.mark.parametrize(("changes", "seen"), DEPUTIES)
def test_a_deputy_sees_the_cases_of_the_absent_person_while_it_holds(office, case, changes, seen):
    away, deputy = person(Role.LAWYER, office), person(Role.LAWYER, office)
    on_case(away, case, "lawyer")
    stands_in(away, deputy, **changes)
    assert sees(deputy, case) is seen
    assert not sees(person(Role.LAWYER, office), case)


@pytest.mark.parametrize(("changes", "seen"), DEPUTIES)
def test_a_deputy_of_a_lead_sees_her_office_while_it_holds(office, changes, seen):
    there = CaseMake(office=office, sensitivity=0)
    away, deputy = person(Role.LEGAL_LEAD, office), person(Role.LAWYER, OfficeMake())
    stands_in(away, deputy, **changes)
    assert sees(deputy, there) is seen
    assert not sees(person(Role.LAWYER, OfficeMake()), there)


def test_a_deputy_of_whoever_has_left_sees_nothing(office, case):
    there = CaseMake(office=office, sensitivity=0)
    away, deputy = person(Role.LEGAL_LEAD, office), person(Role.LAWYER, OfficeMake())
    on_case(away, case, "legal_lead")
    stands_in(away, deputy)
    assert sees(deputy, case)
    away.is_active = False
    away.save(update_fields=["is_active"])
    assert not sees(deputy, case)
    assert not sees(deputy, there)


def test_a_deputy_of_whoever_leads_no_more_sees_the_office_no_more(office):
    there = CaseMake(office=office, sensitivity=0)
    away, deputy = person(Role.LEGAL_LEAD, office), person(Role.LAWYER, OfficeMake())
    stands_in(away, deputy)
    Membership.objects.filter(user=away).update(ended_at=timezone.now())
    assert not sees(deputy, there)


def test_a_deputy_of_a_caseworker_sees_no_office(office):
    there = CaseMake(office=office, sensitivity=0)
    deputy = person(Role.LAWYER, OfficeMake())
    stands_in(person(Role.CASEWORKER, office), deputy)
    assert not sees(deputy, there)


@pytest.mark.parametrize("facts", [{"ended_at": -HOUR}, {"until": -HOUR}])
def test_a_deputy_sees_no_case_that_the_absent_person_left(office, case, facts):
    away, deputy = person(Role.LAWYER, office), person(Role.LAWYER, office)
    on_case(away, case, "lawyer", **{name: timezone.now() + by for name, by in facts.items()})
    stands_in(away, deputy)
    assert not sees(deputy, case)


def test_a_deputy_sees_neither_sealed_cases_nor_those_of_an_emergency(office, case):
    away, deputy = person(Role.LAWYER, office), person(Role.LAWYER, office)
    sealed = CaseMake(office=office, sensitivity=2)
    on_case(away, sealed, "lawyer")
    now = timezone.now()
    AssignmentMake(
        case=case, user=away, role="lawyer", kind="break_glass", reason="x", until=now + HOUR,
        started_at=now - HOUR,
    )  # fmt: skip
    stands_in(away, deputy)
    assert sees(away, case)
    assert not sees(deputy, case)
    assert not sees(deputy, sealed)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER])
def test_a_deputy_who_works_on_no_case_sees_none(office, case, role):
    away, deputy = person(Role.LAWYER, office), person(role, office)
    on_case(away, case, "lawyer")
    stands_in(away, deputy)
    assert not sees(deputy, case)


def test_a_deputy_whose_own_role_has_ended_sees_none(office, case):
    away, deputy = person(Role.LAWYER, office), person(Role.LAWYER, office)
    on_case(away, case, "lawyer")
    stands_in(away, deputy)
    Membership.objects.filter(user=deputy).update(ended_at=timezone.now())
    assert not sees(deputy, case)


# --- a share


@pytest.mark.parametrize(
    ("facts", "sensitivity", "role", "seen"),
    [
        ({}, 1, Role.PARTNER, True),
        ({"parts": ["hearings"]}, 1, Role.PARTNER, False),
        ({"ended_at": -HOUR}, 1, Role.PARTNER, False),
        ({"until": -HOUR}, 1, Role.PARTNER, False),
        ({}, 2, Role.PARTNER, False),
        ({}, 1, Role.LAWYER, False),
    ],
)
def test_a_share_opens_its_table_to_its_partner_while_it_holds(office, facts, sensitivity, role, seen):
    now, user, case = timezone.now(), person(role, office), CaseMake(office=office, sensitivity=sensitivity)
    whole = {"parts": ["case"], "until": HOUR} | facts
    whole = {name: value if name == "parts" else now + value for name, value in whole.items()}
    Share._base_manager.create(
        case=case, office_id=office.pk, sensitivity=sensitivity, user=user, by=user, purpose="A trial",
        started_at=now - 2 * HOUR, **whole,
    )  # fmt: skip
    assert sees(user, case) is seen
    assert not sees(person(Role.PARTNER, office), case)
    told = ShareQuerySet(Share).visible_to(User.objects.get(pk=user.pk)).exists()
    assert told is (seen or facts == {"parts": ["hearings"]})
    assert not ShareQuerySet(Share).visible_to(person(Role.PARTNER, office)).exists()


def test_a_partner_who_is_one_no_more_sees_no_share(office, case):
    now, user = timezone.now(), person(Role.PARTNER, office)
    Share._base_manager.create(
        case=case, office_id=office.pk, sensitivity=1, user=user, by=user, purpose="A trial",
        started_at=now - HOUR, parts=["case"], until=now + HOUR,
    )  # fmt: skip
    Membership.objects.filter(user=user).update(ended_at=now)
    assert not sees(user, case)


def test_a_lead_sees_what_is_shared_of_a_case_of_her_office(office):
    now, case = timezone.now(), CaseMake(office=office, sensitivity=0)
    partner, lead = person(Role.PARTNER, office), person(Role.LEGAL_LEAD, office)
    Share._base_manager.create(
        case=case, office_id=office.pk, sensitivity=0, user=partner, by=lead, purpose="A trial",
        started_at=now, parts=["case"], until=now + HOUR,
    )  # fmt: skip
    assert ShareQuerySet(Share).visible_to(lead).exists()
    assert not ShareQuerySet(Share).visible_to(person(Role.LAWYER, office)).exists()


# --- whoever opened it


def test_whoever_opened_a_case_names_herself_on_that_one_and_no_other(office, case):
    user = person(Role.LAWYER, office)
    with viewing_as(user):
        own = CaseMake.build(office=office)
        own.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT opened_by_me(%s), opened_by_me(%s)", [own.pk, case.pk])
            assert cursor.fetchone() == (True, False)


def test_whoever_opened_a_case_names_herself_no_more_once_somebody_was_named(office, case):
    user, other = person(Role.LAWYER, office), person(Role.LAWYER, office)
    on_case(other, case, "lawyer")  # on another case, which does not matter
    with viewing_as(user):
        own = CaseMake.build(office=office)
        own.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT opened_by_me(%s)", [own.pk])
            assert cursor.fetchone() == (True,)
    on_case(other, own, "lawyer", ended_at=timezone.now())
    with viewing_as(user), connection.cursor() as cursor:
        cursor.execute("SELECT opened_by_me(%s)", [own.pk])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(("table", "seen"), [("survivors_survivor", 1), ("aftercare_care", 0)])
def test_a_principal_reads_the_tables_of_its_job_alone(office, table, seen):
    case = CaseMake(office=office, sensitivity=0)
    CareMake(case=case, survivor=SurvivorMake(case=case))
    with system_access("retention", "a test looks"), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        assert cursor.fetchone() == (seen,)


# --- reach


@pytest.mark.parametrize("role", [Role.LEGAL_LEAD, Role.GLOBAL_DIRECTOR, Role.REGIONAL_DIRECTOR])
def test_a_role_reaches_as_far_as_it_should_while_it_holds(office, case, role):
    there, elsewhere = CaseMake(office=office, sensitivity=0), CaseMake(sensitivity=0)
    user = person(role) if role in Membership.OFFICELESS else person(role, office)
    assert sees(user, there)
    assert sees(user, elsewhere) is (role == Role.GLOBAL_DIRECTOR)
    assert not sees(user, case)
    Membership.objects.filter(user=user).update(ended_at=timezone.now())
    assert not sees(user, there)


LEADING = (Role.LEGAL_LEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE_DIRECTOR, Role.REGIONAL_DIRECTOR)
SEEING_NONE = (Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reaches_as_far_as_the_threat_model_says(office, case, role):
    own, other = CaseMake(office=office, sensitivity=0), CaseMake(sensitivity=0)
    user = person(role) if role in Membership.OFFICELESS else person(role, office)
    everywhere = role == Role.GLOBAL_DIRECTOR
    assert sees(user, own) is (everywhere or role in LEADING)
    assert sees(user, other) is everywhere
    DutyMake(user=user, office=other.office)
    assert sees(user, other) is (role not in SEEING_NONE)
    assert not sees(user, case)


def test_a_week_of_duty_opens_the_office_to_whoever_has_it_and_to_nobody_after_it(office, case):
    there, user = CaseMake(office=office, sensitivity=0), person(Role.LAWYER, OfficeMake())
    duty = DutyMake(user=user, office=office)
    assert sees(user, there)
    assert not sees(user, case)
    assert not sees(person(Role.LAWYER, OfficeMake()), there)
    earlier = tuple(day - timedelta(days=21) for day in duty.days)
    Duty.objects.filter(pk=duty.pk).update(days=earlier)
    assert not sees(user, there)


def test_a_role_that_has_ended_holds_no_verb(office):
    user = person(Role.LAWYER, office)
    assert "case.open" in verbs_of(user)[0]
    assert verbs_of(user)[1] == [office.pk]
    Membership.objects.filter(user=user).update(ended_at=timezone.now())
    assert verbs_of(user) == ([], [])


def test_a_verb_counts_in_the_offices_of_its_own_role_alone(office):
    user, other = person(Role.LAWYER, office), OfficeMake()
    Membership.objects.create(user=user, office=other, role=Role.PARALEGAL)
    assert verbs_of(user)[1] == [office.pk]
