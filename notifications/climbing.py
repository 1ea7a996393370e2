"""When an alert climbs: the steps of its ladder, then again and again, on the waking hours of its office."""

from datetime import time, timedelta

from notifications.clock import wall, working_days_later, zone_of
from notifications.rules import Urgency

WAKES, SLEEPS = time(6), time(22)
NEAR = timedelta(hours=12)  # what is nearer than this does not wait for the morning


def began(alert):
    """From when the steps count: the opening, or the last time that it was opened again."""
    return alert.began_at or alert.opened_at


def step_at(alert, office, event_at=None):
    """When the alert climbs to its next step; None at the top."""
    if alert.step >= len(alert.ladder):
        return None
    step, start = alert.ladder[alert.step], began(alert)
    if step["working_days"]:
        return working_days_later(office, start + timedelta(minutes=step["minutes"]), step["working_days"])
    return minutes_later(alert, office, start, step["minutes"], event_at)


def repeat_at(alert, office, now, event_at=None):
    """When the whole ladder is asked once more; None when it never is, or what it was about has begun."""
    again = alert.facts.get("again")
    if not again or (alert.urgency == Urgency.COURT and event_at and event_at <= now):
        return None
    late = "then" in again and now >= began(alert) + timedelta(minutes=again["during"])
    return minutes_later(alert, office, now, again["then" if late else "minutes"], event_at)


def minutes_later(alert, office, start, minutes, event_at):
    """So much later; what is urgent for a court counts waking hours, unless its event is near by then."""
    moment = start + timedelta(minutes=minutes)
    if alert.urgency != Urgency.COURT or (event_at and moment < event_at <= moment + NEAR):
        return moment
    return awake(office, start, timedelta(minutes=minutes))


def awake(office, start, wait):
    """The moment at which so much of the office's waking hours has gone by."""
    zone = zone_of(office.time_zone)
    day = start.astimezone(zone).date()
    while True:
        opens, closes = wall(zone, day, WAKES), wall(zone, day, SLEEPS)
        start = max(start, opens)
        if start + wait < closes:
            return start + wait
        wait -= max(closes - start, timedelta())
        day += timedelta(days=1)


def waits_for(alert, office, since):
    """How long somebody may take to say that she takes it over: as long as the first step waits."""
    first = alert.ladder[0] if alert.ladder else {"minutes": 60, "working_days": 0}
    moment = since + timedelta(minutes=first["minutes"])
    return working_days_later(office, moment, first["working_days"])
