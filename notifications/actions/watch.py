"""The watch over the watchers: a reading each minute, and alerts when it tells of trouble."""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Office, User
from notifications.actions.alerts import Opening, finish, open_alerts
from notifications.actions.brakes import obey_decisions
from notifications.actions.dead_letters import bury, raise_again
from notifications.actions.silence import listen
from notifications.models import Alert, AlertLog, Endpoint, Reading
from notifications.rules import Practice, To, Urgency
from notifications.states import LIVE_ALERT, AlertState, LogKind
from notifications.watching import UNSEEN, keep_until, measure, troubles

PAUSE = timedelta(seconds=55)
HOUR = timedelta(hours=1)
QUIET = timedelta(minutes=10)  # for so long all must be well before an alert about it is over
LOOK_BACK = timedelta(days=1)
ABOUT_ITSELF = ("X", "T")  # letters of the rules that watch the watchers: they are not watched in turn
# What is wrong, by the beginning of its code: (rule, words).
SPEAKS = {
    "waits": ("X2", ""),
    "late": ("X3", ""),
    "trial": ("X3", "X3.trial"),
    "promise": ("X7", ""),
    "figures": ("X7", "X7.figures"),
}
TOLD_APART = Practice((To.SYS,), Urgency.COURT)


def keep_watch(*, by: User, now: datetime) -> int:
    """Everything that is done each minute; 0 while the last time was less than a minute ago."""
    Reading.objects.filter(at__gt=now + PAUSE).delete()  # of a sweep that was played for another day
    before = Reading.objects.newest()
    if before and timedelta() <= now - before.at < PAUSE:
        return 0
    bury(now=now)
    figures = measure(now)
    lately = before is not None and now - before.at < timedelta(seconds=UNSEEN)
    found = troubles(figures, before.figures if before and lately else {})
    reading = Reading.objects.create(at=now, pid=os.getpid(), troubles=found, figures=figures)
    Reading.objects.filter(at__lt=now - keep_until()).delete()
    speak_up(reading, by=by, now=now)
    calm_down(by=by, now=now)
    open_alerts(list(unheard(now)), by=by, now=now)
    if before is None or before.at.replace(minute=0, second=0, microsecond=0) + HOUR <= now:
        listen(by=by, now=now)
    return 1


def obey_people(*, by: User, now: datetime) -> int:
    """What people asked for on the page of the watch, whose own eyes see none of these messages."""
    return raise_again(by=by, now=now) + obey_decisions(by=by, now=now)


def home() -> Office | None:
    """The office whose clock and director count for what is about the whole system: the first one."""
    return Office.objects.order_by("pk").first()


def speak_up(reading: Reading, *, by: User, now: datetime) -> None:
    """One alert for each kind of trouble, unless one about it is open."""
    office, live = home(), set(live_about_itself().values_list("rule", flat=True))
    wanted: dict[str, Opening] = {}
    for code in reading.troubles:
        rule, title = SPEAKS[code.partition(":")[0]]
        if office and rule not in live:
            key, facts = f"{rule}:{reading.pk}", {"troubles": reading.troubles}
            wanted.setdefault(rule, Opening(rule, None, by, key, title=title, office=office, facts=facts))
    open_alerts(list(wanted.values()), by=by, now=now)


def live_about_itself() -> QuerySet:
    """The alerts about the system that are not over."""
    rules = {rule for rule, _title in SPEAKS.values()}
    return Alert.objects.filter(rule__in=rules, state__in=LIVE_ALERT)


def calm_down(*, by: User, now: datetime) -> int:
    """Close what is over: trouble of which no reading has told for a while, and what people have seen to."""
    return finish([*well_again(now), *answered(now), *reached()], AlertState.CLOSED, by=by, now=now)


def well_again(now: datetime) -> Iterable[Alert]:
    """Alerts about the system itself; as long as nobody looked, nothing is known to be well."""
    if not Reading.objects.filter(at__lte=now - QUIET).exists():
        return []
    recent = Reading.objects.filter(at__gt=now - QUIET).values_list("troubles", flat=True)
    still = {SPEAKS[code.partition(":")[0]][0] for found in recent for code in found}
    return live_about_itself().exclude(rule__in=still).filter(opened_at__lt=now - QUIET)


def answered(now: datetime) -> Iterable[Alert]:
    """Alerts about an alert that somebody has taken on by now."""
    live = list(Alert.objects.filter(rule="X4", state__in=LIVE_ALERT))
    waiting = Alert.objects.filter(pk__in=[alert.subject_id for alert in live], state=AlertState.OPEN)
    still = set(waiting.values_list("pk", flat=True))
    return [alert for alert in live if alert.subject_id not in still]


def reached() -> Iterable[Alert]:
    """Alerts about a place that is proved to work by now, or was taken away."""
    live = list(Alert.objects.filter(rule="X1", state__in=LIVE_ALERT))
    dead = Endpoint.objects.kept().filter(
        pk__in=[alert.subject_id for alert in live], disabled_at__isnull=False
    )
    still = set(dead.values_list("pk", flat=True))
    return [alert for alert in live if alert.subject_id not in still]


def unheard(now: datetime) -> Iterable[Opening]:
    """Ladders that ended without an answer: the director and the legal lead of the case hear of the alert;
    the administrators hear only that there is one in the office."""
    rows = AlertLog.objects.filter(kind=LogKind.UNHEARD, at__gt=now - LOOK_BACK, alert__state=AlertState.OPEN)
    seen: set[UUID] = set()
    for row in rows.select_related("alert__case__office", "alert__office").order_by("at"):
        alert = row.alert
        if alert.pk in seen or alert.rule[0] in ABOUT_ITSELF:
            continue
        seen.add(alert.pk)
        key = f"X4:{alert.pk}"
        yield Opening("X4", alert.case, alert, key, office=alert.office)
        yield Opening(
            "X4", None, alert, f"{key}:system", title="X4.office", practice=TOLD_APART, office=alert.office
        )
