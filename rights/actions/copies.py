"""Her own copy of her record, and the notes of therapy that may stand in it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.models import TherapyNote
from audit.actions import record
from cases.states import IllegalMove
from rights.models import NoteRelease
from survivors.models import Survivor


def make_copy(survivor_id: UUID, *, by: User, now: datetime, parts: list[str], language: str) -> Survivor:
    """Somebody prints the record for her: with which parts that are closed to most."""
    survivor = Survivor.objects.select_related("case__office").get(pk=survivor_id)
    record("copy.make", by=by, subject=survivor, at=now, parts=sorted(parts), language=language)
    return survivor


def release_note(note_id: UUID, *, by: User, now: datetime) -> NoteRelease:
    """Whoever wrote a note of therapy lets it stand in the copy of the person it is about."""
    note = TherapyNote.objects.select_for_update(of=("self",)).select_related("care").get(pk=note_id)
    if note.by_id != by.pk:
        raise IllegalMove(_("Only whoever wrote this note can release it."))
    if NoteRelease.objects.filter(note=note).exists():
        raise IllegalMove(_("This note is released already."))
    release = NoteRelease.objects.create(case_id=note.case_id, note=note, released_at=now, released_by=by)
    record("therapy.release", by=by, subject=note, at=now, survivor=note.care.survivor_id)
    return release
