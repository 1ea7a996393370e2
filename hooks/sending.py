"""Telling other programs: never inside a transaction, as whoever owns the webhook, at least once.

A delivery is written down before it is sent and finished afterwards; killed anywhere in between, its lease
runs out and it is sent again under the same id. A receiver that does not answer is left alone for a while, so
that it holds up nobody else; one that has not answered for days is switched off and the administrators hear
of it.
"""

import json
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can, roles_that_can
from accounts.scope import system_access, viewing_as
from audit.models import Event
from hooks import actions, signing
from hooks.models import END, Webhook
from hooks.states import DeliveryState
from hooks.telling import events_after, horizon, told_of
from ijm_cases import outgoing

PAGE = 500  # events that are looked through at once
AT_A_TIME = 20
PATIENCE = 20  # seconds for one receiver in one round
GONE = 410


def live_hooks():
    """Those that something may be sent to now."""
    rows = Webhook.objects.filter(paused_at=None, stopped_at=None, ended_at=None, owner__is_active=True)
    return rows.select_related("owner")


def send_due(*, now=None, post=outgoing.post):
    """One round over all webhooks: look through the record, send what is due; how many were taken."""
    now = now or timezone.now()
    with system_access("reminders", "take back what killed workers held"):
        actions.reap_deliveries(now=now)
        hooks = [(hook.pk, hook.rest_until_at) for hook in live_hooks().order_by("pk")]
    sent = 0
    for pk, rest_until in hooks:
        gather(pk, now=now)
        if rest_until is None or rest_until <= now:
            sent += send_hook(pk, now=now, post=post)
    return sent


def gather(pk, *, now):
    """Look through the record as the owner, from where this was left, and write down what is to be told."""
    hook = live_hooks().filter(pk=pk).first()
    if hook is None:
        return 0
    with viewing_as(hook.owner):
        hook = Webhook.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pk)
        edge = horizon()
        events = list(events_after(hook.owner, (hook.past_xid, hook.past_id), edge, hook.verbs)[:PAGE])
        more = len(events) == PAGE
        place = (events[-1].xid, events[-1].pk) if more else (max(edge - 1, hook.past_xid), END)
        told = told_of(events, hook.owner)
        return actions.write_deliveries(hook, [one.event.pk for one in told], place, now=now)


def send_hook(pk, *, now, post):
    """What is due for one receiver, until nothing is left, it fails, or it has taken long enough."""
    began, sent = time.monotonic(), 0
    while time.monotonic() - began < PATIENCE:
        with system_access("reminders", "claim messages to another program"):
            hook = live_hooks().filter(pk=pk).first()
            rows = actions.claim_deliveries(pk, now=now, limit=AT_A_TIME) if hook else []
        if not rows:
            break
        for place, row in enumerate(rows):
            went, answers = send_one(hook, row, now=now, post=post)
            sent += went
            if not answers or time.monotonic() - began > PATIENCE:
                give_back(rows[place + 1 :], now=now)
                return sent
    return sent


def give_back(rows, *, now):
    """What was claimed and not begun."""
    with system_access("reminders", "give messages to another program back"):
        for row in rows:
            actions.finish_delivery(row, DeliveryState.QUEUED, now=now)


def send_one(hook, row, *, now, post):
    """Ask again what may be told, and tell it: (was it taken, does the receiver answer)."""
    message = written(hook, row, now)
    if message is None:
        with system_access("reminders", "hold a message to another program back"):
            actions.finish_delivery(row, DeliveryState.WITHHELD, now=now)
        return False, True
    try:
        answer = post(
            hook.url, message, headers=signing.headers_of(str(row.pk), now, message, hook.secrets(now))
        )
        status, asked, error = answer.status, wait_asked(answer), ""
    except (outgoing.Refused, outgoing.Unanswered) as why:
        status, asked, error = None, timedelta(), str(why)
    return finished(hook, row, status, asked, error, now=now)


def written(hook, row, now):
    """The body of one message, as the owner may see it at this moment; None when she may not."""
    with viewing_as(hook.owner):
        told = told_of(list(Event.objects.filter(pk=row.event_id)), hook.owner)
    if not told:
        return None
    facts = {"id": str(row.pk), "webhook": str(hook.pk), **told[0].facts()}
    return json.dumps(facts).encode()


def wait_asked(answer):
    """For how long the receiver wants to be left alone."""
    text = answer.headers.get("Retry-After", "") if answer.headers else ""
    return (
        timedelta(seconds=min(int(text), 3600))
        if text and text.isdecimal() and len(text) < 6
        else timedelta()
    )


def finished(hook, row, status, asked, error, *, now):
    """Write down how it went, and leave a receiver alone that does not answer."""
    taken = status is not None and 200 <= status < 300
    broken = status is None or status >= 500 or status == 429
    with system_access("reminders", "write down how a message to another program went") as principal:
        if taken:
            actions.finish_delivery(row, DeliveryState.SENT, now=now, answer=status)
        else:
            actions.put_off(row, now=now, answer=status, error=error)
        noted = actions.note_hook(hook.pk, now=now, failed=broken, asked=asked)
        too_long = noted.failing_since_at and noted.failing_since_at < now - timedelta(
            days=settings.WEBHOOK_FAILING_DAYS
        )
        stopped = (status == GONE or too_long) and not noted.stopped_at
        if stopped:
            actions.stop_hook(hook.pk, by=principal, now=now)
        people = administrators() if stopped else []
    for person in people:
        tell_stopped(person)
    return taken, not broken and not stopped


def administrators():
    """Those who keep webhooks."""
    rows = User.objects.filter(
        is_active=True, principal="", memberships__ended_at=None,
        memberships__role__in=roles_that_can(Can.MANAGE_HOOK),
    )  # fmt: skip
    return list(rows.distinct().order_by("pk"))


def tell_stopped(person):
    """A mail that names neither the receiver nor the owner."""
    with translation.override(person.language):
        page = settings.SITE_URL.rstrip("/") + reverse("hooks:hook-list")
        text = _("A webhook was switched off, because its receiver has not answered. Look here: %(page)s") % {
            "page": page
        }
        send_mail(_("A webhook was switched off"), text, None, [person.email], fail_silently=True)
