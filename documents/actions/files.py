"""Adding a document, a later version, a redacted copy; taking a copy away."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.actions import lock_case, touch
from cases.states import IllegalMove
from documents import looking_in, vault
from documents.actions.evidence import record_evidence
from documents.actions.intake import keep, key_of, look_into, upload_of
from documents.models import Document, DocumentKey
from documents.querysets import may_open
from documents.states import Scan, StepKind


def add_document(
    case_id: UUID, *, by: User, now: datetime, title: str, file: File, identifying: bool = False,
    evidence: bool = False, from_whom: str = "", happened_at: datetime | None = None, place: str = "",
    seal_number: str = "",
) -> Document:  # fmt: skip
    """Keep a file; evidence begins its chain of custody with it."""
    if evidence and not from_whom.strip():
        raise IllegalMove(_("Say who the evidence was received from."), field="from_whom")
    with upload_of(file) as plain:
        looked = look_into(plain, file.size, file.name or "")
        case = lock_case(case_id)
        facts = {"title": title, "identifying": identifying, "evidence": evidence}
        document = keep(looked, case, now=now, uploaded_by=by, **facts)
    record("document.add", by=by, subject=document, at=now, sha256=document.sha256, size=document.size)
    if evidence:
        record_evidence(
            document.pk, by=by, now=now, kind=StepKind.RECEIVED, happened_at=happened_at or now,
            from_whom=from_whom, place=place, seal_number=seal_number,
        )  # fmt: skip
    touch(case, now)
    return document


def add_version(document_id: UUID, *, by: User, now: datetime, file: File) -> Document:
    """A later version of the same document; what was there before stays as it is."""
    known = Document.objects.get(pk=document_id)
    if known.redacts_id:
        raise IllegalMove(_("Make a new redacted copy from the original instead."), field="file")
    with upload_of(file) as plain:
        looked = look_into(plain, file.size, file.name or "")
        case = lock_case(known.case_id)
        root = Document.objects.select_for_update(of=("self",)).get(pk=known.root_id)
        last = Document.objects.versions_of(root).aggregate(last=Max("edition"))["last"]
        facts = {"title": root.title, "identifying": root.identifying, "evidence": root.evidence}
        version = keep(looked, case, now=now, uploaded_by=by, first=root, edition=last + 1, **facts)
    record(
        "version.add", by=by, subject=version, at=now, of=root.pk, edition=version.edition,
        sha256=version.sha256, size=version.size,
    )  # fmt: skip
    touch(case, now)
    return version


def redact_document(document_id: UUID, *, by: User, now: datetime, file: File) -> Document:
    """A copy with names and faces taken out, bound to its original; from now on the original opens for fewer.

    What is kept is written anew by us from what was uploaded, so that nothing of the upload's history,
    author or place comes along.
    """
    original = Document.objects.select_related("case").get(pk=document_id)
    if original.redacts_id:
        raise IllegalMove(_("This is a redacted copy already. Make the new one from the original."))
    check_may_restrict(by, original)
    with upload_of(file) as upload:
        look_into(upload, file.size, file.name or "")
        plain, ending = looking_in.copy_without("redact", upload)
        with plain:
            looked = look_into(plain, plain.seek(0, 2), f"redacted{ending}")
            case = lock_case(original.case_id)
            copy = keep(looked, case, now=now, uploaded_by=by, title=original.title, redacts=original)
    restrict(original)
    record("document.redact", by=by, subject=copy, at=now, of=original.pk, sha256=copy.sha256, size=copy.size)
    touch(case, now)
    return copy


def restrict(original: Document) -> None:
    """Once there is a redacted copy, every version of the original shows who a survivor is."""
    versions = Document.objects.versions_of(original).values_list("pk", flat=True)
    DocumentKey.objects.filter(document__in=list(versions)).update(identifying=True)
    Document.objects.filter(pk__in=list(versions)).update(identifying=True)


def check_may_restrict(person: User, original: Document) -> None:
    """Only who could go on opening every version may make them open for fewer, as the second lock says."""
    check_may_open(person, original)
    others = Document.objects.versions_of(original).exclude(uploaded_by=person)
    if not person.can_on(Can.OPEN_IDENTITY, original.office_id) and others.exists():
        raise PermissionDenied(str(Can.OPEN_IDENTITY.label))


def check_may_open(person: User, document: Document) -> None:
    """PermissionDenied for whoever may know of the document but not open it."""
    if not may_open(person, document):
        raise PermissionDenied(str(Can.OPEN_IDENTITY.label))


def check_not_held(document: Document) -> None:
    """What has not been checked for viruses, or has one, is handed to nobody."""
    if document.scan == Scan.WAITING:
        raise IllegalMove(_("This file has not been checked for viruses yet. Try again in a few minutes."))
    if document.scan == Scan.INFECTED:
        raise IllegalMove(_("A virus was found in this file. Nobody can download it."))


def open_document(
    document_id: UUID, *, by: User, now: datetime, how: str = "copy"
) -> tuple[Document, Iterator[bytes]]:
    """Somebody takes the content: that is written down. FileNotFoundError when it is not in its place."""
    document = Document.objects.select_related("case").get(pk=document_id)
    check_may_open(by, document)
    check_not_held(document)
    content = plain_content(document)
    record("document.open", by=by, subject=document, at=now, how=how)
    return document, content


def plain_content(document: Document) -> Iterator[bytes]:
    """The content, piece by piece; of documents from before there was encryption, as it lies."""
    key = key_of(document)
    if key is not None:
        return vault.take(document.file, key=key, about=document.pk)
    return vault.lying(document.file).chunks()
