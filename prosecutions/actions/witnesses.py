"""The witness's day: who is called, and what each survivor needs for it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, put, settle
from prosecutions.hearing_states import DAYS_BEFORE, KEPT_WHEN_MOVED, NeedState, WitnessNeed
from prosecutions.models import Attendance, CalledWitness, Hearing, WitnessItem
from reference.values import PartialDate
from survivors.models import Survivor

DAY = timedelta(days=1)


class NeedFacts(TypedDict, total=False):
    """What may be said of one thing that a witness needs."""

    state: str
    sees_to_it: User | None
    due_on: date | None
    note: str


def due_day(hearing: Hearing, need: str, now: datetime) -> date | None:
    """The day by which it has to be arranged; never before today, none while the day is not known."""
    on = PartialDate(hearing.on)
    if not on.parts[2]:
        return None
    wanted = on.first - DAY * DAYS_BEFORE[WitnessNeed(need)]
    return min(on.first, max(wanted, today_in(hearing.case.office, now)))


def plan_needs(
    hearing: Hearing, called: Sequence[Survivor], *, now: datetime, after: Hearing | None = None
) -> None:
    """What each survivor called needs for this day; what holds for any day comes from the one before."""
    if hearing.outcome:
        return
    there = set(hearing.witness_items.values_list("survivor_id", "need"))
    before = {(row.survivor_id, row.need): row for row in after.witness_items.all()} if after else {}
    WitnessItem.objects.bulk_create(
        WitnessItem(
            case=hearing.case,
            hearing=hearing, survivor=survivor, need=need, due_on=due_day(hearing, need, now),
            **came_over(before.get((survivor.pk, need))),
        )
        for survivor in called
        for need in WitnessNeed
        if (survivor.pk, need) not in there
    )  # fmt: skip


def came_over(row: WitnessItem | None) -> NeedFacts:
    """What is known from the hearing before: who sees to it, and what holds whatever the day."""
    if row is None:
        return {}
    return {"state": on_another_day(row), "sees_to_it": row.sees_to_it, "note": row.note}


def on_another_day(row: WitnessItem) -> str:
    """A car for Tuesday is none for Thursday; consent, and what is not needed, stays."""
    if row.state == NeedState.ARRANGED and row.need not in KEPT_WHEN_MOVED:
        return NeedState.OPEN
    return row.state


def ask_again(hearing: Hearing, now: datetime) -> None:
    """The hearing has another day: what was arranged for the old one is open again, until a new day."""
    for row in hearing.witness_items.all():
        put(row, state=on_another_day(row), due_on=due_day(hearing, row.need, now))


def call_witness(
    hearing_id: UUID,
    *,
    by: User,
    now: datetime,
    called: Iterable[Survivor] | None = None,
    role: str = "",
    label: str = "",
    version: int | None = None,
) -> Hearing:
    """Say which survivors are called (all of them at once), or name somebody else who is."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    if hearing.outcome:
        raise IllegalMove(_("What happened at this hearing is recorded already; it cannot be changed now."))
    if label and not role:
        raise IllegalMove(_("Choose as what the person is called."), "role")
    if called is not None:
        call_survivors(hearing, list(called), by=by, now=now)
    if role:
        row = CalledWitness.objects.create(case=hearing.case, hearing=hearing, role=role, label=label.strip())
        record("witness.call", by=by, subject=row, at=now, role=role)
    settle(hearing.case, now)
    return hearing


def call_survivors(hearing: Hearing, called: Sequence[Survivor], *, by: User, now: datetime) -> None:
    """These survivors are called and no others; whoever is called anew gets her plan for the day."""
    there = {row.survivor_id: row for row in hearing.attendances.all()}
    wanted = {survivor.pk: survivor for survivor in called}
    for pk, row in there.items():
        if row.called and pk not in wanted:
            put(row, called=False)
            record("witness.excuse", by=by, subject=row, at=now)
    anew = [one for pk, one in wanted.items() if pk not in there or not there[pk].called]
    for survivor in anew:
        row = there.get(survivor.pk) or Attendance(case=hearing.case, hearing=hearing, survivor=survivor)
        call(row)
        record("witness.call", by=by, subject=row, at=now, role="survivor")
    plan_needs(hearing, anew, now=now)


def call(row: Attendance) -> None:
    """The survivor is to speak at this hearing."""
    if row._state.adding:
        row.called = True
        row.save(force_insert=True)
    else:
        put(row, called=True)


def excuse_witness(witness_id: UUID, *, by: User, now: datetime, version: int | None = None) -> CalledWitness:
    """This person need not come after all."""
    witness = locked(CalledWitness, witness_id)
    check_version(witness, version)
    put(witness, called=False)
    record("witness.excuse", by=by, subject=witness, at=now)
    settle(witness.case, now)
    return witness


def set_need(item_id: UUID, *, by: User, now: datetime, state: str) -> WitnessItem:
    """One tap: open, arranged or not needed. Two people who say the same are both right."""
    item = locked(WitnessItem, item_id)
    if state not in NeedState.values:
        raise IllegalMove(_("Choose how it stands."), "state")
    if item.state != state:
        put(item, state=state)
        record("need.set", by=by, subject=item, at=now, need=item.need, state=state)
        settle(item.case, now)
    return item


def edit_need(
    item_id: UUID, *, by: User, now: datetime, version: int | None = None, **facts: Unpack[NeedFacts]
) -> WitnessItem:
    """Who sees to it, until when, and what a colleague must know."""
    item = locked(WitnessItem, item_id)
    put(item, version=version, **facts)
    record("need.edit", by=by, subject=item, at=now, need=item.need, state=item.state)
    settle(item.case, now)
    return item
