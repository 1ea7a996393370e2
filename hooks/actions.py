"""Webhooks: made, paused, given a new secret, ended; and how each sending went."""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from hooks.models import Delivery, Webhook
from hooks.states import PATTERNS, DeliveryState
from hooks.telling import horizon
from ijm_cases import outgoing

SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)  # so long both secrets sign
LEASE = timedelta(seconds=60)
FIRST_REST, LONGEST_REST = timedelta(seconds=10), timedelta(hours=1)
REFUSED_FOR_GOOD = 8  # times that a receiver may refuse one message before it is given up
MOST_OF_ONE = 20  # webhooks of one person


def add_hook(
    owner_id: UUID, *, by: User, now: datetime, label: str, url: str, verbs: Iterable[str]
) -> Webhook:
    """Tell this address from now on, what the owner may see and nothing else."""
    chosen = sorted(set(verbs))
    if not chosen or not set(chosen) <= PATTERNS:
        raise IllegalMove(_("Choose what is to be told."), field="verbs")
    check_address(url)
    owner = User.objects.select_for_update(of=("self",), no_key=True).get(pk=owner_id)
    if not owner.is_active or owner.principal:
        raise IllegalMove(_("This person does not work here any more."), field="owner")
    if Webhook.objects.filter(owner=owner, ended_at=None).count() >= MOST_OF_ONE:
        raise IllegalMove(_("This person has as many webhooks as one may have. End one first."))
    hook = Webhook(owner=owner, label=label, url=url, verbs=chosen, made_by=by, created_at=now)
    hook.seal_secret(os.urandom(SECRET_BYTES))
    hook.past_xid = horizon() - 1
    hook.save(force_insert=True)
    record("hook.add", by=by, subject=hook, at=now, user=owner.pk)
    return hook


def check_address(url: str) -> None:
    """An address that may be called at all; where its name leads is looked at before each call."""
    try:
        outgoing.fit(url, settings.OUTGOING_HOSTS.__contains__)
    except outgoing.Refused as why:
        raise IllegalMove(
            _("This address may not be called: only https, and only hosts that this installation lists."),
            field="url",
        ) from why


def locked(hook_id: UUID) -> Webhook:
    """The webhook, held until the transaction ends."""
    hook = Webhook.objects.select_for_update().get(pk=hook_id)
    if hook.ended_at:
        raise IllegalMove(_("This webhook has ended."))
    return hook


def put(hook: Webhook, now: datetime, **facts: object) -> Webhook:
    """Change these columns."""
    for name, value in facts.items():
        setattr(hook, name, value)
    hook.version += 1
    hook.updated_at = now
    hook.save(update_fields=[*facts, "version", "updated_at"])
    return hook


def pause_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """Send nothing until somebody lets it go on; what happens meanwhile waits."""
    hook = locked(hook_id)
    put(hook, now, paused_at=hook.paused_at or now)
    record("hook.pause", by=by, subject=hook, at=now)
    return hook


def resume_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """Go on, also after it was switched off."""
    hook = locked(hook_id)
    put(hook, now, paused_at=None, stopped_at=None, failures=0, failing_since_at=None, rest_until_at=None)
    record("hook.resume", by=by, subject=hook, at=now)
    return hook


def rotate_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """A new secret; for a day messages are signed with the one before as well."""
    hook = locked(hook_id)
    old = hook.secret
    hook.seal_secret(os.urandom(SECRET_BYTES))
    put(hook, now, secret=hook.secret, old_secret=old, old_until_at=now + OVERLAP)
    record("hook.rotate", by=by, subject=hook, at=now)
    return hook


def open_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """Somebody reads the secret, to hand it to the receiver."""
    hook = locked(hook_id)
    record("hook.open", by=by, subject=hook, at=now)
    return hook


def end_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """Nothing is sent any more, for good; the secret is destroyed."""
    hook = locked(hook_id)
    put(hook, now, ended_at=now, secret=b"", old_secret=None, old_until_at=None)
    waiting = hook.deliveries.filter(state__in=(DeliveryState.QUEUED, DeliveryState.SENDING))
    waiting.update(state=DeliveryState.DEAD, lease_ends_at=None, lease_token=None)
    record("hook.end", by=by, subject=hook, at=now)
    return hook


def resend_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """What was given up is tried again."""
    hook = locked(hook_id)
    dead = hook.deliveries.filter(state=DeliveryState.DEAD)
    count = dead.update(state=DeliveryState.QUEUED, next_at=now, refusals=0)
    record("hook.resend", by=by, subject=hook, at=now, count=count)
    return hook


def stop_hook(hook_id: UUID, *, by: User, now: datetime) -> Webhook:
    """It has failed for too long, or its receiver is gone: switched off until somebody looks at it."""
    hook = locked(hook_id)
    put(hook, now, stopped_at=now)
    record("hook.stop", by=by, subject=hook, at=now, failures=hook.failures)
    return hook


def claim_deliveries(hook_id: UUID, *, now: datetime, limit: int) -> list[Delivery]:
    """The right to send some of what is due, written down before anything is sent."""
    due = Delivery.objects.filter(webhook=hook_id, state=DeliveryState.QUEUED, next_at__lte=now)
    rows = list(due.select_for_update(skip_locked=True).order_by("next_at", "pk")[:limit])
    token = uuid4()
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.SENDING, lease_ends_at=now + LEASE, lease_token=token, tries=F("tries") + 1
    )
    for row in rows:
        row.lease_token, row.tries = token, row.tries + 1
    return rows


def reap_deliveries(*, now: datetime) -> int:
    """What killed workers held waits again: it may have arrived, and has the same id."""
    free = {"state": DeliveryState.QUEUED, "lease_ends_at": None, "lease_token": None, "next_at": now}
    gone = Delivery.objects.filter(state=DeliveryState.SENDING, lease_ends_at__lt=now)
    old = Delivery.objects.filter(
        state=DeliveryState.QUEUED, created_at__lt=now - timedelta(days=settings.WEBHOOK_KEEP_DAYS)
    )
    return gone.update(**free) + old.update(state=DeliveryState.DEAD, error="too old")


def forget_deliveries(*, now: datetime) -> int:
    """Rows of long ago go; the record itself stays."""
    over = Q(state__in=(DeliveryState.SENT, DeliveryState.WITHHELD, DeliveryState.DEAD))
    old = Delivery.objects.filter(over, created_at__lt=now - timedelta(days=2 * settings.WEBHOOK_KEEP_DAYS))
    return old.delete()[0]


def finish_delivery(
    row: Delivery, state: str, *, now: datetime, answer: int | None = None, error: str = ""
) -> bool:
    """How it went; False when another worker has taken it over meanwhile."""
    mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.SENDING, lease_token=row.lease_token)
    facts: dict[str, object] = {"state": state, "lease_ends_at": None, "lease_token": None, "answer": answer}
    facts["error"] = error[:80]
    if state == DeliveryState.SENT:
        facts["sent_at"] = now
    return bool(mine.update(**facts))


def put_off(row: Delivery, *, now: datetime, answer: int | None = None, error: str = "") -> None:
    """Later again; what its receiver refuses again and again is given up."""
    refused = row.refusals + (answer is not None and 400 <= answer < 500 and answer not in (408, 425, 429))
    again = DeliveryState.DEAD if refused >= REFUSED_FOR_GOOD else DeliveryState.QUEUED
    if finish_delivery(row, again, now=now, answer=answer, error=error):
        wait = back_off(row.tries)
        Delivery.objects.filter(pk=row.pk).update(refusals=refused, next_at=now + wait)


def back_off(failures: int, asked: timedelta = timedelta()) -> timedelta:
    """Twice as long each time, never longer than an hour, and never quite the same."""
    longest = min(FIRST_REST * 2 ** min(failures - 1, 12), LONGEST_REST)
    return max(longest * (0.5 + secrets.randbelow(1000) / 2000), min(asked, LONGEST_REST))


def note_hook(hook_id: UUID, *, now: datetime, failed: bool, asked: timedelta = timedelta()) -> Webhook:
    """The receiver answers, or it does not and is left alone for a while."""
    hook = Webhook.objects.select_for_update().get(pk=hook_id)
    if failed:
        hook.failures += 1
        hook.failing_since_at = hook.failing_since_at or now
        hook.rest_until_at = now + back_off(hook.failures, asked)
    else:
        hook.failures, hook.failing_since_at, hook.rest_until_at = 0, None, None
    hook.save(update_fields=["failures", "failing_since_at", "rest_until_at"])
    return hook


def write_deliveries(hook: Webhook, events: Iterable[int], place: tuple[int, int], *, now: datetime) -> int:
    """One row for each of these events, and up to where the record was looked through."""
    rows = [Delivery(webhook=hook, event_id=pk, created_at=now, next_at=now) for pk in events]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    hook.past_xid, hook.past_id = place
    hook.save(update_fields=["past_xid", "past_id"])
    return len(rows)
