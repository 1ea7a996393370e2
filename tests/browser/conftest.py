"""The whole system, started as a newcomer would, and a real browser in front of it.

Nothing of Django's test machinery is used here: the launcher starts PostgreSQL, the broker, the web, the
worker and beat as processes in a folder of their own, and the tests see what a person sees.
"""

import base64
import hmac
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHECKOUT = Path(__file__).resolve().parents[2]
SCREENS = CHECKOUT / "test-results" / "screens"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
NOT_THEIRS = ("DATABASE_URL", "REDIS_URL", "IJM_", "DJANGO_", "COV_", "PYTEST")
# Scanned in a window as tall as the page: what lies under a bar that stays is chance of the scroll.
WHOLE = "document.documentElement.scrollHeight"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    """One worker runs all browser tests, so that one system is started for them."""
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("system"))


@dataclass
class System:
    """A running system and the ways to ask it from outside."""

    url: str
    dev: Path
    env: dict
    accounts: dict = field(default_factory=dict)
    codes: set = field(default_factory=set)

    def manage(self, *words):
        """Run a command of manage.py beside the running system; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, statement, *values):
        """What the database itself holds, read as its superuser."""
        services = json.loads((self.dev / "services.json").read_text())
        with psycopg2.connect(services["database_url"], dbname="ijm_cases") as conn, conn.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def account(self, role, office):
        """The demo account that holds this role in this office."""
        return next(
            person for person in self.accounts
            if {"office": office, "role": role} in person["memberships"]
        )  # fmt: skip

    def unused_code(self, person):
        """A code that opens the door now. Each works once, and several desks of one person may come."""
        while True:
            now = int(time.time()) // 30
            for counter in (now, now + 1, now - 1):
                if (person["email"], counter) not in self.codes:
                    self.codes.add((person["email"], counter))
                    return code_at(person["totp_secret"], counter)
            time.sleep(1)

    def mail(self):
        """The texts of all mail sent so far."""
        return [path.read_text() for path in sorted((self.dev / "mail").glob("*.eml"))]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own address
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def already_running(dev):
    env = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THEIRS)}
    address = json.loads((dev / "run.json").read_text())["address"]
    running = System(address, dev, env | {"IJM_DEV_DIR": str(dev)})
    running.accounts = json.loads(running.manage("demo_accounts", "--json"))
    return running


@pytest.fixture(scope="package")
def system(tmp_path_factory):
    """`make run`, in a folder of its own at a free port, with the demonstration loaded."""
    if running := os.environ.get("JOURNEY_DEV"):  # try a test on a system that runs already: much faster
        yield already_running(Path(running))
        return
    dev = CHECKOUT / ".dev" / f"journey-{os.getpid()}"
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THEIRS)}  # fmt: skip
    env |= {"IJM_DEV_DIR": str(dev), "PORT": str(port)}
    log = tmp_path_factory.mktemp("system") / "run.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "devservices", "run"],
            cwd=CHECKOUT,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    running = System(f"http://127.0.0.1:{port}", dev, env)
    try:
        deadline = time.monotonic() + 240
        while not answers(running.url + "/healthz/"):
            assert child.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.5)
        running.accounts = json.loads(running.manage("demo_accounts", "--json"))
        yield running
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(60)
        shutil.copy(log, CHECKOUT / "test-results" / "run.log") if (
            CHECKOUT / "test-results"
        ).is_dir() else None
        subprocess.run(
            [sys.executable, "-m", "devservices", "clean"], cwd=CHECKOUT, env=env, check=False, timeout=60
        )


@pytest.fixture(scope="package")
def chromium():
    """The browser, gone before other tests run: its event loop is one in which Django asks no database."""
    binary = os.environ.get("BROWSER_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    assert binary, "The browser tests need a browser; `make test` says which command to type."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        yield browser
        browser.close()


def code_at(secret, counter):
    """What an app with this secret shows in this half minute since 1970 (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


class Desk:
    """One person in front of one browser window; every complaint of the browser fails the test."""

    def __init__(self, system, page, width):
        self.system, self.page, self.width = system, page, width
        self.complaints = []
        page.on("console", lambda message: self.hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, kind, text):
        # A form sent back with 422 or 409 is an answer, not a fault; the browser reports it all the same.
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(text)

    def go(self, path):
        answer = self.page.goto(self.system.url + path)
        assert answer.status < 400, f"{path} answered {answer.status}"

    def sign_in(self, role, office):
        person = self.system.account(role, office)
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", person["email"])
        self.page.fill("input[name=password]", person["password"])
        self.page.click("main form button.btn-primary")
        self.page.wait_for_url("**/2fa/authenticate/")
        self.page.fill("input[name=code]", self.system.unused_code(person))
        self.page.click("main form button.btn-primary")
        self.page.wait_for_url(self.system.url + "/")

    def look(self, name):
        """Scan the page at every width, keep its pictures, accept no complaint and no sideways scroll."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        for width, size in WIDTHS.items():
            self.page.set_viewport_size(size)
            self.page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
            self.page.set_viewport_size(size | {"height": max(size["height"], self.page.evaluate(WHOLE))})
            found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
            self.page.set_viewport_size(size)
            faults = [
                (rule["id"], [node["html"][:160] for node in rule["nodes"]][:3])
                for rule in found.response["violations"]
            ]
            assert faults == [], f"{name} at {width}"
            wide = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{name} scrolls sideways by {wide} px at {width}"
        self.page.set_viewport_size(WIDTHS[self.width])
        assert self.complaints == []


@pytest.fixture
def desks(system, chromium):
    """Opens desks: `desks("phone")`; each has its own cookies."""
    contexts = []

    def open_desk(width="desktop", *, script=True):
        context = chromium.new_context(viewport=WIDTHS[width], locale="en-GB", java_script_enabled=script)
        context.set_default_timeout(15000)
        contexts.append(context)
        return Desk(system, context.new_page(), width)

    yield open_desk
    for context in contexts:
        context.close()
