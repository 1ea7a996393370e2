"""Encrypting what lies in the clear, verifying what is kept, and bringing keys under a new master key."""

import io
import os

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from accounts.scope import viewing_as
from audit.models import Event
from documents import vault
from documents.actions.files import plain_content
from documents.actions.intake import name_of
from documents.actions.keeping import is_whole
from documents.keys import rewrap_all
from documents.models import DocumentKey
from reference import sealed
from tests.documents.arranging import PDF, again, in_the_clear, kept


def run(command, fails=False):
    out, errors = io.StringIO(), io.StringIO()
    if fails:
        with pytest.raises(SystemExit):
            call_command(command, stdout=out, stderr=errors)
    else:
        call_command(command, stdout=out, stderr=errors)
    return out.getvalue() + errors.getvalue()


def content_of(document, user):
    with viewing_as(user):
        return b"".join(plain_content(document))


@pytest.fixture(autouse=True)
def _committed(django_capture_on_commit_callbacks, monkeypatch):
    """In tests nothing is ever committed; what waits for it is done at once."""
    monkeypatch.setattr("documents.actions.keeping.transaction.on_commit", lambda act: act())


def test_a_document_in_the_clear_is_encrypted_and_stays_the_same(case, alice, settings):
    old = in_the_clear(case, alice)
    assert content_of(old, alice) == PDF
    assert "1 encrypted" in run("encrypt_documents")
    document = again(old, alice)
    assert document.file != old.file
    assert not vault.store().exists(old.file)
    assert (document.original_name, document.ending, document.content_type) == ("", ".pdf", "application/pdf")
    assert content_of(document, alice) == PDF
    with viewing_as(alice):
        assert name_of(document) == "Maria Santos.pdf"
    assert Event.objects.get(verb="document.seal").subject_id == str(document.pk)
    assert "0 encrypted" in run("encrypt_documents")


def test_encrypting_goes_on_where_it_was_broken_off(case, alice, monkeypatch):
    first, second = in_the_clear(case, alice), in_the_clear(case, alice)
    put, calls = vault.put, []

    def breaks(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return put(*args, **more)

    monkeypatch.setattr(vault, "put", breaks)
    with pytest.raises(KeyboardInterrupt):
        run("encrypt_documents")
    assert {content_of(again(row, alice), alice) for row in (first, second)} == {PDF}
    monkeypatch.setattr(vault, "put", put)
    assert "1 encrypted" in run("encrypt_documents")
    assert {content_of(again(row, alice), alice) for row in (first, second)} == {PDF}


def test_what_is_not_what_was_taken_in_is_left_and_named(case, alice, settings):
    old, lost = in_the_clear(case, alice), in_the_clear(case, alice)
    (settings.MEDIA_ROOT / old.file).write_bytes(b"something else")
    vault.store().delete(lost.file)
    said = run("encrypt_documents", fails=True)
    assert "0 encrypted, 2 left as they are" in said
    assert str(old.pk) in said
    assert vault.store().exists(old.file)


def test_verifying_compares_every_document_with_its_digest(case, alice):
    kept(case, alice, evidence=True, from_whom="Police")
    in_the_clear(case, alice)
    assert "2 documents, 0 faults" in run("verify_documents")


def test_verifying_names_what_was_altered_or_lost(case, alice, settings):
    altered, lost, clear = kept(case, alice), kept(case, alice), in_the_clear(case, alice)
    path = settings.MEDIA_ROOT / altered.file
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    (settings.MEDIA_ROOT / clear.file).write_bytes(b"x" * len(PDF))
    vault.store().delete(lost.file)
    said = run("verify_documents", fails=True)
    assert f"{altered.pk}: a document in the store was altered" in said
    assert f"{lost.pk}: the file is not in its place" in said
    assert f"{clear.pk}: the content is not what was taken in" in said
    assert "3 documents, 3 faults" in said


def test_verifying_names_a_broken_chain_of_custody(case, alice, monkeypatch):
    document = kept(case, alice, evidence=True, from_whom="Police")
    monkeypatch.setattr("documents.actions.evidence.FACTS", ("from_whom",))
    assert f"{document.pk}: the chain of custody is broken at entry 1" in run("verify_documents", fails=True)


@pytest.fixture
def own_ring(settings, tmp_path):
    path = tmp_path / "ring.json"
    path.write_text(sealed.KeyRing.fresh().written())
    settings.SEALING_KEYS_FILE = str(path)


def test_a_new_master_key_touches_keys_and_never_contents(case, alice, own_ring, settings):
    document = kept(case, alice)
    before = (settings.MEDIA_ROOT / document.file).read_bytes()
    sealed.keep(sealed.ring().with_new_master())
    assert rewrap_all() == 1
    assert rewrap_all() == 0
    sealed.keep(sealed.ring().without_old_masters())
    assert (settings.MEDIA_ROOT / document.file).read_bytes() == before
    assert content_of(document, alice) == PDF
    with viewing_as(alice):
        assert sealed.number_in(bytes(DocumentKey.objects.get().wrapped)) == 2
        assert is_whole(document)


def test_the_rotation_knows_of_documents():
    assert "documents" in sealed.rewraps()


def test_files_that_no_document_needs_are_named_and_go_when_they_are_a_day_old(case, alice, settings):
    document = kept(case, alice)
    fresh = vault.store().save("documents/aa/fresh", ContentFile(b"x"))
    old = vault.store().save("documents/aa/old", ContentFile(b"x"))
    os.utime(settings.MEDIA_ROOT / old, (0, 0))
    assert f"{old}: no document needs it" in run("verify_documents")
    out = io.StringIO()
    call_command("verify_documents", "--clean", stdout=out)
    assert f"{old}: removed" in out.getvalue()
    assert f"{fresh}: no document needs it" in out.getvalue()
    assert not vault.store().exists(old)
    assert vault.store().exists(fresh)
    assert vault.store().exists(document.file)


def test_an_empty_store_has_no_strays(db):
    assert "0 documents, 0 faults" in run("verify_documents")
