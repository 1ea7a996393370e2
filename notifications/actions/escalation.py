from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import F, Max

from accounts.models import User
from notifications.actions.alerts import log, put_aside, trail
from notifications.actions.closing import CORRECTIONS, close_now
from notifications.actions.owing import Owed, owe
from notifications.climbing import began, repeat_at, step_at
from notifications.models import Alert, AlertLog, InboxItem
from notifications.nearness import events_of
from notifications.querysets import BLIND
from notifications.recipients import Directory
from notifications.rules import WORKING, To, Urgency
from notifications.states import AlertState, LogKind
from prosecutions.models import Hearing

AT_A_TIME = 200
HANDING = (".handed", ".declined")
SYSTEM_UNHEARD = "X4"  # is itself the news that nobody has answered


def escalate_alerts(*, by: User, now: datetime) -> int:
    """Nobody has answered in time: the same people again, and the next ones; at the top all of them again."""
    due = Alert.objects.filter(state=AlertState.OPEN, next_step_at__lte=now).order_by("next_step_at", "pk")
    due = due.select_for_update(of=("self",), skip_locked=True).select_related("case", "office")
    found = list(due[:AT_A_TIME])
    if not found:
        return 0
    closed = close_now(found, by=by, now=now)
    alerts = [alert for alert in found if alert.pk not in closed]
    again = [alert for alert in alerts if alert.step >= len(alert.ladder)]
    climbing = [alert for alert in alerts if alert.step < len(alert.ladder)]
    told = tell_next(alerts, now) if alerts else {}
    log(LogKind.ESCALATED, [(alert, told[alert.pk]) for alert in climbing], by=by, now=now)
    trail("alert.escalate", climbing, by=by, now=now)
    tell_unheard(again, by=by, now=now)
    log(LogKind.REPEATED, [(alert, told[alert.pk]) for alert in again], by=by, now=now)
    trail("alert.repeat", again, by=by, now=now)
    return len(found)


def tell_next(alerts: Sequence[Alert], now: datetime) -> dict[UUID, dict[UUID, To]]:
    """Put the next step of each into inboxes and set the clock of the one after; whom each reached."""
    directory, holders, events = directory_of(alerts), holders_of(alerts), events_of(alerts)
    told = {alert.pk: next_people(alert, holders.get(alert.pk, {}), directory) for alert in alerts}
    for alert in alerts:
        move_on(alert, now, events[alert.pk])
    repeated = [
        item.pk
        for alert in alerts
        for user, item in holders.get(alert.pk, {}).items()
        if user in told[alert.pk]
    ]
    put_aside(InboxItem.objects.filter(pk__in=repeated))
    owe(owed_again(alerts, holders, told, directory), now=now)
    Alert.objects.bulk_update(alerts, ["step", "loop", "next_step_at"])
    Alert.objects.filter(pk__in=told).update(version=F("version") + 1)
    return told


def move_on(alert: Alert, now: datetime, event: datetime | None) -> None:
    """One step up; at the top, once more round."""
    if alert.step < len(alert.ladder):
        alert.step += 1
        alert.next_step_at = step_at(alert, alert.office, event)
    else:
        alert.loop += 1
        alert.next_step_at = None
    if alert.step >= len(alert.ladder):
        alert.next_step_at = repeat_at(alert, alert.office, now, event)


def tell_unheard(alerts: Sequence[Alert], *, by: User, now: datetime) -> None:
    """The top was asked and has not answered: said once for each time that the ladder began."""
    if not alerts:
        return
    rows = AlertLog.objects.filter(alert__in=[alert.pk for alert in alerts], kind=LogKind.UNHEARD)
    last = dict(rows.values_list("alert").annotate(last=Max("at")).order_by())
    new = [
        alert
        for alert in alerts
        if alert.rule != SYSTEM_UNHEARD and (alert.pk not in last or last[alert.pk] < began(alert))
    ]
    log(LogKind.UNHEARD, [(alert, ()) for alert in new], by=by, now=now)
    trail("alert.unheard", new, by=by, now=now)


def directory_of(alerts: Iterable[Alert]) -> Directory:
    """Everybody who may come into question for these alerts."""
    return Directory(
        [alert.case for alert in alerts if alert.case], offices=[a.office for a in alerts if a.case is None]
    )


def holders_of(alerts: Iterable[Alert]) -> dict[UUID, dict[UUID, InboxItem]]:
    """Who was told of each alert, and as what."""
    held: dict[UUID, dict[UUID, InboxItem]] = {}
    for item in InboxItem.objects.filter(alert__in=[alert.pk for alert in alerts]).order_by(
        "created_at", "key"
    ):
        people = held.setdefault(cast(UUID, item.alert_id), {})
        if item.title_code.endswith(HANDING) and item.user_id in people:
            item.title_code = people[item.user_id].title_code  # what it is, not who gave it
        people[item.user_id] = item
    return held


def next_people(alert: Alert, held: dict[UUID, InboxItem], directory: Directory) -> dict[UUID, To]:
    """The people of the next step, looked up anew; never nobody."""
    roles = next_roles(alert)
    asked = {user: To.SAME for user, item in held.items() if item.title_code in BLIND}
    known = {To.SAME: deaf(alert, held)}
    fallback = WORKING[alert.rule].fallback
    if alert.case is None:
        return directory.staff(alert.office, roles, known=known, fallback=fallback)
    found = directory.resolve(alert.case, roles, known=known, fallback=fallback)
    return (asked if To.SAME in roles else {}) | found


def next_roles(alert: Alert) -> list[To]:
    """Whom the next step asks. At the top: everybody on the ladder; for a mere yes, its last people."""
    if alert.step < len(alert.ladder):
        return [To(role) for role in alert.ladder[alert.step]["to"]]
    if alert.urgency == Urgency.CONFIRM:
        return [To(role) for role in alert.ladder[-1]["to"]]
    return list(dict.fromkeys([To.SAME, *(To(role) for step in alert.ladder for role in step["to"])]))


def deaf(alert: Alert, held: dict[UUID, InboxItem]) -> list[UUID]:
    """Whom "the same people again" means: all of them; of a moved hearing those who have not heard of it."""
    if alert.rule not in CORRECTIONS:
        return list(held)
    return [user for user, item in held.items() if item.acked_at is None] or list(held)


def hearings_of(alerts: Iterable[Alert]) -> dict[UUID, Hearing]:
    """The hearings that alerts are about, by their keys."""
    keys = [alert.subject_id for alert in alerts if alert.subject == Hearing._meta.label]
    return Hearing.objects.in_bulk(keys) if keys else {}


def owed_again(
    alerts: Iterable[Alert],
    holders: dict[UUID, dict[UUID, InboxItem]],
    told: dict[UUID, dict[UUID, To]],
    directory: Directory,
) -> list[Owed]:
    """What the steps of all these alerts put into inboxes; whoever is away only finds it there."""
    hearings = hearings_of(alerts)
    return [
        replace(owed, mail=owed.user_id not in directory.resting(told[alert.pk]))
        for alert in alerts
        for owed in again(alert, holders.get(alert.pk, {}), told[alert.pk], hearings.get(alert.subject_id))
    ]


def again(
    alert: Alert, held: dict[UUID, InboxItem], told: dict[UUID, To], hearing: Hearing | None
) -> Iterable[Owed]:
    """What the step puts into inboxes: the same words for the same people, "not answered" for new ones."""
    round_ = f"loop{alert.loop}:" if alert.loop else ""
    for user_id, why in told.items():
        before = held.get(user_id)
        title, why = (before.title_code, To(before.why)) if before else (f"{alert.rule}.step", why)
        title = f"{alert.rule}.step" if title.endswith(HANDING) else title
        yield Owed(
            user_id,
            alert.case,
            f"alert:{alert.pk}:{round_}step{alert.step}",
            title,
            why,
            Urgency(alert.urgency),
            alert=alert,
            hearing=hearing,
        )
