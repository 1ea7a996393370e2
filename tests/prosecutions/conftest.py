import psycopg2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from tests.factories import AccusedMake, BailOrderMake, CaseMake, OfficeMake, ProceedingMake
from tests.people import on_case, person


@pytest.fixture
def queries_for(client):
    """How many queries a page costs the second time it is asked for."""

    def count(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count


@pytest.fixture
def look(db):
    """What a person finds when she looks: look(user, Model, pk=...)."""

    def find(user, model, **facts):
        with viewing_as(user):
            return model.objects.get(**facts)

    return find


@pytest.fixture
def events(db):
    """The events of one verb, oldest first."""

    def of(verb):
        return list(Event.objects.filter(verb=verb).order_by("id"))

    return of


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def committed(django_db_setup, django_db_blocker, database_roles):
    """A lawyer and two applications for bail of one person, really saved; the owner clears up afterwards."""
    with django_db_blocker.unblock():
        office = OfficeMake(key="race")
        case = CaseMake(office=office)
        lawyer = on_case(person(Role.LAWYER, office), case, Role.LAWYER)
        accused, proceeding = AccusedMake(case=case), ProceedingMake(case=case)
        orders = [
            BailOrderMake(case=case, accused=accused, proceeding=proceeding, kind=kind).pk
            for kind in ("pretrial", "pending_appeal")
        ]
        yield lawyer, *orders
        connection.close()
    clear_up(database_roles["owner"], case.pk, accused.perpetrator_id, lawyer.pk, office.pk)


def clear_up(owner_address, case, perpetrator, person_, office):
    """Remove what a test has really saved; only the owner may."""
    steps = [
        ("DELETE FROM prosecutions_reckoning WHERE case_id = %s", case),
        ("DELETE FROM prosecutions_clock WHERE case_id = %s", case),
        ("DELETE FROM prosecutions_bailorder WHERE case_id = %s", case),
        ("DELETE FROM prosecutions_proceeding WHERE case_id = %s", case),
        ("DELETE FROM prosecutions_accused WHERE case_id = %s", case),
        ("DELETE FROM prosecutions_perpetrator WHERE id = %s", perpetrator),
        ("DELETE FROM cases_assignment WHERE case_id = %s", case),
        ("DELETE FROM cases_case WHERE id = %s", case),
        ("DELETE FROM accounts_membership WHERE user_id = %s", person_),
        ("DELETE FROM mfa_authenticator WHERE user_id = %s", person_),
        ("DELETE FROM accounts_user WHERE id = %s", person_),
        ("DELETE FROM accounts_office WHERE id = %s", office),
    ]
    owner = psycopg2.connect(owner_address)
    with owner, owner.cursor() as cursor:
        for sql, key in steps:
            cursor.execute(sql, [str(key)])
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER refuse_emptying")
        cursor.execute("TRUNCATE audit_event")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER refuse_emptying")
    owner.close()
