"""How the line of each channel is: a provider that is down is tried now and then, and slows nobody else."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q

from notifications.channels.channel import Handed
from notifications.models import Delivery, Line
from notifications.states import DeliveryState, Outcome

TRIP = 3  # failures in a row after which a channel rests
PROBE = 1  # messages with which a resting line is tried
PLENTY = 1_000_000
SHORTEST, LONGEST = 5.0, 60.0  # seconds of rest: an urgent message never waits longer for a line that is well
BACK_OFF = [timedelta(seconds=15), *(timedelta(minutes=m) for m in (1, 5, 15, 30))]
SLOWEST = timedelta(hours=1)
SEEN = timedelta(seconds=10)  # how exactly it is written down when a line was last well


def jitter(seconds: float) -> timedelta:
    """A fifth more or less, so that what failed together does not come back together."""
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311


def back_off(attempts: int) -> timedelta:
    """Longer after each refusal of one message."""
    wait = BACK_OFF[attempts - 1] if 0 < attempts <= len(BACK_OFF) else SLOWEST
    return jitter(wait.total_seconds())


def seats(channel: str, *, now: datetime) -> int:
    """How many messages may go out by this channel now: none while it rests, then one to see."""
    line = Line.objects.filter(channel=channel, next_try_at__isnull=False).first()
    if line is None or line.next_try_at is None:
        return PLENTY
    return 0 if line.next_try_at > now else PROBE


def begin_probe(channel: str, *, now: datetime) -> None:
    """One message is on its way to see whether the line is back; the next goes in a minute."""
    probing = Line.objects.filter(channel=channel, next_try_at__lte=now)
    probing.update(next_try_at=now + timedelta(seconds=LONGEST))


def note_line(channel: str, handed: Iterable[Handed], *, now: datetime) -> None:
    """What the tries of this moment say of the provider; one that is well again gets all that waited."""
    tries = list(handed)
    broken = [one for one in tries if one.outcome in (Outcome.TEMPORARY, Outcome.UNKNOWN)]
    wait = max((one.wait for one in tries), default=0)
    if len(broken) < len(tries):
        well(channel, now)
        broken = broken if wait else []
    if not broken and not wait:
        return
    line, _new = Line.objects.select_for_update().get_or_create(channel=channel)
    line.failures += len(broken)
    line.failed_at, line.error = now, broken[-1].error[:80] if broken else ""
    if wait:
        line.next_try_at = now + timedelta(seconds=wait)
    elif line.failures >= TRIP:
        line.next_try_at = now + jitter(min(SHORTEST * 2 ** min(line.failures - TRIP, 10), LONGEST))
    line.save(update_fields=["failures", "failed_at", "error", "next_try_at"])


def well(channel: str, now: datetime) -> None:
    """The provider took something. After a rest, what waited for it alone goes out at once."""
    line = Line.objects.filter(channel=channel).first()
    if line and line.failures == 0 and not line.next_try_at and line.ok_at and line.ok_at > now - SEEN:
        return
    rested = bool(line and line.failures >= TRIP)
    Line.objects.update_or_create(
        channel=channel, defaults={"failures": 0, "next_try_at": None, "ok_at": now, "error": ""}
    )
    if rested:
        tried = Q(channel=channel, state=DeliveryState.QUEUED, attempts__gt=0, next_at__gt=now)
        Delivery.objects.filter(tried, expires_at__gt=F("next_at")).update(next_at=now)


def resting(channel: str) -> bool:
    """Is it the line that fails, and not the address?"""
    return Line.objects.filter(channel=channel, failures__gte=TRIP).exists()
