from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove, check_move, check_version
from prosecutions.actions.casework import locked, money, next_position, put, settle
from prosecutions.actions.clock import check_happened, check_near, check_order
from prosecutions.actions.conditions import set_conditions
from prosecutions.actions.custody import end_running_custody, start_custody
from prosecutions.actions.hearings import schedule_hearing
from prosecutions.models import Accused, BailBreach, BailCondition, BailOrder, Hearing, Proceeding
from prosecutions.states import (
    BAIL_MOVES,
    LIVE_BAIL,
    Bail,
    BailEnd,
    BailKind,
    CustodyKind,
    HearingPurpose,
    VerdictResult,
)
from reference.values import PartialDate


def locked_bail(bail_id: UUID, version: int | None) -> BailOrder:
    """The bail as it is now, if it is still what the person saw."""
    bail = locked(BailOrder, bail_id)
    check_version(bail, version)
    return bail


def move_bail(bail: BailOrder, new: Bail, **facts: Any) -> None:
    """Move by the table and save what goes with it."""
    check_move(BAIL_MOVES, Bail(bail.status), new)
    put(bail, status=new, **facts)


def check_only_live_bail(bail: BailOrder, field: str) -> None:
    """One live bail per person and proceeding, whatever its kind; the accused is locked by the caller.

    History may hold two kinds at once, so the database lets them stand; people may not add to them.
    """
    others = bail.accused.bail_orders.live().exclude(pk=bail.pk)
    proceedings = set(others.values_list("proceeding", flat=True))
    if bail.proceeding_id and bail.proceeding_id in proceedings:
        raise IllegalMove(
            _("This person is on bail in this proceeding already. End or cancel that bail first."), field
        )
    if proceedings and (bail.proceeding_id is None or None in proceedings):
        raise IllegalMove(
            _("This person is on bail already. Say in which proceeding, or end the other bail first."), field
        )


def check_kind(accused: Accused, kind: str) -> None:
    """Nobody waits for an appeal without a conviction that stands or an appeal on record."""
    if kind != BailKind.PENDING_APPEAL or accused.appeals.exists():
        return
    if not accused.verdicts.filter(result=VerdictResult.CONVICTED, overturned_on="").exists():
        sentence = _("Bail pending appeal needs a conviction or an appeal. Record that first.")
        raise IllegalMove(sentence, "kind")


def seek_bail(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str = BailKind.PRETRIAL,
    proceeding: Proceeding | None = None,
    applied_on: str = "",
    heard_on: str = "",
    heard_time: time | None = None,
    court: str = "",
    note: str = "",
    external_id: str = "",
) -> BailOrder:
    """The accused asks to wait at liberty for the trial or the appeal.

    Without a proceeding it is the one that runs against the person, if it is one alone.
    """
    accused = locked(Accused, accused_id)
    check_kind(accused, kind)
    check_happened(applied_on, accused.office, now, "applied_on")
    check_order(applied_on, heard_on, "heard_on")
    if heard_on:
        check_near(PartialDate(heard_on).first, accused.office, now, "heard_on")
    bail = BailOrder.objects.create(
        case=accused.case,
        accused=accused,
        proceeding=proceeding or Proceeding.objects.only_open_of(accused),
        position=next_position(accused.bail_orders.all()),
        kind=kind,
        applied_on=applied_on,
        heard_on=heard_on,
        heard_time=heard_time,
        court=court,
        note=note,
        external_id=external_id,
    )
    record("bail.seek", by=by, subject=bail, at=now, kind=kind)
    list_bail_hearing(bail, by=by, now=now)
    settle(accused.case, now)
    return bail


def list_bail_hearing(bail: BailOrder, *, by: User, now: datetime) -> None:
    """Put the day on which the application is heard into the calendar, unless it stands there already."""
    if bail.proceeding_id is None or not bail.heard_on or not PartialDate(bail.heard_on).exact:
        return
    there = Hearing.objects.filter(proceeding=bail.proceeding_id, outcome="", on=bail.heard_on)
    if not there.filter(purpose=HearingPurpose.BAIL).exists():
        day = PartialDate(bail.heard_on).first
        facts = {"on": day, "local_time": bail.heard_time, "purpose": HearingPurpose.BAIL}
        schedule_hearing(bail.proceeding_id, by=by, now=now, **facts)


def oppose_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    opposition: str,
    opposition_reason: str = "",
    version: int | None = None,
) -> BailOrder:
    """Our answer to the application: opposition filed, or not opposing and why."""
    bail = locked_bail(bail_id, version)
    if bail.status != Bail.SOUGHT:
        raise IllegalMove(_("The court has decided already."), "opposition")
    if opposition == "not_opposing" and not opposition_reason:
        raise IllegalMove(_("Say why we do not oppose it."), "opposition_reason")
    ours = ["us"] if opposition == "filed" else []
    opposed_by = [*ours, *(name for name in bail.opposed_by if name != "us")]
    put(bail, opposition=opposition, opposition_reason=opposition_reason, opposed_by=opposed_by)
    record("bail.oppose", by=by, subject=bail, at=now, opposition=opposition)
    settle(bail.case, now)
    return bail


def grant_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    decided_on: str,
    proceeding: Proceeding | None = None,
    conditions: Sequence[str] = (),
    terms: Sequence[Mapping[str, Any]] = (),
    surety: Decimal | None = None,
    surety_currency: str = "",
    version: int | None = None,
) -> BailOrder:
    """The court lets the person go on these terms; he or she is still inside until the release.

    An application that named no proceeding may be given one now.
    """
    bail = locked_bail(bail_id, version)
    locked(Accused, bail.accused_id)
    if not decided_on:
        raise IllegalMove(_("Enter the date of the decision."), "decided_on")
    check_happened(decided_on, bail.office, now, "decided_on")
    check_order(bail.applied_on, decided_on, "decided_on")
    price = money("surety", surety, surety_currency or bail.office.currency)
    check_move(BAIL_MOVES, Bail(bail.status), Bail.GRANTED)
    field = "decided_on" if bail.proceeding_id else "proceeding"
    bail.proceeding = bail.proceeding or proceeding
    check_only_live_bail(bail, field)
    facts = {"decided_on": decided_on, "conditions": list(conditions), **price}
    move_bail(bail, Bail.GRANTED, proceeding=bail.proceeding, **facts)
    set_conditions(bail, terms, by=by, now=now)
    record("bail.grant", by=by, subject=bail, at=now, kind=bail.kind)
    settle(bail.case, now)
    return bail


def check_release(bail: BailOrder, released_on: str, now: datetime) -> None:
    """May this release be recorded?"""
    if bail.status not in LIVE_BAIL:
        raise IllegalMove(_("Only somebody with a bail that runs can be released on it."), "released_on")
    if bail.released_on:
        raise IllegalMove(_("The release is recorded already."), "released_on")
    if not released_on:
        raise IllegalMove(_("Enter the date of the release."), "released_on")
    check_happened(released_on, bail.office, now, "released_on")
    check_order(bail.decided_on, released_on, "released_on")


def release_bail(
    bail_id: UUID, *, by: User, now: datetime, released_on: str, version: int | None = None
) -> BailOrder:
    """The person is out; a spell in custody that runs ends on the same day."""
    bail = locked_bail(bail_id, version)
    check_release(bail, released_on, now)
    put(bail, released_on=released_on)
    record("bail.release", by=by, subject=bail, at=now)
    end_running_custody(bail.accused, by=by, now=now, on=released_on)
    settle(bail.case, now)
    return bail


def refuse_bail(
    bail_id: UUID, *, by: User, now: datetime, decided_on: str, note: str = "", version: int | None = None
) -> BailOrder:
    """The court keeps the person inside."""
    bail = locked_bail(bail_id, version)
    check_happened(decided_on, bail.office, now, "decided_on")
    check_order(bail.applied_on, decided_on, "decided_on")
    move_bail(bail, Bail.REFUSED, decided_on=decided_on, note=note or bail.note)
    record("bail.refuse", by=by, subject=bail, at=now)
    settle(bail.case, now)
    return bail


def withdraw_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    decided_on: str = "",
    note: str = "",
    version: int | None = None,
) -> BailOrder:
    """The application was taken back."""
    bail = locked_bail(bail_id, version)
    check_happened(decided_on, bail.office, now, "decided_on")
    move_bail(bail, Bail.WITHDRAWN, decided_on=decided_on, note=note or bail.note)
    record("bail.withdraw", by=by, subject=bail, at=now)
    settle(bail.case, now)
    return bail


def breach_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    what: str,
    on: str = "",
    note: str = "",
    condition: BailCondition | None = None,
    version: int | None = None,
) -> BailOrder:
    """A condition was broken; a second breach adds to the first."""
    bail = locked_bail(bail_id, version)
    check_happened(on, bail.office, now, "on")
    if bail.status != Bail.BREACHED:
        move_bail(bail, Bail.BREACHED)
    facts = {"on": on, "what": what, "note": note, "condition": condition}
    breach = BailBreach.objects.create(case=bail.case, bail=bail, **facts)
    record("bail.breach", by=by, subject=bail, at=now, breach=breach.pk)
    settle(bail.case, now)
    return bail


def cancel_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    ended_on: str,
    held: bool = False,
    note: str = "",
    version: int | None = None,
) -> BailOrder:
    """The court takes the bail back; held = the person is in custody again from that day."""
    bail = locked_bail(bail_id, version)
    check_end(bail, ended_on, now)
    move_bail(bail, Bail.CANCELLED, ended_on=ended_on, ended=BailEnd.CANCELLED, note=note or bail.note)
    record("bail.cancel", by=by, subject=bail, at=now)
    if held and not bail.accused.custodies.running().exists():
        kind = CustodyKind.SENTENCE if bail.kind == BailKind.PENDING_APPEAL else CustodyKind.REMAND
        start_custody(bail.accused_id, by=by, now=now, kind=kind, starts_on=ended_on)
    settle(bail.case, now)
    return bail


def check_end(bail: BailOrder, ended_on: str, now: datetime) -> None:
    """An end has come, and lies after the beginning."""
    check_happened(ended_on, bail.office, now, "ended_on")
    check_order(bail.released_on or bail.decided_on, ended_on, "ended_on")


def end_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    ended: str,
    ended_on: str = "",
    note: str = "",
    version: int | None = None,
) -> BailOrder:
    """The bail is over for another reason: judgment, arrest, close of the case."""
    bail = locked_bail(bail_id, version)
    check_end(bail, ended_on, now)
    move_bail(bail, Bail.ENDED, ended_on=ended_on, ended=ended, note=note or bail.note)
    record("bail.end", by=by, subject=bail, at=now, ended=ended)
    settle(bail.case, now)
    return bail
