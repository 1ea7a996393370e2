"""The mail server is down for two hours, refuses, breaks off, is slow; people and dates change meanwhile."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.roles import Role
from accounts.scope import viewing_as
from prosecutions import actions
from tests.faults.letterbox import BREAK_OFF, BUSY, TAKE


def all_told(scenario):
    return scenario.oracle.judge().inbox_right


def test_mail_is_down_for_two_hours(scenario):
    """By the clock of the database, in steps of twenty minutes: nobody waits for it here."""
    scenario.letterbox.down()
    scenario.rig.worker().start()
    scenario.world(cases=1)
    scenario.wait(
        lambda: all_told(scenario),
        "the inboxes do not wait for mail",
    )
    scenario.inbox = None
    for _step in range(6):
        scenario.oracle.remember()
        scenario.clock.jump(timedelta(minutes=20))
        here = scenario.clock.now()
        scenario.wait(lambda: scenario.oracle.swept_since(here), "a sweep")  # noqa: B023
    assert not scenario.letterbox.letters
    scenario.oracle.remember()
    scenario.letterbox.up()
    scenario.clock.jump(timedelta(hours=1))  # the longest that it is left alone between two tries
    scenario.mark()

    verdict = scenario.settle(held=True)

    assert verdict.messages > 0
    assert verdict.copies == verdict.unknowns == 0  # a port that is shut leaves no doubt


def test_mail_is_busy_for_a_while(scenario):
    scenario.letterbox.how = BUSY
    scenario.rig.worker().start()
    scenario.world(cases=1)
    scenario.wait(lambda: scenario.letterbox.turned_away > 3, "it was tried")
    scenario.letterbox.how = TAKE
    scenario.clock.jump(timedelta(hours=1))
    scenario.oracle.remember()
    scenario.mark()
    verdict = scenario.settle(held=True)
    assert verdict.copies == 0


def test_mail_breaks_off_after_the_message_was_taken(scenario):
    """The protocol cannot tell: each may come twice, never three times, and each copy was owned to before."""
    scenario.letterbox.how = BREAK_OFF
    scenario.rig.worker().start()
    scenario.world(cases=1)
    scenario.wait(lambda: len(scenario.letterbox.letters) > 5, "some came in")
    scenario.letterbox.how = TAKE
    scenario.clock.jump(timedelta(minutes=5))  # before the ladder asks again, and so overtakes it
    scenario.oracle.remember()
    scenario.mark()
    scenario.wait(lambda: max(scenario.letterbox.copies().values()) > 1, "one is sent again")

    verdict = scenario.settle(held=True)

    assert 0 < verdict.copies <= verdict.unknowns
    assert max(scenario.letterbox.copies().values()) == 2


def test_somebody_leaves_between_owing_and_sending(scenario):
    """Off the team, out of the house: no word goes to them any more, and others are told in their place."""
    scenario.letterbox.down()
    scenario.rig.worker().start()
    world = scenario.world(cases=4)
    scenario.wait(lambda: all_told(scenario), "everybody is told")
    scenario.oracle.remember()
    secret = [case for case in world.cases if case.sensitivity and Role.LAWYER in world.teams[case.pk]]
    gone = [world.teams[case.pk][Role.LAWYER] for case in secret]
    for case, user in zip(secret, gone, strict=True):
        world.leaves(user, case)
    left = world.leads[world.offices[0].pk][Role.OFFICE_DIRECTOR]
    type(left).objects.filter(pk=left.pk).update(is_active=False)
    scenario.letterbox.up()
    scenario.clock.jump(timedelta(minutes=10))
    scenario.mark()

    scenario.settle(held=True)

    assert not scenario.oracle.letters_of_cases(*gone)
    assert left.email not in {letter.to for letter in scenario.letterbox.letters}
    people = [str(user.pk) for user in gone]
    scenario.wait(lambda: scenario.oracle.asked("replaced", people), "others hear in their place")


def test_a_hearing_is_moved_three_times_in_a_minute(scenario):
    """One date holds: everybody who held another is told it once, and nobody is sent to a wrong one."""
    scenario.rig.worker().start()
    world = scenario.world(cases=1)
    scenario.settle()
    scenario.oracle.remember()
    hearing = next(
        row for row in world.hearings if row.schedule_version == 1 and row.who_goes_id and not row.outcome
    )
    zone = ZoneInfo(hearing.case.office.time_zone)
    today = scenario.clock.now().astimezone(zone).date()
    lawyer = world.lawyer(hearing.case)
    scenario.mark()
    for days in (9, 5, 11):
        with viewing_as(lawyer):
            actions.reschedule_hearing(
                hearing.pk,
                by=lawyer,
                now=scenario.clock.now(),
                on=today + timedelta(days=days),
                local_time=time(10),
            )
        if days != 11:  # a sweep that comes in between may tell a date that will not hold
            scenario.oracle.remember()
        scenario.rig.poke("sweep")
    scenario.wait(lambda: all_told(scenario), "all hold the last date")
    assert scenario.oracle.asked("corrected", str(hearing.pk), 4)
    scenario.clock.jump(timedelta(minutes=3))  # a correction is held back for two minutes
    verdict = scenario.settle(held=True)
    assert verdict.copies == 0
    sent = scenario.oracle.asked("corrections sent", str(hearing.pk))
    assert set(sent) == {4}, "one correction left the house, of the last date"


@pytest.mark.parametrize("moment", ["between"])
def test_somebody_leaves_while_her_message_is_in_the_hands_of_a_sender(scenario, folder, moment):
    go_on = folder / "go-on"
    world = scenario.world(cases=2)
    waits = scenario.rig.sweep("waits", failpoints=f"after_claim:1:wait={go_on}").start()
    scenario.wait(go_on.with_suffix(".met").exists, "it has claimed its messages", poke=False)
    scenario.oracle.remember()
    team = {str(user.pk): (user, case) for case in world.cases for user in world.teams[case.pk].values()}
    claimed = [
        team[who] for who in scenario.oracle.asked("claimed") if who in team and team[who][1].sensitivity
    ]
    assert claimed
    for user, case in claimed:
        world.leaves(user, case)
    scenario.note = moment
    go_on.touch()
    assert waits.ended() == 0
    scenario.rig.worker().start()
    scenario.settle(held=True)
    assert not scenario.oracle.letters_of_cases(*(user for user, _case in claimed))
