"""A sign-in under duress looks like any other, shows an empty desk, and the leads hear of it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import signals_of_duress
from accounts.actions import Refused, set_duress
from accounts.models import Signal, User
from accounts.roles import Role
from accounts.tasks import call_leads
from audit.models import Event
from tests.factories import PASSWORD, HearingMake, NoteMake, SurvivorMake, TaskMake
from tests.people import just_confirmed, person, sign_in

FORCED = "the rain over the harbour"
CANARY = "Zanzibar canary"


@pytest.fixture
def forced(alice, case):
    """Alice with both passwords, and a desk that is full."""
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    User.objects.filter(pk=alice.pk).update(duress="")
    just = Client()
    just_confirmed(just, alice)
    just.post(reverse("accounts:duress-set"), {"password1": FORCED, "password2": FORCED})
    SurvivorMake(case=case, pseudonym=CANARY)
    HearingMake(case=case)
    NoteMake(case=case, text=CANARY)
    TaskMake(case=case, title=CANARY, assigned_to=alice)
    just.logout()
    return alice


def pages_of(client):
    """The addresses of the menu of this person, as she finds them."""
    home = client.get("/").content.decode()
    return sorted(set(re.findall(r'href="(/[a-z/-]*)"', home)))


def test_the_sign_in_looks_like_any_other(client, forced):
    ordinary = sign_in(Client(), forced)
    under = sign_in(client, forced, FORCED, steps=1)
    assert (under.status_code, under["Location"]) == (ordinary.status_code, ordinary["Location"])


def test_the_desk_is_empty_and_every_page_answers(client, forced, case):
    open_desk = Client()
    sign_in(open_desk, forced)
    assert CANARY in open_desk.get("/cases/task/").content.decode()
    sign_in(client, forced, FORCED, steps=1)
    paths = [path for path in pages_of(client) if not path.startswith(("/static", "/accounts/logout"))]
    assert {"/cases/", "/cases/task/", "/survivors/survivor/", "/notifications/inbox/"} <= set(paths)
    for path in paths:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert CANARY not in page, path
        assert case.number not in page, path
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 404
    found = client.post(reverse("desk:search"), {"q": CANARY})
    assert found.status_code == 200
    assert CANARY not in found.content.decode().replace(f'value="{CANARY}"', "")


@pytest.mark.parametrize(
    "role", [Role.OFFICE_DIRECTOR, Role.SAFEGUARDING_LEAD, Role.REGIONAL_DIRECTOR, Role.AUDITOR, Role.PARTNER]
)
def test_the_desk_of_every_other_role_is_empty_too(client, case, role):
    SurvivorMake(case=case, pseudonym=CANARY)
    TaskMake(case=case, title=CANARY)
    lead = person(role, case.office)
    User.objects.filter(pk=lead.pk).update(duress=make_password(FORCED))
    sign_in(client, lead, FORCED)
    for path in pages_of(client):
        if path.startswith(("/static", "/accounts/logout")):
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code in (200, 403), path
        assert CANARY not in answer.content.decode(), path
        assert case.number not in answer.content.decode(), path


def test_the_account_page_tells_nothing(client, forced, lawyer):
    def page(user):
        each = Client()
        just_confirmed(each, user)
        text = each.get(reverse("accounts:duress-set")).content.decode()
        return text.split("<main")[1].split("</main>")[0].split('name="idempotency_key"')[0]

    assert page(forced).split("csrf")[0] == page(lawyer).split("csrf")[0]
    sign_in(client, forced, FORCED)
    assert client.get(reverse("accounts:duress-set")).status_code == 200


def test_the_leads_hear_of_it_until_one_has_reached_her(
    client, forced, safeguarding_lead, director, charlie, django_capture_on_commit_callbacks
):
    sign_in(client, forced, FORCED)
    assert Event.objects.filter(verb="person.duress", actor_id=forced.pk).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        call_leads()
        call_leads()
    assert sorted(m.to[0] for m in mail.outbox) == sorted([safeguarding_lead.email, director.email])
    assert "Alice" not in mail.outbox[0].body + mail.outbox[0].subject
    lead = Client()
    lead.force_login(safeguarding_lead)
    home = lead.get("/").content.decode()
    assert "A colleague may need help now." in home
    assert "Alice" not in home
    page = lead.get(reverse("accounts:signal-list")).content.decode()
    assert "Alice" in page
    signal = Signal.objects.get()
    Signal.objects.update(called_at=timezone.now() - signals_of_duress.AGAIN_AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        call_leads()
    assert len(mail.outbox) == 4
    lead.post(reverse("accounts:signal-answer", args=[signal.pk]))
    lead.post(reverse("accounts:signal-answer", args=[signal.pk]))
    Signal.objects.update(called_at=timezone.now() - signals_of_duress.AGAIN_AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        call_leads()
    assert len(mail.outbox) == 4
    assert "reached by" in lead.get(reverse("accounts:signal-list")).content.decode()
    assert "may need help" not in lead.get("/").content.decode()
    assert Event.objects.filter(verb="signal.answer").count() == 1


def test_a_lead_of_elsewhere_sees_no_signal(client, forced, other_office, safeguarding_lead):
    sign_in(Client(), forced, FORCED)
    call_leads()
    elsewhere = person(Role.SAFEGUARDING_LEAD, other_office)
    client.force_login(elsewhere)
    assert "Alice" not in client.get(reverse("accounts:signal-list")).content.decode()
    answer = client.post(reverse("accounts:signal-answer", args=[Signal.objects.get().pk]))
    assert answer.status_code == 404
    client.force_login(forced)
    assert client.get(reverse("accounts:signal-list")).status_code == 403


def test_an_ordinary_sign_in_gives_no_signal(client, forced):
    sign_in(client, forced)
    assert not Signal.objects.exists()
    assert client.get("/cases/task/").status_code == 200


def test_showing_the_second_password_when_asked_again_empties_an_open_desk(client, forced, case):
    just_confirmed(client, forced, ago=900)
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": FORCED, "next": "/"})
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 404
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 404


def test_nobody_makes_a_key_of_her_doors_under_duress(client, forced):
    """A passkey added by whoever forces her would open the whole desk the next day."""
    sign_in(client, forced, FORCED)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert client.post(reverse(name), {"code": "1"})["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_view_recovery_codes"))["Location"] == reverse("mfa_index")
    new = {"oldpassword": FORCED, "password1": "some other sentence", "password2": "some other sentence"}
    assert client.post(reverse("account_change_password"), new)["Location"] == "/people/preferences/"
    client.post(reverse("accounts:duress-set"), {"password1": "", "password2": ""})
    forced.refresh_from_db()
    assert forced.check_password(PASSWORD)
    assert forced.duress
    assert Authenticator.objects.filter(user=forced).count() == 1
    assert client.get("/nowhere/").status_code == 404


def test_an_administrator_under_duress_manages_nobody(client, administrator):
    User.objects.filter(pk=administrator.pk).update(duress="")
    just_confirmed(client, administrator)
    client.post(reverse("accounts:duress-set"), {"password1": FORCED, "password2": FORCED})
    client.logout()
    sign_in(client, administrator, FORCED)
    assert client.get(reverse("accounts:person-list")).status_code == 403
    assert client.get("/").status_code == 200


def test_the_two_passwords_are_two(alice, looking):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    with looking(alice), pytest.raises(Refused):
        set_duress(alice.pk, by=alice, password=PASSWORD, now=timezone.now())


def test_empty_fields_take_it_away(client, forced):
    just_confirmed(client, forced)
    client.post(reverse("accounts:duress-set"), {"password1": "", "password2": ""})
    forced.refresh_from_db()
    assert forced.duress == ""
    assert sign_in(Client(), forced, FORCED).status_code == 200
