from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

from accounts.models import User
from audit.models import Event
from notifications.actions.alerts import Opening, open_alerts
from notifications.actions.planning import plan_again, plan_reminders
from notifications.actions.reminding import fire_reminders, renew_reminders
from notifications.clock import wall, zone_of
from notifications.rules import To
from prosecutions.models import Hearing

LOOK_BACK = timedelta(days=30)
OUTCOME_BY = time(18)


class Calendar:
    """The day for which this process has worked out all times anew: after each start, and every night."""

    day: date | None = None

    def turned(self, now: datetime) -> bool:
        before, self.day = self.day, now.date()
        return before != self.day


calendar = Calendar()


def owe_hearing_reminders(*, now: datetime) -> tuple[bool, int]:
    """Bring the plan up to date, and give what is due by it; always in the same few statements.

    (Is there more to do, rows written): a great many hearings are taken a few thousand at a time.
    """
    if calendar.turned(now):
        plan_again(now=now)
    planned, _rows = plan_reminders(now=now)
    due, given = fire_reminders(now=now)
    more = planned or due
    return more, given if more else given + renew_reminders(now=now)


def begins(hearing: Hearing) -> datetime:
    """When it begins; hearings without a known day are never asked for."""
    return cast(datetime, hearing.starts_at)


def day_of(hearing: Hearing) -> date:
    """The day of the hearing where it is held."""
    return begins(hearing).astimezone(zone_of(hearing.case.office.time_zone)).date()


def over_at(hearing: Hearing) -> datetime:
    """From when on nothing need be announced: its beginning, or the end of its day when no time is known."""
    if hearing.local_time:
        return begins(hearing)
    return wall(zone_of(hearing.case.office.time_zone), day_of(hearing) + timedelta(days=1), time())


def open_unrecorded(*, by: User, now: datetime) -> int:
    """Ask what happened at hearings of which nobody has said so by six in the evening of the day."""
    begun = Hearing.objects.unrecorded(now).filter(starts_at__gt=now - LOOK_BACK)
    begun = list(begun.select_related("case__office"))
    corrected = times_corrected(begun)
    openings = [
        Opening(
            "H5", hearing.case, hearing, unrecorded_key(hearing, corrected), hearing=hearing,
            known={To.GOES: [hearing.who_goes_id] if hearing.who_goes_id else []},
        )
        for hearing in begun
        # Only if it was on record before it took place: history asks nobody anything.
        if hearing.scheduled_at < over_at(hearing) and now >= asks_at(hearing)
    ]  # fmt: skip
    return len(open_alerts(openings, by=by, now=now))


def times_corrected(hearings: Sequence[Hearing]) -> dict[str, int]:
    """How often the outcome of each was taken back: what happened is then asked anew."""
    keys = [str(row.pk) for row in hearings]
    taken_back = Event.objects.live().filter(verb="hearing.correct", subject_id__in=keys)
    return Counter(taken_back.values_list("subject_id", flat=True))


def unrecorded_key(hearing: Hearing, corrected: dict[str, int]) -> str:
    """One episode for each date, and one more for each outcome that was taken back."""
    times = corrected[str(hearing.pk)]
    return f"H5:{hearing.pk}:v{hearing.schedule_version}" + (f":c{times}" if times else "")


def asks_at(hearing: Hearing) -> datetime:
    """Six in the evening of its day, or its beginning if that is later."""
    evening = wall(zone_of(hearing.case.office.time_zone), day_of(hearing), OUTCOME_BY)
    return max(evening, begins(hearing))
