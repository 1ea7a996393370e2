"""A script in every text that people write, drawn by a real browser without the policy that would stop it."""

import os

import pytest
from playwright.sync_api import sync_playwright

from accounts.models import Office, User
from cases.models import Case
from tests.matrix.walk import ask, routes
from tests.matrix.world import plant

# Out of an attribute, out of an element, out of a script, as a template, as an address.
SCRIPTS = (
    "'\"><img src=x onerror=hit()>",
    "</title></script><svg onload=hit()>",
    "javascript:hit()//{{constructor.constructor('hit()')()}}",
    '" autofocus onfocus=hit() hx-on:load="hit()" x="',
)
COLUMNS = ("office_director", "social_worker", "auditor")


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
    Case._base_manager.filter(pk=world.cases["open"].pk).update(title="x")


def ran_in(pages):
    """The pages in which a script of ours ran."""
    found = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("BROWSER_BIN", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1 }")
        page.on("dialog", lambda dialog: dialog.dismiss())
        for key, html in pages.items():
            page.unroute_all()
            page.route("**/*", lambda route, html=html: serve(route, html))
            page.goto("http://pages.invalid/", wait_until="load")
            if page.evaluate("window.hits"):
                found.append(key)
        browser.close()
    return found


def serve(route, html):
    """The page itself; nothing of what it asks for."""
    if route.request.resource_type == "document":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.abort()


def test_the_browser_sees_a_planted_script(world):
    assert ran_in({"planted": f"<p>{SCRIPTS[0]}</p>", "clean": "<p>words</p>"}) == ["planted"]
