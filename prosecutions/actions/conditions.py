"""Writing down what the court asks of somebody on bail."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove
from prosecutions.actions.casework import next_position
from prosecutions.bail_states import Rhythm
from prosecutions.models import BailCondition, BailOrder
from prosecutions.rhythm import first_due
from survivors.models import Survivor


def set_condition(
    bail: BailOrder,
    *,
    today: date,
    kind: str,
    text: str = "",
    place: str = "",
    survivor: Survivor | None = None,
    rhythm: str = Rhythm.ALWAYS,
    every_days: int | None = None,
    weekday: int | None = None,
    on: date | None = None,
) -> BailCondition:
    """Write one condition down, with the first day on which somebody is to ask; the bail is locked."""
    since = bail.since
    begins = since.first if since and since.exact else today
    every_days = every_days if rhythm == Rhythm.EVERY else None
    weekday = weekday if rhythm == Rhythm.WEEKLY else None
    due = first_due(rhythm, begins, today, every_days=every_days, weekday=weekday, on=on)
    return BailCondition.objects.create(
        case=bail.case, bail=bail, position=next_position(bail.terms.all()), kind=kind, text=text,
        place=place, survivor=survivor, rhythm=rhythm, every_days=every_days, weekday=weekday, next_on=due,
    )  # fmt: skip


def set_conditions(bail: BailOrder, terms: Sequence[Mapping[str, Any]], *, by: User, now: datetime) -> None:
    """The conditions of a decision, each recorded."""
    for facts in terms:
        condition = set_condition(bail, today=today_in(bail.office, now), **facts)
        record("condition.add", by=by, subject=condition, at=now, kind=condition.kind)


def check_rhythm(rhythm: str, every_days: int | None, weekday: int | None, on: date | None) -> None:
    """A rhythm comes with the number that it needs."""
    if rhythm == Rhythm.WEEKLY and weekday is None:
        raise IllegalMove(_("Choose the day of the week."), "weekday")
    if rhythm == Rhythm.EVERY and not every_days:
        raise IllegalMove(_("Say every how many days."), "every_days")
    if rhythm == Rhythm.ONCE and on is None:
        raise IllegalMove(_("Enter the day."), "on")
