"""Reminders that are due become rows of inboxes, thousands in one statement, under the need to know."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from notifications.actions.outside import tell
from notifications.actions.owing import LETTERS, Owed, owe
from notifications.actions.planning import AT_A_TIME
from notifications.models import InboxItem, Reminder
from notifications.recipients import ON_CASE, STOOD_IN_FOR, Directory
from notifications.rules import WORKING, To, Urgency
from notifications.states import Offset, ReminderState
from prosecutions.models import Attendance

MANY = 200
BESIDES = WORKING["H2"].to[1:]  # who hears of each hearing, beside whoever goes

# Of all reminders of a date that are due, the latest is given; the others are of no use any more.
FIRE = """
WITH due AS (
  SELECT DISTINCT hearing_id, hearing_version FROM (
    SELECT hearing_id, hearing_version FROM notifications_reminder
     WHERE state = 'planned' AND due_at <= %(now)s ORDER BY due_at, id LIMIT %(most)s) first
),
judged AS (
  SELECT r.id, r.state, CASE WHEN r.fire_until <= %(now)s THEN 'late'
                             WHEN row_number() OVER latest > 1 THEN 'collapsed' ELSE '' END AS reason
    FROM notifications_reminder r
   WHERE (r.hearing_id, r.hearing_version) IN (SELECT hearing_id, hearing_version FROM due)
     AND r.state IN ('planned', 'fired') AND r.due_at <= %(now)s
  WINDOW latest AS (PARTITION BY r.hearing_id, r.hearing_version
                    ORDER BY r.due_at DESC, array_position(%(steps)s, r.step::text))
)
UPDATE notifications_reminder r
   SET reason = judged.reason, state = CASE judged.reason WHEN '' THEN 'fired' ELSE 'missed' END,
       fired_at = CASE judged.reason WHEN '' THEN %(now)s::timestamptz END
  FROM judged WHERE judged.id = r.id AND judged.state = 'planned' AND r.state = 'planned'
RETURNING r.id, r.state
"""

# The people of a reminder, where they are those of the rule: on the team, at work and not away. Where nobody
# is found, somebody is away, or who goes is not on the team, notifications.recipients.Directory finds them
# (`unusual`); a test keeps the two alike.
ASKED = """
at AS MATERIALIZED (
  SELECT r.id AS reminder, r.step, r.hearing_version, r.day, r.fire_until, h.id AS hearing, h.case_id,
         h.office_id, h.sensitivity, h.who_goes_id, h.confirmed_at IS NULL AS unsure,
         EXISTS (SELECT 1 FROM prosecutions_attendance a WHERE a.hearing_id = h.id AND a.called) AS called
    FROM notifications_reminder r JOIN prosecutions_hearing h ON h.id = r.hearing_id
   WHERE r.id = ANY(%(reminders)s::uuid[])
),
team AS MATERIALIZED (
  SELECT a.case_id, a.user_id, a.role::text, a.backup, u.is_active AND u.principal = '' AS works
    FROM cases_assignment a JOIN accounts_user u ON u.id = a.user_id
   WHERE a.case_id IN (SELECT case_id FROM at)
     AND a.ended_at IS NULL AND (a.until IS NULL OR a.until > %(now)s)
),
mine AS (SELECT * FROM unnest(%(codes)s::text[], %(roles)s::text[], %(places)s::int[]) m (code, role, place)),
holds AS MATERIALIZED (
  SELECT t.case_id, t.user_id, t.works, m.code, m.place
    FROM team t JOIN mine m USING (role) WHERE NOT t.backup
  UNION ALL
  SELECT t.case_id, t.user_id, t.works, m.code, m.place FROM team t JOIN mine m ON m.code = ANY(%(stood_in)s)
   WHERE t.role = 'caseworker' AND NOT t.backup AND NOT EXISTS (
     SELECT 1 FROM team n WHERE n.case_id = t.case_id AND n.role = m.role AND NOT n.backup)
),
asked AS MATERIALIZED (
  SELECT at.*, there.user_id IS NOT NULL AS goes
    FROM at LEFT JOIN (SELECT DISTINCT case_id, user_id FROM team WHERE works) there
      ON there.case_id = at.case_id AND there.user_id = at.who_goes_id
),
wanted AS MATERIALIZED (
  SELECT reminder, who_goes_id AS user_id, 'GOES' AS code, 0 AS place, true AS works FROM asked WHERE goes
  UNION ALL
  SELECT a.reminder, h.user_id, h.code, h.place, h.works FROM asked a JOIN holds h USING (case_id)
   WHERE CASE h.code WHEN 'LAW' THEN NOT a.goes
                     WHEN 'SW' THEN a.called AND a.step <> 'd0' ELSE a.step <> 'd0' END
)
"""
UNUSUAL = f"""
WITH {ASKED},
away AS (
  SELECT person_id FROM accounts_deputy WHERE ended_at IS NULL AND starts_at <= %(now)s AND until > %(now)s
  UNION
  SELECT person_id FROM accounts_absence WHERE ended_at IS NULL AND starts_at <= %(now)s AND until > %(now)s
)
SELECT a.reminder
  FROM asked a LEFT JOIN (
    SELECT w.reminder, bool_or(w.works) AS found, bool_or(away.person_id IS NOT NULL) AS away
      FROM wanted w LEFT JOIN away ON away.person_id = w.user_id GROUP BY w.reminder
  ) w USING (reminder)
 WHERE NOT coalesce(w.found, false) OR w.away OR (a.who_goes_id IS NOT NULL AND NOT a.goes)
"""  # noqa: S608

# Five letters that mean nothing (actions.owing.new_code), from the database's own dice.
GIVE = f"""
WITH {ASKED},
people AS (
  SELECT DISTINCT ON (reminder, user_id) reminder, user_id, code FROM wanted WHERE works
   ORDER BY reminder, user_id, place
),
rows AS (
  SELECT p.user_id, p.code AS why, a.*, uuid_send(gen_random_uuid()) AS dice,
         'h2:' || a.hearing || ':v' || a.hearing_version || ':' || a.step AS key
    FROM people p JOIN asked a USING (reminder)
)
INSERT INTO notifications_inboxitem (
  id, case_id, office_id, sensitivity, version, created_at, updated_at, user_id, key, hearing_id,
  hearing_version, day, title_code, why, urgency, code, created_by_pid, superseded, outside, expires_at)
SELECT gen_random_uuid(), case_id, office_id, sensitivity, 1, %(now)s, %(now)s, user_id, key, hearing,
       hearing_version, day, 'H2.' || step, why,
       CASE WHEN step = 't2' AND unsure AND why IN ('GOES', 'LAW') THEN 'N-A' ELSE 'N' END,
       (SELECT string_agg(substr(%(letters)s, 1 + get_byte(dice, n) %% 24, 1), '')
          FROM generate_series(0, 4) n),
       %(pid)s, false, true, fire_until
  FROM rows
 WHERE %(all_new)s OR NOT EXISTS (
   SELECT 1 FROM notifications_inboxitem i WHERE i.user_id = rows.user_id AND i.key = rows.key)
ON CONFLICT (user_id, key) DO NOTHING
RETURNING *
"""  # noqa: S608


def fire_reminders(*, now: datetime) -> tuple[bool, int]:
    """Give what is due to its people; (is there more to do, items written)."""
    facts: dict[str, Any] = {"now": now, "most": AT_A_TIME, "steps": [step.value for step in Offset]}
    rows = asked_of_database(FIRE, facts)
    given = [str(pk) for pk, state in rows if state == ReminderState.FIRED]
    return len(rows) >= AT_A_TIME, give(given, now=now, all_new=True)


def asked_of_database(statement: str, facts: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.fetchall()


def give(reminders: Sequence[str], *, now: datetime, all_new: bool) -> int:
    """Put these reminders into the inboxes of whoever is to have them now; how many items are new."""
    if not reminders:
        return 0
    with as_many(len(reminders)):
        unusual = unusual_of(reminders, now=now)
        plain = [pk for pk in reminders if pk not in unusual]
        facts = {**FACTS, "reminders": plain, "pid": os.getpid(), "all_new": all_new}
        given = tell(GIVE, facts, now=now)[0]
    return given + (give_singly(unusual, now=now) if unusual else 0)


@contextmanager
def as_many(rows: int) -> Iterator[None]:
    """Behind the policies the planner takes thousands of rows for a few, and would compare each with each."""
    if rows < MANY:
        yield
        return
    asked_of_database("SELECT set_config('enable_nestloop', 'off', true)", {})
    yield
    asked_of_database("SELECT set_config('enable_nestloop', 'on', true)", {})


def unusual_of(reminders: Sequence[str], *, now: datetime) -> set[str]:
    """Those whose people are not simply those of the rule."""
    facts = {**FACTS, "reminders": list(reminders), "now": now}
    return {str(pk) for (pk,) in asked_of_database(UNUSUAL, facts)}


def give_singly(reminders: Set[str], *, now: datetime) -> int:
    """The same in Python, for reminders whose people are not simply those of the rule."""
    rows = list(Reminder.objects.filter(pk__in=reminders).select_related("hearing__case__office"))
    called = Attendance.objects.filter(called=True, hearing__in=[row.hearing_id for row in rows])
    speaking = set(called.values_list("hearing_id", flat=True))
    directory = Directory([row.hearing.case for row in rows])
    wanted = [owed for row in rows for owed in owed_of(row, row.hearing_id in speaking, directory)]
    there = InboxItem.objects.filter(hearing__in=[row.hearing_id for row in rows], alert=None)
    known = set(there.values_list("user_id", "key"))
    return owe([owed for owed in wanted if (owed.user_id, owed.key) not in known], now=now)


def people_of(reminder: Reminder, called: bool, directory: Directory) -> dict[UUID, To]:
    """Whom the reminder reaches, each with the reason."""
    hearing = reminder.hearing
    goes = [hearing.who_goes_id] if hearing.who_goes_id else []
    known = {To.GOES: goes} if goes and goes[0] in directory.may_see(hearing.case) else {}
    to = (To.GOES,) if known else (To.LAW,)
    if reminder.step != Offset.D0:
        to = (*to, *BESIDES, *((To.SW,) if called else ()))
    return directory.resolve(hearing.case, to, known=known)


def owed_of(reminder: Reminder, called: bool, directory: Directory) -> Iterable[Owed]:
    """What each of its people is to be told."""
    hearing = reminder.hearing
    unsure = reminder.step == Offset.T2 and hearing.confirmed_at is None
    key = f"h2:{hearing.pk}:v{reminder.hearing_version}:{reminder.step}"
    people = people_of(reminder, called, directory)
    resting = directory.resting(people)
    for user_id, why in people.items():
        yield Owed(
            user_id, hearing.case, key, f"H2.{reminder.step}", why,
            Urgency.CONFIRM if unsure and why in (To.GOES, To.LAW) else Urgency.NORMAL,
            hearing=hearing, day=reminder.day, expires_at=reminder.fire_until, mail=user_id not in resting,
        )  # fmt: skip


class Patience:
    """How long to leave alone what takes long: a look that is quick is taken at every sweep."""

    QUICK, SHARE = 0.25, 30

    def __init__(self) -> None:
        self.until = 0.0

    def left(self) -> bool:
        return time.monotonic() < self.until

    @contextmanager
    def spent(self) -> Iterator[None]:
        begun = time.monotonic()
        yield
        took = time.monotonic() - begun
        self.until = begun + took * self.SHARE if took > self.QUICK else 0.0


patience = Patience()


def renew_reminders(*, now: datetime) -> int:
    """Whoever has come to a hearing since it was announced has what the others have."""
    if patience.left():
        return 0
    written = 0
    with patience.spent():
        standing = Reminder.objects.standing(now).order_by("hearing", "-due_at").distinct("hearing")
        keys = [str(pk) for pk in standing.values_list("pk", flat=True)]
        for start in range(0, len(keys), AT_A_TIME):
            written += give(keys[start : start + AT_A_TIME], now=now, all_new=False)
    return written


def roles_as_facts() -> dict[str, Any]:
    """The tables of roles that the statements work with, each with its place in the rule."""
    to = [code for code in (To.LAW, *BESIDES, To.SW) if code in ON_CASE]
    return {
        "codes": [code.value for code in to],
        "roles": [ON_CASE[code].value for code in to],
        "places": list(range(len(to))),
        "stood_in": [code.value for code in STOOD_IN_FOR],
    }


FACTS: dict[str, Any] = {**roles_as_facts(), "letters": LETTERS}
