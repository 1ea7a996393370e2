"""Somebody says "I have it" in the same moment in which the alert climbs: two real connections, no luck."""

from threading import Barrier, Thread

from django.db import connection

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications.actions import acknowledge_alert, escalate_alerts
from notifications.actions.alerts import Opening, open_alerts
from notifications.clock import as_reminders, database_now
from notifications.models import Alert, AlertLog
from tests.factories import BailOrderMake, CaseMake, SurvivorMake
from tests.people import on_case, person

RUNS = 8


def at_once(*jobs):
    """Each in a thread and a connection of its own, from the same moment on."""
    gate, broken = Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait()
            job()
        except Exception as why:
            broken.append(why)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []


def test_an_alert_never_climbs_after_somebody_has_it(committed):
    case = CaseMake()
    lawyer = on_case(person(Role.LAWYER, case.office), case, Role.LAWYER)
    SurvivorMake(case=case)
    bails = [BailOrderMake(case=case, status="GRANTED", decided_on="2026-01-01") for _ in range(RUNS)]
    with as_reminders("a test") as (principal, now):
        opened = open_alerts(
            [Opening("B3", case, bail, f"race:{bail.pk}") for bail in bails], by=principal, now=now
        )
    assert len(opened) == RUNS

    def takes(alert):
        with viewing_as(lawyer):
            acknowledge_alert(alert.pk, by=lawyer, now=database_now())

    def climbs():
        with as_reminders("a test climbs") as (principal, now):
            escalate_alerts(by=principal, now=now)

    for alert in opened:
        with as_reminders("a test") as (_principal, now):
            Alert.objects.filter(pk=alert.pk).update(next_step_at=now)
        at_once(lambda alert=alert: takes(alert), climbs, climbs)
        with as_reminders("a test looks") as _:
            row = Alert.objects.get(pk=alert.pk)
            log = list(
                AlertLog.objects.filter(alert=alert).order_by("created_at").values_list("kind", flat=True)
            )
        assert (row.state, row.next_step_at, row.acked_by_id) == ("acked", None, lawyer.pk)
        assert log in (["opened", "acked"], ["opened", "escalated", "acked"])
        assert row.step == log.count("escalated")
