"""Writing a study down, and putting it right by a new edition."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove, Stale
from figures.models import Study


def add_study(*, by: User, now: datetime, **facts: Any) -> Study:
    """The first edition of a study."""
    study = Study(written_by=by, written_at=now, **facts)
    study.save(force_insert=True)
    record("study.add", by=by, subject=study, at=now)
    return study


def edit_study(work: UUID, *, by: User, now: datetime, version: int, why: str, **facts: Any) -> Study:
    """The next edition, which says why; refused when it says what the last one says."""
    list(Study.objects.select_for_update().filter(work=work))  # one writes after the other
    last = Study.objects.filter(work=work).latest("edition")
    if last.edition != version:
        raise Stale(last)
    if all(getattr(last, name) == value for name, value in facts.items()):
        raise IllegalMove(_("Nothing is different from the last edition."))
    study = Study(work=work, edition=last.edition + 1, why=why, written_by=by, written_at=now, **facts)
    study.save(force_insert=True)
    record("study.edit", by=by, subject=study, at=now, edition=study.edition)
    return study
