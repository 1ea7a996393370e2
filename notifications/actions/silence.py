"""Silence is an alarm: an office in whose diary nothing stirs, a prosecution for which nothing is planned.

That nobody has confirmed for long where somebody is held is C6, in bail_watch.py.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from accounts.models import Office, User
from audit.models import Event
from cases.models import Case, Task
from cases.states import LegalStatus
from notifications.actions.alerts import Opening, finish, open_alerts
from notifications.models import Alert
from notifications.states import LIVE_ALERT, AlertState
from prosecutions.models import Clock, Hearing
from prosecutions.states import ClockState

WEEK = timedelta(days=7)
LOOK_BACK = timedelta(days=60)
AT_A_TIME = 300
IN_COURT = (LegalStatus.PRE_TRIAL, LegalStatus.TRIAL, LegalStatus.JUDGMENT, LegalStatus.APPEAL)
# What people do to the diary of an office; history that is loaded is no sign of life.
STIRS = (
    "hearing.schedule", "hearing.reschedule", "hearing.cancel", "hearing.record", "hearing.correct",
    "hearing.assign", "hearing.confirm",
)  # fmt: skip


def listen(*, by: User, now: datetime) -> int:
    """Once an hour: what has fallen silent, and what stirs again."""
    stirred = last_stirs(now)
    opened = open_alerts([*silent_offices(stirred, now), *unplanned(now)], by=by, now=now)
    again = [
        alert
        for alert in Alert.objects.filter(rule="L1", state__in=LIVE_ALERT)
        if (last := stirred.get(alert.office_id)) and last > alert.opened_at
    ]
    planned = Alert.objects.filter(rule="H12", state__in=LIVE_ALERT).exclude(case__in=without_plan(now))
    finish([*again, *planned], AlertState.CLOSED, by=by, now=now)
    return len(opened)


def last_stirs(now: datetime) -> dict[int, datetime]:
    """When somebody of each office last did something to its diary."""
    events = Event.objects.live().filter(verb__in=STIRS, at__gt=now - LOOK_BACK, at__lte=now)
    last = dict(events.order_by().values_list("case_id").annotate(last=Max("at")))
    found: dict[int, datetime] = {}
    for case, office in Case.objects.filter(pk__in=last).values_list("pk", "office"):
        found[office] = max(found.get(office, last[case]), last[case])
    return found


def silent_offices(stirred: dict[int, datetime], now: datetime) -> Iterable[Opening]:
    """Offices with prosecutions and no sign of life for a week; again each week."""
    active = Case.objects.filter(legal_status__in=IN_COURT).order_by()
    known_since = dict(active.values_list("office").annotate(first=Min("created_at")))
    for office in Office.objects.filter(pk__in=known_since).order_by("pk"):
        last = stirred.get(office.pk) or max(known_since[office.pk], now - LOOK_BACK)
        weeks = (now - last) // WEEK
        if weeks > 0:
            key = f"L1:{office.pk}:{last:%Y-%m-%d}:{weeks}"
            yield Opening("L1", None, office, key, office=office, facts={"weeks": weeks}, supersedes=("L1",))


def without_plan(now: datetime) -> QuerySet:
    """Prosecutions with no hearing ahead, no clock that runs and no task that is open."""
    ahead = Hearing.objects.expected().filter(case=OuterRef("pk"), starts_at__gt=now)
    clocks = Clock.objects.filter(case=OuterRef("pk"), state=ClockState.RUNNING)
    tasks = Task.objects.filter(case=OuterRef("pk"), done_at=None)
    rows = Case.objects.filter(legal_status__in=IN_COURT, created_at__lt=now - WEEK)
    return rows.filter(~Exists(ahead), ~Exists(clocks), ~Exists(tasks))


def unplanned(now: datetime) -> Iterable[Opening]:
    """Each prosecution of which nobody knows what comes next; one line as long as it is so."""
    live = Alert.objects.filter(rule="H12", state__in=LIVE_ALERT, case=OuterRef("pk"))
    for case in without_plan(now).filter(~Exists(live)).select_related("office").order_by("pk")[:AT_A_TIME]:
        yield Opening("H12", case, case, f"H12:{case.pk}:{now:%Y-%m-%d-%H}")
