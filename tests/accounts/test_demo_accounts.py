"""The demonstration as `make run` loads it, and the sign-ins that it prints."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import demo
from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Assignment, Case
from prosecutions.models import Hearing
from tests.people import code_now


def told(command, *words):
    out = io.StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("command", ["load_demo", "demo_accounts"])
def test_there_is_no_demonstration_where_the_services_are_real(db, settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="embedded"):
        told(command)
    assert not User.objects.filter(email__endswith="@demo.example").exists()


def counted():
    """What a director of every office sees of it."""
    with viewing_as(User.objects.get(email="global@demo.example")):
        return [model.objects.count() for model in (Case, Assignment, Hearing)]


@pytest.mark.slow
def test_loading_it_again_changes_nothing_and_everybody_finds_work(client, db):
    assert told("load_demo").endswith("example cases, and facts made today.\n")
    first = counted()
    told("load_demo")
    assert counted() == first
    assert min(first) > 10
    client.force_login(User.objects.get(email="lawyer.manila@demo.example"))
    assert "DEMO: girls offered" in client.get(reverse("desk:home")).content.decode()


def test_every_sign_in_is_printed_with_what_it_may_do(client, db):
    from casefiles.demo import make_offices

    make_offices()
    demo.make_people()
    people = json.loads(told("demo_accounts", "--json"))
    roles = {held["role"] for person in people for held in person["memberships"]}
    assert roles == set(Role.values)
    for person in (people[0], people[-1]):
        client.post(reverse("account_login"), {"login": person["email"], "password": person["password"]})
        door = client.post(reverse("mfa_authenticate"), {"code": code_now(person["totp_secret"])})
        assert door["Location"] == reverse("desk:home")
        client.logout()
    page = told("demo_accounts")
    assert demo.PASSWORD in page
    assert "regional.asia@demo.example" in page
    assert "and 7 more" in page
    assert code_now(people[0]["totp_secret"]) in told("demo_accounts", "--code", people[0]["email"])
