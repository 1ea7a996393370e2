"""What leaves the house of what stands in the inboxes: all of it in one statement, however many items."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from notifications.channels import ROOMS
from notifications.models import InboxItem

# `new` are rows of the inbox. Urgent: the address she signs in with and every other place at once, whatever
# she chose. To be confirmed or read: by what she chose, and by mail where none of that is to be had. The
# morning list carries the rest. Nobody who has left or who gave the signal of duress is written to.
QUEUE = """
WITH new AS ({source}),
told AS (
  SELECT n.id, n.user_id, n.code, n.expires_at, n.urgency, n.urgency IN ('U-S', 'U-C') AS urgent,
         CASE n.urgency WHEN 'N-A' THEN chosen.confirm_by WHEN 'N' THEN chosen.normal_by END AS ways
    FROM new n
    JOIN accounts_user person ON person.id = n.user_id AND person.is_active AND person.principal = ''
    LEFT JOIN notifications_choice chosen ON chosen.user_id = n.user_id
   WHERE n.outside AND n.urgency <> 'D' AND NOT n.superseded
     AND NOT EXISTS (SELECT 1 FROM accounts_signal s WHERE s.user_id = n.user_id AND s.answered_at IS NULL)
),
beside AS (
  SELECT t.id, e.kind, e.id AS endpoint
    FROM told t
    JOIN notifications_endpoint e ON e.user_id = t.user_id AND e.removed_at IS NULL
     AND e.disabled_at IS NULL AND e.verified_at IS NOT NULL AND e.kind = ANY(%(ready)s)
     AND (t.urgent OR (e.kind <> 'mail' AND e.kind = ANY(t.ways)))
),
way AS (
  SELECT t.id, 'mail' AS kind, NULL::uuid AS endpoint
    FROM told t
   WHERE t.urgent OR 'mail' = ANY(t.ways) OR NOT EXISTS (SELECT 1 FROM beside b WHERE b.id = t.id)
  UNION ALL SELECT id, kind, endpoint FROM beside
),
queued AS (
  INSERT INTO notifications_delivery (
    id, user_id, item_id, channel, endpoint_id, round, state, reason, priority, next_at, expires_at, code,
    attempts, unknowns, provider_ref, provider_step, template, created_at, updated_at)
  SELECT gen_random_uuid(), t.user_id, t.id, way.kind, way.endpoint, 0, 'queued', '',
         CASE t.urgency WHEN 'U-S' THEN 0 WHEN 'U-C' THEN 1 WHEN 'N-A' THEN 3 ELSE 5 END,
         %(from)s,
         coalesce(t.expires_at,
                  %(now)s + CASE WHEN t.urgent THEN interval '24 hours' ELSE interval '3 days' END),
         t.code, 0, 0, '', 0, '', %(now)s, %(now)s
    FROM told t JOIN way ON way.id = t.id
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT (SELECT count(*) FROM new), (SELECT count(*) FROM queued)
"""
THESE = "SELECT * FROM notifications_inboxitem WHERE id = ANY(%(items)s::uuid[])"


def queue_outside(items: Iterable[InboxItem | UUID], *, now: datetime, since: datetime | None = None) -> int:
    """Set these items, just put into their inboxes, on their way outside; how many messages that makes.

    `since`: they do not leave before that moment.
    """
    keys = [str(item.pk if isinstance(item, InboxItem) else item) for item in items]
    if not keys:
        return 0
    return tell(THESE, {"items": keys}, now=now, since=since)[1]


def tell(
    source: str, facts: Mapping[str, Any], *, now: datetime, since: datetime | None = None
) -> tuple[int, int]:
    """(items, messages): `source` is SQL that gives whole rows of the inbox, each with what leaves of it.

    `INSERT INTO notifications_inboxitem ... ON CONFLICT DO NOTHING RETURNING *` writes the items and what
    leaves of the new ones in one statement, without carrying a row through Python. Placeholders are named;
    `now`, `from` and `ready` are taken.
    """
    facts = {**facts, "now": now, "from": since or now, "ready": [str(kind) for kind in ROOMS.ready()]}
    with connection.cursor() as cursor:
        cursor.execute(QUEUE.replace("{source}", source), facts)
        items, messages = cursor.fetchone()
    return items, messages
