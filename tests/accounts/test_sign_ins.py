"""Where somebody is signed in: the list, its ends, and what ends it."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import SignIn
from accounts.session_store import SEEN, SINCE, SessionStore
from accounts.sign_in import device_of
from audit.models import Event
from tests.factories import PASSWORD
from tests.people import just_confirmed, sign_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def known(alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    return alice


def signed_in(client):
    return client.get("/people/preferences/").status_code == 200


def aged(client, **seconds):
    """Make the session of this client older."""
    session = client.session
    for name, ago in seconds.items():
        session[name] = time.time() - ago
    session.save()


def test_each_browser_is_listed_with_what_tells_it_from_others(client, known):
    other = Client()
    sign_in(other, known, HTTP_USER_AGENT=PHONE)
    sign_in(client, known, steps=1, HTTP_USER_AGENT=FIREFOX)
    page = client.get(reverse("accounts:sign-in-list")).content.decode()
    assert "Firefox, Windows" in page
    assert "Chrome, Android" in page
    assert page.count("This one") == 1
    assert client.session.session_key not in page
    assert other.session.session_key not in page


def test_a_browser_that_says_nothing_is_unknown():
    assert device_of("") == ""
    assert device_of("curl/8") == ""


def test_one_other_is_ended_and_this_one_is_not(client, known):
    other, third = Client(), Client()
    for each in (client, other, third):
        each.force_login(known)
    there = SignIn.objects.get(session_key=other.session.session_key)
    here = SignIn.objects.get(session_key=client.session.session_key)
    client.post(reverse("accounts:sign-in-end", args=[there.handle]))
    client.post(reverse("accounts:sign-in-end", args=[here.handle]))
    assert [signed_in(each) for each in (client, other, third)] == [True, False, True]
    client.post(reverse("accounts:sign-in-end-others"))
    assert [signed_in(each) for each in (client, third)] == [True, False]
    assert Event.objects.filter(verb="signin.end").count() == 2


def test_nobody_ends_the_sign_in_of_somebody_else(client, known, lawyer):
    other = Client()
    other.force_login(lawyer)
    client.force_login(known)
    client.post(reverse("accounts:sign-in-end", args=[SignIn.objects.get(user=lawyer).handle]))
    assert signed_in(other)


def test_a_running_request_does_not_bring_an_ended_session_back(client, known):
    client.force_login(known)
    running = SessionStore(client.session.session_key)
    running["anything"] = 1
    SignIn.objects.filter(user=known).delete()
    with pytest.raises(UpdateError):
        running.save()
    assert not SignIn.objects.filter(user=known).exists()


@pytest.mark.parametrize(
    ("ages", "lives"),
    [
        ({SEEN: 14 * 60, SINCE: 14 * 60}, True),
        ({SEEN: 16 * 60, SINCE: 16 * 60}, False),
        ({SEEN: 5, SINCE: 9.9 * 3600}, True),
        ({SEEN: 5, SINCE: 10.1 * 3600}, False),
    ],
)
def test_a_session_ends_when_nobody_is_there_and_after_a_working_day(client, known, settings, ages, lives):
    settings.SESSION_IDLE_SECONDS = 15 * 60
    client.force_login(known)
    aged(client, **ages)
    assert signed_in(client) is lives


def test_a_screen_that_asks_by_itself_does_not_count_as_somebody_there(client, known, settings):
    client.force_login(known)
    aged(client, **{SEEN: 120})
    before = client.session[SEEN]
    client.get(reverse("notifications:inbox-count"))
    assert reverse("notifications:inbox-count") in settings.POLLED_PATHS
    assert client.session[SEEN] == before
    client.get("/people/preferences/")
    assert client.session[SEEN] > before


def test_signing_in_takes_a_new_key_and_clears_away_what_ran_out(client, known):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    SignIn.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(hours=1))
    sign_in(client, known)
    assert client.session.session_key != planted
    assert not SignIn.objects.filter(session_key__in=[planted, "old"]).exists()


@pytest.mark.parametrize("what", ["closed", "role", "password"])
def test_what_takes_rights_away_ends_every_sign_in(client, known, administrator, what):
    client.force_login(known)
    if what == "password":
        elsewhere = Client()
        just_confirmed(elsewhere, known)
        new = "another long enough sentence"
        elsewhere.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )
        assert signed_in(elsewhere)
    else:
        admin = Client()
        admin.force_login(administrator)
        if what == "closed":
            admin.post(reverse("accounts:person-end", args=[known.pk]))
        else:
            admin.post(reverse("accounts:membership-end", args=[known.memberships.get().pk]))
    assert not SignIn.objects.filter(session_key=client.session.session_key).exists()
    assert not signed_in(client)


def test_an_administrator_signs_somebody_out_everywhere(client, known, administrator):
    known_browser = Client()
    known_browser.force_login(known)
    client.force_login(administrator)
    page = client.get(reverse("accounts:person-detail", args=[known.pk])).content.decode()
    assert reverse("accounts:person-sign-out", args=[known.pk]) in page
    client.post(reverse("accounts:person-sign-out", args=[known.pk]))
    assert not signed_in(known_browser)
    assert signed_in(client)


def test_nothing_is_recorded_where_nothing_ended(known, looking):
    with looking(known):
        assert actions.end_sign_ins(known.pk, by=known, now=timezone.now()) == 0
    assert not Event.objects.filter(verb="signin.end").exists()
