"""Places outside where a person is reached: adding, confirming, naming, trying out and taking away.

Nobody but the person herself does or sees any of this. What is recorded names the kind of the channel and
never its address.
"""

import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit.actions import record
from cases.states import IllegalMove, Sensitivity
from notifications.actions.alerts import put_aside
from notifications.actions.owing import Owed, new_code, owe
from notifications.channels import ROOMS, channel_of
from notifications.channels.channel import BadAddress
from notifications.models import Delivery, Endpoint, InboxItem
from notifications.rules import To, Urgency
from notifications.states import DUE_DELIVERY, DeliveryState, Kind

MOST = 12
CODE_LIVES = timedelta(minutes=15)
TRIES = 5
AT_A_TIME = 500
HOUR = timedelta(hours=1)
CODES_A_PERSON, CODES_AN_ADDRESS, TRIALS_A_PERSON = 8, 5, 8
AT_ONCE = 0
CODE, TRIAL, ADDED, REMOVED = "V.code", "V.test", "V.added", "V.removed"


def add_endpoint(*, by: User, now: datetime, kind: Kind, address: str, label: str = "") -> Endpoint:
    """A new place, and a code on its way to it. A browser that is known already is begun anew."""
    address = fit_address(kind, address, by)
    endpoint = Endpoint(user_id=by.pk, kind=kind, label=label.strip()[:60], created_at=now)
    endpoint.seal_address(address)
    mine = Endpoint.objects.filter(user=by).kept().select_for_update()
    known = next((row for row in mine if (row.kind, bytes(row.token)) == (kind, endpoint.token)), None)
    if known and known.verified_at and not known.disabled_at:
        raise IllegalMove(_("This is in your list already."), field="address")
    if known is None:
        if len(mine) >= MOST:
            raise IllegalMove(_("There are channels enough. Remove one that you do not use any more."))
        endpoint.save(force_insert=True)
        record("channel.add", by=by, subject=endpoint, at=now, kind=str(kind))
    return start_verification((known or endpoint).pk, by=by, now=now)


def fit_address(kind: Kind, address: str, by: User) -> str:
    """The address as it is kept, or a sentence beside the field."""
    if kind not in ROOMS.ready():
        raise IllegalMove(_("This channel is not set up here."))
    try:
        address = channel_of(kind).normal(address)
    except BadAddress as wrong:
        raise IllegalMove(str(wrong), field="address") from wrong
    if kind == Kind.MAIL and address.lower() == by.email.lower():
        raise IllegalMove(_("You sign in with this address: alerts go there already."), field="address")
    return address


def own(endpoint_id: UUID, by: User) -> Endpoint:
    """The person's own place, locked; one that was removed is gone for her too."""
    return Endpoint.objects.filter(user=by).kept().select_for_update().get(pk=endpoint_id)


def start_verification(endpoint_id: UUID, *, by: User, now: datetime) -> Endpoint:
    """Send a fresh code over the channel itself; an earlier one opens nothing any more."""
    endpoint = own(endpoint_id, by)
    if endpoint.verified_at and not endpoint.disabled_at:
        raise IllegalMove(_("This channel is confirmed."))
    spend(f"person:{by.pk}", CODES_A_PERSON, now)
    spend(f"address:{bytes(endpoint.token).hex()}", CODES_AN_ADDRESS, now)
    code, ends = new_code(), now + CODE_LIVES
    endpoint.code_digest, endpoint.code_ends_at, endpoint.code_tries = digest_of(endpoint, code), ends, 0
    endpoint.save(update_fields=["code_digest", "code_ends_at", "code_tries"])
    put_aside(codes_of(endpoint))
    item = item_of(by, CODE, f"verify:{endpoint.pk}:", now, expires_at=ends, read_at=now)
    send_to(endpoint, item, code, now, until=ends, template="code")
    record("channel.code", by=by, subject=endpoint, at=now, kind=endpoint.kind)
    return endpoint


def verify_endpoint(endpoint_id: UUID, *, by: User, now: datetime, code: str) -> Endpoint:
    """Confirmed when the code is the one that was sent; else `code_tries` of the result has grown."""
    endpoint = own(endpoint_id, by)
    if not endpoint.code_digest or endpoint.code_ends_at is None or endpoint.code_ends_at <= now:
        raise IllegalMove(_("This code has run out. Have another one sent."), field="code")
    if endpoint.code_tries >= TRIES:
        raise IllegalMove(_("That was wrong too often. Have another code sent."), field="code")
    if not constant_time_compare(endpoint.code_digest, digest_of(endpoint, code)):
        endpoint.code_tries += 1
        endpoint.save(update_fields=["code_tries"])
        record("channel.miss", by=by, subject=endpoint, at=now, kind=endpoint.kind)
        return endpoint
    endpoint.verified_at, endpoint.disabled_at, endpoint.disabled_why = now, None, ""
    endpoint.code_digest, endpoint.code_ends_at, endpoint.code_tries, endpoint.failures = "", None, 0, 0
    endpoint.save(update_fields=[
        "verified_at", "disabled_at", "disabled_why", "code_digest", "code_ends_at", "code_tries", "failures",
    ])  # fmt: skip
    put_aside(codes_of(endpoint))
    record("channel.confirm", by=by, subject=endpoint, at=now, kind=endpoint.kind)
    notice(ADDED, endpoint, by, now)
    return endpoint


def rename_endpoint(endpoint_id: UUID, *, by: User, now: datetime, label: str) -> Endpoint:
    """Another name for the person herself."""
    endpoint = own(endpoint_id, by)
    endpoint.label = label.strip()[:60]
    endpoint.save(update_fields=["label"])
    record("channel.rename", by=by, subject=endpoint, at=now, kind=endpoint.kind)
    return endpoint


def remove_endpoint(endpoint_id: UUID, *, by: User, now: datetime) -> Endpoint:
    """Nothing goes there any more, and nothing here tells where it was."""
    endpoint = own(endpoint_id, by)
    known = endpoint.verified_at is not None
    take_away(endpoint, by=by, now=now)
    if known:
        notice(REMOVED, endpoint, by, now)
    return endpoint


def forget_endpoints(*, by: User, now: datetime) -> int:
    """Whoever has left is reached nowhere any more, and her numbers are no longer here."""
    left = Endpoint.objects.kept().filter(user__is_active=False).select_for_update(of=("self",))
    gone = list(left[:AT_A_TIME])
    for endpoint in gone:
        take_away(endpoint, by=by, now=now)
    return len(gone)


def take_away(endpoint: Endpoint, *, by: User, now: datetime) -> None:
    """Wipe the address, and send nothing there that waits."""
    endpoint.removed_at, endpoint.address, endpoint.token, endpoint.label = now, b"", b"", ""
    endpoint.code_digest, endpoint.code_ends_at = "", None
    endpoint.save(update_fields=["removed_at", "address", "token", "label", "code_digest", "code_ends_at"])
    put_aside(codes_of(endpoint))
    waiting = Delivery.objects.filter(endpoint=endpoint, state__in=DUE_DELIVERY)
    waiting.update(state=DeliveryState.SUPPRESSED, reason="channel removed", next_at=None)
    record("channel.remove", by=by, subject=endpoint, at=now, kind=endpoint.kind)


def try_endpoint(endpoint_id: UUID | None, *, by: User, now: datetime) -> InboxItem:
    """A message that tells nothing but that it arrived; None is the mail address of signing in."""
    endpoint = own(endpoint_id, by) if endpoint_id else None
    if endpoint and (endpoint.verified_at is None or endpoint.disabled_at):
        raise IllegalMove(_("Confirm this channel first."))
    spend(f"trial:{by.pk}", TRIALS_A_PERSON, now)
    until = now + HOUR
    item = item_of(by, TRIAL, f"trial:{endpoint_id or 'mail'}:", now, expires_at=until)
    send_to(endpoint, item, item.code, now, until=until, template="ordinary")
    kind = endpoint.kind if endpoint else str(Kind.MAIL)
    record("channel.try", by=by, subject=endpoint or by, at=now, kind=kind)
    return item


def digest_of(endpoint: Endpoint, code: str) -> str:
    """What is kept of a code: of no use without the key of the site, nor for another place."""
    typed = "".join(sign for sign in code.upper() if sign.isalpha())
    return salted_hmac("channel code", f"{endpoint.pk} {typed}", algorithm="sha256").hexdigest()


def codes_of(endpoint: Endpoint) -> Any:
    return InboxItem.objects.filter(user_id=endpoint.user_id, key__startswith=f"verify:{endpoint.pk}:")


def spend(what: str, most: int, now: datetime) -> None:
    """One of the few that an hour allows. Kept in the database, so that it holds when Redis is gone."""
    key, since = f"channels:{what}", (now - HOUR).timestamp()
    spent = [moment for moment in cache.get(key, []) if moment > since]
    if len(spent) >= most:
        raise IllegalMove(_("That was often enough for this hour. Try again later."))
    cache.set(key, [*spent, now.timestamp()], timeout=HOUR.total_seconds())


def office_of(user: User) -> Office:
    """Whose neutral name her messages carry; people of no office borrow the first one's."""
    return user.home_office or Office.objects.order_by("pk")[0]


def item_of(user: User, title: str, key: str, now: datetime, **facts: Any) -> InboxItem:
    """The row of the inbox about a channel of one's own. That of a code must not name the code."""
    number = InboxItem.objects.filter(user=user, key__startswith=key).count() + 1
    item = InboxItem(
        case=None, office=office_of(user), sensitivity=Sensitivity.SEALED, user_id=user.pk,
        key=f"{key}{number}", title_code=title, why=To.SELF, urgency=Urgency.NORMAL,
        code="" if title == CODE else new_code(), created_at=now, created_by_pid=os.getpid(), outside=False,
        **facts,
    )  # fmt: skip
    item.save(force_insert=True)
    return item


def send_to(
    endpoint: Endpoint | None, item: InboxItem, code: str, now: datetime, *, until: datetime, template: str
) -> None:
    """On its way to this one place, at once and alone."""
    Delivery(
        user_id=item.user_id, item=item, channel=endpoint.kind if endpoint else Kind.MAIL, endpoint=endpoint,
        code=code, priority=AT_ONCE, next_at=now, expires_at=until, template=template, created_at=now,
    ).save(force_insert=True)  # fmt: skip


def notice(title: str, endpoint: Endpoint, by: User, now: datetime) -> None:
    """The person hears by mail that her channels were changed: it may not have been she."""
    key = f"{title}:{endpoint.pk}:{now:%Y%m%dT%H%M%S}"
    owe([Owed(by.pk, None, key, title, To.SELF, Urgency.NORMAL, office=office_of(by))], now=now)
