"""Mail of a developer's machine can be read there, and nowhere else."""

from uuid import UUID

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone

from devservices.mailbox import letter, letters
from notifications.channels import channel_of
from notifications.channels.channel import Handed, Outgoing
from notifications.states import Kind, Outcome


@pytest.fixture
def mailbox(settings, tmp_path):
    """The demo mailbox of this test, and how to send to it."""
    settings.EMBEDDED = True
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")

    def send(*messages):
        with get_connection("notifications.demo_mailbox.EmailBackend") as connection:
            return connection.send_messages(
                [EmailMessage(subject, body, "desk@localhost", [to]) for subject, body, to in messages]
            )

    send.folder = tmp_path / "mail"
    return send


def test_every_mail_is_one_whole_file_and_the_newest_is_first(mailbox):
    sent = mailbox(("First", "One line", "a@example.org"), ("Señal", "Dos líneas\nhttp://x", "b@example.org"))

    newest, oldest = letters(mailbox.folder)

    assert sent == 2
    assert [path.suffix for path in mailbox.folder.iterdir()] == [".eml", ".eml"]
    assert (newest.subject, newest.to) == ("Señal", "b@example.org")
    assert newest.text.split() == ["Dos", "líneas", "http://x"]
    assert oldest.subject == "First"


def test_a_mail_half_written_is_not_there(mailbox):
    mailbox(("First", "One line", "a@example.org"))
    (mailbox.folder / ".20260101T000000.part").write_bytes(b"Subject: half")

    assert [one.subject for one in letters(mailbox.folder)] == ["First"]


def test_no_mail_is_no_mail(tmp_path):
    assert letters(tmp_path / "missing") == []
    assert letter(tmp_path / "missing", "x.eml") is None


def test_the_pages_show_plain_text_with_links(client, mailbox, db):
    assert "No mail yet" in client.get("/dev/mail/").content.decode()
    mailbox(("Reset", "Open http://127.0.0.1/x/ <b>now</b>", "a@example.org"))
    (kept,) = letters(mailbox.folder)
    address = reverse("devservices:mail-show", args=[kept.name])

    assert address in client.get("/dev/mail/").content.decode()
    page = client.get(address).content.decode()
    assert '<a href="http://127.0.0.1/x/"' in page
    assert "&lt;b&gt;now" in page


def test_no_name_leads_out_of_the_mailbox(client, mailbox, db):
    mailbox(("Reset", "Open", "a@example.org"))

    assert client.get("/dev/mail/..%2Fsecret.eml/").status_code == 404
    assert client.get("/dev/mail/nothing.eml/").status_code == 404


def test_a_mail_of_pictures_alone_has_no_text(mailbox):
    (mailbox.folder).mkdir()
    (mailbox.folder / "1.eml").write_bytes(b"Subject: x\r\nContent-Type: image/png\r\n\r\nabc")

    assert letters(mailbox.folder)[0].text == ""


@pytest.mark.parametrize("address", ["/dev/mail/", "/dev/mail/1.eml/"])
def test_a_deployment_has_no_such_page(client, settings, db, address):
    settings.EMBEDDED = False

    assert client.get(address).status_code == 404


def test_text_messages_of_this_machine_stand_beside_its_mail(client, mailbox, db, settings, tmp_path):
    settings.DEV_DIR = tmp_path
    assert "Text messages" not in client.get("/dev/mail/").content.decode()

    handed = channel_of(Kind.SMS).hand_over(
        Outgoing(
            token=UUID(int=1), message=UUID(int=2), address="+639171234567", language="en", alias="Maple",
            time_zone="Asia/Manila", code="KQWRT", count=1, urgent=True, item_id=None, at=timezone.now(),
            channel=Kind.SMS,
        )
    )  # fmt: skip

    assert handed.outcome is Outcome.ACCEPTED
    page = client.get("/dev/mail/").content.decode()
    assert "Maple: 1 urgent item, ref KQWRT." in page
    assert "To +639171234567, " in page
    settings.EMBEDDED = False
    assert channel_of(Kind.SMS).hand_over(None) == Handed(Outcome.TEMPORARY, "not set up")
