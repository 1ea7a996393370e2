"""Each shared piece with the parameters that docs/look.md promises."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from reference import charts
from tests.look.sources import ROOT


def part(piece, /, **context):
    request = RequestFactory().get("/cases/", {"office": "CEB", "page": "2"})
    return render_to_string(f"_{piece}.html", context, request=request)


def test_every_promised_piece_exists():
    promised = [
        line.split("`")[1]
        for line in (ROOT / "docs/look.md").read_text().splitlines()
        if line.startswith("| `_")
    ]
    assert len(promised) > 20
    assert [name for name in promised if not (ROOT / "templates" / name).exists()] == []


@pytest.mark.parametrize(
    ("piece", "context", "says"),
    [
        ("state", {"label": "Today", "tone": "late", "icon": "clock"}, "tag-danger"),
        ("crumbs", {"crumbs": [("Cases", "/cases/"), ("CEB-1", "")]}, 'aria-current="page">CEB-1'),
        ("tabs", {"tabs": [{"url": "#", "label": "Overview", "active": True, "count": 0}]}, '"count">0<'),
        ("callout", {"tone": "soon", "title": "In 4 days.", "url": "/x/", "action": "Open"}, 'href="/x/"'),
        ("empty", {"title": "No handovers", "text": "They appear here."}, "They appear here."),
        (
            "tiles",
            {"tiles": [{"label": "Care", "value": 412, "spark": [1, 2], "change": "+17", "tone": "done"}]},
            "412",
        ),
        (
            "facts",
            {"facts": [("Type", "Labour"), ("Filed", "28 Apr", "(206 days)"), ("Judge", "")]},
            "(206 days)",
        ),
        (
            "person_row",
            {"code": "S-1", "name": "“Liza”", "tags": [{"label": "Stable", "tone": "done"}]},
            "Stable",
        ),
        ("stages", {"stages": [{"label": "Trial", "note": "since June", "state": "now"}]}, "Stage 1 of 1"),
        ("legend", {"legend": [{"label": "Bail", "tone": "danger"}]}, "dot-danger"),
        ("effects", {"effects": [{"icon": "bell", "text": "Tell Ana"}]}, "Saving this will"),
        ("confirm", {"title": "Close?", "effects": ["It closes."], "danger": True}, "What will happen"),
        (
            "stale",
            {"changes": [("Court", "RTC 1", "RTC 2")], "who": "Ana", "when": "10:41"},
            'class="differs"',
        ),
        ("messages", {"messages": []}, ""),
    ],
)
def test_a_piece_says_what_it_is_given(piece, context, says):
    assert says in part(piece, **context)


def test_the_timeline_groups_by_day_and_takes_partial_dates():
    now = timezone.now()
    entries = [
        {"when": now, "title": "Note", "text": "Words", "who": "Ana", "tone": "danger", "icon": "clock"},
        {
            "when": now,
            "title": "Another",
            "url": "/x/",
            "tags": [{"label": "Risk", "tone": "past"}],
            "lane": "risk",
        },
        {"when_text": "March 2019", "title": "First report"},
        {"when": dt.date(2018, 5, 1), "title": "Born"},
    ]
    html = part("timeline", entries=entries)
    assert html.count("timeline-day") == 3
    assert html.count('class="event-time"') == 2  # a day without an hour shows none
    assert "March 2019" in html


def test_the_month_shows_three_and_counts_the_rest():
    day = {"date": dt.date(2026, 11, 24), "in_month": True, "today": True, "holiday": "Bonifacio Day"}
    items = [
        {"url": "/h/", "label": f"Hearing {n}", "time": "08:30", "tone": "info", "struck": n == 1}
        for n in range(5)
    ]
    html = part("month", weeks=[[{**day, "items": items}]], caption="November")
    assert html.count('class="slot ') == 3
    assert "2 more" in html
    assert 'href="#day-2026-11-24"' in html
    assert 'aria-current="date"' in html
    agenda = part(
        "agenda", days=[{**day, "items": [{"time": "08:30", "title": "Testimony", "who": "Ana Lim"}]}]
    )
    assert 'id="day-2026-11-24"' in agenda


def test_pages_keep_the_filter():
    html = part("page", page=Paginator(range(30), 10).get_page(2))
    assert 'href="?office=CEB&amp;page=3"' in html
    assert 'href="?office=CEB&amp;page=1"' in html
    assert part("page", page=Paginator([], 10).get_page(1)).strip() == ""
    assert 'href="/older/"' in part("page", older_url="/older/")


def test_a_chart_has_a_table_with_the_same_figures():
    chart = charts.stacked(["Jan"], {"Convicted": [6], "Acquitted": [3]})
    html = part("chart_bars", chart=chart, title="People tried")
    assert html.count("<rect") == 2
    assert 'aria-label="People tried"' in html
    assert html.count('<td class="num">') == 3
    assert "75%" in part(
        "chart_rows", title="Why", rows=charts.rows([{"label": "a", "value": 3}, {"label": "b", "value": 1}])
    )


def test_a_table_marks_figures_and_columns_that_leave():
    html = part(
        "table",
        caption="Offices",
        columns=[{"label": "Office"}, {"label": "Late", "num": True, "wide": True}],
        rows=[
            {
                "cells": [
                    {"text": "Cebu", "url": "/o/"},
                    {"text": 4, "num": True, "wide": True, "tone": "danger"},
                ]
            }
        ],
        total={"cells": [{"text": "All"}, {"text": 4, "num": True, "bar": 40}]},
    )
    assert '<th scope="row" class=""><a href="/o/">Cebu</a></th>' in html
    assert 'class="num wide"' in html
    assert "<tfoot>" in html
