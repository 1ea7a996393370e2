"""What a person is owed: begun with its papers, followed to the money, or put aside with a reason."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, refuse_future
from aftercare.actions.services import money_fields
from aftercare.models import Care, Entitlement, EntitlementPaper
from aftercare.owed import Owed, owed_to, with_facts
from aftercare.states import EntitlementStatus, PaperKind, PaperState
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import Money, PartialDate

# What a step of the way writes down beside the state.
DAYS = {
    EntitlementStatus.APPLIED: "applied_on",
    EntitlementStatus.GRANTED: "granted_on",
    EntitlementStatus.PAID: "paid_on",
}
SUMS = {EntitlementStatus.GRANTED: "granted", EntitlementStatus.PAID: "paid"}


def start_entitlements(
    care_id: UUID, *, by: User, now: datetime, code: str = "", codes: tuple[str, ...] = ()
) -> Care:
    """Take up one benefit of the law, or several: each with its papers, of which one may be here already."""
    care = lock(Care, care_id)
    wanted = {code, *codes} - {""}
    found = [one for one in owed_now(care, now) if one.law and one.law.code in wanted]
    if len(found) < len(wanted):
        raise IllegalMove(_("The law of this country does not have this benefit."))
    for one in found:
        begin(care, one, by=by, now=now)
    touch(care.case, now)
    return care


def owed_now(care: Care, now: datetime) -> list[Owed]:
    """What the law gives this person, with her facts."""
    return owed_to(with_facts(Care.objects.filter(pk=care.pk)).get(), today_in(care.office, now))


def begin(care: Care, one: Owed, *, by: User, now: datetime) -> Entitlement:
    """One benefit: a row of its own, or the one that somebody had put aside."""
    row = one.row
    if row is not None:
        if row.not_due:
            row.not_due = ""
            keep(row, "not_due")
            record("entitlement.start", by=by, subject=row, at=now, code=row.law_code)
        return row
    row = row_of_law(care, one)
    row.save(force_insert=True)
    papers = [
        EntitlementPaper(case=care.case, entitlement=row, kind=kind, state=state)
        for kind, state, _paper in one.papers
    ]
    for paper in papers:
        paper.save(force_insert=True)
    record("entitlement.start", by=by, subject=row, at=now, code=row.law_code)
    return row


def row_of_law(care: Care, one: Owed) -> Entitlement:
    """What the law says of it, written down as it is now: the data outlives its edition."""
    return Entitlement(
        care=care,
        case=care.case,
        country=one.law.jurisdiction_id,
        law_code=one.law.code,
        level=one.law.level,
        scheme=one.law.name,
        by=one.law.authority,
        status=EntitlementStatus.NOT_APPLIED,
        centre_status=EntitlementStatus.NOT_APPLIED if one.law.refunded else "",
    )


def set_aside_entitlement(care_id: UUID, *, by: User, now: datetime, code: str, reason: str) -> Entitlement:
    """Somebody has looked: this person does not get it, and why. Starting it takes that back."""
    care = lock(Care, care_id)
    one = next((one for one in owed_now(care, now) if one.law and one.law.code == code), None)
    if one is None:
        raise IllegalMove(_("The law of this country does not have this benefit."))
    row = one.row or row_of_law(care, one)
    if row.status in (EntitlementStatus.GRANTED, EntitlementStatus.PAID):
        raise IllegalMove(_("It has been granted already."), field="reason")
    row.not_due = reason
    if one.row is None:
        row.save(force_insert=True)
    else:
        keep(row, "not_due")
    record("entitlement.aside", by=by, subject=row, at=now, code=code)
    touch(care.case, now)
    return row


def move_entitlement(
    entitlement_id: UUID,
    *,
    by: User,
    now: datetime,
    status: str,
    on: PartialDate | str,
    amount: Money | None = None,
    note: str = "",
    version: int | None = None,
) -> Entitlement:
    """How far it has come with the office that owes it, with the day and the sum."""
    row = lock(Entitlement, entitlement_id, version)
    step = EntitlementStatus(status)
    refuse_future(on, office=row.office, now=now, field="on")
    if row.not_due:
        raise IllegalMove(_("It was put aside. Take it up again first."), field="status")
    if step == EntitlementStatus.PAID and amount is None and row.paid_low is None:
        raise IllegalMove(_("Say how much the person received."), field="amount")
    changed: dict[str, object] = {"status": step}
    if step in DAYS:
        changed[DAYS[step]] = on
    if amount is not None and step in SUMS:
        changed |= money_fields(SUMS[step], amount)
    if note:
        changed["note"] = "\n".join(filter(None, (row.note, note)))
    for name, value in changed.items():
        setattr(row, name, value)
    keep(row, *changed)
    record("entitlement.move", by=by, subject=row, at=now, status=str(step), side="own")
    touch(row.case, now)
    return row


def move_centre(
    entitlement_id: UUID,
    *,
    by: User,
    now: datetime,
    status: str,
    on: PartialDate | str,
    version: int | None = None,
) -> Entitlement:
    """Whether the central government gives back what the state pays; it is followed apart."""
    row = lock(Entitlement, entitlement_id, version)
    step = EntitlementStatus(status)
    refuse_future(on, office=row.office, now=now, field="on")
    row.centre_status, row.centre_on = step, on
    keep(row, "centre_status", "centre_on")
    record("entitlement.move", by=by, subject=row, at=now, status=str(step), side="centre")
    touch(row.case, now)
    return row


def move_paper(
    care_id: UUID, *, by: User, now: datetime, kind: str, state: str, owed_by: str | None = None
) -> Care:
    """One paper serves every benefit that wants it: asked for, here, or not needed, in one press."""
    care = lock(Care, care_id)
    rows = EntitlementPaper.objects.select_for_update(of=("self",)).filter(entitlement__care=care)
    papers = list(rows.filter(kind=PaperKind(kind)).order_by("pk"))
    if not papers:
        raise IllegalMove(_("No benefit that was begun wants this paper."))
    today = PartialDate(today_in(care.office, now))
    for paper in papers:
        if paper.state == state and owed_by in (None, paper.owed_by):
            continue
        paper.state, paper.on = PaperState(state), today
        paper.owed_by = paper.owed_by if owed_by is None else owed_by
        keep(paper, "state", "on", "owed_by")
        record("paper.move", by=by, subject=paper, at=now, kind=kind, state=state)
    touch(care.case, now)
    return care
