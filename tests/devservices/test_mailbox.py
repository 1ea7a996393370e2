"""Mail of a developer's machine can be read there, and nowhere else."""

from django.core.mail import EmailMessage, get_connection

from devservices.mailbox import letters


def send(folder, *messages):
    """Send mails through Django's own file backend."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    connection = get_connection(backend, file_path=str(folder))
    connection.send_messages(
        [EmailMessage(subject, body, "desk@localhost", [to]) for subject, body, to in messages]
    )


def test_the_newest_is_first_and_reads_as_it_was_written(tmp_path):
    send(tmp_path, ("First", "One line", "a@example.org"), ("Señal", "Dos líneas\nhttp://x", "b@example.org"))

    newest, oldest = letters(tmp_path)

    assert (newest.subject, newest.to) == ("Señal", "b@example.org")
    assert newest.text.strip() == "Dos líneas\nhttp://x"
    assert oldest.subject == "First"


def test_no_mail_is_no_mail(tmp_path):
    assert letters(tmp_path / "missing") == []


def test_the_page_shows_links(client, settings, tmp_path, db):
    settings.EMBEDDED = True
    settings.EMAIL_FILE_PATH = str(tmp_path)
    send(tmp_path, ("Reset", "Open http://127.0.0.1/x/ <now>", "a@example.org"))

    page = client.get("/dev/mail/").content.decode()

    assert '<a href="http://127.0.0.1/x/"' in page
    assert "&lt;now&gt;" in page


def test_a_deployment_has_no_such_page(client, settings, db):
    settings.EMBEDDED = False

    assert client.get("/dev/mail/").status_code == 404
