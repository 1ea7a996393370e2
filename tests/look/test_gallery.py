"""Every shared piece in a real browser: nothing for axe, the policy or a narrow screen to complain about."""

import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from devservices.assets import build
from tests.look.sample import Outcome, everything
from tests.look.sources import ROOT

BROWSER = os.environ.get("BROWSER_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
PERSON = SimpleNamespace(
    is_authenticated=True,
    enrolled=True,
    verbs={"desk.use"},
    get_full_name="Joana Reyes",
    get_username="joana",
)
STATIC = ("app.js", "line.js", "favicon.svg", "site.webmanifest", "django_htmx/htmx-2.min.js")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture
def site(tmp_path, settings):
    """Finished pages and their files, in one folder."""
    settings.STORAGES = settings.STORAGES | PLAIN
    static = tmp_path / "static"
    build(ROOT, static)
    for name in STATIC:
        (static / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(finders.find(name), static / name)
    write_pages(tmp_path)
    return tmp_path


def write_pages(folder):
    asked = RequestFactory().get("/cases/", {"office": "CEB"})
    asked.user = PERSON
    shared = {
        "user": PERSON,
        **everything(),
        "both": [("Court", "RTC 23", "RTC 23"), ("Note", "Ours", "Theirs")],
    }
    forms = {"form": Outcome(), "versions": Outcome(), "wrong": Outcome({})}
    for path in [
        *sorted((ROOT / "tests/look/gallery").glob("*.html")),
        ROOT / "tests/look/gallery/wrong.html",
    ]:
        name = "form.html" if path.stem == "wrong" else path.name
        template = engines["django"].from_string((path.parent / name).read_text("utf-8"))
        context = shared | ({"form": forms[path.stem]} if path.stem in forms else {})
        (folder / f"{path.stem}.html").write_text(template.render(context, asked), "utf-8")
    stranger = RequestFactory().get("/")
    stranger.user = AnonymousUser()
    for name, context in (("account/login.html", {"form": Outcome()}), ("404.html", {}), ("500.html", {})):
        page = render_to_string(name, context, stranger)
        (folder / f"out-{name.replace('/', '-')}").write_text(page, "utf-8")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(not BROWSER, reason="no browser; `make test` installs one")
def test_nobody_can_complain_about_the_shared_pieces(site):
    command = [sys.executable, str(ROOT / "tests/look/gallery_browser.py"), BROWSER, str(site)]
    done = subprocess.run(
        [*command, str(ROOT / "test-results/gallery")],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
