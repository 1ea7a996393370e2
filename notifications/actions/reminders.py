from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import cast
from uuid import UUID

from accounts.models import User
from audit.models import Event
from notifications.actions.alerts import Opening, open_alerts
from notifications.actions.owing import Owed, owe
from notifications.clock import wall, working_day_before, zone_of
from notifications.models import InboxItem
from notifications.recipients import Directory
from notifications.rules import WORKING, To, Urgency
from notifications.states import Offset
from prosecutions.models import Attendance, Hearing

LONGEST = timedelta(days=15)
AT_ONCE = timedelta(hours=48)
LOOK_BACK = timedelta(days=30)
MORNING = time(8)
DAY_BEFORE = time(17)
SAME_DAY = time(6, 30)
OUTCOME_BY = time(18)
DAYS = {Offset.T14: 14, Offset.T7: 7, Offset.T2: 2}


def owe_hearing_reminders(*, now: datetime) -> int:
    """Owe the people of each hearing ahead its latest reminder; always in the same few statements."""
    # A hearing of which only the day is known begins at its midnight, and is ahead until the day is over.
    ahead = Hearing.objects.expected().between(now - timedelta(days=1), now + LONGEST)
    hearings = list(ahead.select_related("case__office"))
    called = survivors_called(hearings)
    due = [
        (hearing, offset)
        for hearing in hearings
        if (offset := offset_due(hearing, hearing.pk in called, now))
    ]
    if not due:
        return 0
    directory = Directory([hearing.case for hearing, _offset in due])
    wanted = [owed for hearing, offset in due for owed in reminders(hearing, offset, called, directory)]
    rows = InboxItem.objects.filter(hearing__in=[hearing.pk for hearing, _offset in due], alert=None)
    there = set(rows.values_list("user_id", "key"))
    return owe([owed for owed in wanted if (owed.user_id, owed.key) not in there], now=now)


def survivors_called(hearings: Sequence[Hearing]) -> set[UUID]:
    """The hearings at which a survivor is to speak."""
    rows = Attendance.objects.filter(called=True, hearing__in=[hearing.pk for hearing in hearings])
    return set(rows.values_list("hearing_id", flat=True))


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


def due_times(hearing: Hearing, survivor_called: bool) -> dict[Offset, datetime]:
    """When each reminder of the hearing falls due, on the clock of the office."""
    office = hearing.case.office
    zone, day = zone_of(office.time_zone), day_of(hearing)
    clock = hearing.local_time or MORNING
    times = {offset: wall(zone, day - timedelta(days=days), clock) for offset, days in DAYS.items()}
    times[Offset.D1] = wall(zone, working_day_before(office.country, day), DAY_BEFORE)
    times[Offset.D0] = wall(zone, day, SAME_DAY)
    if not survivor_called:
        del times[Offset.T14]
    return times


def offset_due(hearing: Hearing, survivor_called: bool, now: datetime) -> Offset | None:
    """The latest reminder that is due and was not due before the hearing was on record."""
    if now >= over_at(hearing):
        return None
    times = due_times(hearing, survivor_called)
    on_record = hearing.scheduled_at
    owed = {
        offset: due for offset, due in times.items() if on_record <= due <= now and due < over_at(hearing)
    }
    if hearing.schedule_version == 1 and over_at(hearing) - on_record <= AT_ONCE:
        owed.setdefault(Offset.T2, on_record)  # entered so late that it announces itself
    return max(owed, key=lambda offset: owed[offset], default=None)


def reminders(hearing: Hearing, offset: Offset, called: set[UUID], directory: Directory) -> Iterable[Owed]:
    """Each person's reminder of this hearing."""
    goes = [hearing.who_goes_id] if hearing.who_goes_id else []
    known = {To.GOES: goes} if goes and goes[0] in directory.may_see(hearing.case) else {}
    to = (To.GOES,) if known else (To.LAW,)
    if offset is not Offset.D0:
        to = (*to, *WORKING["H2"].to[1:], *((To.SW,) if hearing.pk in called else ()))
    unsure = offset is Offset.T2 and hearing.confirmed_at is None
    key = f"h2:{hearing.pk}:v{hearing.schedule_version}:{offset}"
    for user_id, why in directory.resolve(hearing.case, to, known=known).items():
        yield Owed(
            user_id, hearing.case, key, f"H2.{offset}", why,
            Urgency.CONFIRM if unsure and why in (To.GOES, To.LAW) else Urgency.NORMAL,
            hearing=hearing, day=day_of(hearing), expires_at=over_at(hearing),
        )  # fmt: skip


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
