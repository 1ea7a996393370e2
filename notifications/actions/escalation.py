from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import F

from accounts.models import User
from notifications.actions.alerts import log, put_aside, step_at, trail
from notifications.actions.owing import Owed, owe
from notifications.models import Alert, InboxItem
from notifications.querysets import BLIND
from notifications.recipients import Directory
from notifications.rules import WORKING, To, Urgency
from notifications.states import AlertState, LogKind
from prosecutions.models import Hearing

AT_A_TIME = 200


def escalate_alerts(*, by: User, now: datetime) -> int:
    """Nobody has answered in time: the same people again, and the next ones."""
    due = Alert.objects.filter(state=AlertState.OPEN, next_step_at__lte=now).order_by("next_step_at", "pk")
    due = due.select_for_update(of=("self",), skip_locked=True).select_related("case", "office")
    alerts = list(due[:AT_A_TIME])
    if not alerts:
        return 0
    directory = directory_of(alerts)
    holders = holders_of(alerts)
    told = {alert.pk: next_people(alert, holders.get(alert.pk, {}), directory) for alert in alerts}
    for alert in alerts:
        alert.step += 1
        alert.next_step_at = step_at(alert, alert.office)
    repeated = [
        item.pk
        for alert in alerts
        for user, item in holders.get(alert.pk, {}).items()
        if user in told[alert.pk]
    ]
    put_aside(InboxItem.objects.filter(pk__in=repeated))
    owe(owed_again(alerts, holders, told), now=now)
    Alert.objects.bulk_update(alerts, ["step", "next_step_at"])
    Alert.objects.filter(pk__in=told).update(version=F("version") + 1)
    log(LogKind.ESCALATED, [(alert, told[alert.pk]) for alert in alerts], by=by, now=now)
    trail("alert.escalate", alerts, by=by, now=now)
    return len(alerts)


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
        held.setdefault(cast(UUID, item.alert_id), {})[item.user_id] = item
    return held


def next_people(alert: Alert, held: dict[UUID, InboxItem], directory: Directory) -> dict[UUID, To]:
    """The people of the next step, looked up anew; never nobody."""
    step = alert.ladder[alert.step]
    asked = {user: To.SAME for user, item in held.items() if item.title_code in BLIND}
    known = {To.SAME: list(held)}
    fallback = WORKING[alert.rule].fallback
    roles = [To(role) for role in step["to"]]
    if alert.case is None:
        return directory.staff(alert.office, roles, known=known, fallback=fallback)
    found = directory.resolve(alert.case, roles, known=known, fallback=fallback)
    return (asked if To.SAME in step["to"] else {}) | found


def hearings_of(alerts: Iterable[Alert]) -> dict[UUID, Hearing]:
    """The hearings that alerts are about, by their keys."""
    keys = [alert.subject_id for alert in alerts if alert.subject == Hearing._meta.label]
    return Hearing.objects.in_bulk(keys) if keys else {}


def owed_again(
    alerts: Iterable[Alert], holders: dict[UUID, dict[UUID, InboxItem]], told: dict[UUID, dict[UUID, To]]
) -> list[Owed]:
    """What the steps of all these alerts put into inboxes."""
    hearings = hearings_of(alerts)
    return [
        owed
        for alert in alerts
        for owed in again(alert, holders.get(alert.pk, {}), told[alert.pk], hearings.get(alert.subject_id))
    ]


def again(
    alert: Alert, held: dict[UUID, InboxItem], told: dict[UUID, To], hearing: Hearing | None
) -> Iterable[Owed]:
    """What the step puts into inboxes: the same words for the same people, "not answered" for new ones."""
    for user_id, why in told.items():
        before = held.get(user_id)
        title, why = (before.title_code, To(before.why)) if before else (f"{alert.rule}.step", why)
        yield Owed(
            user_id,
            alert.case,
            f"alert:{alert.pk}:step{alert.step}",
            title,
            why,
            Urgency(alert.urgency),
            alert=alert,
            hearing=hearing,
        )
