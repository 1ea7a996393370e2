"""What somebody does about her own account: signing in and out, and the password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD
from tests.people import sign_in

NEW = "another long enough sentence"


@pytest.fixture
def signed_in(client, alice):
    """Alice, signed in by her password and a code."""
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    assert sign_in(client, alice)["Location"] == reverse("desk:home")
    return alice


def headline(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("account_login", "Sign in"),
        ("account_inactive", "This account has no access"),
        ("account_signup", "Accounts are made by invitation"),
        ("account_reset_password", "Set a new password"),
        ("account_reset_password_done", "Look at your mail"),
        ("account_reset_password_from_key_done", "Your new password is saved"),
    ],
)
def test_every_door_says_where_one_stands(client, db, page, words):
    assert headline(client.get(reverse(page))) == words


def test_the_door_offers_a_passkey_and_to_remember_nobody(client, db):
    page = client.get(reverse("account_login")).content.decode()
    assert 'id="passkey_login"' in page
    assert 'name="remember"' not in page


def test_signing_out_is_asked_for_and_done(client, signed_in):
    assert headline(client.get(reverse("account_logout"))) == "Sign out?"
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_the_password_is_changed_by_whoever_knows_the_present_one(client, signed_in):
    page = reverse("account_change_password")
    assert headline(client.get(page)) == "Change your password"
    client.post(page, {"oldpassword": "a wrong long sentence", "password1": NEW, "password2": NEW})
    signed_in.refresh_from_db()
    assert signed_in.check_password(PASSWORD)
    client.post(page, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    signed_in.refresh_from_db()
    assert signed_in.check_password(NEW)


def test_being_asked_again_takes_the_password(client, signed_in):
    page = f"{reverse('account_reauthenticate')}?next=/cases/"
    assert headline(client.get(page)) == "Is it still you?"
    assert client.post(page, {"password": "a wrong long sentence"}).status_code == 200
    assert client.post(page, {"password": PASSWORD})["Location"] == "/cases/"


def mailed_link():
    return re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, alice):
    client.post(reverse("account_reset_password"), {"email": alice.email})
    page = client.get(mailed_link(), follow=True)
    assert headline(page) == "Set a new password"
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    client.logout()
    assert headline(client.get(mailed_link(), follow=True)) == "This link no longer works"


def test_nobody_gives_herself_another_address(client, signed_in):
    """Whoever got hold of an open session could otherwise have the next password mailed to himself."""
    page = reverse("account_email")
    client.post(page, {"email": "elsewhere@example.org", "action_add": ""})
    assert not EmailAddress.objects.filter(email="elsewhere@example.org").exists()
    assert client.get(page)["Location"] == reverse("accounts:preferences")
