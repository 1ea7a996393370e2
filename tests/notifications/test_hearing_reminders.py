from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from notifications.models import InboxItem
from tests.factories import AttendanceMake, CaseMake, OfficeMake, UserMake
from tests.notifications.conftest import deliveries, hearing_at, inbox, local, rows_of
from tests.people import on_case, person

LA_PAZ = ZoneInfo("America/La_Paz")


@pytest.fixture
def bolivia(db):
    return OfficeMake(key="lapaz", name="La Paz", time_zone="America/La_Paz", currency="BOB", country="BO")


@pytest.fixture
def paralegal(case):
    return on_case(person(Role.PARALEGAL, case.office, name="Pia"), case, Role.PARALEGAL)


# A Thursday. The working day before is Wednesday.
@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-12-03T08:29", []),
        ("2026-12-03T08:31", ["H2.t7"]),
        ("2026-12-08T08:29", ["H2.t7"]),
        ("2026-12-08T08:31", ["H2.t2"]),
        ("2026-12-09T16:59", ["H2.t2"]),
        ("2026-12-09T17:00", ["H2.d1"]),
        ("2026-12-10T06:29", ["H2.d1"]),
        ("2026-12-10T06:30", ["H2.d0"]),
        ("2026-12-10T08:30", []),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Manila", "America/La_Paz"])
def test_of_several_reminders_the_latest_comes_on_the_clock_of_the_office(
    zone, moment, told, sweep, bolivia, office
):
    where = bolivia if zone == "America/La_Paz" else office
    case = CaseMake(office=where)
    lawyer = on_case(person(Role.LAWYER, where), case, Role.LAWYER)
    hearing_at(case, "2026-12-10T08:30", ZoneInfo(zone), who_goes=lawyer)

    sweep(local(moment, ZoneInfo(zone)))

    assert inbox(lawyer) == told


def test_each_comes_once_however_often_we_look(case, lawyer, paralegal, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    for moment in (
        "2026-12-03T09:00",
        "2026-12-03T09:00",
        "2026-12-08T09:00",
        "2026-12-09T17:30",
        "2026-12-10T07:00",
    ):
        sweep(local(moment))
        sweep(local(moment))

    assert inbox(lawyer) == ["H2.t7", "H2.t2", "H2.d1", "H2.d0"]
    assert inbox(paralegal) == ["H2.t7", "H2.t2", "H2.d1"]  # the morning is for who goes alone


def test_two_weeks_ahead_only_when_a_survivor_is_called(case, lawyer, social_worker, sweep):
    plain = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-11-26T09:00"))
    assert inbox(lawyer) == inbox(social_worker) == []

    AttendanceMake(case=case, hearing=plain, called=True)
    sweep(local("2026-11-26T09:00"))
    assert inbox(lawyer) == inbox(social_worker) == ["H2.t14"]


def test_two_days_ahead_asks_who_goes_unless_somebody_said_yes(case, lawyer, paralegal, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    hearing_at(case, "2026-12-10T10:30", who_goes=lawyer, confirmed_at=local("2026-12-01T09:00"))

    sweep(local("2026-12-08T11:00"))

    assert [item.urgency for item in rows_of(InboxItem, user=lawyer)] in (["N-A", "N"], ["N", "N-A"])
    assert {item.urgency for item in rows_of(InboxItem, user=paralegal)} == {"N"}


def test_a_hearing_after_a_weekend_and_a_holiday_is_announced_on_the_working_day_before(case, lawyer, sweep):
    # A Monday; the Friday before is New Year's Day.
    hearing_at(case, "2027-01-04T08:30", who_goes=lawyer)
    sweep(local("2027-01-01T17:30"))
    assert "H2.d1" in inbox(lawyer)

    sweep(local("2027-01-02T09:00"))
    assert inbox(lawyer)[-1] == "H2.t2"


def test_one_entered_for_tomorrow_announces_itself_at_once(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, on_record="2026-12-09T20:00")

    sweep(local("2026-12-09T20:01"))

    assert inbox(lawyer) == ["H2.t2"]


def test_what_fell_due_before_it_was_on_record_is_not_owed(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, on_record="2026-12-05T20:00")

    sweep(local("2026-12-06T09:00"))

    assert inbox(lawyer) == []


def test_a_hearing_that_is_past_or_has_an_outcome_is_not_announced(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    hearing_at(case, "2026-12-11T08:30", who_goes=lawyer, outcome="vacated")

    sweep(local("2026-12-10T08:31"))

    assert inbox(lawyer, title_code__startswith="H2") == []


def test_a_hearing_without_a_time_is_ahead_until_its_day_is_over(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T00:00", who_goes=lawyer, local_time=None)

    sweep(local("2026-12-10T06:31"))

    assert inbox(lawyer) == ["H2.d0"]


def test_the_lawyer_is_reminded_where_nobody_goes_yet_or_the_one_who_goes_has_left(
    case, lawyer, office, sweep
):
    left = person(Role.LAWYER, office)
    hearing_at(case, "2026-12-10T08:30")
    hearing_at(case, "2026-12-11T08:30", who_goes=left)

    sweep(local("2026-12-10T07:00"))

    assert sorted(inbox(lawyer)) == ["H2.d0", "H2.t2"]
    assert inbox(left) == []


def test_hearings_of_one_day_are_one_message(case, lawyer, tick, mailoutbox):
    for hour in ("08:30", "10:00", "13:30"):
        hearing_at(case, f"2026-12-10T{hour}", who_goes=lawyer)

    tick(local("2026-12-08T14:00"))

    assert len(inbox(lawyer)) == 3
    assert len({row.message for row in deliveries()}) == len(mailoutbox) == 1
    assert "3 new items" in mailoutbox[0].body


def test_summer_time_does_not_move_the_wall_clock(sweep, db):
    new_york = ZoneInfo("America/New_York")
    office = OfficeMake(key="ny", time_zone="America/New_York", country="US", currency="USD")
    case = CaseMake(office=office)
    lawyer = on_case(person(Role.LAWYER, office), case, Role.LAWYER)
    hearing_at(case, "2026-03-10T09:00", new_york, who_goes=lawyer)  # clocks jump on 8 March

    sweep(local("2026-03-03T08:59", new_york))
    assert inbox(lawyer) == []
    sweep(local("2026-03-03T09:00", new_york))
    assert inbox(lawyer) == ["H2.t7"]


def test_thirty_hearings_cost_as_many_statements_as_three(office, sweep):
    def statements(hearings, month):
        for number in range(hearings):
            case = CaseMake(office=office)
            hearing_at(
                case, f"2026-{month}-{number % 3 + 10}T08:30", who_goes=on_case(UserMake(), case, Role.LAWYER)
            )
        with CaptureQueriesContext(connection) as caught:
            sweep(local(f"2026-{month}-09T17:30"))
        return len(caught)

    sweep(local("2026-03-01T00:00"))
    few, many = statements(3, "04"), statements(30, "06")

    assert len(rows_of(InboxItem)) == 33
    assert few == many
