"""What people write back: a code takes the alert on, STOP ends the messages; the rest is only counted."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Can
from accounts.scope import become
from audit.actions import record
from cases.states import IllegalMove
from notifications.actions.endpoints import notice
from notifications.actions.inbox import acknowledge_item
from notifications.channels import channel_of
from notifications.channels.callbacks import Heard
from notifications.channels.channel import BadAddress, Told
from notifications.channels.texts import noted
from notifications.models import Answer, Delivery, Endpoint, InboxItem, Receipt
from notifications.querysets import people_at
from notifications.rules import Urgency
from notifications.states import DUE_DELIVERY, LIVE_ALERT, DeliveryState, Kind, Said
from reference import sealed

TRIES_AN_HOUR = 5
HOUR = timedelta(hours=1)
CODE = re.compile("[A-Z0-9]{5}")
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "QUIT", "ALTO", "BAJA", "CANCELAR"}
STOPPED = "V.stopped"


def keep_receipts(provider: str, told: Sequence[Told], *, now: datetime) -> int:
    """Write down what a provider says, each thing once; whoever sends messages makes sense of it."""
    rows = [
        Receipt(
            provider=provider, event_ref=one.event_ref, message_ref=one.message_ref, status=one.status,
            received_at=now,
        )
        for one in told
    ]  # fmt: skip
    return len(Receipt.objects.bulk_create(rows, ignore_conflicts=True)) if rows else 0


def hear_answer(provider: str, kind: Kind, heard: Heard, *, now: datetime) -> str:
    """Act on an answer as whoever sent it, at this moment; what to write back, or ''.

    Called where nobody looks, for a call that a provider has signed. Told twice, it is acted on once.
    """
    try:
        address = channel_of(kind).normal(heard.sender)
    except BadAddress:
        return ""
    sender = sealed.token(f"endpoint {kind}", address)
    row, new = Answer.objects.get_or_create(
        provider=provider, event_ref=heard.event_ref,
        defaults={"sender": sender, "result": Said.IGNORED, "received_at": now},
    )  # fmt: skip
    if not new:
        return ""
    word = word_of(heard.text)
    language = ""
    try:
        row.result, language = act(word, kind, sender, now)
    finally:
        become(AnonymousUser())
    row.save(update_fields=["result"])
    return noted(word, language) if language else ""


def word_of(text: str) -> str:
    """What was written, without blanks, marks and small letters."""
    plain = unicodedata.normalize("NFKC", text[:200]).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def act(word: str, kind: Kind, sender: bytes, now: datetime) -> tuple[Said, str]:
    """(what came of it, the language of the person who took an alert on)."""
    people = list(User.objects.filter(pk__in=people_at(kind, sender)))
    if not people:
        return Said.STRANGER, ""
    if word in STOP:
        for person in people:
            become(person)
            stop_endpoints(kind, sender, by=person, now=now)
        return Said.STOPPED, ""
    if tries(sender, now) > TRIES_AN_HOUR:
        return Said.TOO_MANY, ""
    for person in people if CODE.fullmatch(word) else ():
        become(person)
        if take_on(word, by=person, now=now):
            return Said.TAKEN, person.language
    return Said.WRONG, ""


def tries(sender: bytes, now: datetime) -> int:
    """How many answers from this number meant nothing within the hour; the one at hand counts."""
    vain = (Said.IGNORED, Said.WRONG, Said.TOO_MANY)
    return Answer.objects.filter(sender=sender, result__in=vain, received_at__gt=now - HOUR).count()


def take_on(code: str, *, by: User, now: datetime) -> bool:
    """She has what was sent to her under this code, if it is hers to have now; never more than that."""
    if not by.can(Can.USE_DESK):
        return False
    sent = Delivery.objects.filter(user=by, code=code).order_by("-created_at")
    items = InboxItem.objects.filter(
        pk__in=[row.item_id for row in sent[:20]], user=by, urgency__in=(Urgency.SAFETY, Urgency.COURT),
        alert__state__in=LIVE_ALERT,
    )  # fmt: skip
    item = items.order_by("-created_at", "pk").first()
    if item is None:
        return False
    try:
        acknowledge_item(item.pk, by=by, now=now)
    except IllegalMove:
        return False
    return True


def stop_endpoints(kind: Kind, sender: bytes, *, by: User, now: datetime) -> list[UUID]:
    """Nothing more goes to this number until its owner confirms it anew; her inbox and mail tell her so."""
    mine = Endpoint.objects.filter(user=by, kind=kind, token=sender, disabled_at=None).kept()
    places = list(mine.select_for_update())
    for place in places:
        place.disabled_at, place.disabled_why = now, "stop"
        place.save(update_fields=["disabled_at", "disabled_why"])
        waiting = Delivery.objects.filter(endpoint=place, state__in=DUE_DELIVERY)
        waiting.update(state=DeliveryState.SUPPRESSED, reason="asked to stop", next_at=None)
        record("channel.stop", by=by, subject=place, at=now, kind=place.kind)
        notice(STOPPED, place, by, now)
    return [place.pk for place in places]
