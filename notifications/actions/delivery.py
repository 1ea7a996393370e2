import os
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db.models import F, Max, QuerySet

from accounts.models import User
from notifications.actions.alerts import log
from notifications.actions.reminders import over_at
from notifications.channels.channel import Handed, Outgoing
from notifications.models import Alert, Attempt, Delivery, InboxItem
from notifications.querysets import BLIND
from notifications.recipients import Directory
from notifications.states import AlertState, DeliveryState, LogKind, Outcome

LEASE = timedelta(seconds=60)
AT_A_TIME = 500
BUNDLE = timedelta(hours=1)
ALONE = 1  # priorities up to this one are not bundled
AT_ONCE = 3  # nor are those up to this one held back for the hourly bundle
BACK_OFF = [timedelta(seconds=15), *(timedelta(minutes=m) for m in (1, 5, 15, 30))]
SLOWEST = timedelta(hours=1)
RESENT = 1  # a message that may have gone out is sent once more, under the same number
LOST = "no longer theirs"


def reap_leases(*, now: datetime) -> int:
    """Take back what killed workers held: unsent for free, perhaps-sent as unknown, to be sent once more."""
    gone = Delivery.objects.overtaken(now)
    free = gone.filter(state=DeliveryState.CLAIMED).update(
        state=DeliveryState.QUEUED, next_at=now, lease_token=None, lease_until=None
    )
    return free + mark_unknown(gone.filter(state=DeliveryState.SENDING), now)


def mark_unknown(rows: QuerySet, now: datetime) -> int:
    """They may have been sent. Once more under the same number, then never again."""
    pks = list(rows.values_list("pk", flat=True))
    unsure = Delivery.objects.filter(pk__in=pks)
    held = {"state": DeliveryState.UNKNOWN, "lease_token": None, "lease_until": None}
    last = unsure.filter(unknowns__gte=RESENT).update(**held, next_at=None, unknowns=F("unknowns") + 1)
    first = unsure.exclude(state=DeliveryState.UNKNOWN)
    return last + first.update(**held, next_at=now, unknowns=F("unknowns") + 1)


def claim_messages(*, now: datetime) -> list[UUID]:
    """Take what is due, bundled into messages; each token is the right to send one of them."""
    due = Delivery.objects.due(now).select_for_update(of=("self",), skip_locked=True)
    rows = list(due.order_by("priority", "next_at", "pk")[:AT_A_TIME])
    bundles = list(bundled(rows, now)) if rows else []
    for bundle in bundles:
        token, message = uuid.uuid4(), bundle[0].message or uuid.uuid4()
        for row in bundle:
            row.message, row.lease_token, row.lease_until = message, token, now + LEASE
            row.state, row.code = DeliveryState.CLAIMED, bundle[0].code
    taken = [row for bundle in bundles for row in bundle]
    fields = ["message", "lease_token", "lease_until", "state", "code"]
    Delivery.objects.bulk_update(taken, fields) if taken else None
    return [cast(UUID, bundle[0].lease_token) for bundle in bundles]


def bundled(rows: Sequence[Delivery], now: datetime) -> Iterable[list[Delivery]]:
    """What goes out together: what did before; each urgent one alone; the rest of one person in one."""
    groups: dict[object, list[Delivery]] = defaultdict(list)
    for row in rows:
        alone = row.pk if row.priority <= ALONE else ("of", row.user_id)
        groups[row.message or alone].append(row)
    held = last_bundles(rows, now)
    for key, group in groups.items():
        may_wait = isinstance(key, tuple) and min(row.priority for row in group) > AT_ONCE
        until = held.get(group[0].user_id)
        if may_wait and until:
            Delivery.objects.filter(pk__in=[row.pk for row in group]).update(next_at=until)
        else:
            yield group


def last_bundles(rows: Sequence[Delivery], now: datetime) -> dict[UUID, datetime]:
    """Until when each person who had an ordinary mail within the hour is left in peace."""
    sent = Delivery.objects.filter(
        user__in={row.user_id for row in rows}, priority__gt=ALONE, accepted_at__gt=now - BUNDLE
    )
    return {
        row["user"]: row["last"] + BUNDLE
        for row in sent.values("user").annotate(last=Max("accepted_at")).order_by()
    }


def begin_message(token: UUID, *, by: User, now: datetime) -> Outgoing | None:
    """Look again whether it is still right to send it, and write the attempt down before it is made."""
    mine = Delivery.objects.filter(lease_token=token, state=DeliveryState.CLAIMED)
    mine = mine.select_for_update(of=("self",)).select_related("user", "item")
    rows = list(mine.order_by("priority", "pk"))
    items = {i.pk: i for i in InboxItem.objects.filter(pk__in=[row.item_id for row in rows]).select_related(
        "case", "office", "alert", "hearing__case__office")}  # fmt: skip
    directory = Directory([item.case for item in items.values() if item.case])
    reasons = {row.pk: why_not(row, items[row.item_id], directory, now) for row in rows}
    for row in rows:
        if reasons[row.pk]:
            drop(row, items[row.item_id], reasons[row.pk], by=by, now=now)
    left = [row for row in rows if not reasons[row.pk]]
    if not left:
        return None
    Delivery.objects.filter(pk__in=[row.pk for row in left]).update(
        state=DeliveryState.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    Attempt.objects.bulk_create(
        Attempt(
            user_id=row.user_id,
            delivery=row,
            n=row.attempts + 1,
            token=token,
            pid=os.getpid(),
            started_at=now,
        )
        for row in left
    )
    return outgoing(left, items, now)


def outgoing(rows: Sequence[Delivery], items: dict[UUID, InboxItem], now: datetime) -> Outgoing:
    """The message as it leaves the house."""
    first, item = rows[0], items[rows[0].item_id]
    office = item.office
    days = {items[row.item_id].day or row.pk for row in rows}
    return Outgoing(
        token=cast(UUID, first.lease_token), message=cast(UUID, first.message), address=first.user.email,
        language=first.user.language, alias=office.alias,
        time_zone=office.time_zone, code=first.code, count=len(rows),
        urgent=first.priority <= ALONE, item_id=item.pk if len(days) == 1 else None, at=now,
    )  # fmt: skip


def why_not(row: Delivery, item: InboxItem, directory: Directory, now: datetime) -> str:
    """Why the message need not go any more; '' when it must."""
    if row.expires_at <= now:
        return "too late"
    if item.superseded or item.acked_at:
        return "overtaken"
    if item.alert and item.alert.state not in (AlertState.OPEN, AlertState.ACKED):
        return "over"
    if item.hearing and not item.alert:
        moved = item.hearing.schedule_version != item.hearing_version
        if moved or item.hearing.outcome or now >= over_at(item.hearing):
            return "overtaken"
    if item.case is None or item.title_code in BLIND:
        return "" if row.user.is_active else LOST
    return "" if row.user_id in directory.may_see(item.case) else LOST


def drop(row: Delivery, item: InboxItem, reason: str, *, by: User, now: datetime) -> None:
    """Do not send it; somebody who left the case is replaced by the next people at once."""
    Delivery.objects.filter(pk=row.pk).update(
        state=DeliveryState.SUPPRESSED, reason=reason, next_at=None, lease_token=None, lease_until=None
    )
    if reason == LOST and item.alert and item.alert_id:
        log(LogKind.SKIPPED, [(item.alert, [row.user_id])], by=by, now=now)
        Alert.objects.filter(pk=item.alert_id, next_step_at__gt=now).update(next_step_at=now)


def finish_message(token: UUID, handed: Handed, *, now: datetime) -> bool:
    """Write down how it went; False when another worker has taken the message over in the meantime."""
    outcome, error = handed.outcome, handed.error
    Attempt.objects.filter(token=token, finished_at=None).update(
        finished_at=now, outcome=outcome, error=error
    )
    mine = Delivery.objects.filter(lease_token=token, state=DeliveryState.SENDING).select_for_update()
    rows = list(mine)
    if outcome is Outcome.UNKNOWN:
        mark_unknown(Delivery.objects.filter(pk__in=[row.pk for row in rows]), now)
        return bool(rows)
    for row in rows:
        row.lease_token = row.lease_until = None
        row.next_at = None
        if outcome is Outcome.ACCEPTED:
            row.state, row.accepted_at = DeliveryState.ACCEPTED, now
        elif outcome is Outcome.PERMANENT:
            row.state, row.reason = DeliveryState.FAILED, error[:40]
        else:
            row.state, row.next_at = DeliveryState.QUEUED, now + back_off(row.attempts)
    if rows:
        Delivery.objects.bulk_update(
            rows, ["lease_token", "lease_until", "next_at", "state", "accepted_at", "reason"]
        )
    return bool(rows)


def back_off(attempts: int) -> timedelta:
    """Longer after each refusal."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else SLOWEST
