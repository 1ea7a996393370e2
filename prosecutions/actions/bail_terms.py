"""What the court asks of somebody on bail, whether it is kept, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove
from prosecutions.actions.bail import breach_bail, locked_bail
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.actions.conditions import check_rhythm, set_condition
from prosecutions.bail_states import ConditionKind, Kept, Notice, Rhythm
from prosecutions.models import BailCondition, BailOrder, BailVariation, ConditionCheck
from prosecutions.rhythm import due_before, may_answer_early, next_due
from prosecutions.states import LIVE_BAIL, Bail
from survivors.models import Survivor


def check_runs(bail: BailOrder, field: str | None = None) -> None:
    """Only a bail that runs has terms to change or to look after."""
    if bail.status not in LIVE_BAIL:
        raise IllegalMove(_("Only a bail that runs has conditions to look after."), field)


def add_condition(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    text: str = "",
    place: str = "",
    survivor: Survivor | None = None,
    rhythm: str = Rhythm.ALWAYS,
    every_days: int | None = None,
    weekday: int | None = None,
    on: date | None = None,
) -> BailCondition:
    """The court asks one thing more, or somebody writes down what it has asked."""
    bail = locked_bail(bail_id, None)
    check_runs(bail, "kind")
    if kind == ConditionKind.OTHER and not text:
        raise IllegalMove(_("Say in words what the court asks for."), "text")
    check_rhythm(rhythm, every_days, weekday, on)
    condition = set_condition(
        bail, today=today_in(bail.office, now), kind=kind, text=text, place=place, survivor=survivor,
        rhythm=rhythm, every_days=every_days, weekday=weekday, on=on,
    )  # fmt: skip
    record("condition.add", by=by, subject=condition, at=now, kind=kind)
    settle(bail.case, now)
    return condition


def lift_condition(
    condition_id: UUID, *, by: User, now: datetime, lifted_on: str, version: int | None = None
) -> BailCondition:
    """The court asks it no more; nobody is to look after it from now on."""
    condition = locked(BailCondition, condition_id)
    if condition.lifted_on:
        raise IllegalMove(_("This condition is lifted already."), "lifted_on")
    check_happened(lifted_on, condition.office, now, "lifted_on")
    put(condition, version=version, lifted_on=lifted_on, next_on=None)
    record("condition.lift", by=by, subject=condition, at=now)
    settle(condition.case, now)
    return condition


def check_condition(
    condition_id: UUID,
    *,
    by: User,
    now: datetime,
    result: str,
    due_on: date | None = None,
    on: str = "",
    how: str = "",
    note: str = "",
) -> ConditionCheck:
    """Was it kept? One answer for the day that is due; "nobody made sure" answers for all that have passed.

    A broken condition is a breach of the bail at once.
    """
    condition = locked(BailCondition, condition_id)
    bail = locked(BailOrder, condition.bail_id)
    check_runs(bail, "result")
    today = today_in(condition.office, now)
    check_happened(on, condition.office, now, "on")
    check_answerable(condition, due_on, result, today)
    facts = {"result": result, "on": on or today.isoformat(), "by": by, "how": how, "note": note}
    days = days_answered(condition, result, today)
    checks = [
        ConditionCheck.objects.create(case=condition.case, condition=condition, due_on=day, **facts)
        for day in days
    ]
    if days[-1] is not None:
        following = next_due(condition.rhythm, days[-1], days[-1], every_days=condition.every_days)
        put(condition, next_on=following)
    check = checks[-1]
    record("condition.check", by=by, subject=condition, at=now, result=result)
    if result == Kept.BROKEN:
        day = on or min(due_on or today, today).isoformat()
        breach_bail(bail.pk, by=by, now=now, what=condition.called, on=day, note=note, condition=condition)
    settle(condition.case, now)
    return check


def check_answerable(condition: BailCondition, due_on: date | None, result: str, today: date) -> None:
    """An answer is for the day that waits for one, and not for a period that has not begun."""
    if condition.lifted_on:
        raise IllegalMove(_("This condition is lifted already."), "result")
    if due_on != condition.next_on:
        raise IllegalMove(_("Somebody has answered for this day already."), "result")
    if due_on is None or result == Kept.BROKEN:
        return
    if not may_answer_early(condition.rhythm, due_on, today, every_days=condition.every_days):
        raise IllegalMove(_("It is too early to answer for this day."), "result")


def days_answered(condition: BailCondition, result: str, today: date) -> list[date | None]:
    """The due days one answer is for, the last one last."""
    due = condition.next_on
    if due is not None and result == Kept.NOT_CHECKED:
        return [*due_before(condition.rhythm, due, today, every_days=condition.every_days)] or [due]
    return [due]


def vary_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    on: str,
    conditions: Sequence[str] = (),
    surety: Decimal | None = None,
    surety_currency: str = "",
    note: str = "",
    version: int | None = None,
) -> BailOrder:
    """The court changes the money or the conditions of a bail that runs; what stood before is kept."""
    bail = locked_bail(bail_id, version)
    check_runs(bail, "conditions")
    check_happened(on, bail.office, now, "on")
    check_order(bail.decided_on, on, "on")
    BailVariation.objects.create(
        case=bail.case, bail=bail, on=on, conditions_before=bail.conditions, note=note,
        surety_before_low=bail.surety_low, surety_before_high=bail.surety_high,
        surety_before_currency=bail.surety_currency,
    )  # fmt: skip
    terms = money("surety", surety, surety_currency or bail.office.currency)
    put(bail, conditions=list(conditions), **terms)
    record("bail.vary", by=by, subject=bail, at=now)
    settle(bail.case, now)
    return bail


def give_notice(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    notice: str,
    notice_on: str = "",
    notice_note: str = "",
    version: int | None = None,
) -> BailOrder:
    """The survivors were told of the application or the bail as the law wants it, or no notice is needed."""
    bail = locked_bail(bail_id, version)
    if notice == Notice.GIVEN and not notice_on:
        raise IllegalMove(_("Enter the day on which notice was given."), "notice_on")
    if notice == Notice.NOT_REQUIRED and not notice_note:
        raise IllegalMove(_("Say why no notice is needed."), "notice_note")
    check_happened(notice_on, bail.office, now, "notice_on")
    put(bail, notice=notice, notice_on=notice_on, notice_note=notice_note)
    record("bail.notice", by=by, subject=bail, at=now, notice=notice)
    settle(bail.case, now)
    return bail


def reoffend_bail(
    bail_id: UUID,
    *,
    by: User,
    now: datetime,
    reoffended_on: str = "",
    reoffended_case: str = "",
    reoffended_note: str = "",
    version: int | None = None,
) -> BailOrder:
    """A new offence followed while the person was out on this bail; it may be long over."""
    bail = locked_bail(bail_id, version)
    if bail.status not in (*LIVE_BAIL, Bail.CANCELLED, Bail.ENDED):
        raise IllegalMove(_("Nobody was let out on this application."), "reoffended_on")
    check_happened(reoffended_on, bail.office, now, "reoffended_on")
    check_order(str(bail.since), reoffended_on, "reoffended_on")
    put(
        bail, reoffended=True, reoffended_on=reoffended_on, reoffended_case=reoffended_case,
        reoffended_note=reoffended_note,
    )  # fmt: skip
    record("bail.reoffend", by=by, subject=bail, at=now)
    settle(bail.case, now)
    return bail
