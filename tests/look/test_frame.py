"""The frame stands with nothing given, and says everything when all is given."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import SimpleLazyObject

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
SOMEBODY = SimpleNamespace(
    is_authenticated=True,
    enrolled=True,
    verbs={"desk.use"},
    get_full_name="Joana Reyes",
    get_username="joana",
)


@pytest.mark.parametrize("name", ["base.html", *ERRORS])
def test_it_renders_without_any_context(name):
    html = render_to_string(name)
    assert '<html lang="en" dir="ltr">' in html
    assert "noindex" in html
    assert 'class="side"' not in html


def test_a_person_sees_the_whole_frame():
    entry = {
        "url": "/h/",
        "label": "Hearings",
        "icon": "calendar-days",
        "count": 9,
        "tone": "red",
        "key": "h",
    }
    html = render_to_string(
        "base.html",
        {
            "user": SOMEBODY, "nav": [{**entry, "active": True}], "nav_phone": [entry], "unread": 3,
            "demo": True, "sweep_late": True, "dev_mail": True, "office_line": "Cebu, Manila time",
            "shortcuts_off": True, "saved_views": [{"url": "/v/", "label": "My open cases"}],
        },
    )  # fmt: skip
    for words in (
        "Sample data.", "Alerts may be late", "/dev/mail/", "Cebu, Manila time", 'data-shortcuts="off"',
        'data-key="h"', 'aria-current="page"', "tag-danger", "My open cases", "bottombar", 'id="cover"',
    ):  # fmt: skip
        assert words in html


def test_the_tab_says_error_when_the_form_is_wrong():
    wrong = SimpleNamespace(errors={"a": ["b"]})
    assert "<title>Error: " in render_to_string("base.html", {"form": wrong})
    assert "<title>Error: " not in render_to_string("base.html", {"form": SimpleNamespace(errors={})})


def test_a_screen_fills_the_blocks():
    screen = Template(
        '{% extends "base.html" %}{% block title %}CEB-1{% endblock %}'
        "{% block heading %}Harbour{% endblock %}"
        "{% block aside %}<p>beside</p>{% endblock %}"
    ).render(Context({}))
    assert "<title>CEB-1 – IJM Cases</title>" in screen
    assert "<h1>Harbour</h1>" in screen
    assert '<div class="body-aside"><p>beside</p></div>' in screen
    assert '<div class="page-actions"></div>' in screen


def test_the_bell_is_silent_at_nothing():
    assert "unread" not in render_to_string("_bell.html", {"unread": 0})
    assert "99+" in render_to_string("_bell.html", {"unread": 250})


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_bell_counts_what_is_worked_out_late(language):
    with translation.override(language):
        assert '<span aria-hidden="true">3</span>' in render_to_string(
            "_bell.html", {"unread": SimpleLazyObject(lambda: 3)}
        )
