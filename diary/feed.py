"""A calendar as programs read it (RFC 5545): the number of the case and the time, and nothing else."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone
from icalendar import Event as CalendarEvent

from diary.actions import Told

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=366)
# Programs re-read when they like; this is what we ask for.
AGAIN_AFTER = timedelta(hours=1)


def written(told: Sequence[Told], name: str) -> bytes:
    """The calendar of one person. The same facts give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//IJM Cases//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", AGAIN_AFTER)
    timed = [one.entry for one in told if one.entry.begins_at]
    for zone in sorted({entry.time_zone for entry in timed}):
        days = [entry.on for entry in timed]
        first, last = min(days) - YEAR, max(days) + YEAR
        calendar.add_component(Timezone.from_tzid(zone, first_date=first, last_date=last))
    for one in told:
        calendar.add_component(event(one))
    return calendar.to_ical()


def event(one: Told) -> CalendarEvent:
    """One hearing: the time on the clock of its court, or the whole day where no hour is known."""
    entry = one.entry
    made = CalendarEvent()
    made.add("uid", str(entry.uid))
    made.add("dtstamp", entry.told_at.replace(microsecond=0))
    made.add("last-modified", entry.told_at.replace(microsecond=0))
    made.add("sequence", entry.sequence)
    if entry.begins_at:
        # Without a zone of their own: the library would write those of Accra as if they were UTC.
        for name, moment in (("dtstart", entry.begins_at), ("dtend", entry.begins_at + HOUR)):
            local = moment.astimezone(ZoneInfo(entry.time_zone)).replace(tzinfo=None)
            made.add(name, local, parameters={"TZID": entry.time_zone})
    else:
        made.add("dtstart", entry.on)
        made.add("dtend", entry.on + DAY)
    made.add("summary", one.number or _("Cancelled"))
    made.add("status", status(entry))
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT" if entry.gone_at or not entry.begins_at else "OPAQUE")
    return made


def status(entry):
    if entry.gone_at:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"
