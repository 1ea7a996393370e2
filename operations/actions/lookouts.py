"""The sender's side of a lookout: what is told to whom, for how long, and how it ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can
from audit.actions import record
from cases.actions import check_order, lock_case, touch
from cases.clock import today_in
from cases.models import Case
from cases.states import IllegalMove
from operations.models import Lookout, LookoutCard, LookoutName, LookoutSheet
from operations.states import LookoutResult
from reference.templatetags.show import day

USUAL_DAYS, MOST_DAYS = 14, 90
TEXTS = ("called", "language", "looks", "places", "risk", "if_seen")


def send_lookout(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    to_office: Office | None = None,
    also_offices: Iterable[Office] = (),
    to_agency: str = "",
    about: Sequence[str] = (),
    why: str = "",
    on: str = "",
    days: int | None = None,
    name: str = "",
    name_reason: str = "",
    **facts: Any,
) -> Lookout:
    """Ask other offices, or an agency, to watch for somebody. The offices read the sheet and nothing else."""
    case = lock_case(case_id)
    offices = offices_asked(case, to_office, also_offices, to_agency)
    check_facts_tell_no_case(case, facts)
    lookout = Lookout.objects.create(
        case=case, to_office=offices[0] if offices else None, to_agency=to_agency, about=list(about), why=why,
        on=on or today_in(case.office, now).isoformat(),
    )  # fmt: skip
    if offices:
        LookoutSheet.objects.create(lookout=lookout, **facts)
        make_cards(lookout, offices, by, now, days)
    office = offices[0].pk if offices else ""
    record("lookout.send", by=by, subject=lookout, at=now, office=office)
    if name.strip():
        ask_name(lookout, name.strip(), name_reason.strip(), by=by, now=now)
    touch(case, now)
    return lookout


def offices_asked(
    case: Case, to_office: Office | None, also_offices: Iterable[Office], to_agency: str
) -> list[Office]:
    """Other offices, each once; none where an agency is asked."""
    offices = list(dict.fromkeys([*([to_office] if to_office else []), *also_offices]))
    if bool(offices) == bool(to_agency):
        raise IllegalMove(_("Choose an office, or name an agency; one of the two."), field="to_office")
    if any(office.pk == case.office_id for office in offices):
        raise IllegalMove(_("This is the office of the case itself."), field="to_office")
    return offices


def check_facts_tell_no_case(case: Case, facts: dict[str, Any]) -> None:
    """The number and the title of the case lead others to it."""
    if facts.keys() - {field.name for field in LookoutSheet._meta.concrete_fields}:
        raise TypeError("a sheet has no such fact")
    for name in TEXTS:
        text = str(facts.get(name, "")).casefold()
        for told in (case.number, case.title):
            if told.strip() and told.strip().casefold() in text:
                raise IllegalMove(_("Leave out the number and the title of the case."), field=name)


def make_cards(
    lookout: Lookout, offices: Sequence[Office], by: User, now: datetime, days: int | None
) -> None:
    """One card for each office that is asked."""
    ends = end_of(now, days)
    LookoutCard.objects.bulk_create(
        LookoutCard(
            lookout=lookout, office=office, from_office_id=lookout.case.office_id, sent_at=now, sent_by=by,
            renewed_at=now, expires_at=ends,
        )
        for office in offices
    )  # fmt: skip


def end_of(now: datetime, days: int | None) -> datetime:
    """When the watch ends by itself."""
    days = USUAL_DAYS if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise IllegalMove(_("A lookout lasts between 1 and 90 days."), field="days")
    return now + timedelta(days=days)


def ask_name(lookout: Lookout, name: str, reason: str, *, by: User, now: datetime) -> LookoutName:
    """The name goes out once the safeguarding lead has agreed; the rest does not wait for it."""
    if not by.can_on(Can.OPEN_IDENTITY, lookout.case.office_id):
        raise IllegalMove(_("Only whoever may open identities can ask for a name to be told."), field="name")
    if not reason:
        raise IllegalMove(_("Say why the name is needed."), field="name_reason")
    if not lookout.cards.exists():
        raise IllegalMove(_("Names go to offices alone, never to an agency."), field="name")
    asked = LookoutName(lookout=lookout, reason=reason, asked_at=now, asked_by=by)
    asked.seal_name(name)
    asked.save(force_insert=True)
    record("lookout.name", by=by, subject=lookout, at=now)
    return asked


def locked(lookout_id: UUID) -> Lookout:
    """The lookout for a change; refused once it is closed."""
    found = Lookout.objects.select_for_update(of=("self",)).select_related("case", "case__office")
    lookout = found.get(pk=lookout_id)
    if lookout.result or lookout.closed_on:
        raise IllegalMove(_("This lookout is closed already."))
    return lookout


def decide_name(lookout_id: UUID, *, by: User, now: datetime, agreed: bool) -> LookoutName:
    """A second person says whether the offices may be told the name."""
    lookout = locked(lookout_id)
    asked = LookoutName.objects.select_for_update().filter(lookout=lookout).first()
    if asked is None or asked.decided_at:
        raise IllegalMove(_("No name waits for an answer here."))
    if asked.asked_by_id == by.pk:
        raise IllegalMove(_("Somebody else has to agree to what you asked for."))
    asked.agreed, asked.decided_at, asked.decided_by = agreed, now, by
    if not agreed:
        asked.name = b""
    asked.save(update_fields=["agreed", "decided_at", "decided_by", "name"])
    record("lookout.agree", by=by, subject=lookout, at=now, agreed=agreed)
    return asked


def renew_lookout(lookout_id: UUID, *, by: User, now: datetime, days: int, reason: str) -> Lookout:
    """The watch goes on, from today, for so many days; also when it had run out."""
    lookout = locked(lookout_id)
    if not lookout.cards.exists():
        raise IllegalMove(_("What was sent to an agency has no end to move."))
    if not reason.strip():
        raise IllegalMove(_("Say why, in a sentence."), field="reason")
    ends = end_of(now, days)
    lookout.cards.filter(closed_at=None).update(renewed_at=now, expires_at=ends)
    told = _("Renewed until %(day)s: %(reason)s") % {"day": day(ends), "reason": reason.strip()}
    lookout.note = "\n".join(text for text in (lookout.note, told) if text)
    lookout.version += 1
    lookout.save(update_fields=["note", "version"])
    record("lookout.renew", by=by, subject=lookout, at=now, until=ends.date())
    touch(lookout.case, now)
    return lookout


def close_lookout(
    lookout_id: UUID, *, by: User, now: datetime, result: str, closed_on: str = "", note: str = ""
) -> Lookout:
    """The watch ends, found or not; the offices read no more of it than that."""
    lookout = locked(lookout_id)
    if result not in LookoutResult.values:
        raise IllegalMove(_("Say how it ended."), field="result")
    on = closed_on or today_in(lookout.case.office, now).isoformat()
    check_order(lookout.on, on, "closed_on")
    lookout.result, lookout.closed_on = result, on
    lookout.note = "\n".join(text for text in (lookout.note, note) if text)
    lookout.version += 1
    lookout.save(update_fields=["result", "closed_on", "note", "version"])
    lookout.cards.filter(closed_at=None).update(closed_at=now, closed_by=by)
    # Nothing is deleted here, so what is sealed is emptied; whoever may not open identities sees no row.
    LookoutName.objects.filter(lookout=lookout).update(name=b"")
    record("lookout.close", by=by, subject=lookout, at=now, result=result)
    touch(lookout.case, now)
    return lookout
