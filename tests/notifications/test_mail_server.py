"""Mail against a real server: what it takes, what it refuses, and what nobody can know."""

import socket
import ssl
import time
from dataclasses import replace
from email import message_from_bytes
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from notifications.channels.channel import Outgoing
from notifications.channels.mail import Mail
from notifications.states import Outcome
from tests.notifications.conftest import local
from tests.notifications.pushing import certificate

TO = "x@example.org"


class Post:
    """A server that answers as the address asks."""

    def __init__(self):
        self.kept = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        said = {"unknown": "550 5.1.1 no such user", "full": "452 4.2.2 mailbox full"}
        if answer := said.get(address.partition("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        who = envelope.rcpt_tos[0].partition("@")[0]
        if who == "never":
            return "554 5.7.1 refused"
        if who == "later":
            return "451 4.3.0 try again"
        self.kept.append((session.ssl is not None, envelope))
        if who == "dropped" and len(self.kept) == 1:
            server.transport.close()  # taken, and the line breaks before we hear so
        return "250 taken"


class Server(Controller):
    """Listens on this machine, with TLS where the test wants it."""

    def __init__(self, handler, tls=None):
        self.tls = tls
        super().__init__(handler, hostname="127.0.0.1", port=free_port())

    def factory(self):
        return SMTP(self.handler, tls_context=self.tls, require_starttls=bool(self.tls), hostname="mx.test")


@pytest.fixture
def post(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@desk.example.org>"
    server = Server(Post())
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start()
    yield server.handler
    server.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def message(to=TO, **changes):
    one = Outgoing(
        token=UUID(int=3), message=UUID(int=2), address=to, language="en", alias="Maple",
        time_zone="Asia/Manila", code="KQWRT", count=1, urgent=True, item_id=UUID(int=1),
        at=local("2026-12-01T10:00"),
    )  # fmt: skip
    return replace(one, **changes)


def test_what_is_taken_carries_these_headers_and_no_others(post):
    assert Mail().hand_over(message()).outcome is Outcome.ACCEPTED

    ((_tls, envelope),) = post.kept
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@desk.example.org", [TO])
    mail = message_from_bytes(envelope.content)
    assert set(mail.keys()) - {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"} == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip
    assert mail["Message-ID"] == "<00000000-0000-0000-0000-000000000002@desk.example.org>"
    assert socket.gethostname() not in envelope.content.decode()


@pytest.mark.parametrize(
    ("who", "outcome", "dead", "error"),
    [
        ("unknown", Outcome.PERMANENT, True, "SMTPRecipientsRefused"),
        ("full", Outcome.TEMPORARY, False, "SMTPRecipientsRefused"),
        ("never", Outcome.PERMANENT, False, "SMTPDataError"),
        ("later", Outcome.TEMPORARY, False, "SMTPDataError"),
    ],
)
def test_a_refusal_is_for_good_or_for_now(post, who, outcome, dead, error):
    handed = Mail().hand_over(message(f"{who}@example.org"))

    assert (handed.outcome, handed.dead, handed.error) == (outcome, dead, error)
    assert post.kept == []


def test_a_line_that_breaks_after_the_message_leaves_it_unknown_and_the_copy_is_known_as_one(post):
    first = Mail().hand_over(message("dropped@example.org"))
    second = Mail().hand_over(message("dropped@example.org"))

    assert (first.outcome, second.outcome) == (Outcome.UNKNOWN, Outcome.ACCEPTED)
    numbers = {message_from_bytes(envelope.content)["Message-ID"] for _tls, envelope in post.kept}
    assert (len(post.kept), len(numbers)) == (2, 1)


def test_a_server_that_is_not_there_was_told_nothing(post, settings):
    settings.EMAIL_PORT = free_port()

    assert Mail().hand_over(message()).error == "ConnectionRefusedError"


def test_a_server_that_never_greets_is_left_and_was_told_nothing(post, settings):
    settings.EMAIL_TIMEOUT = 0.3
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_PORT = silent.getsockname()[1]
        began = time.monotonic()
        handed = Mail().hand_over(message())

    assert (handed.outcome, handed.error) == (Outcome.TEMPORARY, "SMTPServerDisconnected")
    assert time.monotonic() - began < 3


def test_with_tls_asked_for_nothing_goes_in_the_clear(post, settings, tmp_path, monkeypatch):
    settings.EMAIL_USE_TLS = True
    assert Mail().hand_over(message()).error == "SMTPNotSupportedError"

    trust, both = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(both)
    server = Server(post, tls)
    settings.EMAIL_PORT = server.port
    server.start()
    try:
        assert Mail().hand_over(message()).error == "SSLCertVerificationError"
        assert post.kept == []
        monkeypatch.setattr("django.core.mail.backends.smtp.ssl.create_default_context", lambda: trust)
        assert Mail().hand_over(message()).outcome is Outcome.ACCEPTED
    finally:
        server.stop()
    assert [tls for tls, _envelope in post.kept] == [True]
