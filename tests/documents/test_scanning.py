"""The virus scanner, over the wire: only a clear OK is clean; a dead or confused one keeps the file back."""

import io
import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.scope import system_access, viewing_as
from audit.models import Event
from documents import scanning, vault
from documents.actions import scan_document
from documents.models import Document
from documents.states import Scan
from documents.tasks import scan_waiting
from tests.documents.arranging import PDF, again, kept
from tests.documents.clamd_server import VIRUS, running


@pytest.fixture
def scanner(settings):
    with running() as server:
        settings.CLAMD = server.address
        yield server


@pytest.fixture
def dead_scanner(settings):
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{taken.getsockname()[1]}"
        yield


def page(client, document, user, name="document-detail"):
    client.force_login(user)
    return client.get(reverse(f"documents:{name}", args=[document.pk]))


def test_without_a_scanner_the_page_says_so_and_the_file_is_handed_out(client, case, alice, settings):
    settings.CLAMD = ""
    document = kept(case, alice)
    assert document.scan == Scan.NOT_SCANNED
    assert "No virus scanner is set up here" in page(client, document, alice).content.decode()
    listed = client.get(reverse("documents:document-list"), {"case": case.pk}).content.decode()
    assert "Documents are not scanned for viruses here" in listed
    assert page(client, document, alice, "document-download").status_code == 200


def test_a_clean_file_was_seen_whole_by_the_scanner(client, case, alice, scanner):
    document = kept(case, alice)
    assert (document.scan, scanner.seen) == (Scan.CLEAN, len(PDF))
    assert document.scanned_at
    assert "No virus found" in page(client, document, alice).content.decode()


def test_a_virus_is_refused_beside_the_field_and_nothing_is_kept(client, case, alice, scanner, settings):
    client.force_login(alice)
    file = SimpleUploadedFile("a.txt", b"words " * 500 + VIRUS)
    address = reverse("documents:document-add", args=[case.pk])
    response = client.post(address, {"title": "Report", "file": file})
    assert response.status_code == 422
    assert "A virus was found in this file" in response.content.decode()
    with viewing_as(alice):
        assert not Document.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "answer",
    [b"stream: Access denied. ERROR", b"INSTREAM size limit exceeded. ERROR", b"what?", b" ", b"other: OK"],
)
def test_anything_but_a_clear_ok_is_not_clean(settings, answer):
    with running(answer) as server:
        settings.CLAMD = server.address
        assert scanning.scan(io.BytesIO(b"words")) == Scan.WAITING


def test_with_a_dead_scanner_the_file_waits_and_nobody_gets_it(client, case, alice, dead_scanner):
    document = kept(case, alice)
    assert document.scan == Scan.WAITING
    text = page(client, document, alice).content.decode()
    assert "Not yet checked for viruses" in text
    assert reverse("documents:document-download", args=[document.pk]) not in text
    for name in ("document-download", "document-clean", "document-picture"):
        response = page(client, document, alice, name)
        assert response.status_code == 409
        assert "has not been checked for viruses yet" in response.content.decode()
    assert not Event.objects.filter(verb="document.open").exists()


def test_the_task_scans_what_waits_once_the_scanner_is_back(case, alice, dead_scanner, settings):
    document = kept(case, alice)
    scan_waiting()
    assert again(document, alice).scan == Scan.WAITING
    with running() as server:
        settings.CLAMD = server.address
        scan_waiting()
        assert server.seen == len(PDF)
    assert again(document, alice).scan == Scan.CLEAN
    event = Event.objects.get(verb="document.scan")
    assert event.detail == {"result": "clean"}
    with system_access("retention", "a test") as account:
        assert event.actor_id == account.pk
        assert scan_document(document.pk, by=account, now=event.at) == Scan.CLEAN


def test_what_turns_out_to_be_infected_stays_and_is_handed_to_nobody(
    client, case, alice, dead_scanner, settings
):
    document = kept(case, alice, content=b"words " * 500 + VIRUS, name="a.txt")
    with running() as server:
        settings.CLAMD = server.address
        scan_waiting()
    document = again(document, alice)
    assert document.scan == Scan.INFECTED
    assert vault.store().exists(document.file)
    assert "A virus was found" in page(client, document, alice).content.decode()
    assert page(client, document, alice, "document-download").status_code == 409


def test_without_a_scanner_the_task_asks_nobody(settings):
    settings.CLAMD = ""
    scan_waiting()
