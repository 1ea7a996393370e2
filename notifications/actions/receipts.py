"""What became of messages: receipts that providers send, and what they say when they are asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from notifications.actions.delivery import Going, outgoing_of
from notifications.actions.unsure import fall_back
from notifications.channels.providers import step_of
from notifications.models import Delivery, Endpoint, Receipt
from notifications.states import DeliveryState, Outcome

AT_A_TIME = 500
ARRIVED = 2
ON_ITS_WAY = 1
# A receipt may be here before the row it belongs to says under which number it went.
PATIENCE = timedelta(hours=1)
SILENT = timedelta(minutes=2)
ASKED_FOR = timedelta(hours=1)  # afterwards a provider is not asked any more
OPEN_TO_NEWS = (DeliveryState.ACCEPTED, DeliveryState.UNKNOWN)
LOST = "did not arrive"


def apply_receipts(*, now: datetime) -> int:
    """Move messages on by what their providers say of them: forward only, however often and in any order."""
    waiting = Receipt.objects.filter(applied_at=None).select_for_update(skip_locked=True)
    receipts = list(waiting.order_by("received_at", "pk")[:AT_A_TIME])
    by_ref: dict[str, list[Delivery]] = {}
    sent = Delivery.objects.filter(provider_ref__in={row.message_ref for row in receipts} - {""})
    for row in sent.select_for_update().order_by("pk"):
        by_ref.setdefault(row.provider_ref, []).append(row)
    done, lost = [], []
    for receipt in receipts:
        rows = by_ref.get(receipt.message_ref, [])
        lost += [row for row in rows if take_in(row, receipt, now)]
        if rows or receipt.received_at < now - PATIENCE:
            done.append(receipt.pk)
    changed = [row for rows in by_ref.values() for row in rows]
    fields = ["state", "provider_step", "delivered_at", "reason", "next_at"]
    Delivery.objects.bulk_update(changed, fields) if changed else None
    Receipt.objects.filter(pk__in=done).update(applied_at=now)
    places = {row.endpoint_id for row in changed if row.state == DeliveryState.DELIVERED and row.endpoint_id}
    Endpoint.objects.filter(pk__in=places, failures__gt=0).update(failures=0)
    fall_back([row.pk for row in lost], now=now)
    return len(done)


def take_in(row: Delivery, receipt: Receipt, now: datetime) -> bool:
    """Change the row by one receipt; is it lost? What arrived stays arrived, whatever is said later."""
    step, lost = step_of(receipt.provider, receipt.status)
    if row.state not in OPEN_TO_NEWS:
        row.provider_step = max(row.provider_step, step)
        return False
    if lost:
        row.state, row.reason, row.next_at = DeliveryState.FAILED, LOST, None
        return True
    row.provider_step = max(row.provider_step, step)
    if row.provider_step >= ARRIVED:
        row.state, row.delivered_at, row.next_at = DeliveryState.DELIVERED, now, None
    elif row.state == DeliveryState.UNKNOWN and row.provider_step >= ON_ITS_WAY:
        row.state, row.accepted_at, row.next_at = DeliveryState.ACCEPTED, now, None
    return False


def silent_messages(channel: str, *, now: datetime) -> list[Going]:
    """Messages that were accepted two minutes ago and of which nothing has been heard since."""
    silent = Delivery.objects.filter(
        channel=channel, state=DeliveryState.ACCEPTED, provider_step=0, accepted_at__lt=now - SILENT,
        accepted_at__gt=now - ASKED_FOR,
    ).exclude(provider_ref="")  # fmt: skip
    return outgoing_of(silent, now, most=50)


def note_answers(answers: Sequence[tuple[Going, Outcome]], *, now: datetime) -> int:
    """What the provider said when it was asked."""
    taken = rows_of(going for going, answer in answers if answer is Outcome.ACCEPTED)
    refused = rows_of(going for going, answer in answers if answer is Outcome.PERMANENT)
    accepted = Delivery.objects.filter(state=DeliveryState.ACCEPTED)
    accepted.filter(pk__in=taken, provider_step=0).update(provider_step=ON_ITS_WAY)
    accepted.filter(pk__in=refused).update(state=DeliveryState.FAILED, reason=LOST)
    fall_back(refused, now=now)
    return len(taken) + len(refused)


def rows_of(messages: Iterable[Going]) -> list[UUID]:
    return [pk for message in messages for pk in message.mine.rows]
