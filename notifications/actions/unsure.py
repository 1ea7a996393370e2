"""Messages that may have been sent, and messages that failed for good: what then (NOTIFICATIONS.md c.5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from notifications.actions.lines import back_off
from notifications.channels import ROOMS
from notifications.channels.channel import Again
from notifications.models import Alert, Delivery
from notifications.states import DeliveryState

RESENT = 1  # a message that may have gone out is sent once more, under the same number
ASK_AFTER = timedelta(seconds=60)
ROUNDS = 2  # how often mail is tried anew when every way has failed
NEXT_ROUND = timedelta(minutes=15)
ALONE = 1  # priorities up to this one are urgent
DIGEST = 9

# For each way that is lost: every other reachable place of the person that was not tried yet, when it is
# urgent; her own mail address, when it is urgent or nothing else of the item is alive; and when everything
# was tried, mail once more later on. `bare` are alerts of whose urgent item nothing is alive any more.
INSTEAD = """
WITH lost AS (
  SELECT DISTINCT ON (d.item_id) d.item_id, d.user_id, d.channel, d.priority, d.code, d.expires_at,
         d.template, d.priority <= 1 AS urgent
    FROM notifications_delivery d
    JOIN accounts_user u ON u.id = d.user_id AND u.is_active
    -- A code, or a test of one place, goes to that place and to no other: else it would prove nothing.
    JOIN notifications_inboxitem i ON i.id = d.item_id AND i.outside
   WHERE d.id = ANY(%(rows)s::uuid[]) AND d.expires_at > %(now)s
   ORDER BY d.item_id, d.priority
),
alive AS (
  SELECT DISTINCT l.item_id FROM lost l JOIN notifications_delivery d ON d.item_id = l.item_id
   WHERE d.state IN ('queued', 'claimed', 'sending', 'accepted', 'delivered')
      OR (d.state = 'unknown' AND d.next_at IS NOT NULL)
),
beside AS (
  SELECT l.item_id, e.kind, e.id AS endpoint, 0 AS round, %(now)s AS at
    FROM lost l
    JOIN notifications_endpoint e ON e.user_id = l.user_id AND e.removed_at IS NULL
     AND e.disabled_at IS NULL AND e.verified_at IS NOT NULL AND e.kind = ANY(%(ready)s)
   WHERE l.urgent AND NOT EXISTS (
     SELECT 1 FROM notifications_delivery d WHERE d.item_id = l.item_id AND d.endpoint_id = e.id)
),
mail AS (
  SELECT l.item_id, 'mail', NULL::uuid, tried.rounds,
         CASE WHEN tried.rounds = 0 THEN %(now)s ELSE %(later)s END
    FROM lost l
    JOIN LATERAL (SELECT count(*)::int AS rounds FROM notifications_delivery d
                   WHERE d.item_id = l.item_id AND d.channel = 'mail' AND d.endpoint_id IS NULL) tried ON true
   WHERE NOT EXISTS (SELECT 1 FROM beside b WHERE b.item_id = l.item_id)
     AND (NOT EXISTS (SELECT 1 FROM alive WHERE alive.item_id = l.item_id)
          AND (tried.rounds = 0 OR (l.urgent AND tried.rounds <= %(rounds)s)))
),
instead AS (
  INSERT INTO notifications_delivery (
    id, user_id, item_id, channel, endpoint_id, round, state, reason, priority, next_at, expires_at, code,
    attempts, unknowns, provider_ref, provider_step, template, created_at, updated_at)
  SELECT gen_random_uuid(), l.user_id, l.item_id, way.kind, way.endpoint, way.round, 'queued',
         'instead of ' || l.channel, l.priority, way.at, l.expires_at, l.code,
         0, 0, '', 0, '', %(now)s, %(now)s
    FROM lost l JOIN (SELECT * FROM beside UNION ALL SELECT * FROM mail) way ON way.item_id = l.item_id
  ON CONFLICT DO NOTHING
  RETURNING item_id, next_at
)
SELECT DISTINCT i.alert_id
  FROM lost l JOIN notifications_inboxitem i ON i.id = l.item_id
 WHERE l.urgent AND i.alert_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM alive WHERE alive.item_id = l.item_id)
   AND NOT EXISTS (SELECT 1 FROM instead n WHERE n.item_id = l.item_id AND n.next_at <= %(now)s)
"""


def mark_unknown(rows: Sequence[UUID], *, now: datetime) -> None:
    """They may have been sent. Again under the same number, or asked first, by what the provider can do."""
    if not rows:
        return
    unsure = Delivery.objects.filter(pk__in=rows, state=DeliveryState.SENDING)
    unsure.update(
        state=DeliveryState.UNKNOWN,
        lease_token=None,
        lease_until=None,
        next_at=None,
        unknowns=F("unknowns") + 1,
    )
    these = Delivery.objects.filter(pk__in=rows, state=DeliveryState.UNKNOWN)
    once = Q(unknowns__lte=RESENT) & Q(priority__lt=DIGEST)
    for_key = these.filter(channel__in=kinds(Again.KEY))
    for pk, attempts in for_key.filter(unknowns__gt=RESENT).values_list("pk", "attempts"):
        for_key.filter(pk=pk).update(next_at=now + back_off(attempts))
    for_key.filter(unknowns__lte=RESENT).update(next_at=now)
    these.filter(once, channel__in=kinds(Again.ASK)).update(next_at=now + ASK_AFTER)
    these.filter(once, channel__in=kinds(Again.BLIND)).update(next_at=now)
    fall_back(
        these.filter(next_at=None, priority__lte=ALONE).values_list("pk", flat=True),
        now=now,
        rounds=0,
        sure=False,
    )


def kinds(again: Again) -> list[str]:
    """The channels whose provider lets us do that."""
    return [str(kind) for kind, room in ROOMS.known.items() if room.again is again]


def fall_back(rows: Iterable[UUID], *, now: datetime, rounds: int = ROUNDS, sure: bool = True) -> None:
    """These will not arrive, or nobody can be sure. The person's other ways are taken instead.

    Where it is sure and an urgent item has no way left, the next people of its ladder hear at once.
    """
    facts: dict[str, Any] = {
        "rows": [str(pk) for pk in rows], "now": now, "later": now + NEXT_ROUND,
        "rounds": rounds, "ready": [str(kind) for kind in ROOMS.ready()],
    }  # fmt: skip
    if not facts["rows"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(INSTEAD, facts)
        bare = [alert for (alert,) in cursor.fetchall()]
    if bare and sure:
        Alert.objects.filter(pk__in=bare, next_step_at__gt=now).update(next_step_at=now)
