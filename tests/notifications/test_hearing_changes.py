from datetime import time

import pytest
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications.models import InboxItem
from prosecutions.actions import cancel_hearing, record_hearing, reschedule_hearing
from tests.notifications.conftest import alerts, deliveries, hearing_at, inbox, local, log_of, rows_of
from tests.people import on_case, person


@pytest.fixture
def paralegal(case):
    return on_case(person(Role.PARALEGAL, case.office, name="Pia"), case, Role.PARALEGAL)


def move(hearing, by, to, now):
    with viewing_as(by):
        begins = local(to)
        reschedule_hearing(hearing.pk, by=by, now=local(now), on=begins.date(), local_time=begins.time())


def test_a_moved_hearing_is_told_to_those_who_hold_the_old_date_and_the_team(
    case, lawyer, paralegal, alice, sweep
):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-03T09:00"))
    assert inbox(alice) == []

    move(hearing, lawyer, "2026-12-20T08:30", "2026-12-04T10:00")
    sweep(local("2026-12-04T10:01"))

    assert inbox(lawyer, superseded=False) == inbox(paralegal, superseded=False) == inbox(alice) == ["H3"]
    assert inbox(lawyer, superseded=True) == ["H2.t7"]


@pytest.mark.parametrize(
    ("to", "now", "urgency"),
    [
        ("2026-12-28T08:30", "2026-12-01T10:00", "N"),
        ("2026-12-28T08:30", "2026-12-07T10:00", "U-C"),
        ("2026-12-28T08:30", "2026-12-09T10:00", "U-S"),
        ("2026-12-02T08:30", "2026-12-01T10:00", "U-S"),
    ],
)
def test_the_nearer_of_both_dates_says_how_hard_it_knocks(case, lawyer, sweep, to, now, urgency):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    move(hearing, lawyer, to, now)

    sweep(local(now))

    assert [alert.urgency for alert in alerts(rule="H3")] == [urgency]


def test_mail_of_the_old_date_does_not_go_out_any_more(case, lawyer, sweep, tick, mailoutbox):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-08T09:00"))

    move(hearing, lawyer, "2026-12-20T08:30", "2026-12-08T09:05")
    tick(local("2026-12-08T09:06"))
    assert {row.state for row in deliveries(item__title_code="H2.t2")} == {"suppressed"}
    assert mailoutbox == []

    tick(local("2026-12-08T09:08"))
    assert len(mailoutbox) == 1


def test_of_several_moves_only_the_last_is_told(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    for day in (20, 21, 22):
        move(hearing, lawyer, f"2026-12-{day}T08:30", "2026-12-04T10:00")

    sweep(local("2026-12-04T10:01"))

    assert inbox(lawyer) == ["H3"]
    (item,) = rows_of(InboxItem, user=lawyer)
    assert item.hearing_version == 4


def test_a_later_move_overtakes_the_earlier_one(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    move(hearing, lawyer, "2026-12-20T08:30", "2026-12-04T10:00")
    sweep(local("2026-12-04T10:01"))
    move(hearing, lawyer, "2026-12-21T08:30", "2026-12-05T10:00")
    sweep(local("2026-12-05T10:01"))

    assert [alert.state for alert in alerts(rule="H3")] == ["superseded", "open"]
    assert inbox(lawyer, superseded=False) == ["H3"]
    assert inbox(lawyer, superseded=True) == ["H3"]


def test_the_new_date_has_reminders_of_its_own(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-03T09:00"))
    move(hearing, lawyer, "2026-12-20T08:30", "2026-12-04T10:00")

    sweep(local("2026-12-13T09:00"))

    assert inbox(lawyer) == ["H2.t7", "H2.t7", "H3"] or sorted(inbox(lawyer)) == ["H2.t7", "H2.t7", "H3"]
    assert len({item.key for item in rows_of(InboxItem, user=lawyer)}) == 3


def test_a_hearing_moved_to_tomorrow_is_told_once_and_not_announced_besides(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    move(hearing, lawyer, "2026-12-05T08:30", "2026-12-04T18:00")

    sweep(local("2026-12-04T18:01"))

    assert inbox(lawyer) == ["H3"]


def test_a_cancelled_hearing_is_told_and_its_reminders_end(case, lawyer, paralegal, tick):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    tick(local("2026-12-08T09:00"))
    with viewing_as(lawyer):
        cancel_hearing(hearing.pk, by=lawyer, now=local("2026-12-08T10:00"))

    tick(local("2026-12-08T10:01"))
    tick(local("2026-12-09T17:30"))

    assert inbox(lawyer, superseded=False) == inbox(paralegal, superseded=False) == ["H4"]
    assert [alert.urgency for alert in alerts(rule="H4")] == ["U-C"]


def test_somebody_who_left_the_case_is_not_told_of_the_move(case, lawyer, paralegal, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-03T09:00"))
    with viewing_as(lawyer):
        case.assignments.filter(user=paralegal).update(ended_at=timezone.now())
    move(hearing, lawyer, "2026-12-20T08:30", "2026-12-04T10:00")

    sweep(local("2026-12-04T10:01"))

    assert inbox(paralegal) == ["H2.t7"]
    (alert,) = alerts(rule="H3")
    assert log_of(alert) == ["opened", "skipped_recipient"]


def test_at_six_in_the_evening_we_ask_what_happened(case, lawyer, legal_lead, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    sweep(local("2026-12-10T17:59"))
    assert "H5" not in inbox(lawyer)

    sweep(local("2026-12-10T18:00"))
    sweep(local("2026-12-10T18:10"))
    assert inbox(lawyer).count("H5") == 1
    assert inbox(legal_lead) == []

    sweep(local("2026-12-13T18:01"))
    assert inbox(legal_lead) == ["H5.step"]


def test_the_outcome_closes_the_question(case, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, purpose="evidence")
    sweep(local("2026-12-10T18:00"))
    with viewing_as(lawyer):
        record_hearing(hearing.pk, by=lawyer, now=local("2026-12-10T19:00"), outcome="held")

    sweep(local("2026-12-10T19:01"))

    (alert,) = alerts(rule="H5")
    assert (alert.state, log_of(alert)) == ("closed", ["opened", "closed"])


def test_history_that_is_brought_over_is_never_asked_about(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer, on_record="2026-12-11T09:00")

    sweep(local("2026-12-11T18:30"))

    assert alerts() == []


def test_a_night_court_is_asked_about_after_it_has_begun(case, lawyer, sweep):
    hearing_at(case, "2026-12-10T21:00", who_goes=lawyer, local_time=time(21))
    sweep(local("2026-12-10T20:00"))
    assert alerts() == []

    sweep(local("2026-12-10T21:01"))
    assert [alert.rule for alert in alerts()] == ["H5"]


def test_a_correction_is_over_when_everybody_knows_or_the_day_has_come(
    case, lawyer, paralegal, sweep, client
):
    hearing = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    move(hearing, lawyer, "2026-12-08T08:30", "2026-12-04T10:00")
    sweep(local("2026-12-04T10:01"))
    (alert,) = alerts(rule="H3")
    for user in (lawyer, paralegal):
        assert alerts(rule="H3")[0].state in ("open", "acked")
        client.force_login(user)
        client.post(f"/notifications/alerts/{alert.pk}/acknowledge/")

    sweep(local("2026-12-04T10:05"))

    assert alerts(rule="H3")[0].state == "closed"
