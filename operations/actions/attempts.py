"""Operations: one attempt each to free people or to arrest.

While an operation is planned, nothing of it may show to those outside its circle: its key stands in no row of
numbers, and its case does not come to the top of any list.
"""

import secrets
from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.actions import lock_case, touch
from cases.clock import today_in
from cases.models import Case
from cases.states import IllegalMove, check_move, check_version
from operations.actions.insiders import begin_circle, lock_operation
from operations.models import Operation, OperationSite, Venue
from operations.querysets import NextKey
from operations.states import OPERATION_MOVES, OperationOutcome, OperationStatus
from reference.values import PartialDate, Quantity

COUNTS = {*Operation.NUMBERS, "relieved", "arrested"}
FACTS = COUNTS | {
    "on", "local_time", "purpose", "planning", "planning_days", "simultaneous", "led_by", "undercover",
    "care_on_site", "note", "follows", "attempt",
}  # fmt: skip
PARTS = (
    ("children", "people"),
    ("exploited", "people"),
    ("children_exploited", "children"),
    ("relieved", "people"),
)


def check_counts(facts: dict) -> None:
    """A part is not larger than the whole, as far as both are known."""
    for part, whole in PARTS:
        if facts.get(part) and facts.get(whole):
            low, high = Quantity.of(facts[part]).low, Quantity.of(facts[whole]).high
            if low is not None and high is not None and low > high:
                raise IllegalMove(_("This is more than the number it is a part of."), field=part)


def check_follows(case: Case, follows: Operation | None, itself: Operation | None = None) -> None:
    """An attempt follows another one of the same case."""
    if follows is None:
        return
    if follows.case_id != case.pk or follows == itself:
        raise IllegalMove(_("Choose an earlier attempt of this case."), field="follows")


def check_outcome(case: Case, outcome: str, failure: str, on: str, now: datetime) -> None:
    """What happened has a day that has come, and a failure has a reason."""
    if outcome not in OperationOutcome.values:
        raise IllegalMove(_("Say how it ended."), field="outcome")
    if outcome == OperationOutcome.FAILED and not failure:
        raise IllegalMove(_("Say why it failed."), field="failure")
    if outcome == OperationOutcome.SUCCESS and failure:
        raise IllegalMove(
            _("A success has no reason for failing. Choose partial, or leave it out."), field="failure"
        )
    if not on:
        raise IllegalMove(_("Say on which day it was."), field="on")
    if PartialDate(on).first > today_in(case.office, now):
        raise IllegalMove(_("This day has not come yet."), field="on")


def check_facts(facts: dict) -> None:
    """Only facts of an operation, and numbers that fit each other."""
    if not facts.keys() <= FACTS:
        raise TypeError(f"not facts of an operation: {sorted(facts.keys() - FACTS)}")
    check_counts(facts)


PLAN = "plan-"


def plan_key() -> str:
    """A key out of the row o1, o2, so that no gap in it tells of a plan; the row goes on when it is done."""
    return PLAN + secrets.token_hex(3)


def next_row_key(case: Case) -> str:
    """The next of o1, o2, o3; the row of the case is locked by the caller or here."""
    found = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk=case.pk)
    return found.values_list(NextKey("pk"), flat=True).get()


def touch_when_open(operation: Operation, now: datetime) -> None:
    """A case that moves to the top without a visible reason would tell of a plan."""
    if not operation.closed:
        touch(operation.case, now)


def plan_operation(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    purpose: str,
    on: str = "",
    local_time: time | None = None,
    follows: Operation | None = None,
    **facts: object,
) -> Operation:
    """Plan an attempt. Whoever plans it leads it, and is the first who knows of it."""
    case = lock_case(case_id)
    check_facts(facts)
    check_follows(case, follows)
    operation = Operation(
        case=case, key=plan_key(), status=OperationStatus.PLANNED, purpose=purpose, on=on,
        local_time=local_time, follows=follows, attempt=attempt_after(follows), **facts,
    )  # fmt: skip
    begin_circle(operation, by=by, now=now)
    operation.save(force_insert=True)
    record("operation.plan", by=by, subject=operation, at=now)
    return operation


def attempt_after(follows: Operation | None) -> int:
    """The first attempt, or the one after the earlier."""
    return (follows.attempt or 1) + 1 if follows else 1


def add_operation(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    purpose: str,
    outcome: str,
    failure: str = "",
    on: str = "",
    follows: Operation | None = None,
    **facts: object,
) -> Operation:
    """Record an attempt that nobody had planned here."""
    case = lock_case(case_id)
    check_facts(facts)
    check_follows(case, follows)
    check_outcome(case, outcome, failure, on, now)
    operation = Operation.objects.create(
        case=case, key=next_row_key(case), status=OperationStatus.DONE, purpose=purpose, on=on,
        outcome=outcome, failure=failure, follows=follows, attempt=attempt_after(follows), **facts,
    )  # fmt: skip
    record("operation.record", by=by, subject=operation, at=now, outcome=outcome, failure=failure)
    touch(case, now)
    return operation


def record_operation(
    operation_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str,
    failure: str = "",
    on: str = "",
    version: int | None = None,
    **facts: object,
) -> Operation:
    """What came of a planned attempt."""
    operation = lock_operation(operation_id)
    check_version(operation, version)
    check_move(OPERATION_MOVES, OperationStatus(operation.status), OperationStatus.DONE)
    check_facts(facts)
    check_outcome(operation.case, outcome, failure, on or operation.on, now)
    facts |= {
        "status": OperationStatus.DONE,
        "outcome": outcome,
        "failure": failure,
        "on": on or operation.on,
        "key": next_row_key(operation.case) if operation.key.startswith(PLAN) else operation.key,
    }
    write(operation, facts)
    record("operation.record", by=by, subject=operation, at=now, outcome=outcome, failure=failure)
    touch(operation.case, now)
    return operation


def write(operation: Operation, facts: dict) -> None:
    """Save these facts and the next version."""
    for name, value in facts.items():
        setattr(operation, name, value)
    operation.version += 1
    operation.save(update_fields=[*facts, "version"])


def edit_operation(
    operation_id: UUID,
    *,
    by: User,
    now: datetime,
    outcome: str = "",
    failure: str = "",
    version: int | None = None,
    **facts: object,
) -> Operation:
    """Put right what is written about an attempt; the outcome only where there is one."""
    operation = lock_operation(operation_id)
    check_version(operation, version)
    check_facts(facts)
    check_follows(operation.case, facts.get("follows"), operation)  # type: ignore[arg-type]
    if operation.status == OperationStatus.DONE:
        check_outcome(operation.case, outcome, failure, str(facts.get("on") or operation.on), now)
        facts |= {"outcome": outcome, "failure": failure}
    write(operation, facts)
    record("operation.edit", by=by, subject=operation, at=now, version=operation.version)
    touch_when_open(operation, now)
    return operation


def schedule_operation(
    operation_id: UUID,
    *,
    by: User,
    now: datetime,
    day: str,
    clock: time | None = None,
    version: int | None = None,
) -> Operation:
    """Set the day and the hour of a plan anew, without being shown the old ones."""
    operation = lock_operation(operation_id)
    if operation.status != OperationStatus.PLANNED:
        raise IllegalMove(_("Only a plan has a day that can be moved."))
    return edit_operation(operation_id, by=by, now=now, version=version, on=day, local_time=clock)


def cancel_operation(
    operation_id: UUID, *, by: User, now: datetime, note: str = "", version: int | None = None
) -> Operation:
    """It will not take place; the plan stays readable to those who knew of it."""
    operation = lock_operation(operation_id)
    check_version(operation, version)
    check_move(OPERATION_MOVES, OperationStatus(operation.status), OperationStatus.CANCELLED)
    kept = "\n".join(text for text in (operation.note, note) if text)
    write(operation, {"status": OperationStatus.CANCELLED, "note": kept})
    record("operation.cancel", by=by, subject=operation, at=now)
    return operation


def approve_operation(
    operation_id: UUID,
    *,
    by: User,
    now: datetime,
    plan_approved: bool = False,
    safeguarding_checked: bool = False,
    version: int | None = None,
) -> Operation:
    """Approve the plan, confirm the safeguarding check, or both; each once, by somebody who may."""
    operation = lock_operation(operation_id)
    check_version(operation, version)
    if not by.can_in(operation.office_id, Can.APPROVE_OPERATION):
        raise IllegalMove(
            _("Only the legal lead, safeguarding lead or director of this office approves operations.")
        )
    if operation.status == OperationStatus.CANCELLED:
        raise IllegalMove(_("This operation was cancelled."))
    plan = plan_approved and not operation.plan_approved
    safeguarding = safeguarding_checked and not operation.safeguarding_checked
    if not plan and not safeguarding:
        raise IllegalMove(_("Tick what you approve. What was approved before stands."))
    facts = {"approved_at": now, "approved_by": by} if plan else {}
    facts |= {"safeguarded_at": now, "safeguarded_by": by} if safeguarding else {}
    write(operation, facts)
    record("operation.approve", by=by, subject=operation, at=now, plan=plan, safeguarding=safeguarding)
    touch_when_open(operation, now)
    return operation


def add_site(
    operation_id: UUID,
    *,
    by: User,
    now: datetime,
    venue: Venue,
    arrested: str = "",
    note: str = "",
    **counts: str,
) -> OperationSite:
    """One more place at which the attempt was made, with the people found there."""
    operation = lock_operation(operation_id)
    if venue.case_id != operation.case_id:
        raise IllegalMove(_("This venue belongs to another case."), field="venue")
    check_facts(counts)
    position = operation.sites.count() + 1
    site = OperationSite.objects.create(
        case=operation.case, operation=operation, venue=venue, position=position, arrested=arrested,
        note=note, **counts,
    )  # fmt: skip
    record("operation.edit", by=by, subject=operation, at=now, version=operation.version)
    touch_when_open(operation, now)
    return site
