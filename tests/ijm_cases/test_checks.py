"""A deployment with a weak secret, an open door or an old server does not start."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.test import Client

from ijm_cases import checks
from tests.house.walk import ROOT

SECRET = "q8Zr2LxV0nTf7Yb4Km1Wd6Hs9Pc3Jg5Aa-Ee_Uu.Ii~Oo+QqXxZz"
GOOD = {
    "SERVED": True,
    "EMBEDDED": False,
    "DEMO": False,
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": ["cases.example.org", "localhost"],
    "HTTPS": True,
    "SITE_URL": "https://cases.example.org",
    "EMAIL_HOST_PASSWORD": "word",
    "EMAIL_USE_TLS": True,
    "REDIS_URL": "redis://:word@redis:6379/0",
    "BACKUP_PUBLIC_KEY": "",
    "PROCESS": "web",
    "CONTEXT_KEY": "ab" * 32,
    "SMS_GATEWAY": "",
}
PLACE = {"URL": "https://gateway.example.org", "SECRET": ""}


@pytest.fixture
def deployment(settings):
    def arrange(**changes):
        for name, value in (GOOD | changes).items():
            setattr(settings, name, value)
        return [error.id for error in checks.deployment_is_safe(None)]

    return arrange


def test_a_good_deployment_starts(deployment):
    assert deployment() == []
    checks.refuse_to_serve()


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"SECRET_KEY": "short"}, "E001"),
        ({"SECRET_KEY": "ab" * 40}, "E001"),
        ({"ALLOWED_HOSTS": ["*"]}, "E002"),
        ({"ALLOWED_HOSTS": [".example.org"]}, "E002"),
        ({"ALLOWED_HOSTS": [""]}, "E002"),
        ({"HTTPS": False}, "E003"),
        ({"SITE_URL": "http://cases.example.org"}, "E004"),
        ({"DEMO": True}, "E005"),
        ({"EMAIL_USE_TLS": False}, "E006"),
        ({"REDIS_URL": "redis://redis:6379/0"}, "E007"),
        ({"BACKUP_PUBLIC_KEY": "AGE-SECRET-KEY-1ABC"}, "E008"),
        ({"CONTEXT_KEY": ""}, "E009"),
        ({"SMS_GATEWAY": "local"}, "E012"),
        ({"TWILIO": {"URL": "http://gateway.example.org"}}, "E012"),
        ({"TELEGRAM": {**PLACE, "SECRET": "guess"}}, "E013"),
        ({"AFRICASTALKING": {**PLACE, "SECRET": "guess"}}, "E013"),
    ],
)
def test_a_bad_one_does_not(deployment, change, number):
    assert deployment(**change) == [f"ijm_cases.{number}"]
    with pytest.raises(ImproperlyConfigured):
        checks.refuse_to_serve()


def test_no_deployment_dies_on_purpose(deployment, monkeypatch):
    monkeypatch.setenv("IJM_FAILPOINTS", "after_call")
    assert deployment() == ["ijm_cases.E011"]


def test_a_developer_s_machine_is_let_alone(deployment):
    assert deployment(EMBEDDED=True, SECRET_KEY="short", DEMO=True) == []


@pytest.mark.parametrize("version", [150014, 150018, 160010, 170006, 180000, 180003, 190000])
def test_a_server_without_known_holes_will_do(version):
    assert checks.new_enough(version)


@pytest.mark.parametrize("version", [90624, 140020, 150013, 160009, 170005])
def test_an_older_server_will_not(version, monkeypatch, db):

    assert not checks.new_enough(version)
    monkeypatch.setattr(connections["default"], "pg_version", version, raising=False)
    (error,) = checks.server_is_new_enough(None, databases=["default"])
    assert error.id == "ijm_cases.E010"


def test_the_server_of_the_tests_is_new_enough(db):
    assert checks.server_is_new_enough(None, databases=["default"]) == []


def start(**environment):
    """Read the settings in a process of its own, as a server would."""
    bare = {"PATH": os.environ["PATH"], "IJM_PROCESS": "web"}
    return subprocess.run(
        [sys.executable, "-c", "import ijm_cases.wsgi"],
        cwd=ROOT,
        env=bare | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


ADDRESS = {"DATABASE_URL_WEB": "postgresql://nobody@127.0.0.1:1/none"}
KEYS = {
    "SEALING_KEYS": '{"current": 1, "masters": {"1": "' + "A" * 43 + '="}, "index": "' + "A" * 43 + '="}',
    "CONTEXT_KEY_WEB": "ab" * 32,
}
WHOLE = ADDRESS | KEYS | {
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "cases.example.org",
    "SITE_URL": "https://cases.example.org",
    "REDIS_URL": "redis://:word@redis:6379/0",
}  # fmt: skip


def test_a_site_that_has_all_it_needs_starts():
    done = start(**WHOLE)
    assert done.returncode == 0, done.stderr


def test_a_site_without_its_secret_does_not_start():
    done = start(**{name: value for name, value in WHOLE.items() if name != "SECRET_KEY"})
    assert done.returncode
    assert "SECRET_KEY is not set" in done.stderr


def test_a_site_with_a_weak_secret_does_not_start():
    done = start(**WHOLE | {"SECRET_KEY": "good-enough"})
    assert done.returncode
    assert "SECRET_KEY is too short" in done.stderr


def test_secrets_and_addresses_may_lie_in_files(tmp_path):
    for name in ("SECRET_KEY", "DATABASE_URL_WEB", "REDIS_URL", "CONTEXT_KEY_WEB"):
        (tmp_path / name).write_text(WHOLE[name] + "\n")
    given = {k: v for k, v in WHOLE.items() if not (tmp_path / k).exists()}
    done = start(**given, **{f"{path.name}_FILE": str(path) for path in tmp_path.iterdir()})
    assert done.returncode == 0, done.stderr


def test_no_secret_has_a_value_that_is_known():
    """Where none is given, each start makes its own."""
    ask = "import ijm_cases.settings as s; print(s.SECRET_KEY)"
    bare = {"PATH": os.environ["PATH"]}
    told = {
        subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=bare, capture_output=True, text=True).stdout
        for _start in range(2)
    }
    assert len(told) == 2
    assert "" not in told


def test_over_https_a_cookie_belongs_to_this_host_alone():
    """A browser takes a `__Host-` cookie only if it is Secure, for the whole site, and of no wider domain."""
    names = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME SESSION_COOKIE_SECURE"
    names += " CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"
    ask = f"import ijm_cases.settings as s; print(*(getattr(s, name) for name in {names.split()!r}))"
    bare = {"PATH": os.environ["PATH"], "IJM_PROCESS": "web"}
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=bare | WHOLE, capture_output=True, text=True, timeout=60
    )
    cookies = ["__Host-session", "__Host-csrf", "__Host-language"]
    assert done.stdout.split() == [*cookies, "True", "True", "True", "True", "31536000"], done.stderr


def test_over_https_the_browser_is_told_to_stay_there(settings, db):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    settings.SECURE_HSTS_PRELOAD, settings.SECURE_SSL_REDIRECT = True, True
    secure = Client().get("/accounts/login/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    plain = Client().get("/accounts/login/")
    assert (plain.status_code, plain["Location"][:8]) == (301, "https://")


def test_no_cookie_is_readable_by_scripts_or_sent_along_by_other_sites(client, db, settings):
    client.get("/accounts/login/")
    assert settings.CSRF_COOKIE_NAME in client.cookies
    for name, cookie in client.cookies.items():
        assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True), name
    for cookie in ("SESSION", "LANGUAGE"):
        kept = getattr(settings, f"{cookie}_COOKIE_SAMESITE"), getattr(settings, f"{cookie}_COOKIE_HTTPONLY")
        assert kept == ("Lax", True), cookie
