"""A real browser with our scripts and our policy; says as JSON what it saw. Run by test_open_page.py."""

import http.server
import json
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "static"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ITEM = '<li class="item" id="item-{0}"><a href="/x">{1}</a> <button>{2}</button></li>'
PAGE = """<!doctype html><title>x</title><script src="/static/app.js" defer></script>
<script src="/static/inbox.js" defer></script>
<p role="status" id="inbox-said" data-one="1 new item" data-many="%n% new items"></p>{0}"""
ROWS = '<section id="rows" data-live="/rows" data-mark="{0}"><ul class="items">{1}</ul></section>'
FIRST = [("a", "Bail granted", "I have it"), ("b", "Hearing moved", "I have it"), ("c", "Old", "Read")]
LATER = [("n", "Released", "I have it"), ("a", "Bail granted", "You have it"), FIRST[1]]
REGISTER = "navigator.serviceWorker.register('{0}').then(() => 'let in', () => 'refused')"
LINKS = "['/notifications/inbox/7/', 'https://evil.example/x', '//evil.example/x', '', 'javascript:1']"
TOLD = {"words": "1 urgent item", "link": "/notifications/inbox/7/", "tag": "t", "urgent": True}
SHOWN = """navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.map(
one => [one.title, one.body, one.tag, one.requireInteraction, new URL(one.data.link).pathname]))"""
SEEN = """[Array.from(document.querySelectorAll('#rows li'),
  li => li.id + ' ' + li.querySelector('button').textContent),
document.activeElement.closest('li') && document.activeElement.closest('li').id,
document.querySelector('#inbox-said').textContent]"""


def rows(mark, items):
    return ROWS.format(mark, "".join(ITEM.format(*item) for item in items))


class Site(http.server.BaseHTTPRequestHandler):
    """Our scripts, one page, and a list that changes after the first look."""

    asked = []

    def do_GET(self):
        path = self.path.partition("?")[0]
        status, kind, body = 200, "text/html", PAGE.format(rows("1", FIRST))
        if path.startswith("/static/") or path == "/push-worker.js":
            kind, body = "text/javascript", (STATIC / path.rsplit("/", 1)[1]).read_text()
        elif path == "/rows":
            self.asked.append(self.path.partition("seen=")[2])
            body = rows("2", LATER)
            status = 204 if self.asked[-1] == "2" else 200
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", sys.argv[2])
        self.end_headers()
        if status == 200:
            self.wfile.write(body.encode())

    def log_message(self, *_words):
        pass


def worker(page, context, site):
    """A notice from the worker: registered under our policy, shown, and pressed."""
    page.goto(site)
    page.evaluate(REGISTER.format("/push-worker.js"))
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    other = page.evaluate(REGISTER.format("/static/app.js"))
    devtools, seen = context.new_cdp_session(page), {}
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: seen.update(told["registrations"][-1])
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    where = {"origin": site.rstrip("/"), "registrationId": seen["registrationId"]}
    for data in (json.dumps(TOLD), "{"):
        devtools.send("ServiceWorker.deliverPushMessage", {**where, "data": data})
    page.wait_for_timeout(300)
    inside = context.service_workers[0].evaluate(f"{LINKS}.map(inside)")
    inside = [link.replace(site.rstrip("/"), "") for link in inside]
    return {"other": other, "shown": sorted(page.evaluate(SHOWN)), "inside": inside}


def inbox(page, site):
    """An open list: what comes, what goes, and what stays as it is under the cursor."""
    page.clock.install()
    page.goto(site)
    page.focus("#item-a button")

    def wait():
        page.clock.run_for(20100)
        page.wait_for_timeout(200)
        return page.evaluate(SEEN)

    held = wait()
    page.evaluate("document.activeElement.blur()")
    free = wait()
    wait()
    return {"held": held, "free": free, "asked": Site.asked}


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[1], args=FLAGS)
        context = browser.new_context(permissions=["notifications"])
        told = {"inbox": inbox(context.new_page(), site)}
        told["worker"] = worker(context.new_page(), context, site)
        browser.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
