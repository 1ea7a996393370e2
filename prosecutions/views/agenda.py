"""Hearings as a list of days and as a month: dates and clock times are those of each case's office."""

import datetime
import re
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.clock import today_in
from prosecutions.hearing_states import SAT
from prosecutions.states import HearingOutcome, HearingPurpose
from reference.templatetags.show import clock, edtf

WEEK = datetime.timedelta(days=7)
DAY = datetime.timedelta(days=1)
BAIL = (HearingPurpose.BAIL,)
JUDGMENT = (HearingPurpose.JUDGMENT, HearingPurpose.SENTENCING)


def tone_of(hearing, now):
    """Colour by what became of it, else by kind."""
    if hearing.outcome:
        return "done" if hearing.outcome in SAT else "past"
    if hearing.purpose in BAIL:
        return "danger"
    return "judgment" if hearing.purpose in JUDGMENT else "info"


def marks(hearing, now):
    """Tags at the end of the row: what it was, or what is still missing."""
    if hearing.outcome:
        return [{"label": hearing.get_outcome_display(), "tone": tone_of(hearing, now)}]
    kind = []
    if hearing.purpose in BAIL:
        kind = [{"label": _("Bail"), "tone": "danger"}]
    elif hearing.purpose in JUDGMENT:
        kind = [{"label": _("Judgment"), "tone": "judgment"}]
    if hearing.starts_at and hearing.starts_at < now:
        return [*kind, {"label": _("Outcome missing"), "tone": "soon", "icon": "clock"}]
    kind += missing_of(hearing)
    if hearing.who_goes_id is None:
        return [*kind, {"label": _("Nobody goes yet"), "tone": "soon"}]
    if hearing.confirmed_at is None:
        return [*kind, {"label": _("Not confirmed"), "tone": "soon"}]
    return kind if getattr(hearing, "missing", 0) else [*kind, {"label": _("Ready"), "tone": "done"}]


def missing_of(hearing):
    """What the survivors called still need, where the list was asked for it."""
    number = getattr(hearing, "missing", 0)
    if not number:
        return []
    words = ngettext("%(number)s thing missing", "%(number)s things missing", number) % {"number": number}
    return [{"label": words, "tone": "soon", "icon": "triangle-alert"}]


def entry(hearing, now, *, with_case=True):
    """One hearing for the month grid and for the agenda."""
    court = hearing.proceeding.court
    return {
        "time": clock(hearing.local_time),
        "url": reverse("prosecutions:hearing-detail", args=[hearing.pk]),
        "label": hearing.called,
        "title": hearing.called,
        "note": " · ".join(filter(None, (hearing.case.number if with_case else "", court, hearing.room))),
        "tags": marks(hearing, now),
        "tone": tone_of(hearing, now),
        "who": hearing.who_goes.name if hearing.who_goes else "",
        "struck": hearing.outcome in (HearingOutcome.ADJOURNED, HearingOutcome.VACATED),
    }


def with_marks(hearings):
    """The hearings of one proceeding, each with its tags."""
    now = timezone.now()
    for hearing in hearings:
        hearing.marks = marks(hearing, now)
    return hearings


def has_day(hearing):
    """Is the date known to the day?"""
    return bool(hearing.on.parts[2])


def without_day(hearings, now, *, with_case=True):
    """Hearings of which only the month or the year is known."""
    rows = [hearing for hearing in hearings if not has_day(hearing)]
    return [entry(row, now, with_case=with_case) | {"about": edtf(row.on)} for row in rows]


def by_day(hearings, now, *, with_case=True):
    """Days with their hearings, in the order given; those without a day are left out."""
    days = []
    dated = [hearing for hearing in hearings if has_day(hearing)]
    for date, rows in groupby(dated, key=lambda hearing: hearing.on.first):
        rows = list(rows)
        today = today_in(rows[0].office, now)
        days.append(
            {
                "date": date,
                "today": date == today,
                "other_year": date.year != today.year,
                "items": [entry(row, now, with_case=with_case) for row in rows],
            }
        )
    return days


def month_asked(text, today):
    """The first day of the month in the address; this month when it asks for none."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text or "")
    if not found or not 1900 <= int(found[1]) <= 2100:
        return today.replace(day=1)
    return datetime.date(int(found[1]), int(found[2]), 1)


def weeks_of(first):
    """Monday of the first week and the day after the last Sunday of the month's grid."""
    start = first - DAY * first.weekday()
    after = (first + DAY * 31).replace(day=1)
    end = after + DAY * (-after.weekday() % 7)
    return start, end


def month_grid(hearings, first, today, now):
    """Weeks of days for the month table."""
    start, end = weeks_of(first)
    items = {}
    for hearing in hearings:
        items.setdefault(hearing.on.first, []).append(entry(hearing, now))
    days = [start + DAY * number for number in range((end - start).days)]
    cells = [
        {
            "date": day,
            "in_month": day.month == first.month,
            "today": day == today,
            "items": items.get(day, []),
        }
        for day in days
    ]
    return [cells[number : number + 7] for number in range(0, len(cells), 7)]


def window(first):
    """The moments between which a hearing of this grid can begin, wherever its office is."""
    start, end = weeks_of(first)
    zone = datetime.UTC
    return (
        datetime.datetime.combine(start - DAY, datetime.time(), zone),
        datetime.datetime.combine(end + DAY, datetime.time(), zone),
    )
