"""How tries ended, written down for a whole batch: the rows, the attempts, the places, and the line."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from accounts.models import User
from audit.actions import record
from notifications.actions.delivery import GONE, Going
from notifications.actions.lines import back_off, note_line, resting
from notifications.actions.unsure import ROUNDS, fall_back, mark_unknown
from notifications.channels.channel import Handed
from notifications.models import Delivery, Endpoint
from notifications.states import DeliveryState, Outcome

BROKEN_AT = 5  # failures in a row after which a place is left alone
DEAD = 3  # what one refusal of the address itself counts: two of them are enough

# `late`: the worker was slow and its lease ran out, but nobody has taken the message over: it did arrive.
ENDED = """
WITH ended AS (
  SELECT * FROM unnest(%(rows)s::uuid[], %(tokens)s::uuid[], %(outcomes)s::text[], %(errors)s::text[],
                       %(refs)s::text[]) AS e(id, token, outcome, error, ref)
),
tried AS (
  UPDATE notifications_attempt a SET finished_at = %(now)s, outcome = e.outcome, error = e.error
    FROM ended e WHERE a.delivery_id = e.id AND a.token = e.token AND a.finished_at IS NULL
),
late AS (
  SELECT d.id FROM notifications_delivery d JOIN ended e ON e.id = d.id
   WHERE d.state = 'unknown' AND d.lease_token IS NULL AND e.outcome = 'accepted'
),
arrived AS (
  UPDATE notifications_delivery d
     SET state = 'accepted', accepted_at = %(now)s, provider_ref = e.ref, next_at = NULL,
         lease_token = NULL, lease_until = NULL
    FROM ended e
   WHERE d.id = e.id AND e.outcome = 'accepted'
     AND ((d.state = 'sending' AND d.lease_token = e.token) OR d.id IN (SELECT id FROM late))
  RETURNING d.id
)
SELECT id FROM arrived
UNION ALL
SELECT d.id FROM notifications_delivery d JOIN ended e ON e.id = d.id
 WHERE e.outcome <> 'accepted' AND d.state = 'sending' AND d.lease_token = e.token
"""


def finish_messages(done: Sequence[tuple[Going, Handed]], *, by: User, now: datetime) -> list[bool]:
    """Write down how it went; False for each that another worker has taken over in the meantime."""
    if not done:
        return []
    mine = end_rows(done, now)
    results = [bool(mine & set(going.mine.rows)) for going, _handed in done]
    ours = [pair for pair, still in zip(done, results, strict=True) if still]
    for going, handed in ours:
        if handed.outcome is not Outcome.ACCEPTED:
            went_wrong(going, handed, now)
    channel = done[0][0].outgoing.channel
    line_rests = resting(channel)
    note_places(ours, line_rests, by=by, now=now)
    note_line(channel, [handed for _going, handed in ours], now=now)
    return results


def end_rows(done: Sequence[tuple[Going, Handed]], now: datetime) -> set[UUID]:
    """End the attempts, and the rows of what was accepted; which rows are still ours."""
    columns = [
        (str(pk), str(going.token), str(handed.outcome), handed.error[:80], handed.ref[:120])
        for going, handed in done
        for pk in going.mine.rows
    ]
    rows, tokens, outcomes, errors, refs = map(list, zip(*columns, strict=True))
    facts: dict[str, Any] = {
        "rows": rows,
        "tokens": tokens,
        "outcomes": outcomes,
        "errors": errors,
        "refs": refs,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(ENDED, facts)
        return {pk for (pk,) in cursor.fetchall()}


def went_wrong(going: Going, handed: Handed, now: datetime) -> None:
    """Later again, perhaps sent, or never."""
    rows = Delivery.objects.filter(
        pk__in=going.mine.rows, lease_token=going.token, state=DeliveryState.SENDING
    )
    free = {"lease_token": None, "lease_until": None}
    if handed.outcome is Outcome.UNKNOWN:
        mark_unknown(going.mine.rows, now=now)
    elif handed.outcome is Outcome.PERMANENT:
        rows.update(state=DeliveryState.FAILED, reason=handed.error[:40], next_at=None, **free)
        fall_back(going.mine.rows, now=now, rounds=0 if handed.dead else ROUNDS)
    else:
        again = now + max(back_off(going.outgoing.tried + 1), timedelta(seconds=handed.wait))
        # Nothing has arrived: what is not urgent may travel with what has come since.
        rows.filter(priority__gt=1, unknowns=0).update(message=None)
        unsure = rows.filter(unknowns__gt=0)
        unsure.update(state=DeliveryState.UNKNOWN, next_at=again, **free)
        rows.update(state=DeliveryState.QUEUED, next_at=again, **free)


def note_places(done: Sequence[tuple[Going, Handed]], line_rests: bool, *, by: User, now: datetime) -> None:
    """A place that works is noted; one that its provider refuses again and again is left alone."""
    worked, failed = set(), defaultdict(int)
    why: dict[UUID, str] = {}
    for going, handed in done:
        if going.endpoint is None:
            continue
        if handed.outcome is Outcome.ACCEPTED:
            worked.add(going.endpoint)
        elif handed.dead or not line_rests:  # a line that is down says nothing of the place
            failed[going.endpoint] += DEAD if handed.dead else 1
            why[going.endpoint] = handed.error
    stale = Q(failures__gt=0) | Q(ok_at=None) | Q(ok_at__lt=now - timedelta(minutes=1))
    if worked:
        Endpoint.objects.filter(stale, pk__in=worked).update(failures=0, ok_at=now)
    for pk, times in failed.items():
        if pk not in worked:
            Endpoint.objects.filter(pk=pk).update(failures=F("failures") + times)
    if failed:
        disable_places({pk: why[pk] for pk in failed}, by=by, now=now)


def disable_places(why: dict[UUID, str], *, by: User, now: datetime) -> int:
    """Leave alone what failed too often, and write it down: its owner is told to verify it again."""
    broken = Endpoint.objects.filter(pk__in=why, disabled_at=None, failures__gte=BROKEN_AT)
    places = list(broken.select_for_update())
    for place in places:
        place.disabled_at, place.disabled_why = now, why[place.pk][:80]
        place.save(update_fields=["disabled_at", "disabled_why"])
        record("endpoint.disable", by=by, subject=place, at=now, kind=place.kind, why=place.disabled_why)
        waiting = Delivery.objects.filter(
            endpoint=place, state__in=(DeliveryState.QUEUED, DeliveryState.UNKNOWN)
        )
        rows = list(waiting.filter(next_at__isnull=False).values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=rows).update(state=DeliveryState.SUPPRESSED, reason=GONE, next_at=None)
        fall_back(rows, now=now)
    return len(places)
