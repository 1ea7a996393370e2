"""Conferences about one person: who sat together, what was decided, and who does it until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, refuse_before, refuse_future, team_of_care
from aftercare.actions.tasks import make_task
from aftercare.models import Care, Conference, Decision
from aftercare.states import TaskKind
from audit.actions import record
from cases.actions import touch
from cases.states import IllegalMove
from reference.values import PartialDate

END_OF_WORK = time(17)


@dataclass(frozen=True)
class Decided:
    """One decision on its way in; who does it is one of the team, else the social worker of the person."""

    what: str
    until: date
    worker_id: UUID | None = None


def hold_conference(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    present: Sequence[str],
    heard: bool | None = None,
    summary: str = "",
    next_on: PartialDate | str = "",
    decisions: Sequence[Decided] = (),
) -> Conference:
    """Write down a conference; each decision becomes a task of somebody."""
    care = lock(Care, care_id)
    refuse_future(on, office=care.office, now=now, field="on")
    refuse_before(next_on, on, _("The next conference comes after this one."), field="next_on")
    conference = Conference(
        care=care, case=care.case, on=on, present=list(present), heard=heard, summary=summary,
        next_on=next_on, by=by,
    )  # fmt: skip
    conference.save(force_insert=True)
    record("conference.hold", by=by, subject=conference, at=now)
    for position, decided in enumerate(decisions, 1):
        decide(conference, decided, position, by=by, now=now)
    touch(care.case, now)
    return conference


def decide(conference: Conference, decided: Decided, position: int, *, by: User, now: datetime) -> Decision:
    """One decision, and the task that it makes."""
    care = conference.care
    team = {person.pk: person for person in team_of_care(care.case)}
    if decided.worker_id is not None and decided.worker_id not in team:
        raise IllegalMove(_("This person is not on the team of the case as a social worker."))
    decision = Decision(conference=conference, case=conference.case, position=position, what=decided.what)
    decision.save(force_insert=True)
    due_at = datetime.combine(decided.until, END_OF_WORK, ZoneInfo(care.office.time_zone))
    decision.task = make_task(
        care, TaskKind.DECISION, by=by, now=now, due_at=due_at, what=decided.what,
        worker=team.get(decided.worker_id) if decided.worker_id else None,
        source="conference.hold", source_id=decision.pk,
    )  # fmt: skip
    keep(decision, "task")
    return decision
