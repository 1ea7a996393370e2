"""An office asks more of a rule than the house does, never less; open alerts keep what they opened with."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.roles import Role
from accounts.scope import viewing_as
from cases.states import IllegalMove
from notifications.actions import acknowledge_alert, open_alerts
from notifications.actions.alerts import Opening
from notifications.actions.tuning import tune_rule, untune_rule
from notifications.clock import as_reminders
from notifications.models import Alert, OfficeRule
from notifications.practices import practice_for
from notifications.rules import To, Urgency
from tests.factories import BailOrderMake, CaseMake
from tests.notifications.conftest import alerts, fact, inbox, local
from tests.people import on_case, person

NOW = local("2026-12-01T09:00")


def tune(by, office, rule="B11", **asked):
    asked.setdefault("reason", "Conditions were changed behind our back twice.")
    with viewing_as(by):
        return tune_rule(rule, by=by, now=NOW, office=office, **asked)


def test_it_knocks_harder_sooner_and_reaches_more_from_then_on(case, team, other_office, sweep, clock):
    clock(NOW)
    before, after = BailOrderMake(case=case), BailOrderMake(case=case)
    fact("bail.vary", team["LAW"], before)
    sweep(NOW)
    tune(team["LD"], case.office, urgency="U-C", pace=50, act_minutes=60, also_to=["INV", "FOD"])
    fact("bail.vary", team["LAW"], after)
    sweep(NOW)

    first, second = sorted(alerts(rule="B11"), key=lambda alert: alert.act_by, reverse=True)
    assert (first.urgency, len(first.ladder), first.act_by) == ("N-A", 2, NOW + timedelta(days=1))
    assert (second.urgency, second.act_by) == ("U-C", NOW + timedelta(minutes=60))
    assert second.next_step_at == NOW + timedelta(minutes=30)
    assert inbox(team["INV"]) == inbox(team["FOD"]) == ["B11"]
    assert practice_for("B11", other_office.pk, NOW).urgency == Urgency.CONFIRM


def test_added_people_still_need_to_know_and_stand_in_for_nobody(office, team, director, sweep, clock):
    clock(NOW)
    sealed = CaseMake(office=office, sensitivity=2)
    backup = on_case(person(Role.PARALEGAL, office), sealed, Role.PARALEGAL, backup=True)
    investigator = on_case(person(Role.INVESTIGATOR, office), sealed, Role.INVESTIGATOR)
    tune(team["LD"], office, also_to=["FOD", "INV"])
    with as_reminders("a test opens") as (principal, now):
        open_alerts([Opening("B11", sealed, BailOrderMake(case=sealed), "B11:x")], by=principal, now=now)

    (alert,) = alerts(rule="B11")
    assert inbox(backup) == inbox(investigator) == ["B11"]
    assert inbox(director) == []


def test_what_is_only_read_elsewhere_is_over_once_somebody_has_it(case, team, sweep, clock):
    clock(NOW)
    tune(team["LD"], case.office, "O5", urgency="N-A")
    fact("track.reopen", team["LAW"], case, case_id=case.pk, track="legal")
    sweep(NOW)
    (alert,) = alerts(rule="O5")
    assert (alert.urgency, len(alert.ladder)) == ("N-A", 2)
    with viewing_as(team["LAW"]):
        acknowledge_alert(alert.pk, by=team["LAW"], now=NOW)
    sweep(NOW)
    assert [alert.state for alert in alerts(rule="O5")] == ["closed"]


@pytest.mark.parametrize(
    ("rule", "asked", "field"),
    [
        ("B4", {"urgency": "U-C"}, "urgency"),
        ("B11", {"urgency": "N"}, "urgency"),
        ("B11", {"urgency": "D"}, "urgency"),
        ("B4", {"act_minutes": 121}, "act_minutes"),
        ("B4", {"pace": 150}, "pace"),
        ("O2", {"also_to": ["LAW"]}, "also_to"),
        ("B4", {}, None),
        ("B4", {"urgency": "U-S", "also_to": ["LAW"]}, None),
        ("B4", {"pace": 50, "reason": " "}, "reason"),
        ("H2", {"pace": 50}, None),
        ("C8", {"pace": 50}, None),
    ],
)
def test_nothing_is_weakened(office, legal_lead, rule, asked, field):
    with pytest.raises(IllegalMove) as why:
        tune(legal_lead, office, rule, **asked)
    assert why.value.field == field
    assert not OfficeRule.objects.exists()


def test_only_those_who_lead_the_office_tighten_it(office, other_office, legal_lead, safeguarding_lead):
    for who, where in ((legal_lead, other_office), (safeguarding_lead, office)):
        with pytest.raises(IllegalMove, match="lead"):
            tune(who, where, "B4", pace=50)


def test_it_is_ended_with_a_reason_and_kept(office, legal_lead):
    first = tune(legal_lead, office, "B4", pace=50)
    second = tune(legal_lead, office, "B4", pace=25)
    with viewing_as(legal_lead):
        untune_rule("B4", by=legal_lead, now=NOW, office=office, reason="The jail writes in time again.")
        with pytest.raises(IllegalMove):
            untune_rule("B4", by=legal_lead, now=NOW, office=office, reason="Again.")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ended_by, first.pace, second.ended_why) == (
        legal_lead,
        50,
        "The jail writes in time again.",
    )
    assert practice_for("B4", office.pk, NOW).pace == 100


def refused(by, statement, *values):
    """The database says no to whoever writes past the actions."""
    with viewing_as(by), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_weakens_nothing_changes_nothing_and_asks_who_leads(office, legal_lead, lawyer):
    row = tune(legal_lead, office, "B4", pace=50)
    insert = (
        "INSERT INTO notifications_officerule (office_id, rule, urgency, pace, act_minutes, also_to, reason,"
        " began_at, set_by_id, ended_why) VALUES (%s, %s, %s, %s, %s, %s, 'x', now(), %s, '')"
    )
    weak = [
        ("B3", "U-C", 100, None, []), ("B3", "", 100, 241, []), ("O2", "", 100, None, ["LAW"]),
        ("ZZ", "U-S", 100, None, []), ("B3", "", 101, None, []), ("B3", "", 100, None, []),
    ]  # fmt: skip
    for values in weak:
        refused(legal_lead, insert, office.pk, *values, legal_lead.pk)
    refused(lawyer, insert, office.pk, "B3", "", 50, None, [], lawyer.pk)
    refused(legal_lead, "UPDATE notifications_officerule SET pace = 100 WHERE id = %s", row.pk)
    refused(legal_lead, "DELETE FROM notifications_officerule WHERE id = %s", row.pk)
    refused(lawyer, "UPDATE notifications_officerule SET ended_at = now(), ended_by_id = set_by_id")


def test_two_hundred_alerts_ask_as_much_as_two(
    office, other_office, team, django_assert_max_num_queries, clock
):
    clock(NOW)
    tune(team["LD"], office, "B4", pace=50, also_to=["PAR"])
    person(Role.OFFICE_DIRECTOR, other_office)
    cases = [CaseMake(office=home) for home in (office, other_office) for _n in range(2)]
    bails = [(case, BailOrderMake(case=case)) for case in cases]

    def openings(count, word):
        return [Opening("B4", *bails[n % 4], f"B4:{word}:{n}") for n in range(count)]

    with as_reminders("a test opens") as (principal, now):
        with connection.execute_wrapper(counting := Counting()):
            open_alerts(openings(2, "few"), by=principal, now=now)
        with django_assert_max_num_queries(counting.count):
            open_alerts(openings(200, "many"), by=principal, now=now)
        assert Alert.objects.filter(act_by=NOW + timedelta(minutes=120)).count() == 202
        waits = {alert.next_step_at - NOW for alert in Alert.objects.filter(office=office)}
        assert waits == {timedelta(minutes=7)}
        assert Alert.objects.filter(office=other_office, next_step_at=NOW + timedelta(minutes=15)).exists()
        assert To.PAR in practice_for("B4", office.pk, NOW).also


class Counting:
    """How many statements were sent."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)
