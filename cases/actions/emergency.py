"""Opening a case in an emergency, ending it, and what a lead says of it afterwards."""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func, UUIDField, Value
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.models import Assignment, Emergency
from cases.states import IllegalMove


def ask_database(person: User, function: str, *values: str, kind: type = UUIDField) -> object:
    """What one of the functions of cases/policies.py answers, asked on the row of the person."""
    output = ArrayField(BigIntegerField()) if kind is ArrayField else kind()
    call = Func(*[Value(value) for value in values], function=function, output_field=output)
    return User.objects.filter(pk=person.pk).annotate(said=call).values_list("said", flat=True).get()


def offices_left(person: User) -> list[int]:
    """Ids of the offices in which this person may open a case in an emergency today."""
    if person.under_duress:
        return [office for office, _role in person.live_memberships]
    return list(ask_database(person, "my_emergency_offices", kind=ArrayField))  # type: ignore[call-overload]


def misses(person: User) -> int:
    """How many numbers of the last day opened nothing."""
    if person.under_duress:
        return 0
    return int(ask_database(person, "my_emergency_misses", kind=BigIntegerField))  # type: ignore[call-overload]


def break_glass(number: str, *, by: User, now: datetime, reason: str) -> UUID | None:
    """Open a case of her own office that she cannot see, for an hour; None says no more than "no".

    The database does it, and records it (case.break_glass, emergency.miss): this side never sees the case.
    """
    if len(reason.split()) < 3:
        raise IllegalMove(_("Say why in a sentence: somebody will read it."), field="reason")
    if by.under_duress:
        return None
    return ask_database(by, "break_glass", number, reason)  # type: ignore[return-value]


def end_emergency(emergency_id: UUID, *, by: User, now: datetime) -> Emergency:
    """Close one's own emergency before its time."""
    entry = Emergency.objects.select_for_update().get(pk=emergency_id)
    if entry.user_id != by.pk:
        raise IllegalMove(_("Only the person who opened the case closes it again."))
    if entry.ended_at or entry.ends_at <= now:
        raise IllegalMove(_("This has ended already."))
    record("emergency.end", by=by, subject=entry, case_id=entry.case_id, at=now)
    entry.ended_at = now
    entry.save(update_fields=["ended_at"])
    Assignment.objects.filter(pk=entry.assignment_id, ended_at=None).update(ended_at=now)
    return entry


def review_emergency(
    emergency_id: UUID, *, by: User, now: datetime, justified: bool, word: str = ""
) -> Emergency:
    """Say whether it was justified; by a lead of that office who is somebody else, once."""
    entry = Emergency.objects.select_for_update(of=("self",)).get(pk=emergency_id)
    if not by.can_in(entry.office_id, Can.REVIEW_ACCESS):
        raise IllegalMove(_("Only a lead of this office may decide this."))
    if entry.user_id == by.pk:
        raise IllegalMove(_("Somebody else has to review what you opened yourself."))
    if entry.reviewed_at:
        raise IllegalMove(_("Somebody has reviewed this already."))
    if not justified and not word:
        raise IllegalMove(_("Say in a word why it was not justified."), field="word")
    entry.reviewed_at, entry.reviewed_by, entry.justified, entry.word = now, by, justified, word
    entry.save(update_fields=["reviewed_at", "reviewed_by", "justified", "word"])
    record("emergency.review", by=by, subject=entry, case_id=entry.case_id, at=now, justified=justified)
    return entry


def running_of(person: User, case_id: UUID, now: datetime) -> Emergency | None:
    """The emergency by which this person sees the case now, if that is how."""
    if not person.can(Can.BREAK_GLASS):
        return None
    rows = Emergency.objects.running(now).filter(user=person, case_id=case_id)
    return rows.order_by("-started_at").first()
