"""Notices of browsers: sealed, signed, neutral, and sent to nobody but the services of browsers."""

import json
import re
import time
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.management import call_command

from ijm_cases import outgoing as door
from notifications.channels import ROOMS
from notifications.channels.channel import BadAddress, Outgoing
from notifications.channels.push import SIZE, Push
from notifications.states import Kind, Outcome
from tests.notifications.conftest import local
from tests.notifications.pushing import HOST, Browser, push_service, signed_by

pytestmark = pytest.mark.usefixtures("push_service")
__all__ = ["push_service"]


def message(browser, **changes):
    one = Outgoing(
        token=UUID(int=3), message=UUID(int=2), address=Push().normal(browser.subscription), language="en",
        alias="Maple", time_zone="Asia/Manila", code="KQWRT", count=1, urgent=True, item_id=UUID(int=1),
        at=local("2026-12-01T10:00"), channel=Kind.PUSH,
    )  # fmt: skip
    return replace(one, **changes)


def test_a_notice_is_signed_by_us_and_opened_by_the_browser_alone(push_service, settings):
    browser = Browser(push_service.server_port)

    handed = Push().hand_over(message(browser))

    assert handed.outcome is Outcome.ACCEPTED
    ((path, headers, body),) = push_service.heard
    assert path == "/ok"
    assert browser.opens(body) == {
        "words": "1 urgent item",
        "link": "/notifications/inbox/00000000-0000-0000-0000-000000000001/",
        "tag": UUID(int=2).hex,
        "urgent": True,
    }
    claims = signed_by(headers["Authorization"], settings.VAPID_PUBLIC_KEY)
    assert claims["aud"] == f"https://{HOST}:{push_service.server_port}"
    assert claims["sub"] == "mailto:desk@desk.example.org"
    assert time.time() < claims["exp"] <= time.time() + 24 * 3600
    assert (headers["Urgency"], headers["TTL"], headers["Topic"]) == ("high", "86400", UUID(int=2).hex)
    assert headers["Content-Encoding"] == "aes128gcm"


def test_the_service_learns_neither_words_nor_how_many_nor_which(push_service):
    browser = Browser(push_service.server_port)
    for changes in (
        {},
        {"urgent": False, "count": 12, "item_id": None},
        {"template": "code", "language": "es"},
    ):
        Push().hand_over(message(browser, **changes))

    assert len({len(body) for _path, _headers, body in push_service.heard}) == 1
    said = " ".join(str(headers) for _path, headers, _body in push_service.heard)
    assert not re.search(r"Maple|KQWRT|inbox|item|Cebu", said)
    told = [browser.opens(body) for _path, _headers, body in push_service.heard]
    assert [one["words"] for one in told[:2]] == ["1 urgent item", "12 items for you"]
    assert "KQWRT" in told[2]["words"]
    assert all(len(json.dumps(one)) < SIZE for one in told)


@pytest.mark.parametrize(
    ("path", "outcome", "dead", "wait"),
    [
        ("/404", Outcome.PERMANENT, True, 0),
        ("/410", Outcome.PERMANENT, True, 0),
        ("/413", Outcome.PERMANENT, False, 0),
        ("/403", Outcome.PERMANENT, False, 0),
        ("/302", Outcome.PERMANENT, False, 0),
        ("/429", Outcome.TEMPORARY, False, 90),
        ("/500", Outcome.TEMPORARY, False, 0),
        ("/503", Outcome.TEMPORARY, False, 0),
        ("/drop", Outcome.UNKNOWN, False, 0),
    ],
)
def test_what_the_service_answers_decides_what_becomes_of_it(push_service, path, outcome, dead, wait):
    handed = Push().hand_over(message(Browser(push_service.server_port, path)))

    assert (handed.outcome, handed.dead, handed.wait) == (outcome, dead, wait)
    assert len(push_service.heard) == 1, "a redirect was followed, or it was sent again at once"


def test_a_service_that_is_not_there_was_told_nothing(push_service):
    push_service.shutdown()
    push_service.server_close()

    assert Push().hand_over(message(Browser(push_service.server_port))).outcome is Outcome.TEMPORARY


def test_whatever_a_browser_says_nobody_but_the_services_is_called(push_service, settings, monkeypatch):
    browser = Browser(push_service.server_port)
    given = json.loads(browser.subscription)
    settings.PUSH_HOSTS = ["fcm.googleapis.com", "*.push.apple.com"]
    wrong = [
        "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://fcm.googleapis.com.evil.example/x",
        "https://push.apple.com/x", "https://x.push.apple.com:22/x", "https://a@x.push.apple.com/x",
        "https://169.254.169.254/x", given["endpoint"], "", 7,
    ]  # fmt: skip
    for endpoint in wrong:
        with pytest.raises(BadAddress):
            Push().normal(json.dumps({**given, "endpoint": endpoint}))
    for broken in ("", "{}", "[]", "7", json.dumps({**given, "keys": {"auth": "x", "p256dh": "y"}})):
        with pytest.raises(BadAddress):
            Push().normal(broken)
    # Taken off the list after it was added: nothing goes there any more.
    settings.PUSH_HOSTS = [HOST]
    one = message(browser)
    settings.PUSH_HOSTS = []
    assert Push().hand_over(one).outcome is Outcome.TEMPORARY
    settings.PUSH_HOSTS = [HOST]
    monkeypatch.setattr(door, "is_public", lambda _text: False)
    assert Push().hand_over(one).outcome is Outcome.TEMPORARY
    assert push_service.heard == []


def test_without_keys_nobody_is_offered_notices(settings, capsys):
    assert Kind.PUSH in ROOMS.ready()
    settings.VAPID_PUBLIC_KEY = ""
    assert Kind.PUSH not in ROOMS.ready()

    call_command("new_push_keys")
    lines = dict(line.split("=", 1) for line in capsys.readouterr().out.split())
    assert sorted(lines) == ["VAPID_PRIVATE_KEY", "VAPID_PUBLIC_KEY"]
    assert len(lines["VAPID_PUBLIC_KEY"]) == 87
