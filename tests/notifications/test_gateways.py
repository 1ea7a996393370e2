"""Each room against a gateway on this machine that answers as the provider's own pages say."""

import logging
from dataclasses import replace
from uuid import UUID

import pytest

from notifications.channels import ROOMS, channel_of
from notifications.channels.channel import Again, BadAddress, Handed, Outgoing
from notifications.states import Kind, Outcome
from tests.gateways import Says, gateway
from tests.notifications.conftest import local

ALL = ["twilio", "africastalking", Kind.WHATSAPP, Kind.TELEGRAM, Kind.SIGNAL, Kind.OTHER]
OURS = "+15555550100"
NUMBER, SECRET = "+639171234567", "secret-word-of-the-gateway"
LINE = "Maple: 1 urgent item, ref KQWRT. Open http://desk.example.org/"
TAKEN, LATER, REFUSED, UNSURE = Outcome.ACCEPTED, Outcome.TEMPORARY, Outcome.PERMANENT, Outcome.UNKNOWN


def outgoing(kind, address=NUMBER, **changed):
    one = Outgoing(
        token=UUID(int=3), message=UUID(int=2), address=address, language="en", alias="Maple",
        time_zone="Asia/Manila", code="KQWRT", count=1, urgent=True, item_id=UUID(int=1),
        at=local("2026-12-01T10:00"), channel=kind, key="key-of-this-message",
    )  # fmt: skip
    return replace(one, **changed)


@pytest.fixture
def there(settings, monkeypatch):
    """A gateway, and every room pointed at it."""
    settings.SITE_URL = "http://desk.example.org"
    settings.HTTPS = False
    with gateway() as one:
        named = {
            "URL": one.url,
            "FROM": "",
            "KEY_SID": "",
            "KEY_SECRET": "",
            "KEY_TRIED": "",
            "SECRET": SECRET,
        }
        settings.TWILIO = {**named, "ACCOUNT_SID": "AC1", "AUTH_TOKEN": SECRET, "FROM": OURS}
        settings.AFRICASTALKING = {**named, "USERNAME": "desk", "API_KEY": SECRET, "SECRET": SECRET}
        settings.WHATSAPP = {
            **named,
            "PHONE_ID": "7",
            "TOKEN": SECRET,
            "APP_SECRET": SECRET,
            "TEMPLATE": "notice",
        }
        settings.TELEGRAM = {"URL": one.url, "TOKEN": f"9:{SECRET}", "SECRET": SECRET}
        where = one.url.removeprefix("http://")
        settings.SIGNAL_URL = f"signal://{where}/{OURS}"
        settings.OTHER_CHANNEL_URL = f"ntfy://{where}/{{address}}"
        for room in map(channel_of, Kind):
            monkeypatch.setattr(type(room), "timeout", 0.5)
        yield one


def send(kind, settings, **changed):
    """Through this room; 'twilio' and 'africastalking' are gateways of the one for text messages."""
    if kind in ("twilio", "africastalking"):
        settings.SMS_GATEWAY, kind = kind, Kind.SMS
    address = {Kind.TELEGRAM: "123456789", Kind.OTHER: "desk-maple-7"}.get(kind, NUMBER)
    return channel_of(kind).hand_over(outgoing(Kind(kind), address, **changed))


def at(code, ref="ATX1"):
    row = {"statusCode": code, "number": NUMBER, "status": "x", "cost": "0", "messageId": ref}
    return {"SMSMessageData": {"Message": "x", "Recipients": [row]}}


def meta(code):
    return {"error": {"code": code, "message": NUMBER, "error_data": {"details": LINE}}}


def no(why):
    return {"ok": False, "description": why}


ANSWERS = [
    # Twilio
    ("twilio", (201, {"sid": "SM1", "status": "queued"}), TAKEN, "SM1", False, 0),
    ("twilio", (201, "not what we know"), UNSURE, "", False, 0),
    ("twilio", (400, {"code": 21211, "message": NUMBER}), REFUSED, "", True, 0),
    ("twilio", (400, {"code": 21610}), REFUSED, "", True, 0),
    ("twilio", (400, {"code": 21602}), REFUSED, "", False, 0),
    ("twilio", (401, {"code": 20003}), LATER, "", False, 0),
    ("twilio", (429, {"code": 20429}, {"Retry-After": "90"}), LATER, "", False, 90),
    ("twilio", (503, "<html>"), LATER, "", False, 0),
    # Africa's Talking
    ("africastalking", (201, at(101)), TAKEN, "ATX1", False, 0),
    ("africastalking", (201, at(102)), TAKEN, "ATX1", False, 0),
    ("africastalking", (201, at(403, "None")), REFUSED, "", True, 0),
    ("africastalking", (201, at(406)), REFUSED, "", True, 0),
    ("africastalking", (201, at(405)), LATER, "", False, 0),
    ("africastalking", (201, at(502)), REFUSED, "", False, 0),
    ("africastalking", (201, {"SMSMessageData": {"Message": "x", "Recipients": []}}), LATER, "", False, 0),
    ("africastalking", (201, "{"), UNSURE, "", False, 0),
    ("africastalking", (401, "The supplied authentication is invalid"), LATER, "", False, 0),
    # WhatsApp
    (Kind.WHATSAPP, (200, {"messages": [{"id": "wamid.1"}]}), TAKEN, "wamid.1", False, 0),
    (Kind.WHATSAPP, (200, {}), UNSURE, "", False, 0),
    (Kind.WHATSAPP, (400, meta(131026)), REFUSED, "", True, 0),
    (Kind.WHATSAPP, (400, meta(132000)), REFUSED, "", False, 0),
    (Kind.WHATSAPP, (400, meta(131056)), LATER, "", False, 0),
    (Kind.WHATSAPP, (401, meta(190)), LATER, "", False, 0),
    (Kind.WHATSAPP, (500, meta(131000)), LATER, "", False, 0),
    # Telegram
    (Kind.TELEGRAM, (200, {"ok": True, "result": {"message_id": 42}}), TAKEN, "42", False, 0),
    (Kind.TELEGRAM, (403, no("Forbidden: bot was blocked by the user")), REFUSED, "", True, 0),
    (Kind.TELEGRAM, (400, no("Bad Request: chat not found")), REFUSED, "", True, 0),
    (Kind.TELEGRAM, (400, no("Bad Request: message text is empty")), REFUSED, "", False, 0),
    (Kind.TELEGRAM, (429, {"ok": False, "parameters": {"retry_after": 7}}), LATER, "", False, 7),
    (Kind.TELEGRAM, (401, {"ok": False}), LATER, "", False, 0),
    # by apprise
    (Kind.SIGNAL, (201, {"timestamp": "1"}), TAKEN, "", False, 0),
    (Kind.SIGNAL, (400, {"error": NUMBER}), REFUSED, "", False, 0),
    (Kind.SIGNAL, (429, {}), LATER, "", False, 0),
    (Kind.SIGNAL, (502, {}), LATER, "", False, 0),
    (Kind.OTHER, (200, {"id": "x"}), TAKEN, "", False, 0),
    (Kind.OTHER, (429, {}), LATER, "", False, 0),
    (Kind.OTHER, (404, {}), REFUSED, "", True, 0),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "outcome", "ref", "dead", "wait"), ANSWERS)
def test_every_answer_that_is_written_of_is_understood_and_logged_without_a_word_of_it(
    there, settings, caplog, capfd, kind, said, outcome, ref, dead, wait
):
    caplog.set_level(logging.DEBUG)
    there.answers(said)

    handed = send(kind, settings)

    assert (handed.outcome, handed.ref, handed.dead, handed.wait) == (outcome, ref, dead, wait)
    assert bool(handed.error) == (outcome is not TAKEN)
    logged = f"{caplog.text}{capfd.readouterr()}{handed}"
    assert not [
        word for word in (NUMBER, NUMBER[1:], "KQWRT", "Maple", SECRET, "123456789") if word in logged
    ]


@pytest.mark.parametrize(
    "kind", ["twilio", "africastalking", Kind.WHATSAPP, Kind.TELEGRAM, Kind.SIGNAL, Kind.OTHER]
)
def test_a_gateway_that_takes_it_and_never_answers_leaves_us_unsure_and_one_that_is_not_there_does_not(
    there, settings, kind
):
    there.answers(Says(after=1))
    assert send(kind, settings).outcome is UNSURE
    there.answers(Says(hangs_up=True))
    assert send(kind, settings).outcome is UNSURE

    there.close()
    assert send(kind, settings).outcome is LATER
    settings.SMS_GATEWAY = settings.SIGNAL_URL = settings.OTHER_CHANNEL_URL = ""
    settings.WHATSAPP = settings.TELEGRAM = dict.fromkeys([*settings.WHATSAPP, *settings.TELEGRAM], "")
    closed = channel_of(Kind.SMS if kind in ("twilio", "africastalking") else kind)
    assert closed.hand_over(outgoing(closed.kind)) == Handed(LATER, "not set up")
    assert closed.kind not in ROOMS.ready()


def test_what_is_sent_is_the_one_line_to_the_one_person_and_nothing_of_us(there, settings):
    there.answers(
        (201, {"sid": "SM1", "status": "queued"}), (201, at(101)), (200, {"messages": [{"id": "w"}]}),
        (200, {"ok": True, "result": {}}), (201, {}), (200, {}),
    )  # fmt: skip
    for kind in ALL:
        assert send(kind, settings).outcome is TAKEN

    twilio, talking, whatsapp, telegram, signal, other = there.calls
    line = twilio.form["Body"]
    assert line.startswith("Maple: 1 urgent item, ref KQWRT. Open http://desk.example.org/")
    assert twilio.form == {"To": NUMBER, "From": OURS, "Body": line}
    assert talking.form == {"username": "desk", "to": NUMBER, "message": line}
    assert talking.headers["Idempotency-Key"] == "key-of-this-message"
    assert whatsapp.json["template"]["components"] == [
        {"type": "body", "parameters": [{"type": "text", "text": line}]}
    ]
    assert (telegram.json["chat_id"], telegram.json["text"]) == ("123456789", line)
    assert signal.json == {
        "message": line, "number": OURS, "recipients": [NUMBER], "text_mode": "normal",
    }  # fmt: skip
    assert other.json == {"topic": "desk-maple-7", "message": line}
    for call in there.calls:
        said = f"{call.headers}".lower()
        assert not [word for word in ("apprise", "python", "django", "icon", "desk.example") if word in said]


def test_before_a_second_try_twilio_is_asked_by_number_or_by_code(there, settings):
    settings.SMS_GATEWAY = "twilio"
    room, one = channel_of(Kind.SMS), outgoing(Kind.SMS)
    assert room.again is Again.ASK
    there.answers(
        (200, {"sid": "SM1", "status": "delivered"}),
        (
            200,
            {
                "messages": [
                    {"body": "other", "status": "sent"},
                    {"body": "ref KQWRT.", "status": "undelivered"},
                ]
            },
        ),
        (200, {"messages": []}),
        (404, {}),
        (500, {}),
        Says(hangs_up=True),
    )

    asked = [room.ask(one, ref) for ref in ("SM1", "", "", "SM2", "SM1", "SM1")]

    assert asked == [TAKEN, REFUSED, None, None, LATER, LATER]
    assert there.calls[0].path == "/2010-04-01/Accounts/AC1/Messages/SM1.json"
    assert there.calls[1].query == {"To": NUMBER, "PageSize": "50"}
    settings.SMS_GATEWAY = "africastalking"
    assert room.again is Again.BLIND
    settings.AFRICASTALKING = {**settings.AFRICASTALKING, "KEY_TRIED": "1"}
    assert room.again is Again.KEY
    assert room.ask(one, "ATX1") is None


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.SMS, " 00 63 (917) 123-4567", NUMBER),
        (Kind.WHATSAPP, "+63 917 123 4567", NUMBER),
        (Kind.SIGNAL, "+591 71234567", "+59171234567"),
        (Kind.SMS, "0917 123 4567", None),
        (Kind.SMS, "+63 2 8123 4567", None),  # a landline
        (Kind.SMS, "+1 900 555 0100", None),
        (Kind.SMS, "+63 917 123", None),
        (Kind.SMS, "+639171234567;ext=5", None),
        (Kind.SMS, "+abc", None),
        (Kind.TELEGRAM, " 123456789 ", "123456789"),
        (Kind.TELEGRAM, "@somebody", None),
        (Kind.TELEGRAM, "-1001234567890", None),  # a group
        (Kind.OTHER, "desk-maple-7", "desk-maple-7"),
        (Kind.OTHER, "../admin", None),
        (Kind.OTHER, "a@evil.example", None),
        (Kind.OTHER, "x?to=y", None),
    ],
)
def test_a_person_gives_a_number_or_a_name_and_never_a_place(kind, typed, kept):
    if kept is None:
        with pytest.raises(BadAddress, match=r"\.$"):
            channel_of(kind).normal(typed)
    else:
        assert channel_of(kind).normal(typed) == kept


def test_nothing_goes_in_the_clear_to_another_machine_nor_where_an_answer_leads(there, settings):
    settings.SMS_GATEWAY = "twilio"
    there.answers((302, "", {"Location": f"{there.url}/elsewhere"}))
    assert send("twilio", settings).outcome is REFUSED
    assert len(there.calls) == 1

    settings.TWILIO = {**settings.TWILIO, "URL": "http://sms.example.org"}
    assert send("twilio", settings) == Handed(LATER, "not reached not an https address")
