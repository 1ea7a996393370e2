"""A script in every text that people write, drawn by a real browser without the policy that would stop it."""

import os

import pytest
from playwright.sync_api import sync_playwright

from accounts.models import Office, User
from tests.matrix.walk import ask, routes
from tests.matrix.world import plant

# Out of an attribute, out of an element, out of a script, as a template, as an address.
SCRIPTS = (
    "'\"><img src=x onerror=hit()>",
    "</title></script><svg onload=hit()>",
    "javascript:hit()//{{hit()}}",
    '" autofocus onfocus=hit() x="',
)
COLUMNS = ("office_director", "auditor")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", COLUMNS)
def test_no_text_of_anybody_runs_in_somebody_s_page(world, name, script):
    plant(world.cases["open"], script)
    User.objects.filter(principal="").exclude(pk=world.people[name].pk).update(name=script)
    Office.objects.update(name=script[:80])
    pages = {}
    for route in routes():
        if route.method == "GET" and not route.is_api:
            answer = ask(world, name, route, route.path(world, "open"))
            if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
                pages[route.key] = answer.content.decode()
    assert len(pages) > 10
    assert ran_in(pages) == []


def ran_in(pages):
    """The pages in which a script of ours ran."""
    found = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("BROWSER_BIN", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for key, html in pages.items():
            page = browser.new_page()
            page.evaluate("() => { window.hits = 0; window.hit = () => { window.hits += 1 } }")
            page.set_content(html, wait_until="domcontentloaded")
            page.wait_for_timeout(30)
            if page.evaluate("window.hits"):
                found.append(key)
            page.close()
        browser.close()
    return found


def test_the_browser_sees_a_planted_script(world):
    assert ran_in({"planted": f"<p>{SCRIPTS[0]}</p>", "clean": "<p>words</p>"}) == ["planted"]
