"""The plan of reminders follows the hearing, the calendar and the clock, and gives nothing twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications import clock as clocks
from notifications.models import InboxItem, Reminder
from prosecutions.actions import cancel_hearing, correct_hearing, reschedule_hearing
from tests.factories import CaseMake, OfficeMake
from tests.notifications.conftest import hearing_at, inbox, local, rows_of
from tests.people import on_case, person

NEW_YORK = ZoneInfo("America/New_York")


def plan(**filters):
    """{step: state, with the reason where there is one} of the reminders."""
    rows = rows_of(Reminder, **filters)
    return {row.step: ":".join(filter(None, (row.state, row.reason))) for row in rows}


def test_a_clock_that_jumps_floods_nobody_and_put_right_reminds_again(case, lawyer, sweep):
    soon = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    later = hearing_at(case, "2027-01-08T08:30", who_goes=lawyer)
    sweep(local("2026-11-30T09:00"))

    sweep(local("2027-01-07T17:30"))  # 38 days on, by mistake
    assert inbox(lawyer, hearing=soon, alert=None) == []
    assert inbox(lawyer, alert=None) == ["H2.d1"]
    assert plan(hearing=soon) == dict.fromkeys(("t7", "t2", "d1", "d0"), "missed:late")
    assert plan(hearing=later) == {
        "t7": "missed:collapsed", "t2": "missed:collapsed", "d1": "fired", "d0": "planned",
    }  # fmt: skip

    for moment in ("2026-12-03T09:00", "2026-12-03T09:00", "2027-01-01T09:00", "2027-01-07T17:40"):
        sweep(local(moment))
    assert inbox(lawyer, hearing=soon, alert=None) == ["H2.t7"]
    assert inbox(lawyer, hearing=later, alert=None).count("H2.d1") == 1
    assert inbox(lawyer, hearing=later, alert=None).count("H2.t7") == 1


def test_a_plan_ends_with_its_date_and_comes_back_with_it(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-01T09:00"))
    with viewing_as(lawyer):
        begins = local("2026-12-14T08:30")
        reschedule_hearing(
            hearing.pk, by=lawyer, now=local("2026-12-01T10:00"), on=begins.date(), local_time=begins.time()
        )
    sweep(local("2026-12-01T10:01"))
    assert set(plan(hearing_version=1).values()) == {"superseded"}
    assert set(plan(hearing_version=2).values()) == {"planned"}

    with viewing_as(lawyer):
        cancel_hearing(hearing.pk, by=lawyer, now=local("2026-12-02T10:00"))
    sweep(local("2026-12-02T10:01"))
    assert set(plan(hearing_version=2).values()) == {"cancelled"}

    with viewing_as(lawyer):
        correct_hearing(hearing.pk, by=lawyer, now=local("2026-12-02T11:00"), reason="Another case.")
    sweep(local("2026-12-02T11:01"))
    assert set(plan(hearing_version=3).values()) == {"planned"}


def test_a_new_holiday_moves_the_reminder_of_the_working_day_before(case, lawyer, sweep, monkeypatch):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)  # a Thursday
    sweep(local("2026-12-01T09:00"))
    (before,) = rows_of(Reminder, step="d1")
    known = clocks.works_on
    monkeypatch.setattr(clocks, "works_on", lambda country, day: day.day != 9 and known(country, day))

    sweep(local("2026-12-02T09:00"))  # the next day all times are worked out anew

    (after,) = rows_of(Reminder, step="d1")
    # The eighth is a holiday already.
    assert (before.due_at, after.due_at) == (local("2026-12-09T17:00"), local("2026-12-07T17:00"))


@pytest.mark.parametrize(
    ("hearing", "due"),
    [
        # The clocks jump from two to three on 8 March: the first minute after.
        ("2026-03-15T02:30", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        # Half past one comes twice on 1 November: the earlier.
        ("2026-11-08T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_nights_on_which_the_clocks_change(hearing, due, sweep, db):
    office = OfficeMake(key="ny", time_zone="America/New_York", country="US", currency="USD")
    case = CaseMake(office=office)
    lawyer = on_case(person(Role.LAWYER, office), case, Role.LAWYER)
    row = hearing_at(case, hearing, NEW_YORK, who_goes=lawyer)
    sweep(due.replace(minute=due.minute - 1) if due.minute else due.replace(hour=due.hour - 1, minute=59))
    assert [item.due_at for item in rows_of(Reminder, step="t7", hearing=row)] == [due]
    assert inbox(lawyer) == []

    sweep(due)
    sweep(due.replace(hour=due.hour + 1))  # half past one for the second time
    assert inbox(lawyer) == ["H2.t7"]


def test_whoever_comes_to_a_case_has_what_the_others_were_told(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-08T09:00"))
    newcomer = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL)

    sweep(local("2026-12-08T09:01"))

    assert inbox(newcomer) == ["H2.t2"]
    assert len(rows_of(InboxItem, user=lawyer)) == 1
