import hashlib
import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from documents import vault
from documents.actions import add_document
from documents.actions.intake import name_of
from documents.models import Document
from tests.documents.files_made import BAD, GOOD, picture_that_tells

PDF = GOOD["report.pdf"]
LIST = reverse("documents:document-list")


def add(client, case, user, content=PDF, name="Maria Santos.pdf", **more):
    client.force_login(user)
    file = SimpleUploadedFile(name, content, "text/html")
    address = reverse("documents:document-add", args=[case.pk])
    return client.post(address, {"title": "Medical report", "file": file, **more})


def only(user):
    with viewing_as(user):
        return Document.objects.get()


def fetch(client, document, user, name="documents:document-download"):
    client.force_login(user)
    return client.get(reverse(name, args=[document.pk]))


def stored(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def page_of(client, document, user):
    return fetch(client, document, user, "documents:document-detail").content.decode()


def test_a_file_is_kept_encrypted_under_a_random_name_with_its_digest(client, case, alice, settings):
    assert add(client, case, alice).status_code == 302
    document = only(alice)
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (document.size, document.original_name, document.ending) == (len(PDF), "", ".pdf")
    assert document.content_type == "application/pdf"
    with viewing_as(alice):
        assert name_of(document) == "Maria Santos.pdf"
    (path,) = stored(settings)
    assert path.name == document.file.rpartition("/")[2]
    assert uuid.UUID(path.name)
    assert str(case.pk) not in str(path)
    assert b"%PDF" not in path.read_bytes()
    assert Event.objects.get().detail == {"sha256": document.sha256, "size": len(PDF)}


def test_a_large_file_goes_through_an_unnamed_file_and_keeps_its_digest(client, case, alice, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    add(client, case, alice)
    assert only(alice).sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_copy_is_an_attachment_without_a_telling_name_and_is_written_down(client, case, alice):
    add(client, case, alice)
    document = only(alice)
    response = fetch(client, document, alice)
    assert b"".join(response.streaming_content) == PDF
    name = f"document-{document.pk.hex[:8]}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    event = Event.objects.order_by("-id").first()
    assert (event.verb, event.subject_id, event.case_id) == ("document.open", str(document.pk), case.pk)
    assert event.detail == {"how": "copy"}


def test_the_fingerprint_is_shown_to_whoever_added_the_file(client, case, alice):
    response = add(client, case, alice)
    document = only(alice)
    assert response["Location"] == reverse("documents:document-detail", args=[document.pk])
    page = page_of(client, document, alice)
    assert document.fingerprint in page
    assert document.fingerprint.replace(" ", "") == document.sha256
    assert "Maria Santos" not in page


SOME = ["nothing", "unknown kind", "program as a PDF", "PDF and ZIP in one", "cut JPEG", "locked ZIP",
        "macros in Word", "laughs in Word", "bomb in a bomb", "way up", "picture too large"]  # fmt: skip


@pytest.mark.parametrize("what", SOME)
def test_a_bad_file_is_refused_beside_the_field_and_nothing_is_kept(client, case, alice, settings, what):
    name, content, _why = BAD[what]
    response = add(client, case, alice, content=content, name=name)
    assert response.status_code == 422
    assert 'id="id_file_error"' in response.content.decode()
    with viewing_as(alice):
        assert not Document.objects.exists()
    assert stored(settings) == []
    assert not Event.objects.exists()


@pytest.mark.parametrize("name", ["a\x00.pdf", "cod\u202efdp.pdf", "a" * 250 + ".pdf", "noending", "a.p"])
def test_a_name_that_plays_tricks_is_refused(case, alice, name):
    file = ContentFile(PDF, name="a.pdf")
    file.name = name
    with viewing_as(alice), pytest.raises(IllegalMove):
        add_document(case.pk, by=alice, now=timezone.now(), title="x", file=file)


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


def test_the_limit_as_it_is_set(settings):
    assert settings.DOCUMENT_MAX_BYTES == 100 * 1024 * 1024


def test_without_a_file_or_title_the_form_says_so(client, case, alice):
    client.force_login(alice)
    address = reverse("documents:document-add", args=[case.pk])
    assert "For evidence only" in client.get(address).content.decode()
    response = client.post(address, {})
    assert response.status_code == 422
    assert response.content.decode().count("This field is required") >= 2


def test_a_failed_save_leaves_no_file_behind(case, alice, settings):
    file = ContentFile(PDF, name="a.pdf")
    with pytest.raises(Exception, match="too long"), viewing_as(alice):
        add_document(case.pk, by=alice, now=timezone.now(), title="x" * 500, file=file)
    assert stored(settings) == []


def test_a_double_click_keeps_one_file(client, case, alice):
    key = str(uuid.uuid4())
    for _press in range(2):
        assert add(client, case, alice, idempotency_key=key).status_code == 302
    assert only(alice)


PAGES = ["detail", "download", "clean", "picture", "redact"]


@pytest.mark.parametrize("page", PAGES)
def test_files_of_a_hidden_case_do_not_exist(client, case, alice, charlie, director, page):
    add(client, case, alice, content=GOOD["photo.jpg"], name="a.jpg")
    document = only(alice)
    name = f"documents:document-{page}"
    assert fetch(client, document, charlie, name).status_code == 404
    assert add(client, case, charlie).status_code == 404
    assert client.get(LIST, {"case": case.pk}).status_code == 404
    with viewing_as(alice):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
    assert fetch(client, document, director, name).status_code == 404
    assert Event.objects.filter(verb="document.open").count() == 0


def test_a_list_belongs_to_a_case(client, alice):
    client.force_login(alice)
    assert client.get(LIST).status_code == 404


def test_a_file_lost_from_the_store_or_altered_in_it_is_a_404(client, case, alice, settings):
    add(client, case, alice)
    document = only(alice)
    (path,) = stored(settings)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert fetch(client, document, alice).status_code == 404
    vault.store().delete(document.file)
    assert fetch(client, document, alice).status_code == 404


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


def test_a_picture_is_shown_on_demand_drawn_by_us(client, case, alice):
    add(client, case, alice, content=picture_that_tells(), name="a.jpg")
    document = only(alice)
    address = reverse("documents:document-picture", args=[document.pk])
    assert address not in page_of(client, document, alice)
    assert (
        address in client.get(reverse("documents:document-detail", args=[document.pk]), {"picture": ""}).text
    )
    response = fetch(client, document, alice, "documents:document-picture")
    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(content)) as small:
        assert (small.format, small.getexif()) == ("PNG", {})
    assert Event.objects.order_by("-id").first().detail == {"how": "picture"}


def test_a_clean_copy_comes_without_what_the_camera_wrote(client, case, alice):
    add(client, case, alice, content=picture_that_tells(), name="a.jpg")
    document = only(alice)
    response = fetch(client, document, alice, "documents:document-clean")
    assert b"Maria" not in b"".join(response.streaming_content)
    assert response["Content-Disposition"].endswith('-clean.jpg"')
    assert Event.objects.order_by("-id").first().detail == {"how": "clean"}
    assert b"Maria" in b"".join(fetch(client, document, alice).streaming_content)


def test_of_text_there_is_no_picture_and_no_clean_copy(client, case, alice):
    add(client, case, alice, content=b"words", name="a.txt")
    for name in ("documents:document-picture", "documents:document-clean"):
        response = fetch(client, only(alice), alice, name)
        assert response.status_code == 409
        assert "Only of pictures and PDF files" in response.content.decode()
