"""Nobody has answered: who hears of it next."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Assignment, Case
from cases.querysets import people_who_may_see
from notifications.clock import as_reminders
from notifications.models import AlertLog
from notifications.recipients import Directory
from notifications.rules import To
from tests.factories import (
    AccusedMake,
    AssignmentMake,
    BailOrderMake,
    CaseMake,
    DutyMake,
    KinshipMake,
    OfficeMake,
    SurvivorMake,
    UserMake,
)
from tests.notifications.conftest import alerts, fact, inbox, local, log_of, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")  # a Tuesday


@pytest.fixture
def granted(case, lawyer):
    """Bail was granted: U-S. A survivor is to be told, which nobody does here."""
    SurvivorMake(case=case)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))


@pytest.fixture
def applied(case, lawyer):
    """Bail was applied for: U-C."""
    fact("bail.seek", lawyer, BailOrderMake(case=case), kind="pretrial")


def take(client, user, alert):
    client.force_login(user)
    return client.post(reverse("notifications:alert-acknowledge", args=[alert.pk]))


def test_safety_goes_up_after_15_30_and_60_minutes(case, lawyer, legal_lead, director, granted, sweep):
    backup = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL, backup=True)
    duty = person(Role.LAWYER, case.office)
    DutyMake(office=case.office, user=duty, days=(NOW.date(), NOW.date() + timedelta(days=7)))
    sweep(NOW)
    assert inbox(backup) == inbox(duty) == inbox(director) == []

    sweep(NOW + timedelta(minutes=14))
    assert inbox(lawyer) == ["B3"]
    sweep(NOW + timedelta(minutes=15))
    assert inbox(lawyer) == ["B3", "B3"]
    assert inbox(lawyer, superseded=False) == ["B3"]
    assert inbox(backup) == inbox(duty) == ["B3.step"]

    sweep(NOW + timedelta(minutes=30))
    assert inbox(legal_lead) == ["B3", "B3", "B3"]
    sweep(NOW + timedelta(minutes=60))
    assert inbox(director) == ["B3.step"]
    (alert,) = alerts()
    assert (alert.step, alert.next_step_at) == (3, NOW + timedelta(minutes=120))
    assert log_of(alert) == ["opened", "escalated", "escalated", "escalated"]
    assert Event.objects.filter(verb="alert.escalate").count() == 3


def test_court_goes_up_after_an_hour(case, lawyer, legal_lead, applied, sweep):
    sweep(NOW)
    sweep(NOW + timedelta(minutes=59))
    assert inbox(lawyer) == ["B1"]

    sweep(NOW + timedelta(minutes=60))
    assert inbox(lawyer) == ["B1", "B1"]
    sweep(NOW + timedelta(minutes=120))
    assert inbox(legal_lead) == ["B1.step"]


def test_what_only_wants_a_yes_goes_up_after_a_working_day(case, lawyer, legal_lead, sweep):
    SurvivorMake(case=case, key="s1")
    AccusedMake(case=case, key="p1")
    fact("kinship.add", lawyer, KinshipMake(case=case, of="p1", who="s1"), of="p1", who="s1")
    friday = local("2026-12-04T16:00")
    sweep(friday)

    sweep(local("2026-12-07T15:59"))
    assert inbox(lawyer) == ["O6"]
    sweep(local("2026-12-07T16:00"))
    assert inbox(lawyer) == ["O6", "O6"]
    assert inbox(legal_lead) == []
    sweep(local("2026-12-09T16:00"))  # Tuesday is a holiday in the Philippines
    assert inbox(legal_lead) == ["O6.step"]


def test_whoever_takes_it_stops_it_for_all_and_it_stays_open_to_be_done(case, lawyer, granted, sweep, client):
    sweep(NOW)
    (alert,) = alerts()

    assert take(client, lawyer, alert).status_code == 302
    sweep(NOW + timedelta(hours=3))

    (alert,) = alerts()
    assert (alert.state, alert.acked_by_id, alert.next_step_at) == ("acked", lawyer.pk, None)
    assert log_of(alert) == ["opened", "acked"]
    assert Event.objects.filter(verb="alert.acknowledge", actor_id=lawyer.pk).count() == 1


def test_the_double_click_takes_it_once(case, lawyer, legal_lead, granted, sweep, client):
    sweep(NOW)
    (alert,) = alerts()

    assert take(client, lawyer, alert).status_code == take(client, legal_lead, alert).status_code == 302

    (alert,) = alerts()
    assert alert.acked_by_id == lawyer.pk
    assert log_of(alert) == ["opened", "acked"]


def test_an_alert_that_is_over_says_so(case, lawyer, applied, sweep, client):
    sweep(NOW)
    (alert,) = alerts()
    with viewing_as(lawyer):
        type(BailOrderMake.build()).objects.update(status="WITHDRAWN")
    sweep(NOW)

    answer = take(client, lawyer, alert)

    assert answer.status_code == 422
    assert "This alert is over already." in answer.content.decode()


def test_outside_the_need_to_know_there_is_no_alert_to_take(case, colleague, charlie, granted, sweep, client):
    sweep(NOW)
    (alert,) = alerts()

    assert take(client, colleague, alert).status_code == 404
    assert take(client, charlie, alert).status_code == 404
    assert alerts()[0].state == "open"


def test_the_ladder_it_opened_with_is_the_ladder_it_climbs(case, lawyer, granted, sweep, monkeypatch):
    sweep(NOW)
    monkeypatch.setattr("notifications.rules.LADDERS", {})

    sweep(NOW + timedelta(minutes=15))

    assert alerts()[0].step == 1


def test_somebody_who_left_is_not_asked_again(case, lawyer, legal_lead, granted, sweep):
    sweep(NOW)
    with viewing_as(lawyer):
        Assignment.objects.filter(user=lawyer).update(ended_at=timezone.now())

    sweep(NOW + timedelta(minutes=15))

    assert inbox(lawyer) == ["B3"]
    assert inbox(legal_lead) == ["B3", "B3"]


# --- never nobody


@pytest.mark.parametrize(
    ("there", "role"),
    [
        (("backup", "duty", "lead", "director", "regional"), "backup"),
        (("duty", "lead", "director", "regional"), "duty"),
        (("lead", "director", "regional"), "lead"),
        (("director", "regional"), "director"),
        (("regional", "global"), "regional"),
        (("global",), "global"),
    ],
)
def test_when_nobody_of_the_rule_is_there_the_next_in_line_is_told(office, sweep, there, role):
    case = CaseMake(office=office)
    writer = UserMake()
    people = {name: arrange(name, case) for name in there}
    SurvivorMake(case=case, key="s1")
    fact("survivor.recapture", writer, BailOrderMake(case=case))
    Membership.objects.filter(role__in=["safeguarding_lead"]).delete()
    fact("bail.seek", writer, BailOrderMake(case=case), kind="pretrial")

    sweep(NOW)

    told = {name for name, user in people.items() if "B1" in inbox(user)}
    assert told == {role}


def arrange(name, case):
    if name == "backup":
        return on_case(person(Role.CASEWORKER, case.office), case, Role.CASEWORKER, backup=True)
    if name == "duty":
        user = person(Role.LAWYER, case.office)
        DutyMake(office=case.office, user=user, days=(NOW.date(), NOW.date() + timedelta(days=7)))
        return user
    role = {
        "lead": Role.LEGAL_LEAD,
        "director": Role.OFFICE_DIRECTOR,
        "regional": Role.REGIONAL_DIRECTOR,
        "global": Role.GLOBAL_DIRECTOR,
    }[name]
    return person(role, None if name == "global" else case.office)


def test_of_a_sealed_case_only_the_named_hear(office, legal_lead, director, sweep):
    case = CaseMake(office=office, sensitivity=2)
    named = on_case(person(Role.SOCIAL_WORKER, office), case, Role.SOCIAL_WORKER)
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", named, bail)

    sweep(NOW)
    sweep(NOW + timedelta(minutes=30))

    assert inbox(legal_lead) == inbox(director) == []
    assert "B3" in inbox(named)


def test_a_caseworker_stands_in_where_a_case_has_no_lawyer(case, alice, applied, sweep, lawyer):
    with viewing_as(lawyer):
        Assignment.objects.filter(user=lawyer).update(ended_at=timezone.now())

    sweep(NOW)

    assert inbox(alice) == ["B1"]


def test_the_directory_and_the_need_to_know_agree(db):
    offices = [OfficeMake(), OfficeMake()]
    cases = [CaseMake(office=office, sensitivity=level) for office in offices for level in (0, 1, 2)]
    people = [
        person(role, office, is_active=active)
        for role in Role
        for office in offices
        for active in (True, False)
    ]
    DutyMake(office=offices[0], user=people[0])
    DutyMake(office=offices[1], user=person(Role.ADMINISTRATOR))
    for turn, user in enumerate(people):
        for number, case in enumerate(cases):
            if (turn + number) % 5 == 0:
                AssignmentMake(case=case, user=user, role=Role.LAWYER)
            elif (turn + number) % 7 == 0:
                AssignmentMake(case=case, user=user, role=Role.LAWYER, ended_at=timezone.now())
    with as_reminders("a test looks"):
        cases = list(Case.objects.select_related("office"))
        directory = Directory(cases)
        for case in cases:
            seeing = set(people_who_may_see(case).values_list("pk", flat=True))
            assert seeing
            assert directory.may_see(case) == seeing
            assert set(directory.resolve(case, list(To))) <= seeing


def test_the_log_of_an_alert_cannot_be_rewritten(case, lawyer, granted, sweep):
    sweep(NOW)
    (entry,) = rows_of(AlertLog)
    for change in (lambda rows: rows.update(kind="closed"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), as_reminders("a test tampers"):
            change(AlertLog.objects.filter(pk=entry.pk))

    with viewing_as(lawyer):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)
    assert rows_of(AlertLog)[0].sensitivity == 2
