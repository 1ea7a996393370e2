"""The people that most tests know: Alice the caseworker, Bob the lawyer, Charlie of another office."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from accounts.roles import Role
from tests.factories import (
    PASSWORD,
    TOTP_SECRET,
    AssignmentMake,
    CaseMake,
    MembershipMake,
    OfficeMake,
    UserMake,
)


def person(role, office=None, **fields):
    """Somebody with one role in one office."""
    user = UserMake(**fields)
    MembershipMake(user=user, office=office, role=role)
    return user


@pytest.fixture
def office(db):
    return OfficeMake(key="cebu", name="Cebu", time_zone="Asia/Manila", currency="PHP", country="PH")


@pytest.fixture
def other_office(db):
    return OfficeMake(key="accra", name="Accra", time_zone="Africa/Accra", currency="GHS", country="GH")


@pytest.fixture
def case(office):
    return CaseMake(office=office)


@pytest.fixture
def alice(case):
    """Caseworker of the case."""
    return on_case(person(Role.CASEWORKER, case.office, name="Alice"), case, Role.CASEWORKER)


@pytest.fixture
def lawyer(case):
    """Lawyer of the case."""
    return on_case(person(Role.LAWYER, case.office, name="Bob"), case, Role.LAWYER)


@pytest.fixture
def social_worker(case):
    """Social worker of the case."""
    return on_case(person(Role.SOCIAL_WORKER, case.office, name="Sita"), case, Role.SOCIAL_WORKER)


@pytest.fixture
def director(office):
    """Director of the office, named on no case."""
    return person(Role.OFFICE_DIRECTOR, office, name="Dina")


@pytest.fixture
def legal_lead(office):
    return person(Role.LEGAL_LEAD, office, name="Lena")


@pytest.fixture
def safeguarding_lead(office):
    return person(Role.SAFEGUARDING_LEAD, office, name="Gita")


@pytest.fixture
def charlie(other_office):
    """Caseworker of another office."""
    return person(Role.CASEWORKER, other_office, name="Charlie")


@pytest.fixture
def colleague(office):
    """Lawyer of the same office, named on no case."""
    return person(Role.LAWYER, office, name="Curious")


@pytest.fixture
def administrator(db):
    return person(Role.ADMINISTRATOR, name="Ada")


@pytest.fixture
def auditor(db):
    return person(Role.AUDITOR, name="Aud")


def on_case(user, case, role, **fields):
    """Name somebody on the team of a case."""
    AssignmentMake(case=case, user=user, role=role, **fields)
    return user


def just_confirmed(client, user, ago=0):
    """Sign somebody in who has shown her password so many seconds ago, as views under `@fresh` want it."""
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - ago}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(user)
    session.save()


def code_now(secret=TOTP_SECRET, steps=0):
    """What an app with this secret shows now, or so many steps of half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, user, password=PASSWORD, steps=0, **extra):
    """Through the door as a person goes: password, then code. The answer to the last step."""
    answer = client.post(reverse("account_login"), {"login": user.email, "password": password}, **extra)
    if answer.status_code != 302:
        return answer
    return client.post(reverse("mfa_authenticate"), {"code": code_now(steps=steps)}, **extra)
