"""Opens finished pages in a browser of its own process and prints, as JSON, what is wrong with them.

Every request is answered from the folder given: nothing listens, nothing leaves the machine.
"""

import json
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SITE = "http://gallery.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
# Scanned in a window as tall as the page: what lies under a bar that stays is chance of the scroll.
WHOLE = "document.documentElement.scrollHeight"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def answer(folder, route):
    path = folder / route.request.url.removeprefix(SITE).split("?")[0].lstrip("/")
    if not path.is_file():
        route.fulfill(status=404, body="")
        return
    kind = KINDS.get(path.suffix, "application/octet-stream")
    route.fulfill(path=path, content_type=kind, headers={"content-security-policy": POLICY})


def faults(page, name, size, pictures):
    width, height = size
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{SITE}/{name}")
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": width, "height": max(page.evaluate(WHOLE), height)})
    for rule in Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]:
        complaints += [f"{rule['id']}: {node['html'][:160]}" for node in rule["nodes"][:3]]
    page.set_viewport_size({"width": width, "height": height})
    if (over := page.evaluate(WIDE)) > 0:
        complaints.append(f"scrolls sideways by {over} px")
    page.screenshot(path=pictures / f"{Path(name).stem}-{width}.png", full_page=True)
    return [f"{name} at {width}: {complaint}" for complaint in complaints]


def covers(page, name):
    """Shift three times hides everything, also from a reader, and renames the tab; again shows it."""
    page.goto(f"{SITE}/{name}")
    before = page.title()
    for _ in range(3):
        page.keyboard.press("Shift")
    seen = page.evaluate("getComputedStyle(document.querySelector('main')).visibility")
    hidden = [page.title(), seen, page.evaluate("document.activeElement.hasAttribute('data-show')")]
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    searching = page.evaluate("document.activeElement.name")
    return (
        [] if hidden == ["Notes", "hidden", True] and [page.title(), searching] == [before, "q"] else [hidden]
    )


def keeps(page, name):
    """Without a connection the form stays, with its words and a button that can be pressed again."""
    page.goto(f"{SITE}/{name}")
    page.fill("textarea", "keep me")
    page.route("**/*", lambda route: route.abort())
    page.click(".form-end .btn-primary")
    page.wait_for_selector("#trouble:not([hidden])")
    kept = [page.input_value("textarea"), page.is_enabled(".form-end .btn-primary")]
    said = "What you typed is still here" in page.inner_text("#trouble")
    return [] if kept == ["keep me", True] and said else [kept]


def main(binary, folder, pictures):
    pictures.mkdir(parents=True, exist_ok=True)
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=FLAGS)
        for width, height in ((1440, 900), (390, 844), (320, 700)):
            context = browser.new_context(viewport={"width": width, "height": height})
            context.route("**/*", lambda route: answer(folder, route))
            for path in sorted(folder.glob("*.html")):
                page = context.new_page()
                found += faults(page, path.name, (width, height), pictures)
                page.close()
        found += covers(context.new_page(), "record.html")
        found += keeps(context.new_page(), "form.html")
        browser.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
