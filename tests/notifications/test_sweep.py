"""The command, the tasks and the beat."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from notifications import sweeping, tasks
from notifications.models import Alert, AlertLog, Beat, InboxItem
from notifications.sending import channels_due, send_channel
from tests.factories import BailOrderMake
from tests.notifications.conftest import deliveries, fact, hearing_at, inbox, local, rows_of


@pytest.fixture
def granted(case, lawyer):
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))


@pytest.fixture
def in_this_thread(monkeypatch):
    """Other threads have lines of their own to the database, on which nobody sees what a test arranges."""
    monkeypatch.setattr(tasks.SENDERS, "start", lambda: [send_channel(kind) for kind in channels_due()])


def run(**options):
    out = StringIO()
    call_command("sweep", stdout=out, **options)
    return dict(line.split(": ") for line in out.getvalue().splitlines())


def test_the_command_says_what_it_did(granted, mailoutbox):
    counts = run()

    assert (counts["events"], counts["mails"], len(mailoutbox)) == ("1", "1", 1)
    assert run()["events"] == "0"


def test_as_of_another_time_it_sends_what_would_be_due_then(settings, case, lawyer, mailoutbox):
    settings.EMBEDDED = True
    hearing_at(case, "2027-03-10T08:30", who_goes=lawyer, on_record="2026-11-01T09:00")
    assert run(at="2027-03-03T08:29+08:00")["reminders"] == "0"

    assert run(at="2027-03-03T08:31+08:00") == {
        **dict.fromkeys(sweeping.STEPS, "0"), "reminders": "1", "mails": "1",
    }  # fmt: skip
    assert inbox(lawyer) == ["H2.t7"]
    assert [row.accepted_at for row in deliveries()] == [local("2027-03-03T08:31")]
    assert not Beat.objects.exists()  # a played sweep is no sign of life
    assert run(at="2027-03-03T00:31")["reminders"] == "0"  # UTC where no zone is given


def test_the_clock_is_moved_on_a_developers_machine_only(settings, db):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="embedded"):
        run(at="2027-03-03T08:31+08:00")


def test_what_is_no_time_is_refused(settings, db):
    settings.EMBEDDED = True

    with pytest.raises(CommandError, match="Not a time"):
        run(at="tomorrow")


def test_the_tasks_do_what_the_command_does_and_take_what_newer_callers_send(
    granted, in_this_thread, mailoutbox
):
    tasks.sweep(newer="word")
    tasks.send(newer="word")

    assert len(mailoutbox) == 1
    for model in (Alert, InboxItem):
        assert {row.created_by_pid for row in rows_of(model)} == {os.getpid()}
    assert {row.pid for row in rows_of(AlertLog)} == {os.getpid()}


def test_a_task_run_five_times_leaves_the_state_of_one_run(granted, in_this_thread, mailoutbox):
    for _time in range(5):
        tasks.sweep()
        tasks.send()

    assert (len(rows_of(Alert)), len(rows_of(InboxItem)), len(deliveries()), len(mailoutbox)) == (1, 1, 1, 1)


def test_a_good_sweep_leaves_its_beat(db):
    sweeping.sweep_once()

    beat = Beat.objects.get()
    assert (beat.loop, beat.pid) == ("sweep", os.getpid())
    assert beat.ok_at >= beat.began_at
    assert timezone.now() - beat.ok_at < timedelta(minutes=1)


def test_a_step_that_breaks_stops_no_other_but_leaves_no_beat(granted, lawyer, monkeypatch, caplog):
    def broken(**_):
        raise ValueError(" ".join(["Maya", "Secret"]))

    monkeypatch.setitem(sweeping.STEPS, "reminders", broken)

    with pytest.raises(CommandError, match="failed"):
        run()

    assert inbox(lawyer) == ["B3"]
    assert Beat.objects.get().ok_at is None
    assert "reminders broke: ValueError" in caplog.text
    assert "Maya Secret" not in caplog.text
