"""Care ends when one person asks and another agrees; it is followed afterwards, and may be taken up again."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from aftercare.actions.care import keep, lock, refuse_future
from aftercare.actions.tasks import end_open, make_task
from aftercare.closing import FOLLOWED, Gate, gates_of, kept, shut
from aftercare.models import Care, Closure
from aftercare.states import CARE_GOES_ON, CareResult, ReopenWhy, TaskKind, TaskStatus, months_later
from audit.actions import record
from cases.actions import add_link, move_track, touch
from cases.clock import today_in
from cases.states import AftercareStatus, IllegalMove, LinkKind, Track
from reference.values import PartialDate
from survivors.actions import add_episode

AFTER_THE_END = (TaskKind.RESCORE, TaskKind.PLAN_REVIEW, TaskKind.MEDICAL_CHECK, TaskKind.NAME_WORKER)
RESCORE_WITHIN = timedelta(days=7)


def ask_closure(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    result: str,
    on: PartialDate,
    basis: str,
    version: int | None = None,
) -> Closure:
    """A colleague asks that the care ends, and why; refused while a gate that this end needs is shut."""
    care = lock(Care, care_id, version)
    refuse_future(on, office=care.office, now=now, field="result_on")
    if result in CARE_GOES_ON:
        raise IllegalMove(_("With this result the care goes on."), field="result")
    if care.result not in CARE_GOES_ON:
        raise IllegalMove(_("This care has ended already. Take it up again first."), field="result")
    if care.closures.filter(decided_at=None).exists():
        raise IllegalMove(_("The end of this care has been asked for already and waits for an answer."))
    gates = gates_of(care, result, now)
    if sentences := shut(gates):
        raise IllegalMove(" ".join(sentences), field="result")
    closure = Closure(care=care, case=care.case, result=result, on=on, basis=basis, gates=kept(gates))
    closure.asked_by, closure.asked_at = by, now
    closure.follow_up_months = list(settings.FOLLOW_UP_MONTHS) if result in FOLLOWED else []
    closure.save(force_insert=True)
    record("closure.ask", by=by, subject=closure, at=now, result=result)
    touch(care.case, now)
    return closure


def decide_closure(
    closure_id: UUID, *, by: User, now: datetime, agreed: bool, answer: str = "", version: int | None = None
) -> Closure:
    """A supervisor other than whoever asked agrees, and the care ends; or sends it back with a reason."""
    closure = lock(Closure, closure_id, version)
    care = lock(Care, closure.care_id)
    check_decider(closure, by)
    if not agreed and not answer.strip():
        raise IllegalMove(_("Say in a few words what is missing."), field="answer")
    gates = gates_of(care, closure.result, now)
    if agreed and (sentences := shut(gates)):
        raise IllegalMove(" ".join(sentences), field="agreed")
    open_still = unsafe(gates) if closure.result != CareResult.DIED else ""
    if agreed and open_still and not answer.strip():
        words = _("%(why)s Say in a few words why the care may end.") % {"why": open_still}
        raise IllegalMove(words, field="answer")
    closure.agreed, closure.answer, closure.decided_by, closure.decided_at = agreed, answer, by, now
    keep(closure, "agreed", "answer", "decided_by", "decided_at")
    record("closure.decide", by=by, subject=closure, at=now, agreed=agreed, result=closure.result)
    if agreed:
        end_care(care, closure, by=by, now=now)
    touch(care.case, now)
    return closure


def unsafe(gates: Sequence[Gate]) -> str:
    """What is open about the person's safety, where this end does not wait for it."""
    return next((gate.why for gate in gates if gate.code == "safety" and not gate.holds), "")


def check_decider(closure: Closure, by: User) -> None:
    """Four eyes: a supervisor of the office, and never whoever asked."""
    if closure.decided_at is not None:
        raise IllegalMove(_("This has been answered already."))
    if not by.can_in(closure.office_id, Can.CLOSE_AFTERCARE):
        raise IllegalMove(
            _("Only the safeguarding lead or the office director agrees that care ends. Ask one of them.")
        )
    if closure.asked_by_id == by.pk:
        raise IllegalMove(_("You have asked for this yourself: somebody else decides."))


def end_care(care: Care, closure: Closure, *, by: User, now: datetime) -> None:
    """The care stands where the request said; visits follow, and what was due for the care is over."""
    care.result, care.result_on, care.basis = closure.result, closure.on, closure.basis
    care.next_review_on = ""
    keep(care, "result", "result_on", "basis", "next_review_on")
    record("care.outcome", by=by, subject=care, at=now, result=closure.result)
    end_open(care, AFTER_THE_END, TaskStatus.MOOT, by=by, now=now)
    for months in closure.follow_up_months:
        make_task(
            care, TaskKind.FOLLOW_UP, by=by, now=now, due_at=evening(care, closure, months),
            worker=care.worker, source="closure.decide", source_id=uuid5(closure.pk, str(months)),
        )  # fmt: skip


def evening(care: Care, closure: Closure, months: int) -> datetime:
    """The end of the office's day so many months after the end of care."""
    day = months_later(PartialDate(closure.on).last, months)
    return datetime.combine(day, time(18), tzinfo=ZoneInfo(care.office.time_zone))


def reopen_care(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    why: str,
    note: str = "",
    kinds: Sequence[str] = (),
    new_case: str = "",
    version: int | None = None,
) -> Care:
    """Take up the care of somebody whose care had ended; its end stays in the history.

    Somebody exploited again gets a new episode, and where that has a case of its own, a tie to it.
    """
    care = lock(Care, care_id, version)
    check_reopening(care, on, now, why, kinds)
    closure = care.closures.select_for_update().filter(agreed=True, reopened_on="").order_by("-on").first()
    if closure is not None:
        closure.reopened_on, closure.reopened_why = on, why
        keep(closure, "reopened_on", "reopened_why")
    again = why == ReopenWhy.RE_VICTIMISED
    care.result_note = "\n".join(filter(None, [note.strip(), what_was(care), care.result_note]))
    care.result, care.result_on = CareResult.RE_TRAFFICKED if again else CareResult.IN_CARE, on
    care.basis, care.next_review_on = "", PartialDate((now + RESCORE_WITHIN).date())
    keep(care, "result", "result_on", "basis", "result_note", "next_review_on")
    record("closure.reopen", by=by, subject=care, at=now, why=why)
    end_open(care, [TaskKind.FOLLOW_UP], TaskStatus.MOOT, by=by, now=now)
    make_task(
        care, TaskKind.RESCORE, by=by, now=now, due_at=now + RESCORE_WITHIN, worker=care.worker,
        source="closure.reopen", source_id=uuid5(care.pk, f"reopen {care.version}"),
    )  # fmt: skip
    if again:
        follow_again(care, by=by, now=now, kinds=kinds, new_case=new_case, on=on)
    take_up_track(care, by=by, now=now)
    touch(care.case, now)
    return care


def check_reopening(care: Care, on: PartialDate, now: datetime, why: str, kinds: Sequence[str]) -> None:
    """Only what has ended is taken up again, and not before it ended."""
    refuse_future(on, office=care.office, now=now, field="on")
    if care.result in CARE_GOES_ON:
        raise IllegalMove(_("This care has not ended."))
    if care.result == CareResult.DIED:
        raise IllegalMove(_("This person has died."))
    if care.result_on and on.last < PartialDate(care.result_on).first:
        raise IllegalMove(_("The care ended later than this day."), field="on")
    if why == ReopenWhy.RE_VICTIMISED and care.survivor_id and not kinds:
        raise IllegalMove(_("Say what kind of exploitation it was."), field="kinds")


def what_was(care: Care) -> str:
    """How it had ended, kept in words for a care that was closed before closings were recorded."""
    if care.closures.filter(agreed=True).exists():
        return ""
    return _("Before: %(result)s, since %(day)s. %(basis)s") % {
        "result": care.get_result_display(), "day": care.result_on or "–", "basis": care.basis,
    }  # fmt: skip


def follow_again(
    care: Care, *, by: User, now: datetime, kinds: Sequence[str], new_case: str, on: PartialDate
) -> None:
    """The new spell of exploitation, and the case that was opened for it."""
    if care.survivor_id:
        add_episode(care.survivor_id, by=by, now=now, kinds=list(kinds), ended=str(on))
    if new_case.strip():
        add_link(care.case_id, by=by, now=now, kind=LinkKind.REVICTIMISED_IN, number=new_case, on=str(on))


def take_up_track(care: Care, *, by: User, now: datetime) -> None:
    """A closed track of aftercare is open again, for somebody is in care."""
    case: Any = care.case
    if case.aftercare_status == AftercareStatus.CLOSED:
        today = PartialDate(today_in(care.office, now))
        move_track(
            case.pk, by=by, now=now, track=Track.AFTERCARE, status=AftercareStatus.IN_CARE, on=str(today)
        )
