"""What the tests of the calendar share: hearings on a wall clock, and a strict reader of calendars."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.scope import viewing_as
from diary.actions import add_feed
from tests.factories import HearingMake

MANILA = ZoneInfo("Asia/Manila")


def hearing_at(case, text, zone=MANILA, **fields):
    """A hearing on that wall-clock time; a day alone has no hour."""
    begins = datetime.fromisoformat(text).replace(tzinfo=zone)
    hour = begins.time() if "T" in text else None
    return HearingMake(case=case, starts_at=begins, on=text[:10], **{"local_time": hour, **fields})


@pytest.fixture
def queries_of(db):
    """How many queries an act takes."""

    def count(act):
        with CaptureQueriesContext(connection) as caught:
            act()
        return len(caught)

    return count


def address_of(user, now, label=""):
    """The path of a new secret address of this person."""
    with viewing_as(user):
        _feed, secret = add_feed(by=user, now=now, label=label)
    return reverse("diary:feed-read", args=[secret])


@dataclass
class Part:
    """One component as it is written: its name, its properties in order, and what it holds."""

    name: str
    lines: list = field(default_factory=list)
    parts: list = field(default_factory=list)

    def of(self, name):
        """The value of the one property of this name."""
        (found,) = [value for key, _parameters, value in self.lines if key == name]
        return found

    def parameters(self, name):
        (found,) = [parameters for key, parameters, _value in self.lines if key == name]
        return found

    def has(self, *names):
        return all(sum(key == name for key, _p, _v in self.lines) == 1 for name in names)


CONTENT_LINE = re.compile(
    r'(?P<name>[A-Z0-9-]+)(?P<parameters>(;[A-Z0-9-]+=("[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(?P<value>.*)'
)


def read_strictly(body):
    """RFC 5545, line by line, with nothing of the library that wrote it."""
    assert isinstance(body, bytes)
    text = body.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", ""), "a line ends in CRLF and in nothing else"
    for line in body.split(b"\r\n"):
        assert len(line) <= 75, "folded at 75 octets"
        line.decode("utf-8")  # never inside a character
    stack, top = [], None
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]:
        match = CONTENT_LINE.fullmatch(line)
        assert match, f"no content line: {line!r}"
        name, value = match["name"], match["value"]
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            top = done if not stack else top
            if stack:
                stack[-1].parts.append(done)
        else:
            parameters = dict(one.split("=", 1) for one in match["parameters"].split(";") if one)
            stack[-1].lines.append((name, parameters, value))
    assert not stack
    assert top.name == "VCALENDAR"
    check(top)
    return top


def check(calendar):
    """What the calendar and each of its parts must hold once."""
    assert calendar.has("PRODID", "VERSION", "METHOD")
    assert calendar.of("VERSION") == "2.0"
    zones = {part.of("TZID") for part in calendar.parts if part.name == "VTIMEZONE"}
    for zone in (part for part in calendar.parts if part.name == "VTIMEZONE"):
        assert {part.name for part in zone.parts} <= {"STANDARD", "DAYLIGHT"}
        assert all(part.has("DTSTART", "TZOFFSETFROM", "TZOFFSETTO") for part in zone.parts)
        assert zone.parts
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    for event in events:
        assert event.has("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS")
        assert re.fullmatch(r"\d{8}T\d{6}Z", event.of("DTSTAMP"))
        assert event.of("STATUS") in ("CONFIRMED", "TENTATIVE", "CANCELLED")
        parameters = event.parameters("DTSTART")
        if parameters.get("VALUE") == "DATE":
            assert re.fullmatch(r"\d{8}", event.of("DTSTART"))
        else:
            assert parameters["TZID"] in zones, "every zone that is named is there"
            assert re.fullmatch(r"\d{8}T\d{6}", event.of("DTSTART"))
    assert len({event.of("UID") for event in events}) == len(events)


def events_of(body):
    """The events of a calendar by their start, after the strict reader has read the whole."""
    events = [part for part in read_strictly(body).parts if part.name == "VEVENT"]
    return {event.of("DTSTART"): event for event in events}
