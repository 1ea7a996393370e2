"""The calendar at a secret address: what it holds, how it is written, and to whom it is silent."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Membership, Signal
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Assignment
from diary.models import CalendarFeed, FeedEntry
from diary.views.feeds import FETCHES_AN_HOUR, STRANGERS_AN_HOUR
from law.models import Court, Jurisdiction
from prosecutions.actions import assign_hearing, cancel_hearing, reschedule_hearing
from reference.logs import WithoutValues
from tests.diary.conftest import address_of, events_of, hearing_at, read_strictly
from tests.factories import AssignmentMake, CaseMake, HearingMake, ProceedingMake, UserMake
from tests.people import on_case, person

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday(time_machine):
    """Friday 20 November 2026, noon in Manila."""
    time_machine.move_to(NOON, tick=False)


def fetch(client, path):
    """As a calendar program does, without any session."""
    client.logout()
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content


def statuses(body):
    return {start: (e.of("STATUS"), int(e.of("SEQUENCE"))) for start, e in events_of(body).items()}


def test_the_feed_holds_the_number_and_the_time_and_nothing_else(client, case, lawyer):
    court = "Canary Court"
    proceeding = ProceedingMake(case=case, court=court, docket="Canary Docket", judge="Canary Judge")
    hearing_at(
        case, "2026-11-24T09:00", who_goes=lawyer, proceeding=proceeding, purpose="survivor_testimony",
        room="Canary Room", note="Canary note", confirmed_at=NOON,
    )  # fmt: skip
    body = fetch(client, address_of(lawyer, NOON))
    calendar = read_strictly(body)
    (event,) = [part for part in calendar.parts if part.name == "VEVENT"]
    assert event.of("SUMMARY") == case.number
    assert (event.of("DTSTART"), event.of("DTEND")) == ("20261124T090000", "20261124T100000")
    assert event.parameters("DTSTART") == {"TZID": "Asia/Manila"}
    assert {name for name, _p, _v in event.lines} == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS",
        "TRANSP",
    }  # fmt: skip
    assert calendar.of("X-WR-CALNAME") == case.office.alias
    text = body.decode().casefold()
    assert not any(word in text for word in ("canary", "testimon", lawyer.name.casefold(), "court", "bail"))
    # The library as an independent reader of what the strict reader has passed.
    (read,) = Calendar.from_ical(body).walk("VEVENT")
    assert read["dtstart"].dt == datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_the_answer_stays_nowhere_and_the_same_facts_give_the_same_bytes(client, case, lawyer, time_machine):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    first = client.get(path)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-store"
    assert first["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in first
    time_machine.move_to(NOON + timedelta(hours=3), tick=False)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path).content == first.content
    assert client.post(path).status_code == 405


def test_whose_hearings_they_are(client, case, lawyer, alice, office):
    """Mine, and those of my cases as a lawyer that nobody goes to: those are tentative."""
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    hearing_at(case, "2026-11-25T09:00")
    hearing_at(case, "2026-11-26T09:00", who_goes=alice)
    hearing_at(case, "2026-11-27T09:00", who_goes=lawyer, outcome="vacated")
    hearing_at(case, "2026-08-27T09:00", who_goes=lawyer, outcome="held")  # long over
    HearingMake(case=case, on="2026-12", starts_at=NOON + timedelta(days=20), who_goes=lawyer)
    hidden = CaseMake(office=office, sensitivity=2)
    hearing_at(hidden, "2026-11-28T09:00", who_goes=lawyer)
    assert statuses(fetch(client, address_of(lawyer, NOON))) == {
        "20261124T090000": ("CONFIRMED", 0),
        "20261125T090000": ("TENTATIVE", 0),
    }
    assert statuses(fetch(client, address_of(alice, NOON))) == {"20261126T090000": ("CONFIRMED", 0)}


def test_a_hearing_without_an_hour_takes_the_whole_day(client, case, lawyer):
    hearing_at(case, "2026-11-24", who_goes=lawyer)
    (event,) = events_of(fetch(client, address_of(lawyer, NOON))).values()
    assert event.parameters("DTSTART") == {"VALUE": "DATE"}
    assert (event.of("DTSTART"), event.of("DTEND")) == ("20261124", "20261125")
    assert event.of("STATUS") == "TENTATIVE"


def test_a_move_keeps_the_uid_and_raises_the_sequence(client, case, lawyer, time_machine):
    hearing = hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    (before,) = events_of(fetch(client, path)).values()
    time_machine.move_to(NOON + timedelta(hours=1), tick=False)
    with viewing_as(lawyer):
        for day in (25, 26):
            reschedule_hearing(
                hearing.pk,
                by=lawyer,
                now=timezone.now(),
                on=date(2026, 11, day),
                local_time=hearing.local_time,
            )
    (after,) = events_of(fetch(client, path)).values()
    assert after.of("UID") == before.of("UID")
    assert str(hearing.pk) not in after.of("UID")
    assert (before.of("SEQUENCE"), after.of("SEQUENCE")) == ("0", "2")
    assert after.of("LAST-MODIFIED") == "20261120T050000Z"
    other = events_of(fetch(client, address_of(lawyer, NOON)))
    assert {event.of("UID") for event in other.values()} == {before.of("UID")}, (
        "the same in all her calendars"
    )


@pytest.mark.parametrize("how", ["vacated", "somebody_else", "off_the_case", "sealed"])
def test_what_is_taken_away_is_told_as_cancelled_for_a_month(client, case, lawyer, alice, time_machine, how):
    hearing = hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    assert statuses(fetch(client, path)) == {"20261124T090000": ("CONFIRMED", 0)}
    take_away(how, hearing, lawyer, alice)
    gone = events_of(fetch(client, path))["20261124T090000"]
    assert (gone.of("STATUS"), gone.of("SEQUENCE")) == ("CANCELLED", "1")
    still_hers = how in ("vacated", "somebody_else")
    assert gone.of("SUMMARY") == (case.number if still_hers else "Cancelled")
    time_machine.move_to(NOON + timedelta(days=29), tick=False)
    assert statuses(fetch(client, path)) == {"20261124T090000": ("CANCELLED", 1)}
    time_machine.move_to(NOON + timedelta(days=31), tick=False)
    assert statuses(fetch(client, path)) == {}


def take_away(how, hearing, lawyer, alice):
    case = hearing.case
    with viewing_as(lawyer):
        if how == "vacated":
            cancel_hearing(hearing.pk, by=lawyer, now=timezone.now())
        if how == "somebody_else":
            assign_hearing(hearing.pk, by=lawyer, now=timezone.now(), who_goes=alice)
    if how in ("off_the_case", "sealed"):
        off_the_case(lawyer)
    if how == "sealed":
        case.sensitivity = 2
        case.save(update_fields=["sensitivity"])


def off_the_case(user):
    Assignment._base_manager.filter(user=user).update(ended_at=NOON)


def test_what_comes_back_keeps_its_uid(client, case, lawyer):
    hearing = hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    (before,) = events_of(fetch(client, path)).values()
    off_the_case(lawyer)
    assert statuses(fetch(client, path)) == {"20261124T090000": ("CANCELLED", 1)}
    AssignmentMake(case=case, user=lawyer, role=Role.LAWYER)
    (after,) = events_of(fetch(client, path)).values()
    assert (after.of("UID"), after.of("STATUS"), after.of("SEQUENCE")) == (before.of("UID"), "CONFIRMED", "2")
    assert FeedEntry._base_manager.filter(user=lawyer, hearing_id=hearing.pk).count() == 1


def test_times_stand_on_the_clock_of_the_court_with_its_zone(client, case, lawyer, other_office):
    """A court of another zone than the office, in summer time; and an office without any."""
    us, _new = Jurisdiction.objects.get_or_create(country="US", defaults={"name": "United States"})
    court = Court.objects.create(jurisdiction=us, name="A court", time_zone="America/New_York")
    there = ProceedingMake(case=case, known_court=court)
    hearing_at(case, "2027-03-15T21:30", who_goes=lawyer, proceeding=there)  # in Manila
    accra = CaseMake(office=other_office)
    on_case(lawyer, accra, Role.LAWYER)
    hearing_at(accra, "2026-11-25T09:00", zone=UTC, who_goes=lawyer)
    body = fetch(client, address_of(lawyer, NOON))
    events = events_of(body)
    assert events["20270315T093000"].parameters("DTSTART") == {"TZID": "America/New_York"}
    assert events["20261125T090000"].parameters("DTSTART") == {"TZID": "Africa/Accra"}
    zones = {str(zone["tzid"]) for zone in Calendar.from_ical(body).walk("VTIMEZONE")}
    assert zones == {"America/New_York", "Africa/Accra"}
    moments = {event["dtstart"].dt.astimezone(UTC) for event in Calendar.from_ical(body).walk("VEVENT")}
    assert moments == {datetime(2027, 3, 15, 13, 30, tzinfo=UTC), datetime(2026, 11, 25, 9, tzinfo=UTC)}


def test_letters_of_other_scripts_and_commas_are_folded_and_escaped(client, office, lawyer):
    office.alias = "মানব পাচার; ঘর, আদালত \\ " * 2
    office.alias = office.alias[:40]
    office.save(update_fields=["alias"])
    case = CaseMake(office=office, number="IJM-কলকাতা, 2026; 0003-" + "অ" * 15)
    on_case(lawyer, case, Role.LAWYER)
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    body = fetch(client, address_of(lawyer, NOON))
    (event,) = events_of(body).values()
    assert event.of("SUMMARY") == case.number.replace(",", "\\,").replace(";", "\\;")
    calendar = Calendar.from_ical(body)
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == [case.number]
    assert str(calendar["x-wr-calname"]).strip() == office.alias.strip()


@pytest.mark.parametrize("how", ["unknown", "revoked", "left"])
def test_what_opens_nothing_is_not_there(client, case, lawyer, how):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    if how == "unknown":
        path = path.replace(path[20:30], "A" * 10)
    if how == "revoked":
        CalendarFeed.objects.update(revoked_at=NOON)
    if how == "left":
        lawyer.is_active = False
        lawyer.save(update_fields=["is_active"])
    answer = client.get(path)
    assert answer.status_code == 404
    assert case.number not in answer.content.decode()


def test_whoever_lost_her_role_is_told_nothing_but_that_it_is_off(client, case, lawyer):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    fetch(client, path)
    Membership.objects.filter(user=lawyer).update(ended_at=NOON)
    body = fetch(client, path)
    assert statuses(body) == {"20261124T090000": ("CANCELLED", 1)}
    assert case.number not in body.decode()


def test_after_a_signal_of_duress_the_calendar_is_empty_until_somebody_has_reached_her(client, case, lawyer):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    path = address_of(lawyer, NOON)
    before = fetch(client, path)
    signal = Signal.objects.create(user=lawyer, given_at=NOON)
    assert events_of(fetch(client, path)) == {}
    signal.answered_at, signal.answered_by = NOON, UserMake()
    signal.save(update_fields=["answered_at", "answered_by"])
    assert fetch(client, path) == before, "nothing was told as cancelled meanwhile"


def test_an_address_made_under_duress_looks_right_and_stays_empty(client, case, lawyer):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    lawyer.under_duress = True
    path = address_of(lawyer, NOON)
    assert events_of(fetch(client, path)) == {}
    assert FeedEntry._base_manager.count() == 0


def test_another_session_s_browser_sees_through_the_eyes_of_the_owner_alone(client, case, lawyer, director):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    hearing_at(case, "2026-11-25T09:00", who_goes=director)
    path = address_of(lawyer, NOON)
    client.force_login(director)
    assert set(events_of(client.get(path).content)) == {"20261124T090000"}


def test_the_memory_of_a_calendar_is_its_owner_s_alone(client, case, lawyer, director):
    hearing_at(case, "2026-11-24T09:00", who_goes=lawyer)
    fetch(client, address_of(lawyer, NOON))
    with viewing_as(director):
        assert FeedEntry.objects.count() == 0
    with viewing_as(lawyer):
        assert FeedEntry.objects.count() == 1


def test_a_calendar_costs_the_same_for_one_hearing_and_for_many(client, case, lawyer, queries_of):
    one, many = person(Role.LAWYER, case.office), person(Role.LAWYER, case.office)
    for user, count in ((one, 1), (many, 300)):
        mine = CaseMake(office=case.office)
        on_case(user, mine, Role.LAWYER)
        proceeding = ProceedingMake(case=mine)
        for number in range(count):
            begins = NOON + timedelta(days=1, hours=number)
            HearingMake(case=mine, proceeding=proceeding, who_goes=user, starts_at=begins)
    paths = [address_of(user, NOON) for user in (one, many)]
    costs = [queries_of(lambda path=path: fetch(client, path)) for path in paths]
    assert costs[0] == costs[1]
    assert costs[0] <= 30
    again = [queries_of(lambda path=path: fetch(client, path)) for path in paths]
    assert again[0] == again[1]
    assert len(events_of(fetch(client, paths[1]))) == 300


def test_each_address_and_each_stranger_has_a_pace(client, case, lawyer, monkeypatch):
    path = address_of(lawyer, NOON)
    monkeypatch.setattr("diary.views.feeds.FETCHES_AN_HOUR", 2)
    monkeypatch.setattr("diary.views.feeds.STRANGERS_AN_HOUR", 1)
    assert [client.get(path).status_code for _time in range(3)] == [200, 200, 429]
    nothing = path.replace(path[20:30], "B" * 10)
    assert [client.get(nothing).status_code for _time in range(2)] == [404, 429]
    assert FETCHES_AN_HOUR == 60
    assert STRANGERS_AN_HOUR >= 60


def test_that_a_calendar_was_read_stands_in_the_audit_once_a_day(client, case, lawyer, time_machine):
    path = address_of(lawyer, NOON)
    for hours in (0, 1, 25):
        time_machine.move_to(NOON + timedelta(hours=hours), tick=False)
        fetch(client, path)
    events = Event.objects.filter(verb="feed.fetch")
    assert [event.actor_id for event in events] == [lawyer.pk] * 2
    assert CalendarFeed.objects.get().fetched_at == NOON + timedelta(hours=25)


def test_no_log_line_holds_a_secret_address():
    record = logging.LogRecord("x", 40, "x", 1, "%s: %s", ("Error", "/calendar/feed/Se-cr_et9.ics"), None)
    assert WithoutValues().filter(record)
    assert record.getMessage() == "Error: /calendar/feed/....ics"
