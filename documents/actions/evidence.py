"""The chain of custody: who had a piece of evidence, when, where and why. Entries follow, none is changed."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import touch
from cases.states import IllegalMove
from documents.models import Document, EvidenceStep
from documents.states import StepKind

# Which fact each kind of entry cannot do without.
NEEDS = {
    StepKind.RECEIVED: "from_whom",
    StepKind.STORED: "place",
    StepKind.HANDED_OVER: "to_whom",
    StepKind.RETURNED: "from_whom",
    StepKind.EXAMINED: "why",
    StepKind.CORRECTED: "why",
}
FACTS = ("from_whom", "to_whom", "place", "seal_number", "why")


def record_evidence(
    document_id: UUID, *, by: User, now: datetime, kind: str, happened_at: datetime, from_whom: str = "",
    to_whom: str = "", place: str = "", seal_number: str = "", why: str = "",
) -> EvidenceStep:  # fmt: skip
    """Add an entry to the chain of custody."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
    facts = dict(zip(FACTS, (from_whom, to_whom, place, seal_number, why), strict=True))
    check_step(document, kind, happened_at, now, facts)
    last = EvidenceStep.objects.filter(document=document).order_by("-position").first()
    step = EvidenceStep(
        case_id=document.case_id, document=document, position=last.position + 1 if last else 1, kind=kind,
        happened_at=happened_at, recorded_by=by, created_at=now, **facts,
    )  # fmt: skip
    step.digest = digest_of(step, last.digest if last else document.sha256)
    step.save(force_insert=True)
    record("evidence.record", by=by, subject=step, at=now, kind=kind, digest=step.digest)
    touch(document.case_id, now)
    return step


def check_step(document: Document, kind: str, happened_at: datetime, now: datetime, facts: dict) -> None:
    """Evidence only, nothing from the future, and the one fact that the kind of entry lives by."""
    if not document.evidence:
        raise IllegalMove(_("This document is not kept as evidence."))
    if kind not in StepKind.values:
        raise IllegalMove(_("Say what happened."), field="kind")
    if happened_at > now:
        raise IllegalMove(_("This moment has not come yet."), field="happened_on")
    wanted = NEEDS[StepKind(kind)]
    if not facts[wanted].strip():
        raise IllegalMove(_("This entry needs an answer here."), field=wanted)


def digest_of(step: EvidenceStep, before: str) -> str:
    """The fingerprint of an entry and of everything before it; the first follows the file's own."""
    facts = [getattr(step, name) for name in FACTS]
    told = [before, str(step.document_id), step.position, step.kind, str(step.recorded_by_id), *facts]
    moments = [step.happened_at.timestamp(), step.created_at.timestamp()]
    return hashlib.sha256(json.dumps([*told, *moments], ensure_ascii=True).encode()).hexdigest()


def first_broken(document: Document) -> EvidenceStep | None:
    """The first entry that does not follow from the one before it; None when the chain holds."""
    before, place = document.sha256, 1
    for step in EvidenceStep.objects.filter(document=document).order_by("position"):
        if step.position != place or step.digest != digest_of(step, before):
            return step
        before, place = step.digest, place + 1
    return None


def open_sheet(document_id: UUID, *, by: User, now: datetime) -> Document:
    """Somebody reads the sheet of a piece of evidence, to print it: that is written down."""
    document = Document.objects.select_related("case", "uploaded_by").get(pk=document_id)
    if not document.evidence:
        raise IllegalMove(_("This document is not kept as evidence."))
    record("evidence.open", by=by, subject=document, at=now)
    return document
