from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from audit.actions import record
from notifications.actions.alerts import acknowledge_alert
from notifications.models import Alert, InboxItem
from notifications.states import LIVE_ALERT


def read_item(item_id: UUID, *, by: User, now: datetime) -> InboxItem:
    """The person has seen it, and with it the other hearings of that day: they are one message."""
    item = InboxItem.objects.get(pk=item_id)
    together(item, by).filter(read_at=None).update(read_at=now)
    return item


def acknowledge_item(item_id: UUID, *, by: User, now: datetime) -> InboxItem:
    """The person has it. With an alert behind it, the ladder of the alert stops."""
    item = InboxItem.objects.get(pk=item_id)
    waiting = together(item, by).filter(acked_at=None)
    if item.alert_id and Alert.objects.filter(pk=item.alert_id, state__in=LIVE_ALERT).exists():
        acknowledge_alert(item.alert_id, by=by, now=now)
    elif waiting.exists():
        record("alert.acknowledge", by=by, subject=item, at=now, code=item.title_code)
    waiting.update(acked_at=now)
    together(item, by).filter(read_at=None).update(read_at=now)
    return item


def together(item: InboxItem, user: User) -> QuerySet:
    """The items that the person meets as one message."""
    mine = InboxItem.objects.filter(user=user)
    if item.day is None or item.alert_id:
        return mine.filter(pk=item.pk)
    return mine.filter(day=item.day, alert=None, superseded=False)
