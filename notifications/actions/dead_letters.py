"""What went no further: written down without case and recipient, and tried again when somebody asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from notifications.models import DeadLetter, Delivery, Handled
from notifications.states import AlertState, DeadKind, DeadResult, DeliveryState

LOOK_BACK = timedelta(days=3)
AT_A_TIME = 200
# Failed for good; perhaps sent and never to be cleared up; or too late although it was never sent.
BURY = """
INSERT INTO notifications_deadletter
  (id, kind, ref, at, reason, channel, role, office_id, urgency, verb, result)
SELECT gen_random_uuid(), 'message', d.id::text, d.updated_at,
       CASE d.state WHEN 'failed' THEN coalesce(nullif(d.reason, ''), 'refused')
                    WHEN 'unknown' THEN 'may have been sent' ELSE d.reason END,
       d.channel, coalesce((SELECT m.role FROM accounts_membership m
                             WHERE m.user_id = d.user_id AND m.ended_at IS NULL
                             ORDER BY (m.office_id = i.office_id) DESC NULLS LAST, m.id LIMIT 1), ''),
       i.office_id, i.urgency, '', ''
  FROM notifications_delivery d JOIN notifications_inboxitem i ON i.id = d.item_id
 WHERE d.created_at > %(since)s
   AND (d.state = 'failed' OR (d.state = 'unknown' AND d.next_at IS NULL)
        OR (d.state = 'suppressed' AND d.reason = 'too late' AND d.accepted_at IS NULL))
ON CONFLICT (kind, ref) DO NOTHING
"""
BURY_FACTS = """
INSERT INTO notifications_deadletter
  (id, kind, ref, at, reason, channel, role, office_id, urgency, verb, result)
SELECT gen_random_uuid(), 'fact', h.event_id::text, h.at, h.error, '', '', c.office_id, '', e.verb, ''
  FROM notifications_handled h JOIN audit_event e ON e.id = h.event_id
  LEFT JOIN cases_case c ON c.id = e.case_id
 WHERE h.error <> '' AND h.retry_at IS NOT NULL
ON CONFLICT (kind, ref) DO UPDATE SET at = excluded.at, reason = excluded.reason, done_at = NULL, result = '',
  asked_at = NULL, asked_by_id = NULL WHERE notifications_deadletter.done_at IS NOT NULL
"""


def bury(*, now: datetime) -> None:
    """Write down what has gone no further since; and that a fact was looked at after all."""
    with connection.cursor() as cursor:
        cursor.execute(BURY, {"since": now - LOOK_BACK})
        cursor.execute(BURY_FACTS)
    broken = DeadLetter.objects.waiting().filter(kind=DeadKind.FACT)
    refs = {int(letter.ref): letter.pk for letter in broken}
    well = Handled.objects.filter(event_id__in=refs, error="").values_list("event_id", flat=True)
    DeadLetter.objects.filter(pk__in=[refs[event] for event in well]).update(
        done_at=now, result=DeadResult.AGAIN
    )


def ask_again(letters: Sequence[UUID], *, by: User, now: datetime) -> int:
    """Somebody wants these to be tried once more; the next sweep does it."""
    rows = list(DeadLetter.objects.waiting().select_for_update().filter(pk__in=letters, asked_at=None))
    if not rows:
        raise IllegalMove(_("Nothing is left to be tried again."))
    for letter in rows:
        letter.asked_at, letter.asked_by = now, by
    DeadLetter.objects.bulk_update(rows, ["asked_at", "asked_by"])
    record("delivery.retry", by=by, subject=rows[0], at=now, count=len(rows))
    return len(rows)


def raise_again(*, by: User, now: datetime) -> int:
    """Try what somebody asked for once more: a new round of each message, unless it is over by now."""
    asked = DeadLetter.objects.waiting().filter(asked_at__isnull=False)
    letters = list(asked.select_for_update(skip_locked=True).order_by("asked_at", "pk")[:AT_A_TIME])
    facts = [letter for letter in letters if letter.kind == DeadKind.FACT]
    again = again_possible([letter for letter in letters if letter.kind == DeadKind.MESSAGE], now)
    Delivery.objects.bulk_create(again.values(), ignore_conflicts=True)
    Handled.objects.filter(event_id__in=[int(letter.ref) for letter in facts]).update(retry_at=now)
    for letter in letters:
        sent = letter in facts or letter.ref in again
        letter.done_at, letter.result = now, DeadResult.AGAIN if sent else DeadResult.OVER
    DeadLetter.objects.bulk_update(letters, ["done_at", "result"])
    return len(letters)


def again_possible(letters: Sequence[DeadLetter], now: datetime) -> dict[str, Delivery]:
    """{delivery that failed: its next round} of those that still matter to their person."""
    rows = Delivery.objects.filter(pk__in=[letter.ref for letter in letters]).select_related("item__alert")
    matters = Q(item__alert=None) | Q(item__alert__state__in=[AlertState.OPEN, AlertState.ACKED])
    rows = rows.filter(matters, item__superseded=False, item__acked_at=None, user__is_active=True)
    rows = rows.filter(Q(item__expires_at=None) | Q(item__expires_at__gt=now))
    rows = rows.filter(Q(endpoint=None) | Q(endpoint__removed_at=None, endpoint__disabled_at=None))
    last = rows.annotate(last=Max("item__deliveries__round", filter=same_way()))
    return {
        str(row.pk): Delivery(
            user_id=row.user_id, item=row.item, channel=row.channel, endpoint_id=row.endpoint_id,
            round=row.last + 1, state=DeliveryState.QUEUED, priority=row.priority, next_at=now,
            expires_at=row.item.expires_at or max(row.expires_at, now + timedelta(hours=24)),
            code=row.code, created_at=now,
        )
        for row in last
    }  # fmt: skip


def same_way() -> Q:
    return Q(item__deliveries__channel=F("channel"))
