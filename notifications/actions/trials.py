"""Harmless alerts through the real pipe: to the administrators each morning, to an office once a month.

What is asked of a trial is only that one channel outside has taken it within two minutes. A drill goes up
the real ladder besides, so that an office learns who answers before it matters.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings

from accounts.models import Membership, Office, User
from accounts.roles import Role
from notifications.actions.alerts import Opening, finish, open_alerts
from notifications.actions.watch import home
from notifications.clock import wall, works_on, zone_of
from notifications.models import Alert, Beat, Delivery, InboxItem, Trial
from notifications.states import AlertState, DeliveryState, TrialKind

MORNING = time(8, 30)
FIRST_HOUR, HOURS = 10, 5  # a drill comes some time between ten and three
DRILL_LASTS = timedelta(hours=2)  # somebody who was away all that time is not drilled afterwards
WITHIN = timedelta(minutes=2)
TAKEN = (DeliveryState.ACCEPTED, DeliveryState.DELIVERED)
JUDGED_FOR = timedelta(days=1)


def try_the_pipe(*, by: User, now: datetime) -> int:
    """Begin the trials that are due, and see how those under way are doing."""
    if Beat.objects.held().exists():  # nothing leaves since a restore, so nothing can be tried
        return 0
    begun = begin([*morning(now), *drills(now)], by=by, now=now)
    return begun + judge(now) + end_drills(by=by, now=now)


def morning(now: datetime) -> Iterable[tuple[TrialKind, Office, date, Opening]]:
    """The test of the day, once its hour has come on the clock of the first office."""
    office = home()
    held = Membership.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True)
    if office is None or not held.exists():
        return
    day = now.astimezone(zone_of(office.time_zone)).date()
    if now >= wall(zone_of(office.time_zone), day, MORNING):
        yield TrialKind.MORNING, office, day, Opening("T1", None, office, f"T1:{day}", office=office)


def drills(now: datetime) -> Iterable[tuple[TrialKind, Office, date, Opening]]:
    """Offices whose hour of the month has come; nobody can know it beforehand."""
    if not settings.ALERT_DRILLS:
        return
    for office in Office.objects.order_by("pk"):
        zone = zone_of(office.time_zone)
        today = now.astimezone(zone).date()
        due = drill_at(office, today)
        if due <= now < due + DRILL_LASTS:
            key = drill_key(office, today)
            yield TrialKind.DRILL, office, today, Opening("T2", None, office, key, office=office)


def drill_key(office: Office, day: date) -> str:
    return f"T2:{office.pk}:{day:%Y-%m}"


def drill_at(office: Office, today: date) -> datetime:
    """The hour of this office's drill in this month: a working day, drawn from the secret of the site."""
    seed = f"{settings.SECRET_KEY}|{office.key}|{today:%Y-%m}".encode()
    drawn = int.from_bytes(hashlib.sha256(seed).digest()[:8])
    first = today.replace(day=1)
    days = [first + timedelta(days=n) for n in range(28)]
    days = [day for day in days if works_on(office.country, day)]
    minutes = drawn // len(days) % (HOURS * 60)
    at = time(FIRST_HOUR + minutes // 60, minutes % 60)
    return wall(zone_of(office.time_zone), days[drawn % len(days)], at)


def begin(due: Iterable[tuple[TrialKind, Office, date, Opening]], *, by: User, now: datetime) -> int:
    """Open the alert of each trial, and write down whom it is to reach."""
    begun = 0
    for kind, office, day, opening in due:
        for alert in open_alerts([opening], by=by, now=now):
            people = InboxItem.objects.filter(alert=alert).values_list("user_id", flat=True)
            Trial.objects.bulk_create(
                Trial(
                    kind=kind, day=day, office=office, person_id=user, alert=alert.pk, began_at=now,
                    due_at=now + WITHIN,
                )
                for user in people
            )  # fmt: skip
            begun += 1
    return begun


def judge(now: datetime) -> int:
    """What has become of the trials under way; what comes late is late, and no failure any more."""
    rows = list(Trial.objects.filter(passed_at=None, began_at__gt=now - JUDGED_FOR).select_for_update())
    ways = ways_of(rows)
    for trial in rows:
        mine = ways[trial.alert, trial.person_id]
        trial.channels = {way.channel: str(way.state) for way in mine}
        taken = [way.accepted_at for way in mine if way.state in TAKEN and way.accepted_at]
        if taken:
            trial.passed_at = min(taken)
        elif trial.failed_at is None and now > trial.due_at and not resting(mine, now):
            trial.failed_at = now
    Trial.objects.bulk_update(rows, ["channels", "passed_at", "failed_at"])
    return 0


def ways_of(rows: Sequence[Trial]) -> dict[tuple[UUID | None, UUID], list[Delivery]]:
    """The messages of each trial."""
    found: dict[tuple[UUID | None, UUID], list[Delivery]] = defaultdict(list)
    if rows:
        messages = Delivery.objects.filter(item__alert__in=[row.alert for row in rows])
        for way in messages.select_related("item").order_by("created_at", "pk"):
            found[way.item.alert_id, way.user_id].append(way)
    return found


def resting(ways: Sequence[Delivery], now: datetime) -> bool:
    """The person is away or keeps quiet hours: nothing is due, so nothing has failed."""
    tried = [way for way in ways if way.attempts or way.next_at is None or way.next_at <= now]
    return bool(ways) and not tried


def end_drills(*, by: User, now: datetime) -> int:
    """A drill is over with the answer; who gave it and when is kept with the trial."""
    live = list(Alert.objects.filter(rule="T2", state=AlertState.ACKED))
    for alert in live:
        Trial.objects.filter(alert=alert.pk, person=alert.acked_by_id).update(acked_at=alert.acked_at)
    old = Alert.objects.filter(rule="T2", state=AlertState.OPEN, opened_at__lt=now - JUDGED_FOR)
    return finish([*live, *old], AlertState.CLOSED, by=by, now=now)
