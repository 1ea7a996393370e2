"""Notes, tasks and the risk, as the team writes them down."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions.holding import lock_case, touch
from cases.clock import today_in
from cases.models import Note, RiskNote, Task
from cases.querysets import colleagues_who_may_see
from cases.states import IllegalMove, RiskLevel
from reference.values import PartialDate


def add_note(
    case_id: UUID, *, by: User, now: datetime, text: str, on: str = "", about: Sequence[str] = ()
) -> Note:
    """Write something down for the team."""
    case = lock_case(case_id)
    day = on or today_in(case.office, now).isoformat()
    note = Note.objects.create(case=case, text=text, on=day, about=list(about), author=by)
    record("note.add", by=by, subject=note, at=now)
    touch(case, now)
    return note


def assess_risk(case_id: UUID, *, by: User, now: datetime, level: str, note: str, on: str = "") -> RiskNote:
    """Say how great the danger is, and why. From now on this counts; what was said before stays."""
    case = lock_case(case_id)
    if level not in RiskLevel.values:
        raise IllegalMove(_("Say how great the risk is."), field="level")
    if not note.strip():
        raise IllegalMove(_("Say in a few words why."), field="note")
    today = today_in(case.office, now)
    if on and PartialDate(on).first > today:
        raise IllegalMove(_("This day has not come yet."), field="on")
    day = on or today.isoformat()
    risk = RiskNote.objects.create(case=case, level=level, note=note, on=day, by=by, created_at=now)
    record("risk.assess", by=by, subject=risk, at=now, level=level)
    touch(case, now)
    return risk


def add_task(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    title: str,
    due_on: date | None = None,
    assigned_to: User | None = None,
    about: str = "",
) -> Task:
    """Give somebody who may open the case something to do; the writer herself unless she names another."""
    case = lock_case(case_id)
    doer = assigned_to or by
    if due_on and due_on < today_in(case.office, now):
        raise IllegalMove(_("This day is over. Choose today or a day to come."), field="due_on")
    if not colleagues_who_may_see(case).filter(pk=doer.pk).exists():
        raise IllegalMove(_("This person cannot open the case."), field="assigned_to")
    task = Task.objects.create(case=case, title=title, due_on=due_on, assigned_to=doer, about=about)
    record("task.add", by=by, subject=task, at=now, user=doer.pk)
    touch(case, now)
    return task


def finish_task(task_id: UUID, *, by: User, now: datetime) -> Task:
    """It is done. Saying so twice changes nothing."""
    task = Task.objects.select_for_update(of=("self",)).select_related("case").get(pk=task_id)
    if task.done_at:
        return task
    task.done_at, task.done_by = now, by
    task.version += 1
    task.save(update_fields=["done_at", "done_by", "version"])
    record("task.finish", by=by, subject=task, at=now)
    touch(task.case_id, now)
    return task
