"""H8: one person cannot be at both, or is away: both cases hear of it once, and it ends by the deed."""

import pytest

from accounts.models import Deputy
from accounts.roles import Role
from accounts.scope import viewing_as
from notifications.models import InboxItem
from notifications.states import AlertState
from prosecutions.actions import assign_hearing, reschedule_hearing
from tests.factories import CaseMake
from tests.notifications.conftest import alerts, hearing_at, inbox, local, rows_of
from tests.people import on_case, person

NOW = "2026-12-01T09:00"


@pytest.fixture
def two(case, office, lawyer):
    """Two hearings of Bob in two cases, at one hour; the other case has a lawyer of its own."""
    other = CaseMake(office=office, sensitivity=1)
    on_case(lawyer, other, Role.CASEWORKER)
    owner = on_case(person(Role.LAWYER, office, name="Olga"), other, Role.LAWYER)
    one = hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    second = hearing_at(other, "2026-12-10T09:00", who_goes=lawyer)
    return one, second, owner


def clashes(**filters):
    return alerts(rule="H8", **filters)


def test_both_owners_hear_of_it_once_and_neither_case_of_the_other(two, lawyer, legal_lead, sweep):
    one, second, owner = two
    sweep(local(NOW))
    sweep(local("2026-12-01T09:10"))
    assert {alert.case_id for alert in clashes()} == {one.case_id, second.case_id}
    assert len(clashes()) == 2
    assert inbox(lawyer).count("H8") == 2
    assert inbox(owner) == ["H8"]
    (told,) = rows_of(InboxItem, user=owner)
    assert told.case_id == second.case_id
    assert all(alert.urgency == "N-A" for alert in clashes())
    sweep(local("2026-12-03T09:10"))
    assert inbox(legal_lead) == ["H8.step"], "of the case that she may see"


@pytest.mark.parametrize("how", ["reassigned", "moved"])
def test_it_is_over_when_one_is_reassigned_or_moved(two, lawyer, sweep, how):
    one, _second, _owner = two
    sweep(local(NOW))
    with viewing_as(lawyer):
        if how == "reassigned":
            assign_hearing(one.pk, by=lawyer, now=local(NOW), who_goes=None)
        else:
            day = local("2026-12-11T08:30")
            reschedule_hearing(one.pk, by=lawyer, now=local(NOW), on=day.date(), local_time=day.time())
    sweep(local("2026-12-01T10:00"))
    assert {alert.state for alert in clashes()} == {AlertState.CLOSED}
    assert len(clashes()) == 2


def test_another_version_that_clashes_again_is_told_again(two, lawyer, sweep):
    one, _second, _owner = two
    sweep(local(NOW))
    with viewing_as(lawyer):
        day = local("2026-12-10T09:15")
        reschedule_hearing(one.pk, by=lawyer, now=local(NOW), on=day.date(), local_time=day.time())
    sweep(local("2026-12-01T10:00"))
    assert sorted(alert.state for alert in clashes()) == ["closed", "closed", "open", "open"]


def test_hours_enough_and_other_people_are_no_clash(case, office, lawyer, alice, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    hearing_at(case, "2026-12-10T08:30", who_goes=alice)
    hearing_at(case, "2026-12-10T14:30", who_goes=lawyer)
    hearing_at(case, "2026-12-11T08:30", who_goes=lawyer, outcome="vacated")
    hearing_at(case, "2026-12-11T08:30", who_goes=lawyer)
    hearing_at(case, "2026-11-01T08:30", who_goes=lawyer)
    hearing_at(case, "2026-11-01T08:30", who_goes=lawyer)
    sweep(local(NOW))
    assert clashes() == []


def test_whoever_has_named_a_deputy_for_the_day_is_away(case, office, lawyer, legal_lead, sweep):
    hearing_at(case, "2026-12-10T08:30", who_goes=lawyer)
    hearing_at(case, "2026-12-20T08:30", who_goes=lawyer)
    deputy = Deputy.objects.create(
        person=lawyer, deputy=person(Role.LAWYER, office), named_by=lawyer,
        starts_at=local("2026-12-08T00:00"), until=local("2026-12-12T00:00"),
    )  # fmt: skip
    sweep(local(NOW))
    sweep(local("2026-12-01T09:10"))
    assert inbox(lawyer) == ["H8.away"]
    deputy.ended_at = local(NOW)
    deputy.save(update_fields=["ended_at"])
    sweep(local("2026-12-01T09:20"))
    assert [alert.state for alert in clashes()] == [AlertState.CLOSED]
