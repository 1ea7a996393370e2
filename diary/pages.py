"""The parts of the calendar: days with what is in them, put together for a month, a week or a list."""

import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.roles import Can
from cases.models import Case
from diary.days_off import names_of
from diary.forms import at_court
from prosecutions.clashes import find_clashes
from prosecutions.models import BailCondition, Clock, Hearing
from prosecutions.views.agenda import entry, has_day
from prosecutions.whereabouts import appointment, going, known_ways, said

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)
FIRST_HOUR, LAST_HOUR = 8, 17
LIST_DAYS = 28


def span_of(view, day):
    """(first day, day after the last) that this way of showing reaches."""
    if view == "month":
        first = day.replace(day=1)
        after = (first + DAY * 31).replace(day=1)
        return first - DAY * first.weekday(), after + DAY * (-after.weekday() % 7)
    if view == "list":
        return day, day + DAY * LIST_DAYS
    monday = day - DAY * day.weekday()
    return monday, monday + WEEK


def neighbours(view, day):
    """The days that the ways to earlier and to later lead to."""
    if view == "month":
        first = day.replace(day=1)
        return (first - DAY).replace(day=1), (first + DAY * 31).replace(day=1)
    step = DAY * LIST_DAYS if view == "list" else WEEK
    return day - step, day + step


def moments(first, after):
    """The moments between which a hearing of these days can begin, wherever its office is."""
    zone = datetime.UTC
    return (
        datetime.datetime.combine(first - DAY, datetime.time(), zone),
        datetime.datetime.combine(after + DAY, datetime.time(), zone),
    )


class Diary:
    """Everything between two days that the form asks for, as the viewer may see it."""

    def __init__(self, form, first, after, now):
        self.form, self.facts, self.first, self.after, self.now = form, form.criteria(), first, after, now
        self.user = form.user
        rows = form.narrowed(Hearing.objects.between(*moments(first, after)).for_list())
        rows = rows.select_related("proceeding__known_court", "case", "office", "who_goes")
        self.hearings = [row for row in rows if has_day(row) and first <= row.on.first < after]
        self.clashes = self.find_clashes()

    def find_clashes(self):
        """{hearing: [(clash, the other)]}: also with hearings that the filter leaves out."""
        people = {row.who_goes_id for row in self.hearings if row.who_goes_id and not row.outcome}
        if not people:
            return {}
        around = Hearing.objects.between(*moments(self.first, self.after)).filter(who_goes__in=people)
        there = {row.pk: row for row in going(around) if has_day(row)}
        found = {}
        for clash in find_clashes([appointment(row) for row in there.values()], known_ways()):
            for mine, other in ((clash.one, clash.other), (clash.other, clash.one)):
                found.setdefault(mine.key, []).append((clash, there[other.key]))
        return found

    def items(self):
        """{day: what is on it, in order}."""
        found = {}
        for hearing in sorted(self.hearings, key=order):
            found.setdefault(hearing.on.first, []).append(self.hearing_item(hearing))
        for day, item in (*self.clock_items(), *self.condition_items()):
            found.setdefault(day, []).append(item)
        return found

    def hearing_item(self, hearing):
        """One hearing; with the office, where its clock is not the reader's."""
        item = entry(hearing, self.now) | {"hour": hearing.local_time.hour if hearing.local_time else None}
        here = str(timezone.get_current_timezone())
        if hearing.local_time and ZoneInfo(hearing.office.time_zone).key != here:
            words = _("%(note)s · time of %(office)s")
            item["note"] = words % {"note": item["note"], "office": hearing.office.name}
        if hearing.pk in self.clashes:
            item["tags"] = [{"label": _("Clash"), "tone": "danger", "icon": "triangle-alert"}, *item["tags"]]
            item["clash"] = True
        return item

    def of_asked(self, rows, proceeding):
        """Rows of cases narrowed as the hearings are: by office, by court, and to one's own cases."""
        if self.facts["who"] == self.form.MINE:
            rows = rows.filter(case__in=Case.objects.named_on(self.user).values("pk"))
        if self.facts["office"]:
            rows = rows.filter(office=self.facts["office"])
        court = self.facts["court"]
        return rows.filter(at_court(court, proceeding)) if court else rows

    def shows_marks(self):
        """Ends of clocks and dues belong to cases, not to one person who goes to hearings."""
        return self.user.can(Can.VIEW_ACCUSED) and self.facts["who"] in (self.form.MINE, self.form.ALL)

    def clock_items(self):
        """The last days of periods of the law that run."""
        if not self.shows_marks():
            return
        rows = Clock.objects.running().filter(due_on__gte=self.first, due_on__lt=self.after)
        rows = self.of_asked(rows, "proceeding").select_related("rule", "case", "accused")
        for clock in rows.order_by("due_on", "pk"):
            label = _("Last day: %(rule)s") % {"rule": clock.rule.name}
            yield clock.due_on, mark(label, clock, clock.accused, _("Clock of the law"))

    def condition_items(self):
        """The days on which somebody is to look whether a condition of bail is kept."""
        if not self.shows_marks():
            return
        due = {"next_on__gte": self.first, "next_on__lt": self.after, "lifted_on": ""}
        rows = self.of_asked(BailCondition.objects.filter(**due), "bail__proceeding")
        for term in rows.select_related("case", "bail__accused").order_by("next_on", "pk"):
            label = _("Condition of bail: %(what)s") % {"what": term.get_kind_display()}
            yield term.next_on, mark(label, term, term.bail.accused, _("Bail"))

    def holidays(self):
        """{day: name} of the countries of the offices shown, and of the reader's own."""
        office = self.facts["office"]
        offices = [office] if office else [*(row.office for row in self.hearings), self.user.home_office]
        places = {(one.country, "") for one in offices if one}
        courts = {row.proceeding.known_court for row in self.hearings if row.proceeding.known_court_id}
        if self.facts["court"] and len(courts) == 1:
            places = {(court.jurisdiction_id, court.subdivision) for court in courts}
        language = translation.get_language() or "en"
        return names_of(self.first, self.after - DAY, places, language)

    def days(self):
        """Every day between, with what is on it."""
        items, free, today = self.items(), self.holidays(), timezone.localdate(self.now)
        return [
            {
                "date": day,
                "today": day == today,
                "other_year": day.year != today.year,
                "holiday": free.get(day, ""),
                "items": items.get(day, []),
            }
            for day in (self.first + DAY * number for number in range((self.after - self.first).days))
        ]

    def warnings(self):
        """(the hearing, a sentence) of each clash shown, each pair once."""
        told, found = set(), []
        for hearing in self.hearings:
            for clash, other in self.clashes.get(hearing.pk, ()):
                pair = frozenset({hearing.pk, other.pk})
                if pair not in told:
                    told.add(pair)
                    found.append((hearing, said(clash, other)))
        return found


def order(hearing):
    """By hour; what has none comes last."""
    return hearing.local_time is None, hearing.local_time or datetime.time(), str(hearing.pk)


def mark(label, row, accused, kind):
    """A day of a case that is no hearing, as a small entry."""
    name = accused.called if accused else ""
    page = (
        reverse("prosecutions:accused-detail", args=[accused.pk]) if accused else row.case.get_absolute_url()
    )
    return {
        "time": "", "hour": None, "url": page, "label": label, "title": label, "tone": "soon",
        "note": " · ".join(filter(None, (row.case.number, name))), "tags": [{"label": kind, "tone": "soon"}],
        "who": "", "struck": False,
    }  # fmt: skip


def month_weeks(days, day):
    """The weeks of the month's grid."""
    for one in days:
        one["in_month"] = one["date"].month == day.month
    return [days[number : number + 7] for number in range(0, len(days), 7)]


def week_hours(days):
    """Rows of the week: first what has no hour, then hour by hour from the first to the last needed."""
    hours = {item["hour"] for one in days for item in one["items"]} - {None}
    span = range(min({FIRST_HOUR, *hours}), max({LAST_HOUR, *hours}) + 1)
    rows = [None, *span] if any(item["hour"] is None for one in days for item in one["items"]) else span
    return [
        {
            "hour": datetime.time(hour) if hour is not None else None,
            "cells": [{**one, "items": [i for i in one["items"] if i["hour"] == hour]} for one in days],
        }
        for hour in rows
    ]


def worth_listing(days):
    """Days with something on them, for a list."""
    return [one for one in days if one["items"] or one["holiday"]]
