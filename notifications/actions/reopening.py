from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from cases.models import Assignment
from cases.querysets import holding_now
from notifications.actions.alerts import log, trail
from notifications.actions.closing import close_now
from notifications.climbing import waits_for
from notifications.models import Alert, InboxItem
from notifications.querysets import BLIND
from notifications.recipients import Directory
from notifications.states import AlertState, LogKind

AT_A_TIME = 200
CHANGED = [
    "state", "step", "loop", "began_at", "next_step_at", "acked_at", "acked_by", "handed_at", "handed_to",
]  # fmt: skip
# The other office has said that it watches; what it sees is asked by the lookout itself.
HELD_TO_THE_END = ("O4",)


def reopen_alerts(*, by: User, now: datetime) -> int:
    """Open again what was taken on and not done in time, not taken over, or is held by somebody who left.

    The ladder begins anew at its first step, now. A deed that is done by this moment closes it instead.
    """
    why = {**overdue(now), **untaken(now), **left(now)}
    held = Alert.objects.filter(pk__in=list(why)[:AT_A_TIME], state=AlertState.ACKED)
    found = list(held.select_for_update(of=("self",), skip_locked=True).order_by("pk")) if why else []
    if not found:
        return 0
    closed = close_now(found, by=by, now=now)
    alerts = [alert for alert in found if alert.pk not in closed]
    holders = {
        alert.pk: [person for person in (alert.acked_by_id, alert.handed_to_id) if person] for alert in alerts
    }
    for kind in (LogKind.UNACKED, LogKind.UNTAKEN, LogKind.LEFT):
        of_kind = [alert for alert in alerts if why[alert.pk] is kind]
        log(kind, [(alert, holders[alert.pk]) for alert in of_kind], by=by, now=now)
    for alert in alerts:
        begin_anew(alert, now)
    fields = [
        "state",
        "step",
        "loop",
        "began_at",
        "next_step_at",
        "acked_at",
        "acked_by",
        "handed_at",
        "handed_to",
    ]
    Alert.objects.bulk_update(alerts, fields) if alerts else None
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(version=F("version") + 1)
    trail("alert.reopen", alerts, by=by, now=now)
    return len(found)


def begin_anew(alert: Alert, now: datetime) -> None:
    """Nobody has it: the first step is due at once, the others at their distance from it."""
    alert.state, alert.step, alert.loop, alert.next_step_at = AlertState.OPEN, 0, alert.loop + 1, now
    alert.began_at = now - timedelta(minutes=alert.ladder[0]["minutes"])
    alert.acked_at = alert.acked_by = alert.handed_at = alert.handed_to = None


def taken() -> QuerySet:
    """Alerts with a ladder that somebody has."""
    return Alert.objects.filter(state=AlertState.ACKED).exclude(ladder=[])


def overdue(now: datetime) -> dict[UUID, LogKind]:
    """The time to act is over."""
    rows = taken().exclude(rule__in=HELD_TO_THE_END).filter(act_by__lte=now)
    return dict.fromkeys(rows.order_by("act_by").values_list("pk", flat=True), LogKind.UNACKED)


def untaken(now: datetime) -> dict[UUID, LogKind]:
    """Given to somebody who has not said yes for as long as the first step of the ladder waits."""
    rows = taken().filter(handed_at__isnull=False).select_related("office")
    return {
        alert.pk: LogKind.UNTAKEN
        for alert in rows
        if alert.handed_at and waits_for(alert, alert.office, alert.handed_at) <= now
    }


def left(now: datetime) -> dict[UUID, LogKind]:
    """Whoever has it works here no more, or may no longer see the case."""
    gone = taken().filter(Q(acked_by__is_active=False) | Q(handed_to__is_active=False))
    found = set(gone.values_list("pk", flat=True))
    suspects = list(without_a_name())
    directory = (
        Directory({alert.case.pk: alert.case for alert in suspects if alert.case}.values())
        if suspects
        else None
    )
    for alert in suspects:
        if directory and alert.case and alert.acked_by_id not in directory.may_see(alert.case):
            found.add(alert.pk)
    return dict.fromkeys(found, LogKind.LEFT)


def without_a_name() -> QuerySet:
    """Alerts whose holder is not on the team of the case: she may see it by her reach, or no more."""
    named = Assignment.objects.filter(holding_now(), case=OuterRef("case"), user=OuterRef("acked_by"))
    blind = InboxItem.objects.filter(alert=OuterRef("pk"), user=OuterRef("acked_by"), title_code__in=BLIND)
    rows = taken().filter(case__isnull=False, acked_by__is_active=True)
    return rows.filter(~Exists(named), ~Exists(blind)).select_related("case")
