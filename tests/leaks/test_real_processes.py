"""The same search over what real processes left: logs of the site and of PostgreSQL, and a dump."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from devservices.postgres import free_port
from ijm_cases.backups.database import program
from tests.factories import CaseMake, OfficeMake
from tests.leaks.canaries import SEALED, SENSITIVE, Net, plant
from tests.notifications.conftest import committed  # noqa: F401
from tests.people import just_confirmed, on_case, person

pytestmark = pytest.mark.slow
CSRF = "c" * 32


class Site:
    """The web server as it is deployed, its output in a file."""

    def __init__(self, roles, folder):
        self.log, self.port = folder / "site.log", free_port()
        environment = {
            **os.environ, "IJM_PROCESS": "web", "IJM_EMBEDDED": "1", "IJM_DEV_DIR": str(folder),
            "DATABASE_URL_WEB": roles["web"], "REDIS_URL": settings.REDIS_URL, "LOG_LEVEL": "INFO",
            "CONTEXT_KEY_WEB": settings.CONTEXT_KEYS["web"], "SECRET_KEY": settings.SECRET_KEY,
            "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }  # fmt: skip
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "ijm_cases.wsgi:application", "--access-logfile", "-",
                 "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--no-control-socket"],
                cwd=settings.BASE_DIR, env=environment, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def wait(self):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz/", timeout=20).status
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def ask(self, session, path, data=None):
        """(status, page)"""
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        sent = urlencode({**data, "csrfmiddlewaretoken": CSRF}).encode() if data is not None else None
        request = urllib.request.Request(  # noqa: S310
            f"http://127.0.0.1:{self.port}{path}", sent, {"Cookie": cookies}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)


@pytest.fixture
def site(committed, tmp_path):  # noqa: F811
    site = Site(committed, tmp_path)
    yield site
    site.stop()


def superuser_of(role_url):
    """The superuser's address of the same database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=urlsplit(role_url).path))


def visit(site, session, survivor):
    """Look, open, search and err over HTTP."""
    identity = reverse("survivors:identity-open", args=[survivor.pk])
    search = reverse("survivors:identity-search")
    assert site.ask(session, survivor.get_absolute_url())[0] == 200
    status, shown = site.ask(session, identity, {"show": "names"})
    assert (status, SEALED["latin_name"] in shown) == (200, True)
    status, found = site.ask(session, search, {"q": SEALED["latin_name"]})
    assert (status, survivor.get_absolute_url() in found) == (200, True)
    assert site.ask(session, search, {"q": SEALED["latin_name"] + "\x00"})[0] in (200, 400, 422, 500)
    assert site.ask(session, reverse("survivors:identity-edit", args=[survivor.case_id]))[0] == 404


def refused_by_the_database(role_url):
    """Statements with canaries in them that PostgreSQL refuses, and one that it holds to be slow."""
    web = psycopg2.connect(role_url)
    web.autocommit = True
    with web.cursor() as cursor:
        for statement in (
            "INSERT INTO accounts_office (key, name) VALUES (%s, %s)", "SELECT %s::uuid, %s",
            "SELECT nothing FROM nowhere WHERE a = %s OR b = %s",
        ):  # fmt: skip
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement, [SEALED["latin_name"], SEALED["address"]])
    web.close()


def test_real_processes_leave_nothing_that_names_a_survivor(committed, site):  # noqa: F811
    case = CaseMake(office=OfficeMake(country="PH"))
    worker = on_case(person(Role.SOCIAL_WORKER, case.office), case, Role.SOCIAL_WORKER)
    survivor, _care, _stay = plant(case, worker)
    browser = Client()
    just_confirmed(browser, worker)
    site.wait()
    server_log = Path(os.environ["IJM_DEV_DIR"]) / "log" / "postgres.log"
    before = server_log.stat().st_size if server_log.exists() else 0
    visit(site, browser.cookies[settings.SESSION_COOKIE_NAME].value, survivor)
    refused_by_the_database(committed["web"])
    site.stop()

    net = Net()
    net.keep("site", site.log.read_text())
    assert "/identity/search/" in net.texts["site"], "the site's log was looked at"
    if server_log.exists():
        assert "database system is ready" in server_log.read_text(errors="replace"), "this is its log"
        net.keep("server", server_log.read_bytes()[before:])
    assert net.finds({**SEALED, **SENSITIVE}) == []

    dump = subprocess.run(
        [program("pg_dump"), "--dbname", superuser_of(committed["web"])], capture_output=True, check=True
    )
    net.keep("dump", dump.stdout)
    assert SENSITIVE["pseudonym"] in net.texts["dump"], "the dump holds the case"
    assert net.finds(SEALED, places=("dump",)) == []
