"""What providers call us with: signed, small, told as often as they like, and answered at once."""

import hashlib
import hmac
import json
import logging
from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Signal
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Assignment
from notifications.actions.answering import TRIES_AN_HOUR
from notifications.channels.providers import PROVIDERS, step_of
from notifications.models import Answer, Delivery, Endpoint, Receipt
from notifications.states import Kind, Said
from notifications.views.receipts import MOST_BYTES, STRANGERS_AN_HOUR
from tests.factories import BailOrderMake
from tests.notifications.conftest import alerts, fact, inbox, local, log_of, rows_of
from tests.people import on_case, person

NUMBER, SECRET = "+639171234567", "secret-word-of-the-gateway"
NOW = local("2026-12-01T10:00")


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.SITE_URL = "https://desk.example.org"
    settings.TWILIO = {**settings.TWILIO, "ACCOUNT_SID": "AC1", "AUTH_TOKEN": SECRET, "FROM": "+15555550100"}
    settings.AFRICASTALKING = {
        **settings.AFRICASTALKING, "USERNAME": "desk", "API_KEY": "x", "SECRET": SECRET,
    }  # fmt: skip
    settings.WHATSAPP = {
        **settings.WHATSAPP, "PHONE_ID": "7", "TOKEN": "x", "APP_SECRET": SECRET, "VERIFY_TOKEN": SECRET,
    }  # fmt: skip
    settings.TELEGRAM = {**settings.TELEGRAM, "TOKEN": "x", "SECRET": SECRET}


@pytest.fixture
def tell(client):
    """Call as this provider does; `key` signs."""

    def call(provider, said, key=SECRET, **more):
        path = reverse("notifications:receipt-take", args=[provider])
        if provider in ("twilio", "africastalking"):
            body, kind = urlencode(said), "application/x-www-form-urlencoded"
        else:
            body, kind = json.dumps(said), "application/json"
        if provider == "twilio":
            text = f"https://desk.example.org{path}" + "".join(f"{name}{said[name]}" for name in sorted(said))
            signed = b64encode(hmac.digest(key.encode(), text.encode(), "sha1")).decode()
            more["headers"] = {"X-Twilio-Signature": signed}
        elif provider == "whatsapp":
            signed = hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()
            more["headers"] = {"X-Hub-Signature-256": f"sha256={signed}"}
        elif provider == "telegram":
            more["headers"] = {"X-Telegram-Bot-Api-Secret-Token": key}
        else:
            path += f"?key={key}"
        return client.post(path, body, content_type=kind, **more)

    return call


def receipt(provider, ref, status):
    """One report in the words of the provider."""
    if provider == "twilio":
        return {"MessageSid": ref, "MessageStatus": status, "To": NUMBER, "ErrorCode": "30003"}
    if provider == "africastalking":
        return {"id": ref, "status": status, "phoneNumber": NUMBER, "networkCode": "62120"}
    row = {"id": ref, "status": status, "recipient_id": NUMBER[1:], "timestamp": "1"}
    return {"object": "x", "entry": [{"changes": [{"value": {"statuses": [row]}}]}]}


def answer(provider, text, sender=NUMBER, ref="SM1"):
    if provider == "twilio":
        return {"MessageSid": ref, "From": sender, "Body": text, "To": "+15555550100"}
    if provider == "africastalking":
        return {"id": ref, "from": sender, "text": text, "date": "x", "linkId": "x", "to": "1"}
    if provider == "telegram":
        chat = {"id": int(sender), "type": "private", "first_name": "Maya"}
        return {"update_id": int(ref), "message": {"chat": chat, "text": text}}
    row = {"from": sender[1:], "id": ref, "type": "text", "text": {"body": text}}
    return {"entry": [{"changes": [{"value": {"messages": [row]}}]}]}


# --- receipts


@pytest.mark.parametrize(
    ("provider", "there", "lost"),
    [
        ("twilio", "delivered", "undelivered"),
        ("africastalking", "Success", "AbsentSubscriber"),
        ("whatsapp", "read", "failed"),
    ],
)  # fmt: skip
def test_what_a_provider_says_is_kept_once_in_whatever_order_and_of_whatever_message(
    db, tell, provider, there, lost
):
    for ref, status in [("ref-1", there), ("ref-1", "sent"), ("ref-1", there), ("of-nobody", lost)] * 2:
        told = tell(provider, receipt(provider, ref, status))
        assert told.status_code == 200

    rows = Receipt.objects.filter(provider=provider).order_by("pk")
    kept = [(row.message_ref, row.status, *step_of(provider, row.status)) for row in rows]
    step = 3 if there == "read" else 2
    first, late = ("ref-1", there.lower(), step, False), ("ref-1", "sent", 1, False)
    assert kept == [first, late, ("of-nobody", lost.lower(), 0, True)]
    assert set(rows.values_list("applied_at", flat=True)) == {None}
    assert step_of(provider, "a new word") == (0, False)
    assert not [row for row in rows if NUMBER[1:] in f"{vars(row)}"]


@pytest.mark.parametrize("provider", list(PROVIDERS))
def test_a_forged_call_is_refused_and_the_log_says_only_that_it_was(db, tell, client, caplog, provider):
    caplog.set_level(logging.INFO)
    said = answer(provider, "KQWRT", sender="123456" if provider == "telegram" else NUMBER, ref="5")

    assert tell(provider, said, key="another").status_code == 403
    assert tell(provider, said, key="").status_code == 403
    assert client.get(reverse("notifications:receipt-take", args=[provider])).status_code == 403

    assert (Receipt.objects.count(), Answer.objects.count()) == (0, 0)
    assert f"a receipt that {provider} has not signed was refused" in caplog.text
    assert not [word for word in (NUMBER, "KQWRT", SECRET, "123456") if word in caplog.text]


def test_an_altered_word_of_a_signed_call_is_a_forged_call(db, client, tell):
    said = receipt("twilio", "SM1", "sent")
    signed = tell("twilio", said).wsgi_request.headers["X-Twilio-Signature"]
    path = reverse("notifications:receipt-take", args=["twilio"])

    forged = client.post(path, {**said, "MessageStatus": "delivered"}, headers={"X-Twilio-Signature": signed})

    assert forged.status_code in (400, 403)
    assert [row.status for row in Receipt.objects.all()] == ["sent"]


def test_whoever_is_refused_too_often_is_not_even_read_and_nobody_sends_much(db, tell, client, settings):
    big = {"MessageSid": "SM1", "MessageStatus": "x" * MOST_BYTES}
    assert tell("twilio", big).status_code == 413
    assert tell("twilio", {"MessageSid": "a b", "MessageStatus": "x\x00y"}).status_code == 200
    assert tell("whatsapp", {"entry": [{"changes": [{"value": 3}, 4]}, 5]}).status_code == 200
    assert Receipt.objects.count() == 0

    for _time in range(STRANGERS_AN_HOUR):
        tell("telegram", {}, key="another")
    assert tell("telegram", {}).status_code == 429

    settings.TELEGRAM = {**settings.TELEGRAM, "SECRET": ""}
    assert tell("telegram", {}, key="").status_code == 404
    assert client.get(reverse("notifications:receipt-take", args=["local"])).status_code == 404


def test_meta_makes_sure_of_the_address_with_a_word_that_we_gave_it(db, client):
    path = reverse("notifications:receipt-take", args=["whatsapp"])
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": SECRET}

    assert client.get(path, asked).content == b"1158201444"
    assert client.get(path, {**asked, "hub.verify_token": "x"}).status_code == 403
    assert client.get(path, {**asked, "hub.challenge": "<script>"}).status_code == 403


# --- answers


def reached_at(user, kind=Kind.SMS, address=NUMBER, **fields):
    endpoint = Endpoint(user=user, kind=kind, **{"verified_at": NOW, **fields})
    endpoint.seal_address(address)
    endpoint.save(force_insert=True)
    return endpoint


@pytest.fixture
def code(case, lawyer, sweep):
    """Under which an urgent message went to the lawyer, whose number is known."""
    reached_at(lawyer)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)
    return code_of(lawyer)


def code_of(user):
    (one,) = {row.code for row in rows_of(Delivery, user=user)}
    return one


def state():
    (alert,) = alerts()
    return alert.state


def results():
    return list(Answer.objects.order_by("pk").values_list("result", flat=True))


def test_the_code_from_a_confirmed_number_takes_the_alert_on_as_that_person_once(tell, lawyer, code):
    spaced = f" {code[:2].lower()} {code[2:].lower()}.\n"

    told = tell("twilio", answer("twilio", spaced))

    assert told.content.decode().endswith(f"<Response><Message>Noted: {code}</Message></Response>")
    (alert,) = alerts()
    assert (alert.state, alert.acked_by_id, alert.closed_at) == ("acked", lawyer.pk, None)
    assert log_of(alert) == ["opened", "acked"]
    assert Event.objects.filter(verb="alert.acknowledge", actor_id=lawyer.pk).count() == 1
    again = tell("twilio", answer("twilio", spaced))
    assert again.content.decode().endswith("<Response></Response>")
    assert results() == [Said.TAKEN]
    assert Event.objects.filter(verb="alert.acknowledge").count() == 1
    (kept,) = Answer.objects.all()
    assert not [word for word in (NUMBER[1:], code) if word in f"{vars(kept)}"]


@pytest.mark.parametrize("provider", ["africastalking", "whatsapp", "telegram"])
def test_so_it_is_by_every_way_that_hears_answers(tell, lawyer, code, provider):
    number = "123456" if provider == "telegram" else NUMBER
    if provider != "africastalking":
        reached_at(lawyer, Kind(provider), number)

    told = tell(provider, answer(provider, code, sender=number, ref="7"))

    assert (told.status_code, state()) == (200, "acked")
    assert (f"Noted: {code}" in told.content.decode()) == (provider == "telegram")


def test_nobody_else_takes_it_on(tell, case, lawyer, code):
    def after(change, back, sender=NUMBER):
        change()
        told = tell("twilio", answer("twilio", code, sender=sender, ref=f"SM{len(results())}"))
        back()
        assert told.content.decode().endswith("<Response></Response>")
        assert state() == "open"
        return results()[-1]

    def place(**fields):
        with viewing_as(lawyer):
            Endpoint.objects.filter(user=lawyer).update(**fields)

    def there(**fields):
        type(lawyer).objects.filter(pk=lawyer.pk).update(**fields)

    def named(moment):
        with viewing_as(lawyer):
            Assignment.objects.filter(user=lawyer).update(ended_at=moment)

    colleague, other = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL), "+639179999999"
    nothing = lambda: None  # noqa: E731
    assert after(nothing, nothing, sender=other) == Said.STRANGER
    reached_at(colleague, address=other)
    assert after(nothing, nothing, sender=other) == Said.WRONG
    assert after(lambda: place(verified_at=None), lambda: place(verified_at=NOW)) == Said.STRANGER
    assert after(lambda: place(disabled_at=NOW), lambda: place(disabled_at=None)) == Said.STRANGER
    assert after(lambda: place(removed_at=NOW), lambda: place(removed_at=None)) == Said.STRANGER
    assert after(lambda: there(is_active=False), lambda: there(is_active=True)) == Said.STRANGER
    assert after(Signal(user=lawyer, given_at=NOW).save, Signal.objects.all().delete) == Said.STRANGER
    assert after(lambda: named(timezone.now()), nothing) == Said.WRONG  # the number is hers, the case is not


def test_five_answers_that_mean_nothing_and_then_nobody_listens_for_an_hour(tell, lawyer, code, clock):
    for number in range(TRIES_AN_HOUR):
        tell("twilio", answer("twilio", "ZZZZZ" if number else "Thank you!", ref=f"SM{number}"))
    assert results() == [Said.WRONG] * TRIES_AN_HOUR

    tell("twilio", answer("twilio", code, ref="SM-right"))
    assert (results()[-1], state()) == (Said.TOO_MANY, "open")

    Answer.objects.update(received_at=timezone.now() - timedelta(hours=1, seconds=1))
    tell("twilio", answer("twilio", code, ref="SM-later"))
    assert (results()[-1], state()) == (Said.TAKEN, "acked")


def test_stop_ends_the_messages_there_at_once_and_the_person_reads_so_in_her_inbox(
    tell, lawyer, code, client
):
    other = reached_at(lawyer, Kind.WHATSAPP)

    tell("twilio", answer("twilio", " Stop. "))

    with viewing_as(lawyer):
        place = Endpoint.objects.get(user=lawyer, kind=Kind.SMS)
        other.refresh_from_db()
    assert (place.disabled_why, bool(place.disabled_at), state()) == ("stop", True, "open")
    assert other.disabled_at is None
    assert inbox(lawyer, title_code="V.stopped") == ["V.stopped"]
    assert results() == [Said.STOPPED]
    client.force_login(lawyer)
    page = client.get("/notifications/alerts/channels/").content.decode()
    assert "To have messages again, write START" in page
    assert {row.state for row in rows_of(Delivery, endpoint=place)} == {"suppressed"}
    tell("twilio", answer("twilio", code, ref="SM2"))
    assert state() == "open"


def test_what_is_over_is_not_taken_on(tell, lawyer, code, sweep):
    with viewing_as(lawyer):
        type(BailOrderMake.build()).objects.update(status="CANCELLED")
    sweep(NOW)

    tell("twilio", answer("twilio", code))

    assert (results(), state()) == ([Said.WRONG], "closed")
