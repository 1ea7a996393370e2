"""Versions and redacted copies: nothing is replaced, and the original of a redacted copy opens for fewer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from documents.actions import add_version, redact_document
from documents.actions.intake import key_of
from documents.models import Document, DocumentKey
from tests.documents.arranging import PDF, again, kept
from tests.documents.files_made import GOOD, pdf, pdf_with_note, picture_that_tells
from tests.people import on_case, person


@pytest.fixture
def investigator(case):
    """Adds documents and may not open identities."""
    return on_case(person(Role.INVESTIGATOR, case.office, name="Ivan"), case, Role.INVESTIGATOR)


def send(client, document, user, name, content, file="a.pdf"):
    client.force_login(user)
    upload = SimpleUploadedFile(file, content)
    return client.post(reverse(f"documents:{name}", args=[document.pk]), {"file": upload})


def get(client, document, user, name="document-download"):
    client.force_login(user)
    return client.get(reverse(f"documents:{name}", args=[document.pk]))


def body(response):
    return b"".join(response.streaming_content)


def test_a_new_version_replaces_nothing(client, case, alice, lawyer):
    first = kept(case, alice)
    response = send(client, first, lawyer, "version-add", pdf(pages=2))
    with viewing_as(alice):
        second = Document.objects.get(edition=2)
        assert second.first_id == first.pk
        assert list(Document.objects.for_list()) == [second]
    assert response["Location"] == reverse("documents:document-detail", args=[second.pk])
    assert body(get(client, first, alice)) == PDF
    assert body(get(client, second, alice)) == pdf(pages=2) or second.size != first.size
    page = get(client, first, alice, "document-detail").content.decode()
    assert "Version 1" in page
    assert "Version 2" in page
    third = send(client, second, alice, "version-add", PDF)
    assert third.status_code == 302
    with viewing_as(alice):
        assert [row.edition for row in Document.objects.versions_of(second)] == [3, 2, 1]
    event = Event.objects.filter(verb="version.add").order_by("id").first()
    assert event.detail["of"] == str(first.pk)
    assert event.detail["edition"] == 2


def test_the_form_of_a_version_refuses_what_any_upload_refuses(client, case, alice):
    first = kept(case, alice)
    assert "Add a version" in get(client, first, alice, "version-add").content.decode()
    response = send(client, first, alice, "version-add", b"MZ", file="a.exe")
    assert response.status_code == 422
    assert "This kind of file is not kept here" in response.content.decode()


def test_a_redacted_copy_is_written_anew_and_bound_to_its_original(client, case, alice):
    original = kept(case, alice)
    assert b"Maria Santos" in PDF
    response = send(client, original, alice, "document-redact", PDF)
    with viewing_as(alice):
        copy = Document.objects.get(redacts=original)
        assert list(Document.objects.for_list()) == [original]
    assert response["Location"] == reverse("documents:document-detail", args=[copy.pk])
    assert b"Maria" not in body(get(client, copy, alice))
    assert "Redacted copy of version 1" in get(client, original, alice, "document-detail").content.decode()
    page = get(client, copy, alice, "document-detail").content.decode()
    assert "Version 1 of the original" in page
    assert Event.objects.get(verb="document.redact").detail["of"] == str(original.pk)


def test_a_redacted_picture_loses_what_the_camera_wrote(client, case, alice):
    original = kept(case, alice, content=picture_that_tells(), name="a.jpg")
    send(client, original, alice, "document-redact", picture_that_tells(), file="b.jpg")
    with viewing_as(alice):
        copy = Document.objects.get(redacts=original)
    assert b"Maria" not in body(get(client, copy, alice))


def test_once_there_is_a_redacted_copy_the_original_opens_for_fewer(client, case, alice, investigator):
    original = kept(case, alice)
    assert get(client, original, investigator).status_code == 200
    send(client, original, alice, "document-redact", PDF)
    with viewing_as(alice):
        copy = Document.objects.get(redacts=original)
    assert get(client, original, alice).status_code == 200
    for name in ("document-download", "document-clean", "document-picture", "document-redact"):
        assert get(client, original, investigator, name).status_code == 403
    page = get(client, original, investigator, "document-detail").content.decode()
    assert "Use the redacted copy below" in page
    assert reverse("documents:document-download", args=[original.pk]) not in page
    assert get(client, copy, investigator).status_code == 200
    opened = Event.objects.filter(verb="document.open", subject_id=original.pk, actor_id=investigator.pk)
    assert opened.count() == 1


def test_the_database_itself_keeps_the_key_from_whoever_may_not_open_it(case, alice, investigator):
    document = kept(case, alice, identifying=True)
    with viewing_as(alice):
        assert key_of(document)
    with viewing_as(investigator):
        assert key_of(document) is None
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_documentkey")
            assert cursor.fetchone() == (0,)


def test_whoever_brought_it_may_open_it_even_without_the_verb(client, case, investigator, alice):
    document = kept(case, investigator, identifying=True)
    assert get(client, document, investigator).status_code == 200
    assert send(client, document, investigator, "document-redact", PDF).status_code == 302


def test_who_could_not_go_on_opening_it_cannot_make_it_open_for_fewer(case, alice, investigator):
    document = kept(case, alice)
    with viewing_as(investigator), pytest.raises(PermissionDenied):
        redact_document(document.pk, by=investigator, now=timezone.now(), file=ContentFile(PDF, name="a.pdf"))
    assert not again(document, alice).identifying


def test_a_later_version_of_what_identifies_identifies(case, alice, investigator):
    document = kept(case, alice, identifying=True)
    with viewing_as(alice):
        version = add_version(document.pk, by=alice, now=timezone.now(), file=ContentFile(PDF, name="a.pdf"))
        assert version.identifying
        assert DocumentKey.objects.get(document=version).identifying


def test_bars_that_only_lie_on_the_page_are_no_redaction(client, case, alice):
    original = kept(case, alice)
    response = send(client, original, alice, "document-redact", pdf_with_note("/Square"))
    assert response.status_code == 422
    assert "The black bars in this PDF only lie on the page" in response.content.decode()
    assert not again(original, alice).identifying
    response = send(client, original, alice, "document-redact", GOOD["letter.docx"], file="a.docx")
    assert "has to be a PDF or a picture" in response.content.decode()


def test_copies_are_made_from_originals_alone(client, case, alice):
    original = kept(case, alice)
    send(client, original, alice, "document-redact", PDF)
    with viewing_as(alice):
        copy = Document.objects.get(redacts=original)
        for verb in (redact_document, add_version):
            with pytest.raises(IllegalMove, match="original"):
                verb(copy.pk, by=alice, now=timezone.now(), file=ContentFile(PDF, name="a.pdf"))
    assert send(client, copy, alice, "version-add", PDF).status_code == 422
    assert send(client, copy, alice, "document-redact", PDF).status_code == 422


def test_the_facts_of_a_file_cannot_be_changed_in_the_database(case, alice):
    document = kept(case, alice)
    with viewing_as(alice), pytest.raises(Exception, match="what was taken in is not changed"):
        Document.objects.filter(pk=document.pk).update(sha256="0" * 64)


def test_the_scope_of_the_case_still_reaches_documents_and_their_steps(case, alice):
    document = kept(case, alice, evidence=True, from_whom="Police")
    with viewing_as(alice):
        type(case).objects.filter(pk=case.pk).update(sensitivity=2)
    assert again(document, alice).sensitivity == 2
    with viewing_as(alice):
        assert document.steps.get().sensitivity == 2
