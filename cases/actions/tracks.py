"""Moving, closing and reopening the two tracks of a case."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions.holding import lock_case
from cases.clock import today_in
from cases.gates import shut_gates
from cases.models import Case, TrackChange
from cases.states import (
    AFTERCARE_MOVES,
    LEGAL_MOVES,
    AftercareReason,
    AftercareStatus,
    IllegalMove,
    LegalReason,
    LegalStatus,
    Track,
    check_move,
    check_version,
    next_statuses,
)
from reference.values import PartialDate

CLOSED = "closed"


def move_track(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    track: str,
    status: str,
    reason: str = "",
    on: str = "",
    note: str = "",
    version: int | None = None,
) -> Case:
    """Move one track where the table and the gates allow it. The other track is not touched."""
    case = lock_case(case_id)
    check_version(case, version)
    track = Track(track)
    was = case.status_of(track)
    new = (LegalStatus if track is Track.LEGAL else AftercareStatus)(status)
    day = PartialDate(on or today_in(case.office, now).isoformat())
    check_allowed(track, was, new)
    check_day(case, track, day, now)
    check_closing(track, new, reason, note)
    if sentences := shut_gates(case, track, new, by):
        raise IllegalMove(" ".join(sentences), field="status")
    write_rows(case, track, was, new, by=by, on=day, note=note, reason=reason if new == CLOSED else "")
    write_case(case, track, new, day, reason, note, now)
    if new == CLOSED:
        record("track.close", by=by, subject=case, case_id=case.pk, at=now, track=track, reason=reason)
    elif was == CLOSED:
        record("track.reopen", by=by, subject=case, case_id=case.pk, at=now, track=track, now=new)
    else:
        record("track.move", by=by, subject=case, case_id=case.pk, at=now, track=track, was=was, now=new)
    return case


def check_allowed(track: Track, was: LegalStatus | AftercareStatus | str, new: str) -> None:
    """The table of moves, and where a track that never started may start."""
    if was:
        check_move(LEGAL_MOVES if track is Track.LEGAL else AFTERCARE_MOVES, was, new)
    elif new not in next_statuses(track, was):
        raise IllegalMove(_("A track cannot start there."), field="status")


def check_day(case: Case, track: Track, day: PartialDate, now: datetime) -> None:
    """A move happens between the day the track opened and today."""
    if day.first > today_in(case.office, now):
        raise IllegalMove(_("This day has not come yet."), field="on")
    opened = str(getattr(case, f"{track.value}_opened_on") or case.opened_on)
    if opened and day.last < PartialDate(opened).first:
        raise IllegalMove(_("This day lies before the track was opened."), field="on")


def check_closing(track: Track, new: str, reason: str, note: str) -> None:
    """Closing needs a reason of this track's list, in words when the list has none that fits."""
    if new != CLOSED:
        return
    reasons = LegalReason if track is Track.LEGAL else AftercareReason
    if reason not in reasons.values:
        raise IllegalMove(_("Say why the track is closed."), field="reason")
    if reason == reasons.OTHER and not note.strip():
        raise IllegalMove(_("Say in a few words what the other reason is."), field="note")


def write_rows(
    case: Case, track: Track, was: str, new: str, *, by: User, on: str, note: str, reason: str
) -> None:
    """The history of the track; a reopened one says so in a row of its own."""
    last = case.track_changes.filter(track=track).aggregate(last=Max("position"))["last"] or 0
    statuses = ["reopened", new] if was == CLOSED else [new]
    TrackChange.objects.bulk_create(
        TrackChange(case=case, track=track, position=position, status=status, on=on, by=by,
                    reason=reason, note=note if status == statuses[-1] else "")
        for position, status in enumerate(statuses, last + 1)
    )  # fmt: skip


def write_case(case: Case, track: Track, new: str, day: str, reason: str, note: str, now: datetime) -> None:
    """Where the track stands now."""
    closing, name = new == CLOSED, track.value
    facts = {
        "status": new,
        "closed_on": day if closing else "",
        "reason": reason if closing else "",
        "note": note,
    }
    if not getattr(case, f"{name}_opened_on") and new != AftercareStatus.NOT_STARTED:
        facts["opened_on"] = day
    for field, value in facts.items():
        setattr(case, f"{name}_{field}", value)
    case.version += 1
    case.touched_at = now
    case.save(update_fields=[*(f"{name}_{field}" for field in facts), "version", "touched_at"])
