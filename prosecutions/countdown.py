"""How a clock stands, in words: days or hours left, until when, and what happens then."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.clock import today_in
from law.states import ClockKind
from prosecutions.reckoning.days import zone_of
from prosecutions.states import ClockState, Doubt
from reference.templatetags.show import clock as clock_time
from reference.templatetags.show import day

IN_HOURS = timedelta(hours=48)
NEAR, NEARER = 7, 3
STATES = {
    ClockState.STOPPED: "done",
    ClockState.LATE: "soon",
    ClockState.SET_ASIDE: "past",
    ClockState.OVER: "past",
}


def with_countdown(clocks, now):
    """The clocks, each with its words."""
    rows = list(clocks)
    for clock in rows:
        clock.count = countdown(clock, now)
    return rows


def countdown(clock, now):
    """{label, tone, until}: what is left, how near it is, and the last day or hour."""
    if clock.state != ClockState.RUNNING:
        return {"label": clock.get_state_display(), "tone": STATES[clock.state], "until": ended(clock)}
    if clock.due_at is None:
        return {"label": _("No fixed end"), "tone": "plain", "until": ""}
    if clock.rule.kind == ClockKind.MINIMUM:
        return waiting(clock, now)
    if clock.due_at <= now:
        return {"label": gone(clock, now), "tone": "danger", "until": last(clock)}
    return {"label": left(clock, now), "tone": tone(clock, now), "until": until(clock)}


def by_hour(clock):
    """Does it end at an hour and not at the end of a day?"""
    return clock.rule.hours is not None and clock.extended_until is None and not clock.rule.months


def left(clock, now):
    """31 hours left; ends today; 6 days left."""
    time = clock.due_at - now
    if by_hour(clock) and time < IN_HOURS:
        hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
        if hours:
            return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    days = days_left(clock, now)
    if days == 0:
        return _("Ends today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def days_left(clock, now):
    """Whole days to the last one; a period of hours ends on the day of its hour, midnight included."""
    last_day = clock.due_on
    if by_hour(clock):
        last_day = clock.due_at.astimezone(zone_of(clock.office.time_zone)).date()
    return (last_day - today_in(clock.office, now)).days


def gone(clock, now):
    """How long ago it ran out."""
    days = -days_left(clock, now)
    if days <= 0:
        return _("Ran out today")
    return ngettext("Ran out %(n)s day ago", "Ran out %(n)s days ago", days) % {"n": days}


def until(clock):
    """Until the last day, or its hour."""
    return _("until %(day)s") % {"day": last_moment(clock)}


def last(clock):
    """On the last day, or at its hour, that has passed."""
    return _("on %(day)s") % {"day": last_moment(clock)}


def last_moment(clock):
    """The last day; of hours with the time."""
    if not by_hour(clock):
        return day(clock.due_on)
    there = clock.due_at.astimezone(zone_of(clock.office.time_zone))
    return f"{day(there.date())}, {clock_time(there.time())}"


def ended(clock):
    return _("on %(day)s") % {"day": day(clock.ended_on)} if clock.ended_on else ""


def waiting(clock, now):
    """A period before which nothing may happen."""
    after = clock.due_on + timedelta(days=1)
    if clock.due_at <= now:
        return {"label": _("May happen now"), "tone": "plain", "until": ""}
    return {"label": _("Not yet"), "tone": "plain", "until": _("not before %(day)s") % {"day": day(after)}}


def tone(clock, now):
    """Red in the last days of what liberty or a right hangs on, amber in the last week."""
    days = days_left(clock, now)
    urgent = clock.rule.severity == "urgent"
    if urgent and (days <= NEARER or by_hour(clock)):
        return "danger"
    return "soon" if days <= NEAR and clock.rule.severity != "info" else "plain"


def doubts(clock):
    """What is not certain, as sentences."""
    return [Doubt(code).label for code in clock.doubts if code in Doubt.values]
