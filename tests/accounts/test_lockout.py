"""Wrong passwords are counted in the database, and cannot be used to lock a colleague out."""

import time
from statistics import median

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from accounts import backends
from tests.factories import PASSWORD
from tests.people import sign_in

WRONG = "not the password"
STRANGER, HOME = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def known(alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    return alice


@pytest.fixture
def quick(settings, monkeypatch):
    """Hashing that costs nothing, and sleep that is only noted."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher",
                                 "django.contrib.auth.hashers.Argon2PasswordHasher"]  # fmt: skip
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip"}
    slept = []
    monkeypatch.setattr(backends.time, "sleep", slept.append)
    return slept


def fail(client, email, address=STRANGER, password=WRONG):
    return client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address)


def test_a_stranger_who_fails_fifty_times_locks_nobody_else_out(client, known, quick):
    known.set_password(PASSWORD)
    known.save(update_fields=["password"])
    answers = [fail(client, known.email) for _turn in range(50)]
    assert answers[6].status_code == 200
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()
    assert sign_in(Client(), known, REMOTE_ADDR=STRANGER).status_code == 429, "not even with the right one"
    assert sign_in(Client(), known, REMOTE_ADDR=HOME)["Location"] == reverse("desk:home")


def test_many_failures_from_everywhere_slow_down_and_lock_nobody_out(client, known, quick, settings):
    settings.SLOW_AFTER_FAILURES = 5
    for turn in range(5):
        fail(client, known.email, f"203.0.113.{turn}")
    assert quick == []
    fail(client, known.email, "203.0.113.99")
    assert quick == [settings.SLOW_SECONDS]
    assert sign_in(Client(), known, REMOTE_ADDR=HOME)["Location"] == reverse("desk:home")


def test_a_good_sign_in_forgives_ones_own_mistakes(client, known, quick):
    for _turn in range(6):
        fail(client, known.email, HOME)
    sign_in(client, known, REMOTE_ADDR=HOME)
    assert AccessAttempt.objects.filter(ip_address=HOME).count() == 0


def test_the_counters_know_neither_address_nor_password(client, known, quick):
    fail(client, "Secret.Person@example.org", password="hunter2 hunter2 hunter2")
    row = AccessAttempt.objects.get()
    told = f"{row.username} {row.get_data} {row.post_data} {row.path_info}".lower()
    assert "secret.person" not in told
    assert "hunter2" not in told


def test_an_address_that_a_browser_claims_is_not_believed(client, known, quick):
    for turn in range(8):
        client.post(
            reverse("account_login"),
            {"login": known.email, "password": "wrong"},
            REMOTE_ADDR=STRANGER,
            HTTP_X_FORWARDED_FOR=f"192.0.2.{turn}",
        )
    assert fail(client, known.email).status_code == 429


def test_behind_a_proxy_of_ours_the_address_is_the_one_it_names(client, known, quick, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post(
        reverse("account_login"),
        {"login": known.email, "password": "wrong"},
        REMOTE_ADDR="127.0.0.1",
        HTTP_X_FORWARDED_FOR=f"192.0.2.1, {STRANGER}",
    )
    assert AccessAttempt.objects.get().ip_address == STRANGER


def test_one_customer_of_ipv6_is_one_address(client, known, quick):
    fail(client, known.email, "2001:db8:1:2::1")
    fail(client, known.email, "2001:db8:1:2::ffff")
    assert AccessAttempt.objects.get().failures_since_start == 2


def test_limits_hold_when_the_broker_is_gone(client, known, settings, quick):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert sign_in(client, known)["Location"] == reverse("desk:home")


@pytest.mark.parametrize("password", ["", "x" * 1025])
def test_a_password_that_is_too_long_is_not_even_hashed(client, known, monkeypatch, password):
    monkeypatch.setattr(backends, "check_password", lambda *_words: pytest.fail("hashed"))
    assert fail(client, known.email, HOME, password).status_code == 200


def test_an_unknown_address_and_a_wrong_password_get_one_answer(client, known):
    def answer(email):
        page = fail(Client(), email, HOME).content.decode()
        return page.replace(email, "").split("<main")[1].split("csrfmiddlewaretoken")[0]

    assert answer(known.email) == answer("nobody@example.org")


@pytest.mark.slow
def test_an_unknown_address_takes_as_long_as_a_wrong_password(known):
    def taken(email):
        begun = time.perf_counter()
        backends.Backend().authenticate(None, email=email, password=WRONG)
        return time.perf_counter() - begun

    taken(known.email)
    rounds = [(taken(known.email), taken("nobody@example.org")) for _turn in range(5)]
    wrong, unknown = median(r[0] for r in rounds), median(r[1] for r in rounds)
    assert 0.6 < wrong / unknown < 1.7
