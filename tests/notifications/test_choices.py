"""What is not urgent asks when one wants it; the list of the day comes at one's own morning, once."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from notifications.actions.digest import is_morning
from notifications.models import Choice, Delivery, Endpoint, InboxItem
from tests.factories import BailOrderMake, CaseMake, OfficeMake
from tests.notifications.conftest import fact, hearing_at, inbox, local, rows_of
from tests.people import on_case, person

TUESDAY = "2026-12-01"
CHOOSE = reverse("notifications:choice-set")
TODAY = reverse("notifications:digest-show")


def page(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def digests(user):
    return rows_of(InboxItem, user=user, title_code="D.list")


def test_i_choose_quiet_hours_and_channels_that_i_have_proved(client, lawyer):
    assert "Text message" not in page(client, lawyer, CHOOSE)
    wanted = {"digest_at": "06:30", "digest": "on", "confirm_by": ["sms"]}
    assert client.post(CHOOSE, wanted).status_code == 422
    with viewing_as(lawyer):
        phone = Endpoint(user=lawyer, kind="sms", verified_at=local(f"{TUESDAY}T08:00"))
        phone.seal_address("+639171234567")
        phone.save(force_insert=True)
    text = page(client, lawyer, CHOOSE)
    assert "Text message" in text
    assert "day and night" in text, "what nobody can change is said"
    assert client.post(CHOOSE, wanted | {"quiet_from": "21:00"}).status_code == 422
    answer = client.post(CHOOSE, wanted | {"quiet_from": "21:00", "quiet_until": "06:00"})
    assert answer.headers["Location"] == CHOOSE
    (choice,) = rows_of(Choice)
    assert (choice.quiet_from.hour, choice.digest_at.minute, choice.confirm_by) == (21, 30, ["sms"])
    (event,) = Event.objects.filter(verb="choice.set")
    assert event.detail == {"quiet": True, "digest": True}


def test_the_list_comes_once_at_the_morning_of_the_office(case, lawyer, charlie, office, sweep):
    hearing_at(case, f"{TUESDAY}T14:00", who_goes=lawyer)
    idle = person(Role.LAWYER, office)
    sweep(local(f"{TUESDAY}T06:59"))
    assert digests(lawyer) == []
    for time in ("07:00", "07:01", "12:00"):
        sweep(local(f"{TUESDAY}T{time}"))
    (item,) = digests(lawyer)
    assert (item.key, item.case_id, item.urgency) == (f"digest:{TUESDAY}", None, "N")
    assert {row.template for row in rows_of(Delivery, item=item)} == {"digest"}
    assert digests(idle) == digests(charlie) == [], "no list where there is nothing on it"
    sweep(local("2026-12-02T07:00"))
    assert len(digests(lawyer)) == 2, "it took place, and nobody has said what happened"


def test_whoever_wants_none_gets_none_and_nobody_gets_it_in_the_evening(case, lawyer, sweep):
    hearing_at(case, f"{TUESDAY}T14:00", who_goes=lawyer)
    with viewing_as(lawyer):
        Choice.objects.create(user=lawyer, digest=False)
    sweep(local(f"{TUESDAY}T07:00"))
    assert digests(lawyer) == []
    with viewing_as(lawyer):
        Choice.objects.filter(user=lawyer).update(digest=True)
    sweep(local(f"{TUESDAY}T13:30"))
    assert digests(lawyer) == []


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00"),  # there is no 02:30 that day
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),  # the first of two
        ("Europe/London", "2026-03-29", "07:00", "2026-03-29T06:00"),
        ("Asia/Manila", "2026-12-01", "07:00", "2026-11-30T23:00"),
    ],
)
def test_a_morning_is_a_morning_when_clocks_change(zone, day, hour, utc):
    office = OfficeMake.build(time_zone=zone)
    choice = Choice(digest_at=local(f"{day}T{hour}").time())
    at = local(utc, ZoneInfo("UTC"))
    assert is_morning(choice, office, at)
    assert not is_morning(choice, office, at - timedelta(minutes=1))
    choice.digest_on = date.fromisoformat(day)
    assert not is_morning(choice, office, at)


def test_the_page_shows_what_the_reader_may_see_and_no_sealed_case(
    case, office, client, lawyer, colleague, sweep
):
    sealed, other = CaseMake(office=office, sensitivity=2), CaseMake(office=office)
    on_case(lawyer, sealed, Role.LAWYER)
    now = local(f"{TUESDAY}T08:00")
    with time_machine.travel(now, tick=False):
        for number, each in enumerate((case, sealed, other)):
            hearing_at(each, f"{TUESDAY}T1{number}:00")
            hearing_at(each, "2026-11-25T09:00")
            BailOrderMake(case=each)
        with viewing_as(lawyer):
            Case.objects.filter(pk=sealed.pk).update(sensitivity=2)

        text = page(client, lawyer, TODAY)
        with CaptureQueriesContext(connection) as few:
            client.get(TODAY)
        for words in ("Hearings today and tomorrow", "Hearings without an outcome", "Bail that waits"):
            assert words in text
        assert case.number in text
        assert sealed.number not in text
        assert other.number not in text
        assert "Time to appeal" not in text, "an empty list is not shown"
        assert "Nothing on the list today" in page(client, colleague, TODAY)
        for hour in range(13, 19):
            hearing_at(case, f"{TUESDAY}T{hour}:00")
        client.force_login(lawyer)
        with CaptureQueriesContext(connection) as many:
            client.get(TODAY)
        assert len(many) <= len(few)


def test_the_message_of_the_list_leads_to_it(case, client, lawyer, sweep):
    hearing_at(case, f"{TUESDAY}T14:00", who_goes=lawyer)
    fact("bail.seek", lawyer, BailOrderMake(case=case), kind="pretrial")
    sweep(local(f"{TUESDAY}T07:00"))
    assert "D.list" in inbox(lawyer)
    (item,) = digests(lawyer)
    client.force_login(lawyer)
    assert client.get(reverse("code-show", args=[item.code])).headers["Location"] == TODAY
    assert TODAY in page(client, lawyer, reverse("notifications:inbox-show", args=[item.pk]))
