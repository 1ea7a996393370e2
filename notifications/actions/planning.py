"""What is due when: each hearing ahead has its reminders as rows, kept in step with it and the calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet

from accounts.models import Office
from notifications.clock import wall, working_day_before, zone_of
from notifications.models import Reminder
from notifications.states import Offset, ReminderState
from prosecutions.models import Attendance, Hearing

BEHIND = timedelta(days=1)  # a hearing of which only the day is known begins at its midnight
AHEAD = timedelta(days=15)
AT_ONCE = timedelta(hours=48)
AT_A_TIME = 5000
TOO_LATE = ("late", "collapsed")
MORNING = time(8)
DAY_BEFORE = time(17)
SAME_DAY = time(6, 30)
DAYS = {Offset.T14: 14, Offset.T7: 7, Offset.T2: 2}

# The times of a kind of hearing (office, beginning, hour) are worked out once, and laid on all of the kind.
# What was given stays given; a date entered less than two days ahead announces itself at once.
PLAN = """
WITH times AS (
  SELECT * FROM unnest(%(offices)s::bigint[], %(begins)s::timestamptz[], %(hours)s::time[], %(steps)s::text[],
    %(days)s::date[], %(wall_on)s::date[], %(wall_time)s::time[], %(zones)s::text[], %(due)s::timestamptz[],
    %(over)s::timestamptz[]) t (office, begins, hour, step, day, wall_on, wall_time, zone, due, over)
),
wanted AS (
  SELECT h.case_id, h.office_id, h.sensitivity, h.id, h.schedule_version, h.scheduled_at, t.*,
         CASE WHEN t.step = 't2' AND h.schedule_version = 1 AND t.over - h.scheduled_at <= %(at_once)s
              THEN h.scheduled_at ELSE t.due END AS due_at
    FROM prosecutions_hearing h
    JOIN times t ON t.office = h.office_id AND t.begins = h.starts_at
     AND t.hour IS NOT DISTINCT FROM h.local_time
   WHERE h.id = ANY(%(hearings)s::uuid[])
     AND (t.step <> 't14' OR EXISTS (
       SELECT 1 FROM prosecutions_attendance a WHERE a.hearing_id = h.id AND a.called))
),
judged AS (
  SELECT w.*, CASE WHEN w.due_at < w.scheduled_at THEN 'not on record'
                   WHEN w.due_at >= w.over THEN 'after it begins' ELSE '' END AS reason FROM wanted w
)
INSERT INTO notifications_reminder AS was (
  id, case_id, office_id, sensitivity, version, created_at, updated_at, hearing_id, hearing_version, step,
  day, begins_at, known_at, wall_on, wall_time, zone, due_at, fire_until, state, reason)
SELECT gen_random_uuid(), case_id, office_id, sensitivity, 1, %(now)s, %(now)s, id, schedule_version, step,
       day, begins, scheduled_at, wall_on, wall_time, zone, due_at, over,
       CASE reason WHEN '' THEN 'planned' ELSE 'missed' END, reason
  FROM judged
ON CONFLICT (hearing_id, hearing_version, step) DO UPDATE SET
  day = excluded.day, begins_at = excluded.begins_at, known_at = excluded.known_at,
  wall_on = excluded.wall_on, wall_time = excluded.wall_time, zone = excluded.zone, due_at = excluded.due_at,
  fire_until = excluded.fire_until,
  state = CASE was.state WHEN 'fired' THEN was.state ELSE excluded.state END,
  reason = CASE was.state WHEN 'fired' THEN was.reason ELSE excluded.reason END
WHERE was.state IN ('superseded', 'cancelled')
   OR (was.begins_at, was.known_at, was.due_at, was.fire_until)
      IS DISTINCT FROM (excluded.begins_at, excluded.known_at, excluded.due_at, excluded.fire_until)
"""


class Kind(NamedTuple):
    """All that the times of reminders depend on."""

    office_id: int
    begins: datetime
    hour: time | None


def plan_reminders(*, now: datetime) -> tuple[bool, int]:
    """Bring the plan up to the hearings as they stand; (is there more to do, rows written)."""
    ended = end_plans()
    take_back(now)
    some = list(without_plan(now)[:AT_A_TIME])
    return len(some) == AT_A_TIME, ended + lay_down(some, now)


def plan_again(*, now: datetime) -> int:
    """Work out every time anew: holidays and laws of time change; how many reminders that moved."""
    ahead = Hearing.objects.expected().between(now - BEHIND, now + AHEAD).order_by("pk")
    moved, last = 0, None
    while some := list((ahead.filter(pk__gt=last) if last else ahead)[:AT_A_TIME]):
        moved, last = moved + lay_down(some, now), some[-1].pk
    return moved


def end_plans() -> int:
    """Of dates that were moved, called off or held nothing more is due."""
    gone = Reminder.objects.of_dates_gone()
    moved = gone.exclude(hearing__schedule_version=F("hearing_version"))
    ended = moved.update(state=ReminderState.SUPERSEDED)
    return ended + gone.update(state=ReminderState.CANCELLED)


def take_back(now: datetime) -> int:
    """The clock of the database had run ahead, and was put right: what was too late is not."""
    missed = Reminder.objects.of_dates_that_hold().filter(state=ReminderState.MISSED, reason__in=TOO_LATE)
    same = Reminder.objects.filter(
        hearing=OuterRef("hearing"), hearing_version=OuterRef("hearing_version"), due_at__lte=now
    )
    later = same.filter(due_at__gte=OuterRef("due_at")).exclude(pk=OuterRef("pk"))
    early = missed.filter(~Exists(later), due_at__gt=now - AHEAD - BEHIND, fire_until__gt=now)
    return early.update(state=ReminderState.PLANNED, reason="")


def without_plan(now: datetime) -> QuerySet[Hearing]:
    """Hearings ahead whose plan is not there, or is not theirs as they stand now."""
    ahead = Hearing.objects.expected().between(now - BEHIND, now + AHEAD)
    own = Reminder.objects.filter(hearing=OuterRef("pk"), hearing_version=OuterRef("schedule_version"))
    held = own.exclude(state__in=[ReminderState.SUPERSEDED, ReminderState.CANCELLED])
    last = held.filter(step=Offset.D0, begins_at=OuterRef("starts_at"), known_at=OuterRef("scheduled_at"))
    called = Attendance.objects.filter(hearing=OuterRef("pk"), called=True)
    lacking = Exists(called) & ~Exists(held.filter(step=Offset.T14))
    return ahead.filter(~Exists(last) | lacking).order_by("starts_at", "pk")


def lay_down(hearings: Sequence[Hearing], now: datetime) -> int:
    """Write the reminders of these hearings."""
    if not hearings:
        return 0
    kinds = {Kind(row.office_id, row.starts_at, row.local_time) for row in hearings if row.starts_at}
    offices = Office.objects.in_bulk({kind.office_id for kind in kinds})
    lines = [line for kind in sorted(kinds, key=str) for line in times_of(kind, offices[kind.office_id])]
    names = ("offices", "begins", "hours", "steps", "days", "wall_on", "wall_time", "zones", "due", "over")
    facts: dict[str, Any] = dict(zip(names, map(list, zip(*lines, strict=True)), strict=True))
    facts |= {"hearings": [str(row.pk) for row in hearings], "at_once": AT_ONCE, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(PLAN, facts)
        return cursor.rowcount


def times_of(kind: Kind, office: Office) -> Iterable[tuple]:
    """When each reminder of such a hearing falls due, on the clock of its office."""
    zone = zone_of(office.time_zone)
    day = kind.begins.astimezone(zone).date()
    over = kind.begins if kind.hour else wall(zone, day + timedelta(days=1), time())
    for step, (on, hour) in walls_of(day, kind.hour, office.country).items():
        yield (
            *kind, step.value, day, on, hour, office.time_zone, wall(zone, on, hour), over,
        )  # fmt: skip


def walls_of(day: date, hour: time | None, country: str) -> dict[Offset, tuple[date, time]]:
    """The day and hour, as they stand on the wall, of each reminder of a hearing on that day."""
    walls = {step: (day - timedelta(days=days), hour or MORNING) for step, days in DAYS.items()}
    walls[Offset.D1] = (working_day_before(country, day), DAY_BEFORE)
    walls[Offset.D0] = (day, SAME_DAY)
    return walls
