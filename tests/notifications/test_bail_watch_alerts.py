"""Bail and custody between the big events: what nobody answered, confirmed or proved, and who is gone."""

from datetime import date, timedelta

import pytest

from accounts.scope import viewing_as
from prosecutions import actions
from tests.factories import (
    AccusedMake,
    BailConditionMake,
    BailOrderMake,
    CaseMake,
    CustodyMake,
    HearingMake,
    OfficeMake,
    StatusCheckMake,
    SurvivorMake,
)
from tests.notifications.conftest import alerts, deliveries, fact, inbox, local, opened, reached
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")


def states(rule):
    return [(alert.urgency, alert.state) for alert in alerts(rule=rule)]


@pytest.fixture
def change(team):
    """Change a record as the lawyer would."""

    def run(row, **facts):
        with viewing_as(team["LAW"]):
            type(row).objects.filter(pk=row.pk).update(**facts)

    return run


def test_nobody_has_answered_two_days_before_the_court_hears_it(case, team, sweep, change):
    bail = BailOrderMake(case=case, heard_on="2026-12-03", heard_time="09:00")
    later = BailOrderMake(case=case, heard_on="2026-12-09")
    vague = BailOrderMake(case=case, heard_on="2026-12")
    answered = BailOrderMake(case=case, heard_on="2026-12-02", opposition="filed")
    hearing = HearingMake(case=case, proceeding=bail.proceeding, purpose="bail", on="2026-12-03",
                          starts_at=local("2026-12-03T09:00"), confirmed_at=None)  # fmt: skip
    sweep(local("2026-12-01T08:59"))
    assert states("B2") == []
    sweep(NOW)
    sweep(NOW + timedelta(minutes=1))
    assert states("B2") == [("U-C", "open")]
    assert reached(team, "B2") == {"LAW", "PAR", "LD"}
    change(bail, opposition="filed")
    sweep(NOW + timedelta(minutes=2))
    assert states("B2") == [("U-C", "open")], "and somebody has to go"
    change(hearing, confirmed_at=NOW)
    sweep(NOW + timedelta(minutes=3))
    assert states("B2") == [("U-C", "closed")]
    assert {row.subject_id for row in alerts(rule="B2")}.isdisjoint({later.pk, vague.pk, answered.pk})


@pytest.mark.parametrize(
    ("verb", "detail", "rule", "urgency", "roles"),
    [
        ("bail.refuse", {}, "B5", "N", {"LAW", "PAR", "SW"}),
        ("bail.withdraw", {}, "B5", "N", {"LAW", "PAR", "SW"}),
        ("bail.cancel", {}, "B8", "N", {"LAW", "SW", "INV"}),
        ("bail.end", {"ended": "rearrested"}, "B8", "N", {"LAW", "SW", "INV"}),
        ("bail.vary", {}, "B11", "N-A", {"LAW", "SW"}),
        ("bail.reoffend", {}, "F1", "U-S", {"LAW", "LD", "SG", "SW", "INV"}),
    ],
)
def test_what_happens_to_a_bail_is_told(case, team, sweep, verb, detail, rule, urgency, roles):
    fact(verb, team["LAW"], BailOrderMake(case=case, status="GRANTED", decided_on="2026-11-01"), **detail)
    sweep(NOW)
    assert opened() == [(rule, urgency)]
    assert reached(team, rule) == roles


def test_a_bail_that_ends_with_the_judgment_is_told_by_the_judgment_alone(case, team, sweep):
    fact("bail.end", team["LAW"], BailOrderMake(case=case), ended="acquitted")
    sweep(NOW)
    assert opened() == []


def test_changed_terms_are_over_when_somebody_has_taken_them_on(case, team, sweep):
    fact("bail.vary", team["LAW"], BailOrderMake(case=case, status="GRANTED", decided_on="2026-11-01"))
    sweep(NOW)
    acknowledge("B11", team["SW"])
    sweep(NOW + timedelta(minutes=1))
    assert states("B11") == [("N-A", "closed")]


def acknowledge(rule, user):
    from notifications.actions import acknowledge_alert  # noqa: PLC0415

    (alert,) = alerts(rule=rule)
    with viewing_as(user):
        acknowledge_alert(alert.pk, by=user, now=NOW)


def test_a_condition_that_nobody_confirmed_asks_and_asks_harder_after_three_days(case, team, sweep):
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-11-01")
    weekly = BailConditionMake(
        case=case, bail=bail, rhythm="weekly", weekday=0, next_on=date(2026, 11, 30), text="To the police"
    )
    ended = BailOrderMake(case=case, status="ENDED", decided_on="2026-11-01")
    for facts in ({"bail": bail, "lifted_on": "2026-11"}, {"bail": ended}, {"bail": bail, "next_on": None}):
        BailConditionMake(case=case, **{"next_on": date(2026, 11, 1), **facts})
    sweep(local("2026-11-30T23:00"))
    assert states("B7") == [], "its day is not over yet in the office"
    sweep(NOW)
    assert states("B7") == [("N-A", "open")]
    assert reached(team, "B7") == {"PAR", "LAW"}
    sweep(local("2026-12-04T08:00"))
    assert states("B7") == [("N-A", "superseded"), ("U-C", "open")]
    now = local("2026-12-04T09:00")
    with viewing_as(team["LAW"]):
        actions.check_condition(
            weekly.pk, by=team["LAW"], now=now, result="kept", due_on=date(2026, 11, 30), how="police"
        )
    sweep(now)
    assert states("B7") == [("N-A", "superseded"), ("U-C", "closed")]


def test_a_broken_condition_becomes_a_breach_and_leaves_the_list(case, team, sweep):
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-11-01")
    once = BailConditionMake(case=case, bail=bail, rhythm="once", next_on=date(2026, 11, 30))
    sweep(NOW)
    with viewing_as(team["LAW"]):
        actions.check_condition(once.pk, by=team["LAW"], now=NOW, result="broken", due_on=once.next_on)
    sweep(NOW + timedelta(minutes=1))
    assert sorted(opened()) == [("B6", "U-S"), ("B7", "N-A")]
    assert states("B7") == [("N-A", "closed")]


@pytest.mark.parametrize(("country", "told"), [("IN", 1), ("KH", 0)])
def test_notice_to_the_survivors_is_asked_for_where_the_law_wants_it(team, sweep, change, country, told):
    office = OfficeMake(key="kol", country=country, time_zone="Asia/Kolkata")
    case = CaseMake(office=office, country=country)
    on_case(team["LAW"], case, "lawyer")
    bail = BailOrderMake(case=case, heard_on="2026-12-01", created_at=local("2026-11-20T10:00"))
    BailOrderMake(case=case, heard_on="2026-11-28", notice="given", notice_on="2026-11-20")
    BailOrderMake(case=case, heard_on="2026-11-25", created_at=local("2026-11-27T10:00"))
    sweep(NOW)
    assert states("B12") == [("U-C", "open")] * told
    change(bail, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", team["LAW"], bail, kind="pretrial")
    sweep(NOW + timedelta(minutes=1))
    assert states("B12") == [("U-C", "superseded"), ("U-S", "open")][: 2 * told]
    with viewing_as(team["LAW"]):
        actions.give_notice(
            bail.pk, by=team["LAW"], now=NOW, notice="not_required", notice_note="appeared in person"
        )
    sweep(NOW + timedelta(minutes=2))
    assert states("B12") == [("U-C", "superseded"), ("U-S", "closed")][: 2 * told]


@pytest.mark.parametrize(
    ("how", "rule", "urgency", "roles"),
    [
        ("acquitted", "C2", "U-S", {"LAW", "LD", "SG", "SW"}),
        ("default_bail", "C2", "U-S", {"LAW", "LD", "SG", "SW"}),
        ("", "C2", "U-S", {"LAW", "LD", "SG", "SW"}),
        ("escaped", "C3", "U-S", {"LAW", "LD", "SG", "SW", "INV", "FOD"}),
        ("died", "C5", "N-A", {"LAW", "LD", "SW"}),
        ("sentenced", None, None, set()),
    ],
)
def test_the_end_of_custody_is_told_by_how_it_ended(case, team, sweep, how, rule, urgency, roles):
    custody = CustodyMake(case=case)
    with viewing_as(team["LAW"]):
        actions.end_custody(custody.pk, by=team["LAW"], now=NOW, ends_on="2026-12-01", how=how)
    sweep(NOW)
    assert opened() == ([(rule, urgency)] if rule else [])
    assert not rule or reached(team, rule) == roles


def test_a_release_on_bail_is_told_once(case, team, sweep):
    accused = AccusedMake(case=case)
    CustodyMake(case=case, accused=accused)
    bail = BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-11-30")
    with viewing_as(team["LAW"]):
        actions.release_bail(bail.pk, by=team["LAW"], now=NOW, released_on="2026-12-01")
    sweep(NOW)
    assert opened() == [("B4", "U-S")]


def test_an_escape_reaches_the_social_worker_of_every_case_and_is_over_in_custody(
    case, team, sweep, change, other_office
):
    accused = AccusedMake(case=case, name="Rekha")
    other = CaseMake(office=other_office)
    AccusedMake(case=other, perpetrator=accused.perpetrator)
    worker = on_case(person("social_worker", other_office), other, "social_worker")
    SurvivorMake(case=other)
    with viewing_as(team["LAW"]):
        actions.confirm_status(accused.pk, by=team["LAW"], now=NOW, status="absconded", how="court")
    sweep(NOW)
    assert inbox(worker) == ["C3.elsewhere"]
    assert reached(team, "C3") == {"LAW", "LD", "SG", "SW", "INV", "FOD"}
    with viewing_as(team["LAW"]):
        spell = actions.start_custody(accused.pk, by=team["LAW"], now=NOW, kind="remand")
    sweep(NOW + timedelta(minutes=1))
    assert {alert.state for alert in alerts(rule="C3", case=case)} == {"open"}, "held since before"
    change(spell, created_at=NOW + timedelta(hours=1))
    fact("status.confirm", team["LAW"], StatusCheckMake(case=case, accused=accused), status="in_custody")
    sweep(NOW + timedelta(hours=2))
    assert {alert.state for alert in alerts(rule="C3", case=case)} == {"closed"}


def test_a_transfer_keeps_the_spell_and_asks_whether_it_is_nearer_to_a_survivor(case, team, sweep):
    custody = CustodyMake(case=case, starts_on="2026-11-01", at="Old jail")
    with viewing_as(team["LAW"]):
        moved = actions.transfer_custody(custody.pk, by=team["LAW"], now=NOW, at="New jail", how="prison")
        assert (moved.at, moved.starts_on, moved.ends_on) == ("New jail", "2026-11-01", "")
    sweep(NOW)
    assert opened() == [("C4", "N-A")]
    assert reached(team, "C4") == {"LAW", "SW", "INV"}


def test_an_old_answer_knocks_harder_the_older_it_is_and_history_asks_nobody(case, team, sweep):
    start = date(2026, 11, 1)
    held = CustodyMake(case=case, kind="remand", starts_on=str(start), created_at=local("2026-11-02T10:00"))
    serving = CustodyMake(
        case=case, kind="sentence", starts_on=str(start), created_at=local("2026-11-02T10:00")
    )
    history = CustodyMake(case=case, kind="remand", starts_on="2019-03", created_at=local("2026-11-02T10:00"))
    sweep(local("2026-11-08T10:00"))
    assert states("C6") == []
    for day, urgency in ((9, "D"), (16, "N-A"), (23, "U-C")):
        sweep(local(f"2026-11-{day:02}T10:00"))
        assert states("C6")[-1] == (urgency, "open")
    assert reached(team, "C6") == {"PAR", "LAW"}
    assert {row.subject_id for row in alerts(rule="C6")} == {held.accused_id}
    with viewing_as(team["PAR"]):
        actions.confirm_status(
            held.accused_id, by=team["PAR"], now=local("2026-11-23T11:00"), status="in_custody", how="prison"
        )
    sweep(local("2026-11-23T12:00"))
    assert [state for _urgency, state in states("C6")] == ["superseded", "superseded", "closed"]
    sweep(NOW + timedelta(days=3))
    ours = {row.subject_id for row in alerts(rule="C6")}
    assert serving.accused_id in ours
    assert history.accused_id not in ours
    assert not [row for row in deliveries() if row.user_id == team["SW"].pk]
