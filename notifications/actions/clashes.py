from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.models import Deputy, User
from notifications.actions.alerts import Opening, finish, open_alerts
from notifications.models import Alert
from notifications.rules import To
from notifications.states import AlertState
from prosecutions.models import Hearing
from prosecutions.whereabouts import clashes_among, crowded, going

AHEAD = timedelta(days=60)


def open_clashes(*, by: User, now: datetime) -> int:
    """Tell the people of both hearings that one person cannot be at both, or is away on the day.

    Once for each pair, person and versions; it is over by the deed: moved, vacated, or somebody else goes.
    """
    ahead = Hearing.objects.between(now, now + AHEAD)
    openings = [*of_pairs(ahead), *of_absences(ahead, now)]
    opened = len(open_alerts(openings, by=by, now=now))
    there = {opening.key for opening in openings}
    live = Alert.objects.live().filter(rule="H8")
    over = [alert for alert in live.select_related("case") if alert.episode_key not in there]
    return opened + finish(over, AlertState.CLOSED, by=by, now=now)


def of_pairs(ahead: Any) -> Iterable[Opening]:
    """Two alerts for each pair, one in each case: neither case learns which the other is."""
    rows = crowded(ahead)
    pairs = clashes_among(rows)
    hearings = {hearing.pk: hearing for hearing in going(rows)} if pairs else {}
    for clash in pairs:
        for mine, other in ((clash.one, clash.other), (clash.other, clash.one)):
            key = f"H8:{mine.key}:v{mine.version}:{other.key}:v{other.version}:{short(mine.who)}"
            yield about(hearings[mine.key], key)


def of_absences(ahead: Any, now: datetime) -> Iterable[Opening]:
    """Hearings of somebody who has named a deputy for that time."""
    away = Deputy.objects.filter(ended_at=None, until__gt=now, starts_at__lt=now + AHEAD)
    periods: dict[UUID, list[Deputy]] = {}
    for deputy in away.order_by("pk"):
        periods.setdefault(deputy.person_id, []).append(deputy)
    rows = going(ahead.filter(who_goes__in=list(periods))) if periods else ()
    for hearing in rows:
        for deputy in periods[hearing.who_goes_id]:
            if deputy.starts_at <= hearing.starts_at < deputy.until:
                key = f"H8:{hearing.pk}:v{hearing.schedule_version}:away:{deputy.pk}"
                yield about(hearing, key, title="H8.away")


def about(hearing: Hearing, key: str, title: str = "") -> Opening:
    goes = [hearing.who_goes_id] if hearing.who_goes_id else []
    return Opening("H8", hearing.case, hearing, key, title=title, known={To.GOES: goes}, hearing=hearing)


def short(who: Any) -> str:
    return str(who)[:8]
