"""Who may send what now: urgent first, fair over offices and people, each message under a lease."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from notifications.actions.lines import PROBE, begin_probe, seats
from notifications.actions.unsure import mark_unknown
from notifications.channels import ROOMS, channel_of
from notifications.channels.channel import Again
from notifications.models import Delivery
from notifications.states import DUE_DELIVERY, DeliveryState

LEASE = timedelta(seconds=60)
AT_A_TIME = 20  # messages of a real channel; it asks for fewer when it is slow
WINDOW = 300  # so many rows more are looked at, so that one office's flood does not fill the whole claim
ROWS = 2000  # of the inbox, in one claim
IN_ONE = 500  # of the inbox, in one message

# held_until, from the top: a pulled brake; what is urgent for a court waits for the morning of the office,
# unless it is about less than twelve hours from now; the rest keeps to the hours the person wants left
# alone. Then: each urgent item is a message of its own, the rest of one person travels together, at most
# hourly where nothing is to be confirmed. What was tried together may be there already and stays together.
CLAIM = """
WITH due AS MATERIALIZED (
  SELECT id, user_id, item_id, endpoint_id, priority, next_at, message, code
    FROM notifications_delivery
   WHERE channel = %(channel)s AND state IN ('queued', 'unknown') AND next_at <= %(now)s
   ORDER BY priority, next_at LIMIT %(window)s
     FOR UPDATE SKIP LOCKED
),
placed AS (
  SELECT due.*, i.office_id, a.rule, a.opened_at,
         %(now)s AT TIME ZONE o.time_zone AS there, o.time_zone AS zone,
         least(h.starts_at, about.starts_at, i.expires_at) AS happens
    FROM due
    JOIN notifications_inboxitem i ON i.id = due.item_id
    JOIN accounts_office o ON o.id = i.office_id
    LEFT JOIN notifications_alert a ON a.id = i.alert_id
    LEFT JOIN prosecutions_hearing h ON h.id = i.hearing_id
    LEFT JOIN prosecutions_hearing about ON about.id = a.subject_id AND a.subject = 'prosecutions.Hearing'
),
quiet AS (
  SELECT u.user_id, c.quiet_from, c.quiet_until, %(now)s AT TIME ZONE home.time_zone AS there,
         home.time_zone AS zone
    FROM (SELECT DISTINCT user_id FROM due WHERE priority > 1) u
    JOIN notifications_choice c ON c.user_id = u.user_id AND c.quiet_from <> c.quiet_until
    JOIN LATERAL (SELECT o.time_zone FROM accounts_membership m JOIN accounts_office o ON o.id = m.office_id
                   WHERE m.user_id = u.user_id AND m.ended_at IS NULL ORDER BY o.name, m.id LIMIT 1) home
      ON true
),
resting AS (
  SELECT user_id, (there::date + quiet_until
                   + CASE WHEN there::time >= quiet_until THEN interval '1 day' ELSE interval '0' END)
                  AT TIME ZONE zone AS until
    FROM quiet
   WHERE CASE WHEN quiet_from < quiet_until
              THEN there::time >= quiet_from AND there::time < quiet_until
              ELSE there::time >= quiet_from OR there::time < quiet_until END
),
weighed AS (
  SELECT p.*,
         coalesce(p.message::text, CASE WHEN p.priority <= 1 THEN p.id::text
                                   ELSE p.user_id::text || coalesce(p.endpoint_id::text, '') END) AS bundle,
         CASE
           WHEN EXISTS (SELECT 1 FROM notifications_brake b
                         WHERE b.state = 'held' AND b.rule = p.rule AND b.office_id = p.office_id
                           AND p.opened_at > b.began_at - interval '1 hour')
             THEN %(now)s + interval '30 seconds'
           WHEN p.priority = 1 AND (p.there::time >= '22:00' OR p.there::time < '06:00')
                AND (p.happens IS NULL OR p.happens > %(now)s + interval '12 hours')
             THEN ((p.there + interval '2 hours')::date + time '06:00') AT TIME ZONE p.zone
           WHEN p.priority > 1 THEN (SELECT until FROM resting r WHERE r.user_id = p.user_id)
         END AS held_until
    FROM placed p
),
lately AS (
  SELECT user_id, max(accepted_at) + interval '1 hour' AS until
    FROM notifications_delivery
   WHERE channel = %(channel)s AND priority > 1 AND accepted_at > %(now)s - interval '1 hour'
     AND user_id IN (SELECT user_id FROM due WHERE priority > %(at_once)s)
   GROUP BY user_id
),
bundles AS (
  SELECT bundle, min(priority) AS priority, min(next_at) AS at, (array_agg(message))[1] AS message,
         (array_agg(code ORDER BY priority, id))[1] AS code, (array_agg(user_id))[1] AS user_id,
         (array_agg(endpoint_id))[1] AS endpoint_id, min(office_id) AS office_id,
         array_agg(id ORDER BY priority, id) AS ids
    FROM weighed WHERE held_until IS NULL GROUP BY bundle
),
ripe AS (
  SELECT b.*, CASE WHEN b.priority > %(at_once)s AND b.message IS NULL THEN l.until END AS later
    FROM bundles b LEFT JOIN lately l ON l.user_id = b.user_id
),
held AS (
  UPDATE notifications_delivery d SET next_at = w.held_until
    FROM weighed w WHERE d.id = w.id AND w.held_until IS NOT NULL
),
bundled AS (
  UPDATE notifications_delivery d SET next_at = r.later
    FROM ripe r WHERE r.later IS NOT NULL AND d.id = ANY(r.ids)
),
turns AS (
  SELECT *, row_number() OVER (PARTITION BY priority, office_id ORDER BY turn, at) AS office_turn
    FROM (SELECT *, row_number() OVER (PARTITION BY priority, office_id, user_id ORDER BY at) AS turn
            FROM ripe WHERE later IS NULL) of_person
),
chosen AS (
  SELECT *, gen_random_uuid() AS token, row_number() OVER (ORDER BY priority, office_turn, at) AS place
    FROM turns ORDER BY priority, office_turn, at LIMIT %(limit)s
),
whole AS (
  SELECT c.token, c.place, c.code, coalesce(c.message, gen_random_uuid()) AS message, c.ids || ARRAY(
           SELECT d.id FROM notifications_delivery d
             JOIN notifications_inboxitem i ON i.id = d.item_id
             LEFT JOIN notifications_alert a ON a.id = i.alert_id
            WHERE c.priority > 1 AND c.message IS NULL AND d.user_id = c.user_id
              AND d.channel = %(channel)s AND d.endpoint_id IS NOT DISTINCT FROM c.endpoint_id
              AND d.state = 'queued' AND d.next_at <= %(now)s AND d.priority > 1 AND d.message IS NULL
              AND d.id <> ALL(c.ids) AND NOT EXISTS (
                SELECT 1 FROM notifications_brake b
                 WHERE b.state = 'held' AND b.rule = a.rule AND b.office_id = i.office_id
                   AND a.opened_at > b.began_at - interval '1 hour')
            ORDER BY d.priority, d.id LIMIT %(in_one)s FOR UPDATE OF d SKIP LOCKED) AS ids
    FROM chosen c
),
counted AS (
  SELECT *, sum(cardinality(ids)) OVER (ORDER BY place) - cardinality(ids) AS before FROM whole
),
taken AS (
  UPDATE notifications_delivery d
     SET state = 'claimed', message = c.message, code = c.code, lease_token = c.token, lease_until = %(lease)s
    FROM (SELECT unnest(ids) AS id, message, token, code FROM counted WHERE before < %(rows)s) c
   WHERE d.id = c.id
)
SELECT token, ids FROM counted WHERE before < %(rows)s ORDER BY place
"""
AT_ONCE = 3  # priorities up to this one are not held back for the hourly bundle


@dataclass(frozen=True)
class Mine:
    """The right to send one message, until its lease runs out."""

    token: UUID
    rows: tuple[UUID, ...]


def reap_leases(*, now: datetime) -> int:
    """Take back what killed workers held: unsent for free, what may be sent as unknown."""
    gone = Delivery.objects.overtaken(now).select_for_update(skip_locked=True)
    held: dict[str, list[UUID]] = {DeliveryState.CLAIMED: [], DeliveryState.SENDING: []}
    for pk, state in gone.values_list("pk", "state"):
        held[state].append(pk)
    if held[DeliveryState.CLAIMED]:
        to_queue(held[DeliveryState.CLAIMED], now)
    mark_unknown(held[DeliveryState.SENDING], now=now)
    return sum(map(len, held.values()))


def busy_channels(kinds: Iterable[str], *, now: datetime) -> list[str]:
    """Of these channels those by which something is due, or was begun and never ended."""
    begun = Q(state__in=(DeliveryState.CLAIMED, DeliveryState.SENDING), lease_until__lt=now)
    due = Q(state__in=DUE_DELIVERY, next_at__lte=now)
    silent = Q(state=DeliveryState.ACCEPTED, provider_step=0, accepted_at__gt=now - timedelta(hours=1))
    heard_of = [str(kind) for kind in ROOMS.ready() if channel_of(kind).again is Again.ASK]
    rows = {kind: Delivery.objects.filter(channel=kind) for kind in kinds}
    return [
        kind
        for kind, mine in rows.items()
        if mine.filter(due).exists()
        or mine.filter(begun).exists()
        or (kind in heard_of and mine.filter(silent).exclude(provider_ref="").exists())
    ]


def to_queue(rows: Iterable[UUID], now: datetime) -> int:
    """Nothing has left the house: it waits again. What may have been sent before stays marked as that."""
    claimed = Delivery.objects.filter(pk__in=list(rows), state=DeliveryState.CLAIMED)
    free = {"next_at": now, "lease_token": None, "lease_until": None}
    unsure = claimed.filter(unknowns__gt=0).update(state=DeliveryState.UNKNOWN, **free)
    return unsure + claimed.update(state=DeliveryState.QUEUED, **free)


def claim_messages(channel: str, *, now: datetime, limit: int = AT_A_TIME) -> list[Mine]:
    """Take what is due on this channel, bundled into messages."""
    limit = min(limit, seats(channel, now=now))
    if not limit:
        return []
    facts: dict[str, Any] = {
        "channel": channel, "now": now, "lease": now + LEASE, "limit": limit, "at_once": AT_ONCE,
        "window": 2 * limit + WINDOW, "rows": ROWS, "in_one": IN_ONE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, facts)
        mine = [Mine(token, tuple(ids)) for token, ids in cursor.fetchall()]
    if mine and limit == PROBE:
        begin_probe(channel, now=now)
    return mine


def give_back(mine: Iterable[Mine], *, now: datetime) -> int:
    """What this worker does not get to: others may send it at once."""
    rows = [pk for message in mine for pk in message.rows]
    held = Delivery.objects.filter(lease_token__in=[message.token for message in mine], pk__in=rows)
    return to_queue(held.values_list("pk", flat=True), now) if rows else 0
