"""Secret addresses of calendars: giving out, renewing, taking back; and what calendars were told."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Signal, User
from accounts.roles import Can
from audit.actions import record
from cases.states import IllegalMove
from diary.models import CalendarFeed, FeedEntry
from prosecutions.models import Hearing
from reference.values import PartialDate

MOST_FEEDS = 10
KEPT = timedelta(days=60)  # so long a hearing that is over stays in the calendar
SHOWN_AS_GONE = timedelta(days=30)


def digest_of(secret: str) -> str:
    """What is kept of an address. It is long and random, so a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_feed(*, by: User, now: datetime, label: str = "") -> tuple[CalendarFeed, str]:
    """A new address and its secret, which is told this once. Made under duress it stays empty for good."""
    if CalendarFeed.objects.filter(user=by, revoked_at=None).count() >= MOST_FEEDS:
        raise IllegalMove(_("There are addresses enough. Take one back that no calendar uses any more."))
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(
        user_id=by.pk, label=label, digest=digest_of(secret), hollow=by.under_duress, created_at=now
    )
    feed.save(force_insert=True)
    record("feed.add", by=by, subject=feed, at=now)
    return feed, secret


def own(feed_id: UUID, by: User) -> CalendarFeed:
    """The person's own address, locked."""
    return CalendarFeed.objects.of_person(by).select_for_update().get(pk=feed_id)


def renew_feed(feed_id: UUID, *, by: User, now: datetime) -> tuple[CalendarFeed, str]:
    """Another secret for the same calendar; the old address opens nothing from now on."""
    feed = own(feed_id, by)
    secret = secrets.token_urlsafe(32)
    feed.digest, feed.renewed_at, feed.fetched_at = digest_of(secret), now, None
    feed.save(update_fields=["digest", "renewed_at", "fetched_at"])
    record("feed.renew", by=by, subject=feed, at=now)
    return feed, secret


def revoke_feed(feed_id: UUID, *, by: User, now: datetime) -> CalendarFeed:
    """The address opens nothing any more."""
    feed = own(feed_id, by)
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record("feed.revoke", by=by, subject=feed, at=now)
    return feed


def feed_at(secret: str) -> CalendarFeed | None:
    """The calendar at this address; nothing if it is unknown, taken back, or of somebody who has left."""
    feeds = CalendarFeed.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    return feeds.filter(digest=digest_of(secret), user__principal="").first()


def is_silent(feed: CalendarFeed) -> bool:
    """Must this calendar look empty? Made under duress, or nobody has reached the person since she was."""
    return feed.hollow or Signal.objects.filter(user=feed.user_id, answered_at=None).exists()


def fetch_feed(feed_id: UUID, *, by: User, now: datetime) -> None:
    """A calendar program has asked: noted on the address, and once a day in the audit."""
    # All her addresses are locked: two programs that ask at once tell one after the other.
    feeds = CalendarFeed.objects.filter(user=by).order_by("pk").select_for_update()
    feed = next(row for row in feeds if row.pk == feed_id)
    if feed.fetched_at is None or feed.fetched_at.date() != now.date():
        record("feed.fetch", by=by, subject=feed, at=now)
    feed.fetched_at = now
    feed.save(update_fields=["fetched_at"])


@dataclass(frozen=True)
class Told:
    """One event of a calendar: what is remembered of it, and the case number, if it may be said."""

    entry: FeedEntry
    number: str


def tell_hearings(user: User, now: datetime) -> list[Told]:
    """What the calendars of this person, who is looking, are to hold now; remembers what they are told.

    Whatever they held and hold no more is told as cancelled for a month: vacated, somebody else's, of a case
    she may not see any more. Of these the number is said only while she may see the case.
    """
    since = now - KEPT
    due = {hearing.pk: hearing for hearing in hearings_of(user, since)}
    known = {entry.hearing_id: entry for entry in remembered(due, since, now)}
    new = [entry_of(user, hearing, now) for pk, hearing in due.items() if pk not in known]
    changed = [entry for entry in known.values() if told_anew(entry, due.get(entry.hearing_id), now)]
    FeedEntry.objects.bulk_create(new)
    FeedEntry.objects.bulk_update(
        changed,
        ["sequence", "schedule_version", "on", "begins_at", "time_zone", "tentative", "told_at", "gone_at"],
    )
    gone = [entry.hearing_id for entry in known.values() if entry.gone_at]
    numbers = dict(may_say(user, Hearing.objects.filter(pk__in=gone)).values_list("pk", "case__number"))
    numbers |= {pk: hearing.case.number for pk, hearing in due.items()}
    told = [Told(entry, numbers.get(entry.hearing_id, "")) for entry in (*known.values(), *new)]
    return sorted(told, key=lambda one: (one.entry.on, str(one.entry.uid)))


def may_say(user: User, rows: Any) -> Any:
    """Hearings of offices in which the person holds the verb; the need to know has narrowed them already."""
    if user.agrees_on(Can.VIEW_HEARING):
        return rows if user.can(Can.VIEW_HEARING) else rows.none()
    offices = set(rows.order_by().values_list("office_id", flat=True).distinct())
    return rows.filter(office__in=[pk for pk in offices if user.can_on(Can.VIEW_HEARING, pk)])


def hearings_of(user: User, since: datetime) -> Iterable[Hearing]:
    """Her own hearings that stand, known to the day."""
    rows = may_say(user, Hearing.objects.in_diary_of(user).standing().filter(starts_at__gte=since))
    rows = rows.select_related("case", "office", "proceeding__known_court")
    return [hearing for hearing in rows.order_by("starts_at", "pk") if hearing.on.parts[2]]


def remembered(due: Iterable[UUID], since: datetime, now: datetime) -> Iterable[FeedEntry]:
    """What was told of these and of others that have not passed long ago; nothing that went a month ago."""
    fresh = Q(gone_at=None, on__gte=since.date()) | Q(gone_at__gt=now - SHOWN_AS_GONE)
    return FeedEntry.objects.filter(fresh | Q(hearing_id__in=list(due)))


def facts_of(hearing: Hearing) -> dict[str, Any]:
    """When the hearing is, on the clock of its court."""
    zone = zone_of(hearing)
    begins = hearing.starts_at if hearing.local_time else None
    return {
        "schedule_version": hearing.schedule_version,
        "on": local_day(begins, zone) if begins else PartialDate(hearing.on).first,
        "begins_at": begins.astimezone(UTC) if begins else None,
        "time_zone": zone,
        "tentative": begins is None or hearing.who_goes_id is None,
    }


def zone_of(hearing: Hearing) -> str:
    """The zone of the court, where it is one we know, else of the office."""
    court = hearing.proceeding.known_court
    for name in (court.time_zone if court else "", hearing.office.time_zone):
        try:
            return ZoneInfo(name).key
        except (ValueError, ZoneInfoNotFoundError):
            continue
    return "UTC"


def local_day(begins: datetime, zone: str) -> date:
    return begins.astimezone(ZoneInfo(zone)).date()


def entry_of(user: User, hearing: Hearing, now: datetime) -> FeedEntry:
    """A hearing that no calendar of hers has heard of."""
    facts = facts_of(hearing)
    return FeedEntry(
        user=user, hearing_id=hearing.pk, sequence=hearing.schedule_version - 1, told_at=now, **facts
    )


def told_anew(entry: FeedEntry, hearing: Hearing | None, now: datetime) -> bool:
    """Bring the memory up to date; did anything change since the calendars last heard?"""
    if hearing is None:
        if entry.gone_at:
            return False
        entry.gone_at = now
    else:
        facts = facts_of(hearing)
        if entry.gone_at is None and all(getattr(entry, name) == value for name, value in facts.items()):
            return False
        for name, value in facts.items():
            setattr(entry, name, value)
        entry.gone_at = None
    entry.sequence = max(entry.sequence + 1, entry.schedule_version - 1)
    entry.told_at = now
    return True
