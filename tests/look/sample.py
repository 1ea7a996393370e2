"""Invented contents for the gallery: every shared piece once, with words long enough to wrap."""

import calendar
import datetime as dt

from django import forms

from reference import charts
from reference.form_renderer import ChoiceCards

TODAY = dt.date(2026, 11, 20)


class Outcome(forms.Form):
    outcome = forms.ChoiceField(
        choices=[("HELD", "Held"), ("ADJ", "Adjourned"), ("JUDG", "Judgment"), ("OFF", "Taken off the list")],
        widget=ChoiceCards(hints={"HELD": "It went ahead, in full or in part", "ADJ": "It did not go ahead"}),
    )
    reason = forms.ChoiceField(
        label="Why was it adjourned?",
        choices=[
            ("", "Choose"),
            ("Ours to fix", [("I", "Interpreter unavailable")]),
            ("W", "Witness absent"),
        ],
    )
    wait = forms.IntegerField(label="How long did the survivor wait?", help_text="Minutes", required=False)
    notice = forms.ChoiceField(
        label="Did we have notice?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    on = forms.DateField(label="Next date", help_text="Leave empty if the court gave none")
    told = forms.SplitDateTimeField(label="Told on", required=False, widget=forms.SplitDateTimeWidget)
    there = forms.MultipleChoiceField(
        label="Who was there?",
        required=False,
        choices=[("j", "Judge"), ("p", "Prosecutor")],
        widget=forms.CheckboxSelectMultiple,
    )
    safe = forms.BooleanField(label="The survivor has been told", help_text="By a safe call", required=False)
    order = forms.FileField(label="Court order", required=False)
    note = forms.CharField(
        label="Note for the team", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class Filter(forms.Form):
    mark_optional = False
    text = forms.CharField(label="Reference or court number", required=False)
    office = forms.ChoiceField(choices=[("", "All offices"), ("CEB", "Cebu")], required=False)
    kind = forms.MultipleChoiceField(
        choices=[("a", "Pre-trial"), ("b", "Bail hearing")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def tag(label, tone="plain", icon=""):
    return {"label": label, "tone": tone, "icon": icon}


def entry(label, icon, **more):
    return {"url": "/#", "label": label, "icon": icon, **more}


def frame():
    nav = [
        entry("Home", "house"),
        entry("Cases", "folder-open", count=64, active=True),
        entry("Hearings", "calendar-days", count=9, key="h"),
        entry("Tasks", "list-checks", count=6, tone="danger"),
        entry("Figures", "chart-column"),
    ]
    return {
        "nav": nav,
        "nav_phone": nav,
        "saved_views": [entry("Adjourned twice or more", "")],
        "user_menu": [entry("Preferences", "languages")],
        "unread": 3,
        "demo": True,
        "sweep_late": True,
        "dev_mail": True,
        "office_line": "Cebu field office, Manila time, GMT+8",
    }


def record():
    at = dt.datetime(2026, 11, 20, 10, 42, tzinfo=dt.UTC)
    people = [
        {
            "code": "S-1",
            "name": "“Liza”",
            "extra": "17 years",
            "note": "Shelter, Cebu (1)",
            "tags": [tag("Stable", "done")],
        },
        {
            "code": "S-4",
            "name": "“Tess”",
            "note": "With grandmother",
            "tags": [tag("No contact 34 days", "danger")],
        },
    ]
    entries = [
        {
            "when": at,
            "title": "Note added",
            "tags": [tag("Aftercare", "past")],
            "text": "Maya asked to see the courtroom.",
            "who": "Ana Lim",
            "icon": "message-square",
        },
        {
            "when": at - dt.timedelta(days=7),
            "title": "Threat reported",
            "tone": "danger",
            "icon": "shield-alert",
            "url": "/#",
        },
        {"when_text": "March 2019", "title": "First report to the hotline", "icon": "phone"},
    ]
    stages = [("Intake", "9 Feb", "done"), ("Trial", "since 17 Jun", "now"), ("Closed", "", "todo")]
    return {
        "people": people,
        "entries": entries,
        "stages": [{"label": label, "note": note, "state": state} for label, note, state in stages],
        "crumbs": [("Cases", "/#"), ("Cebu", "/#"), ("CEB-2026-0041", "")],
        "tabs": [{"url": "/#", "label": f"Part {n}", "count": n, "active": n == 1} for n in range(1, 10)],
        "facts": [
            ("Law", "RA 9208 as amended, RA 11930"),
            ("Charge filed", "28 Apr 2026", "(206 days ago)"),
            ("Judge", ""),
        ],
    }


def month():
    def hearing(time, label, tone, struck=False):
        return {"url": "/#", "time": time, "label": label, "tone": tone, "struck": struck}

    on = {
        10: [hearing("08:30", "Prosecution evidence", "past", struck=True)],
        20: [hearing("13:30", "Prosecution evidence", "info")],
        24: [
            hearing("08:30", f"Testimony {n}", tone)
            for n, tone in enumerate(("info", "danger", "judgment", "done"))
        ],
    }
    days = {
        date: {
            "date": date,
            "in_month": date.month == 11,
            "today": date == TODAY,
            "holiday": "Bonifacio Day" if date == dt.date(2026, 11, 30) else "",
            "items": on.get(date.day, []) if date.month == 11 else [],
        }
        for week in calendar.Calendar().monthdatescalendar(2026, 11)
        for date in week
    }
    listed = [
        {
            **day,
            "items": [
                {
                    **item,
                    "title": item["label"],
                    "note": "RTC 23, Cebu City",
                    "who": "Karl Santos",
                    "tags": [tag("2 things missing", "soon")],
                }
                for item in day["items"]
            ],
        }
        for day in days.values()
        if day["items"]
    ]
    return {
        "weeks": [list(days.values())[i : i + 7] for i in range(0, len(days), 7)],
        "days": listed,
        "caption": "Hearings in November 2026",
        "filter": Filter({"office": "CEB"}),
        "legend": [
            tag("Trial step", "info"),
            tag("Bail", "danger"),
            tag("Judgment", "judgment"),
            tag("Adjourned", "past"),
        ],
        "page": {
            "has_next": True,
            "has_previous": True,
            "number": 2,
            "next_page_number": 3,
            "previous_page_number": 1,
        },
    }


def figures():
    labels = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    many = [6, 4, 9, 7, 5, 11, 8, 6, 12, 9, 14, 8]
    tile = {
        "label": "Survivors in our care",
        "value": "412",
        "change": "+17",
        "tone": "done",
        "note": "38 joined",
        "url": "/#",
    }
    offices = [("Cebu", 64, 31, "info"), ("Manila", 58, 36, "soon"), ("Kolkata", 71, 44, "danger")]
    return {
        "tiles": [{**tile, "spark": many}, {**tile, "url": "", "unit": "%"}, tile, tile],
        "chart": charts.stacked(
            labels, {"Convicted": many, "Pleaded guilty": many[::-1], "Acquitted": [1] * 12}
        ),
        "bars": charts.rows(
            [tag("Judge on leave or in training", "past") | {"value": 33}, tag("Other") | {"value": 9}]
        ),
        "columns": [
            {"label": "Office"},
            {"label": "Open cases"},
            {"label": "Adjourned", "num": 1, "wide": 1},
        ],
        "rows": [
            {
                "cells": [
                    {"text": name, "url": "/#"},
                    {"text": n, "bar": n},
                    {"text": f"{a}%", "num": 1, "wide": 1, "tone": t},
                ]
            }
            for name, n, a, t in offices
        ],
        "total": {"cells": [{"text": "All offices"}, {"text": 193}, {"text": "37%", "num": 1, "wide": 1}]},
        "filter": Filter({}),
    }


def everything():
    return {
        **frame(),
        **record(),
        **month(),
        **figures(),
        "changes": [],
        "sentences": ["The case file closes.", "Reminders stop."],
        "effects": [{"icon": "bell", "text": "Tell Ana Lim, so that she can tell Maya’s foster mother"}],
    }
