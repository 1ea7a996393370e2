"""An invitation works once, for a time, and can be taken back."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import Refused, accept_invitation, renew_person
from accounts.models import Invitation, User
from tests.factories import PASSWORD
from tests.people import just_confirmed

NENA = {"name": "Nena", "email": "nena@example.org", "language": "en"}
TYPED = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def admin(administrator):
    client = Client()
    just_confirmed(client, administrator)
    return client


@pytest.fixture
def link(admin, office, django_capture_on_commit_callbacks):
    """The link that a new colleague got."""
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            reverse("accounts:person-invite"),
            {**NENA, "role": "lawyer", "office": office.pk},
        )
    return mailed()


def mailed():
    return re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def accept(client, link, typed=TYPED):
    page = client.get(link)
    return client.post(page["Location"], typed) if page.status_code == 302 else page


def test_it_opens_the_choice_of_a_password_and_then_of_a_factor(client, link):
    page = client.get(link)
    assert "?t=" not in page["Location"], "the token leaves the address at once"
    assert client.get(page["Location"]).status_code == 200
    assert accept(client, link)["Location"] == reverse("accounts:factor-choose")
    assert client.get("/")["Location"] == reverse("accounts:factor-choose")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, "just shown: not asked again"


def test_it_works_once(client, link):
    accept(client, link)
    again = accept(Client(), link)
    again = Client().get(link, follow=True) if again.status_code == 302 else again
    assert again.status_code == 410
    assert "no longer works" in again.content.decode()


def test_it_runs_out(client, link, settings):
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.sent_at == timedelta(hours=settings.INVITATION_HOURS)
    Invitation.objects.update(expires_at=timezone.now())
    assert accept(client, link).status_code == 410
    with pytest.raises(Refused):
        accept_invitation(invitation.pk, password=PASSWORD, now=timezone.now())


def test_it_is_listed_and_taken_back(client, admin, link):
    invitation = Invitation.objects.get()
    page = admin.get(reverse("accounts:invitation-list")).content.decode()
    assert "Nena" in page
    for _twice in range(2):
        admin.post(reverse("accounts:invitation-revoke", args=[invitation.pk]))
    assert accept(client, link).status_code == 410
    assert "Nena" not in admin.get(reverse("accounts:invitation-list")).content.decode()
    person = admin.get(reverse("accounts:person-detail", args=[invitation.user_id])).content.decode()
    assert "Taken back" in person


def test_a_newer_one_takes_the_place_of_the_older(client, admin, link, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("accounts:invitation-send", args=[Invitation.objects.get().user_id]))
    assert accept(client, link).status_code == 410
    assert accept(client, mailed())["Location"] == reverse("accounts:factor-choose")


def test_the_token_itself_is_kept_nowhere(link):
    assert link.split("t=")[1] not in str(Invitation.objects.values())


@pytest.mark.parametrize("typed", [("short", "short"), (PASSWORD, PASSWORD + "!"), ("x" * 1025, "x" * 1025)])
def test_a_password_that_will_not_do_is_refused_in_words(client, link, typed):
    answer = accept(client, link, dict(zip(("password1", "password2"), typed, strict=True)))
    assert answer.status_code == 422
    assert not User.objects.get(email="nena@example.org").has_usable_password()


def test_a_guessed_link_tells_nothing(client, link):
    page = reverse("accounts:invitation-accept", args=[Invitation.objects.get().pk])
    assert client.get(page).status_code == 410
    assert client.get(f"{page}?t=guess", follow=True).status_code == 410


def test_nobody_gets_round_an_invitation_that_ran_out(client, link, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("account_reset_password"), {"email": "nena@example.org"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_starting_anew_shuts_every_old_way_in(client, admin, alice, django_capture_on_commit_callbacks):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    client.force_login(alice)
    assert "lost phone" in admin.get(reverse("accounts:person-renew", args=[alice.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("accounts:person-renew", args=[alice.pk]))
    alice.refresh_from_db()
    assert not alice.has_usable_password()
    assert not Authenticator.objects.filter(user=alice).exists()
    assert client.get("/")["Location"].startswith(reverse("account_login"))
    assert accept(Client(), mailed())["Location"] == reverse("accounts:factor-choose")


def test_nobody_starts_herself_anew(admin, administrator, looking):
    with looking(administrator), pytest.raises(Refused):
        renew_person(administrator.pk, by=administrator, now=timezone.now())
    answer = admin.post(reverse("accounts:person-renew", args=[administrator.pk]), follow=True)
    assert "Another administrator" in answer.content.decode()


def test_starting_anew_asks_whether_it_is_still_the_administrator(client, administrator, alice):
    client.force_login(administrator)
    answer = client.get(reverse("accounts:person-renew", args=[alice.pk]))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_leaving_quickly_ends_nothing_and_shows_nothing(client, alice, settings):
    client.force_login(alice)
    away = client.get(reverse("accounts:leave"))
    assert away.status_code == 200
    assert "IJM" not in away.content.decode()
    assert "Alice" not in away.content.decode()
    assert away["Clear-Site-Data"] == '"cache"'
    assert client.get("/").status_code == 200
    settings.QUICK_EXIT_URL = "https://weather.example/"
    assert client.get(reverse("accounts:leave"))["Location"] == "https://weather.example/"
