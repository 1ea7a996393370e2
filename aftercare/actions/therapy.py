"""Notes of therapy. They do not bring the case to the top of lists: others are not to see that one exists."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from aftercare.actions.care import lock, refuse_future
from aftercare.models import Care, TherapyNote
from audit.actions import record
from cases.states import IllegalMove
from reference.values import PartialDate


def add_therapy(
    care_id: UUID, *, by: User, now: datetime, on: PartialDate, kind: str, text: str
) -> TherapyNote:
    """Write down a session; the text is sealed with the key of the case."""
    care = lock(Care, care_id)
    if not by.can(Can.VIEW_THERAPY):
        raise IllegalMove(_("Only those who work in therapy write such notes."))
    refuse_future(on, office=care.office, now=now, field="on")
    note = TherapyNote(care=care, case=care.case, on=on, kind=kind, text=text, by=by)
    note.save(force_insert=True)
    record("therapy.add", by=by, subject=note, at=now, survivor=care.survivor_id or "")
    return note


def open_therapy(note_id: UUID, *, by: User, now: datetime) -> TherapyNote:
    """Somebody reads a note; no reading without this record."""
    note = TherapyNote.objects.select_related("by", "care", "case", "office").get(pk=note_id)
    record("therapy.open", by=by, subject=note, at=now, survivor=note.care.survivor_id or "")
    return note
