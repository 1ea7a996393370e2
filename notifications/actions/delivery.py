"""One batch of messages from the last look before sending to what is written down afterwards."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import Signal, User
from cases.models import Assignment, Case
from cases.querysets import holding_now
from notifications.actions.alerts import log
from notifications.actions.claiming import LEASE, Mine
from notifications.actions.reminders import over_at
from notifications.actions.unsure import ALONE, fall_back
from notifications.channels.channel import Outgoing
from notifications.channels.texts import VERSION
from notifications.models import Alert, Delivery, Endpoint
from notifications.querysets import BLIND
from notifications.recipients import Directory
from notifications.states import AlertState, DeliveryState, Kind, LogKind
from prosecutions.models import Hearing
from reference.sealed import SealBroken

LOST = "no longer theirs"
GONE = "no longer reached there"
CODE = "code"  # the text by which a place is verified: nothing else goes to one that is not

# The attempts are written down before the first call, in the transaction that moves the rows to `sending`.
BEGIN = """
WITH going AS (
  UPDATE notifications_delivery d
     SET state = 'sending', lease_until = %(lease)s, attempts = d.attempts + 1, template = t.template
    FROM unnest(%(rows)s::uuid[], %(templates)s::text[]) AS t(id, template)
   WHERE d.id = t.id
  RETURNING d.id, d.user_id, d.attempts, d.lease_token
)
INSERT INTO notifications_attempt (
  id, user_id, delivery_id, n, token, pid, started_at, outcome, error, created_at, updated_at)
SELECT gen_random_uuid(), user_id, id, attempts, lease_token, %(pid)s, %(now)s, '', '', %(now)s, %(now)s
  FROM going
"""
FIELDS = (
    "pk", "lease_token", "user_id", "item_id", "channel", "endpoint_id", "priority", "expires_at", "message",
    "code", "template", "attempts", "unknowns", "provider_ref", "user__email", "user__language",
    "user__is_active", "endpoint__address", "endpoint__verified_at", "endpoint__disabled_at",
    "endpoint__removed_at", "item__case_id", "item__office__alias", "item__office__time_zone",
    "item__superseded", "item__acked_at", "item__alert_id", "item__alert__state", "item__hearing_id",
    "item__hearing_version", "item__hearing__schedule_version", "item__hearing__outcome",
    "item__hearing__starts_at", "item__title_code", "item__day",
)  # fmt: skip


@dataclass(frozen=True)
class Going:
    """A message about to be handed over, and the rows that travel in it."""

    mine: Mine
    outgoing: Outgoing
    unsure: bool  # it may have arrived before: who can ask asks first
    ref: str
    endpoint: UUID | None

    @property
    def token(self) -> UUID:
        return self.mine.token


def begin_messages(mine: Sequence[Mine], *, by: User, now: datetime) -> list[Going]:
    """Look again whether it is still right to send each, and write the attempts down before they are made."""
    held = Delivery.objects.filter(
        pk__in=[pk for message in mine for pk in message.rows],
        lease_token__in=[message.token for message in mine],
        state=DeliveryState.CLAIMED,
    )
    rows = list(held.select_for_update(of=("self",)).order_by("priority", "pk").values(*FIELDS))
    reasons = reasons_against(rows, now)
    drop([row for row in rows if reasons[row["pk"]]], reasons, by=by, now=now)
    left: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        if not reasons[row["pk"]]:
            left.setdefault(row["lease_token"], []).append(row)
    if not left:
        return []
    write_attempts(left, now)
    return [going(left[message.token], now) for message in mine if message.token in left]


def write_attempts(left: Mapping[UUID, Sequence[Mapping[str, Any]]], now: datetime) -> None:
    """The rows are being sent from here on, under a fresh lease."""
    rows = [row for group in left.values() for row in group]
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, {
            "rows": [str(row["pk"]) for row in rows],
            "templates": [f"{text_of(row)} {VERSION}" for row in rows],
            "lease": now + LEASE, "now": now, "pid": os.getpid(),
        })  # fmt: skip


def text_of(row: Mapping[str, Any]) -> str:
    """Which of the closed list of texts: the one it was queued with, or that of its urgency."""
    named = row["template"].partition(" ")[0]
    return named or ("urgent" if row["priority"] <= ALONE else "ordinary")


def going(rows: Sequence[Mapping[str, Any]], now: datetime) -> Going:
    """The message as it leaves the house."""
    first = rows[0]
    days = {row["item__day"] or row["pk"] for row in rows}
    message = first["message"]
    outgoing = Outgoing(
        token=first["lease_token"], message=message, address=address_of(first),
        language=first["user__language"], alias=first["item__office__alias"],
        time_zone=first["item__office__time_zone"], code=first["code"], count=len(rows),
        urgent=first["priority"] <= ALONE, item_id=first["item_id"] if len(days) == 1 else None, at=now,
        channel=Kind(first["channel"]), template=text_of(first),
        key=salted_hmac("notifications.message", str(message)).hexdigest(), tried=first["attempts"],
    )  # fmt: skip
    mine = Mine(first["lease_token"], tuple(row["pk"] for row in rows))
    return Going(mine, outgoing, bool(first["unknowns"]), first["provider_ref"], first["endpoint_id"])


def address_of(row: Mapping[str, Any]) -> str:
    """Where it goes; '' when the seal of the place is broken."""
    if row["endpoint_id"] is None:
        return row["user__email"]
    try:
        return Endpoint(pk=row["endpoint_id"], address=row["endpoint__address"]).open_address()
    except SealBroken:
        return ""


def reasons_against(rows: Sequence[Mapping[str, Any]], now: datetime) -> dict[UUID, str]:
    """Why each row need not go any more; '' when it must."""
    users = {row["user_id"] for row in rows}
    forced = set(Signal.objects.filter(answered_at=None, user__in=users).values_list("user_id", flat=True))
    readers = readers_of(rows)
    hearings = hearings_of(rows, now)
    reasons = {}
    for row in rows:
        reason = over(row, hearings, now)
        if not reason and not may_be_told(row, readers, forced):
            reason = LOST
        reasons[row["pk"]] = reason or ("" if reached(row) else GONE)
    return reasons


def readers_of(rows: Sequence[Mapping[str, Any]]) -> set[tuple[UUID, UUID]]:
    """(case, person) of these rows where the person may see the case now, if she is active."""
    pairs = {(row["item__case_id"], row["user_id"]) for row in rows if row["item__case_id"]}
    # Most are named on their case, which is enough; only for the rest everybody is looked up.
    named = Assignment.objects.filter(
        holding_now(), case__in={case for case, _user in pairs}, user__in={user for _case, user in pairs}
    )
    found = pairs & set(named.values_list("case_id", "user_id"))
    left = pairs - found
    cases = list(Case.objects.filter(pk__in={case for case, _user in left}).select_related("office"))
    if not cases:
        return found
    directory = Directory(cases)
    readers = {case.pk: directory.may_see(case) for case in cases}
    return found | {(case, user) for case, user in left if user in readers.get(case, ())}


def hearings_of(rows: Sequence[Mapping[str, Any]], now: datetime) -> dict[UUID, Hearing]:
    """The announced hearings that have begun: only of these it is to be seen whether they are over."""
    begun = {
        row["item__hearing_id"]
        for row in rows
        if row["item__hearing_id"]
        and not row["item__alert_id"]
        and not (row["item__hearing__starts_at"] and row["item__hearing__starts_at"] > now)
    }
    return Hearing.objects.select_related("case__office").in_bulk(begun) if begun else {}


def over(row: Mapping[str, Any], hearings: Mapping[UUID, Hearing], now: datetime) -> str:
    """Is there nothing to be told any more?"""
    if row["expires_at"] <= now:
        return "too late"
    if row["item__superseded"] or row["item__acked_at"]:
        return "overtaken"
    if row["item__alert_id"]:
        return "" if row["item__alert__state"] in (AlertState.OPEN, AlertState.ACKED) else "over"
    if not row["item__hearing_id"]:
        return ""
    moved = row["item__hearing__schedule_version"] != row["item__hearing_version"]
    hearing = hearings.get(row["item__hearing_id"])
    done = row["item__hearing__outcome"] or (hearing is not None and now >= over_at(hearing))
    return "overtaken" if moved or done else ""


def may_be_told(row: Mapping[str, Any], readers: set[tuple[UUID, UUID]], forced: set[UUID]) -> bool:
    """May this person know of it now, and is it she who would read it?"""
    if row["user_id"] in forced or not row["user__is_active"]:
        return False
    if row["item__case_id"] is None or row["item__title_code"] in BLIND:
        return True
    return (row["item__case_id"], row["user_id"]) in readers


def reached(row: Mapping[str, Any]) -> bool:
    """Is the place still hers, verified, and not refused by its provider?"""
    if row["endpoint_id"] is None:
        return True
    if text_of(row) == CODE:  # with it she proves the place, also one that was refused before
        return row["endpoint__removed_at"] is None
    out = row["endpoint__disabled_at"] or row["endpoint__removed_at"]
    return bool(row["endpoint__verified_at"] and not out)


def drop(rows: Sequence[Mapping[str, Any]], reasons: Mapping[UUID, str], *, by: User, now: datetime) -> None:
    """Do not send these; somebody who left the case is replaced by the next people at once."""
    if not rows:
        return
    for reason in {reasons[row["pk"]] for row in rows}:
        these = [row["pk"] for row in rows if reasons[row["pk"]] == reason]
        Delivery.objects.filter(pk__in=these).update(
            state=DeliveryState.SUPPRESSED, reason=reason, next_at=None, lease_token=None, lease_until=None
        )
        if reason == GONE:
            fall_back(these, now=now)
    lost = {(row["item__alert_id"], row["user_id"]) for row in rows if reasons[row["pk"]] == LOST}
    replace_people({pair for pair in lost if pair[0]}, by=by, now=now)


def replace_people(lost: Iterable[tuple[UUID, UUID]], *, by: User, now: datetime) -> None:
    """These people were left out of these alerts: the next hear at once."""
    left_out: dict[UUID, set[UUID]] = {}
    for alert, user in lost:
        left_out.setdefault(alert, set()).add(user)
    if not left_out:
        return
    alerts = Alert.objects.in_bulk(list(left_out))
    log(LogKind.SKIPPED, [(alerts[pk], people) for pk, people in left_out.items()], by=by, now=now)
    Alert.objects.filter(pk__in=left_out, next_step_at__gt=now).update(next_step_at=now)


def outgoing_of(rows: QuerySet, now: datetime, *, most: int) -> list[Going]:
    """Messages that were handed over, as they were: to ask their provider what became of them."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows.order_by("priority", "accepted_at", "pk").values(*FIELDS)[:most]:
        groups.setdefault((row["message"], row["endpoint_id"]), []).append(row)
    messages = [going(group, now) for group in groups.values()]
    return [replace(message, unsure=True) for message in messages]
