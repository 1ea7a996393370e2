"""One urgent text message from the fact to the answer, with a gateway on this machine in between."""

import hmac
import re
from base64 import b64encode
from datetime import timedelta

import pytest

from notifications import actions
from notifications.clock import as_reminders
from notifications.models import Delivery, Endpoint
from notifications.sending import send_due
from notifications.states import Kind
from tests.factories import BailOrderMake
from tests.gateways import Says, gateway
from tests.notifications.conftest import alerts, fact, local, rows_of

NUMBER, TOKEN = "+639171234567", "token-of-the-account"
NOW = local("2026-12-01T10:00")


@pytest.fixture
def twilio(settings, monkeypatch):
    with gateway() as one:
        settings.SITE_URL, settings.HTTPS, settings.SMS_GATEWAY = "https://desk.example.org", False, "twilio"
        settings.ANSWERS_BY = {"sms"}
        keys = {"URL": one.url, "ACCOUNT_SID": "AC1", "AUTH_TOKEN": TOKEN, "FROM": "+15555550100"}
        settings.TWILIO = {**settings.TWILIO, **keys}
        monkeypatch.setattr("notifications.channels.sms.Sms.timeout", 0.5)
        yield one


@pytest.fixture
def granted(case, lawyer, sweep, twilio):
    endpoint = Endpoint(user=lawyer, kind=Kind.SMS, verified_at=NOW)
    endpoint.seal_address(NUMBER)
    endpoint.save(force_insert=True)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)


def text():
    (row,) = rows_of(Delivery, channel=Kind.SMS)
    return row


def calls(client, **said):
    """As the gateway calls us, signed."""
    address = "https://desk.example.org/notifications/alerts/receipts/twilio/"
    signed = address + "".join(f"{name}{said[name]}" for name in sorted(said))
    word = b64encode(hmac.digest(TOKEN.encode(), signed.encode(), "sha1")).decode()
    return client.post("/notifications/alerts/receipts/twilio/", said, headers={"X-Twilio-Signature": word})


def test_it_goes_out_arrives_and_is_taken_on_by_what_was_written_back(
    granted, twilio, client, lawyer, mailoutbox
):
    twilio.answers((201, {"sid": "SM1", "status": "queued"}))
    send_due()

    (call,) = twilio.calls
    (code,) = re.findall(r"ref (\w+)\.", call.form["Body"])
    assert call.form["Body"].startswith("Maple: ") or code in call.form["Body"]
    assert f"Reply {code} to take it" in call.form["Body"]
    assert call.form["StatusCallback"] == "https://desk.example.org/notifications/alerts/receipts/twilio/"
    assert (text().state, text().provider_ref, len(mailoutbox)) == ("accepted", "SM1", 1)

    for status in ("delivered", "sent", "delivered"):
        assert calls(client, MessageSid="SM1", MessageStatus=status).status_code == 200
    with as_reminders("a test") as (_by, now):
        assert actions.apply_receipts(now=now) == 2
    assert (text().state, text().provider_step) == ("delivered", 2)

    said = calls(client, MessageSid="SM9", From=NUMBER, Body=code.lower())
    assert f"Noted: {code}" in said.content.decode()
    (alert,) = alerts()
    assert (alert.state, alert.acked_by_id) == ("acked", lawyer.pk)


def test_what_may_have_left_is_asked_for_before_it_leaves_once_more(granted, twilio, clock):
    twilio.answers(Says(hangs_up=True))
    send_due()
    assert (text().state, text().unknowns) == ("unknown", 1)

    clock(NOW + timedelta(seconds=61))
    code = text().code
    twilio.answers((503, {}))
    send_due()
    assert (text().state, len(twilio.calls)) == ("unknown", 2)

    clock(NOW + timedelta(minutes=10))
    twilio.answers((200, {"messages": [{"sid": "SM1", "body": f"ref {code}.", "status": "sent"}]}))
    send_due()
    assert [call.method for call in twilio.calls] == ["POST", "GET", "GET"]
    assert (text().state, text().unknowns) == ("accepted", 1)
