import logging
import traceback
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit.models import Event
from notifications.actions.alerts import open_alerts, put_aside
from notifications.actions.facts import CALLS_FOR
from notifications.actions.judged import JUDGED
from notifications.models import Handled, InboxItem

AT_A_TIME = 200
LONGEST_WAIT = timedelta(hours=1)
WANTED = CALLS_FOR | JUDGED
logger = logging.getLogger(__name__)


def open_from_events(*, by: User, now: datetime, since: datetime | None = None) -> tuple[int, int]:
    """Open what the facts written since call for; (facts seen, alerts opened). History opens nothing.

    A fact whose rule breaks is put aside with its error and tried again later, so that it stops no other.
    """
    events = list(unhandled(now, since)[:AT_A_TIME])
    opened = sum(open_from_event(event, by=by, now=now) for event in events)
    return len(events), opened


def unhandled(now: datetime, since: datetime | None) -> QuerySet:
    """Facts that call for something and have not been looked at, or broke and are due again."""
    seen = Handled.objects.filter(event_id=OuterRef("pk"))
    again = Handled.objects.filter(retry_at__lte=now).values("event_id")
    fresh = ~Exists(seen) & (Q(at__gte=since) if since else Q())
    return Event.objects.live().filter(fresh | Q(pk__in=again), verb__in=WANTED).order_by("pk")


def open_from_event(event: Event, *, by: User, now: datetime) -> int:
    try:
        with transaction.atomic():
            openings = list(WANTED[event.verb](event, now))
            opened = open_alerts(openings, by=by, now=now)
            for opening in openings:
                if opening.hearing is not None:
                    put_aside_older(opening.hearing.pk, opening.hearing.schedule_version, opening.rule)
    except Exception as broken:
        put_off(event, broken, now)
        return 0
    Handled.objects.update_or_create(event_id=event.pk, defaults={"at": now, "error": "", "retry_at": None})
    return len(opened)


def put_aside_older(hearing_id: UUID, version: int, rule: str) -> None:
    """Nobody is to act on a date that holds no more."""
    items = InboxItem.objects.filter(hearing=hearing_id, hearing_version__lt=version)
    if rule == "H4":
        items = InboxItem.objects.filter(hearing=hearing_id).exclude(title_code="H4")
    put_aside(items)


def where_it_broke(broken: Exception) -> str:
    """For the log: the class and the lines of code, never a value."""
    return "\n".join([type(broken).__name__, *traceback.format_tb(broken.__traceback__)[-4:]])


def put_off(event: Event, broken: Exception, now: datetime) -> None:
    """Try again later, ever less often."""
    logger.error("rule for %s broke on event %s: %s", event.verb, event.pk, where_it_broke(broken))
    before = Handled.objects.filter(pk=event.pk).values_list("tries", flat=True).first() or 0
    wait = min(timedelta(minutes=2**before), LONGEST_WAIT)
    Handled.objects.update_or_create(
        event_id=event.pk,
        defaults={"at": now, "error": type(broken).__name__, "tries": before + 1, "retry_at": now + wait},
    )
