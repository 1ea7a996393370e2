"""An open page in a real browser: the list that keeps itself up to date, and the notices of the worker."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

BROWSER = os.environ.get("BROWSER_BIN") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(not BROWSER, reason="there is no browser on this machine")
@pytest.mark.browser
def test_what_is_new_slips_in_and_a_notice_opens_nothing_but_our_pages():
    policy = "; ".join(
        f"{name} {' '.join(words)}" for name, words in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    )
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("open_page.py")), BROWSER, policy],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)

    # The reader stood on the button of a: new and gone show at once, a itself only once she has left it.
    rows, focused, said = told["inbox"]["held"]
    assert rows == ["item-n I have it", "item-a I have it", "item-b I have it"]
    assert (focused, said) == ("item-a", "1 new item")
    assert told["inbox"]["free"][0] == ["item-n I have it", "item-a You have it", "item-b I have it"]
    assert told["inbox"]["asked"] == ["1", "1", "2"]
    # Under our policy this worker runs and no other script; what it cannot read is shown as a number.
    assert told["worker"]["other"] == "refused"
    link = "/notifications/inbox/7/"
    assert told["worker"]["shown"] == [["1", "", "one", False, "/"], ["1 urgent item", "", "t", True, link]]
    assert told["worker"]["inside"] == [link, "/", "/", "/", "/"]


def test_everybody_gets_the_worker_and_always_the_newest(client, db):
    answer = client.get(reverse("push-worker"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert b"showNotification" in answer.content
    assert reverse("push-worker") in settings.POLLED_PATHS
    assert reverse("notifications:inbox-rows") in settings.POLLED_PATHS
