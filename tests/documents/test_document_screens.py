import hashlib
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from documents.actions import add_document
from documents.models import Document

WORDS = b"%PDF-1.7 a report" * 5000
LIST = reverse("documents:document-list")


def add(client, case, user, content=WORDS, name="Maria Santos.pdf", **more):
    client.force_login(user)
    file = SimpleUploadedFile(name, content, "text/html")
    address = reverse("documents:document-add", args=[case.pk])
    return client.post(address, {"title": "Medical report", "file": file, **more})


def only(user):
    with viewing_as(user):
        return Document.objects.get()


def download(client, document, user):
    client.force_login(user)
    return client.get(reverse("documents:document-download", args=[document.pk]))


def test_a_file_is_kept_under_a_random_name_with_its_digest(client, case, alice):
    assert add(client, case, alice).status_code == 302
    document = only(alice)
    assert document.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert (document.size, document.original_name) == (len(WORDS), "Maria Santos.pdf")
    assert "Maria" not in document.file.name
    assert ".pdf" not in document.file.name
    with default_storage.open(document.file.name) as stored:
        assert stored.read() == WORDS
    assert Event.objects.get().detail == {"sha256": document.sha256, "size": len(WORDS)}


def test_a_large_file_goes_to_disk_in_pieces_and_keeps_its_digest(client, case, alice, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    add(client, case, alice)
    assert only(alice).sha256 == hashlib.sha256(WORDS).hexdigest()


def test_a_copy_is_an_attachment_without_a_telling_name_and_is_written_down(client, case, alice):
    add(client, case, alice)
    document = only(alice)
    response = download(client, document, alice)
    assert b"".join(response.streaming_content) == WORDS
    name = f"document-{document.pk.hex[:8]}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    event = Event.objects.order_by("-id").first()
    assert (event.verb, event.subject_id, event.case_id) == ("document.open", str(document.pk), case.pk)


@pytest.mark.parametrize("name", ["evil\r\nSet-Cookie.exe?", "noending", 'a.p"df', "x.UPPERCASETOOLONG"])
def test_an_odd_name_does_not_reach_the_header(client, case, alice, name):
    with viewing_as(alice):
        document = add_document(
            case.pk, by=alice, now=timezone.now(), title="x", file=ContentFile(b"words", name=name)
        )
    response = download(client, document, alice)
    assert response["Content-Disposition"] == f'attachment; filename="document-{document.pk.hex[:8]}"'


def test_a_file_that_is_too_large_is_refused_in_words(client, case, alice, settings):
    settings.DOCUMENT_MAX_BYTES = 2 * 1024 * 1024
    response = add(client, case, alice, content=b"x" * (3 * 1024 * 1024))
    assert response.status_code == 422
    assert "This file has 3 MB. Files up to 2 MB can be kept" in response.content.decode()
    with viewing_as(alice):
        assert not Document.objects.exists()
        large = ContentFile(b"x" * (3 * 1024 * 1024), name="a")
        with pytest.raises(IllegalMove, match="Files up to 2 MB"):
            add_document(case.pk, by=alice, now=timezone.now(), title="x", file=large)
        with pytest.raises(IllegalMove, match="This file is empty"):
            add_document(case.pk, by=alice, now=timezone.now(), title="x", file=ContentFile(b"", name="a"))


def test_thirty_megabytes_are_refused_by_the_limit_as_it_is_set(settings):
    assert settings.DOCUMENT_MAX_BYTES == 25 * 1024 * 1024


def test_without_a_file_or_title_the_form_says_so(client, case, alice):
    client.force_login(alice)
    response = client.post(reverse("documents:document-add", args=[case.pk]), {})
    assert response.status_code == 422
    assert response.content.decode().count("This field is required") >= 2


def test_a_failed_save_leaves_no_file_behind(case, alice, settings):
    file = ContentFile(b"words", name="a.pdf")
    with pytest.raises(Exception, match="too long"), viewing_as(alice):
        add_document(case.pk, by=alice, now=timezone.now(), title="x" * 500, file=file)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_double_click_keeps_one_file(client, case, alice):
    key = str(uuid.uuid4())
    for _press in range(2):
        assert add(client, case, alice, idempotency_key=key).status_code == 302
    assert only(alice)


def test_files_of_a_hidden_case_do_not_exist(client, case, alice, charlie, director):
    add(client, case, alice)
    document = only(alice)
    assert download(client, document, charlie).status_code == 404
    assert add(client, case, charlie).status_code == 404
    assert client.get(LIST, {"case": case.pk}).status_code == 404
    with viewing_as(alice):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
    assert download(client, document, director).status_code == 404
    assert Event.objects.filter(verb="document.open").count() == 0


def test_a_list_belongs_to_a_case(client, alice):
    client.force_login(alice)
    assert client.get(LIST).status_code == 404


def test_a_file_lost_from_the_disk_is_a_404(client, case, alice):
    add(client, case, alice)
    document = only(alice)
    document.file.storage.delete(document.file.name)
    assert download(client, document, alice).status_code == 404


def test_the_list_shows_titles_and_never_the_names_of_files(client, case, alice):
    client.force_login(alice)
    assert "No documents yet" in client.get(LIST, {"case": case.pk}).content.decode()
    add(client, case, alice)
    page = client.get(LIST, {"case": case.pk}).content.decode()
    assert "Medical report" in page
    assert "Maria Santos" not in page


def test_three_files_cost_as_many_queries_as_one(client, case, alice):
    add(client, case, alice)
    client.get(LIST, {"case": case.pk})
    with CaptureQueriesContext(connection) as one:
        client.get(LIST, {"case": case.pk})
    add(client, case, alice)
    add(client, case, alice)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST, {"case": case.pk})
    assert len(one) == len(three)
