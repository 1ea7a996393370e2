"""Memos against bail: composed, kept as they were, and taken as a file."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import User
from audit.actions import record
from prosecutions.actions.casework import locked
from prosecutions.memo import as_docx, as_pdf, cases_in, compose, digest_of, readable
from prosecutions.models import Accused, BailOrder, Memo

FORMS = {"pdf": as_pdf, "docx": as_docx}


def compose_memo(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    bail: BailOrder | None = None,
    grounds: str = "",
    basis: Sequence[str] = (),
) -> Memo:
    """Put the memo together from what this person may see today, and keep it as it is."""
    accused = locked(Accused, accused_id)
    content = compose(accused, bail=bail, reader=by, now=now, grounds=grounds, basis=basis)
    digest = digest_of(content)
    memo = Memo.objects.create(
        case=accused.case, accused=accused, bail=bail, composed_at=now, composed_by=by,
        language=content["language"], grounds=grounds, content=content, sha256=digest,
    )  # fmt: skip
    record("memo.compose", by=by, subject=memo, at=now, sha256=digest, cases=len(cases_in(content)))
    return memo


def take_memo(memo_id: UUID, *, by: User, now: datetime, form: str) -> tuple[Memo, bytes]:
    """The memo as a file, without lines of cases that this person may no longer see."""
    memo = Memo.objects.select_related("case").get(pk=memo_id)
    content, _left_out = readable(memo.content)
    made = FORMS[form](content)
    digest = hashlib.sha256(made).hexdigest()
    record("memo.take", by=by, subject=memo, at=now, form=form, sha256=digest)
    return memo, made
