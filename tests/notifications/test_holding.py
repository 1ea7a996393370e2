"""After a restore nothing leaves the house until somebody says so, and nothing of before is sent again."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import Event
from notifications.channels.mail import Mail
from notifications.clock import as_reminders
from notifications.models import Beat
from notifications.sending import claim, send_due
from tests.factories import BailOrderMake
from tests.notifications.conftest import deliveries, fact, inbox, local
from tests.notifications.test_delivery import Killed, die

NOW = local("2026-12-01T10:00")


@pytest.fixture
def restored(case, lawyer, sweep):
    """One urgent mail waited when the backup was made."""
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)
    Beat.objects.create(loop="held", began_at=timezone.now())


def test_a_restored_house_is_silent_though_its_inboxes_fill(restored, lawyer, mailoutbox):
    assert send_due() == 0
    assert mailoutbox == []
    assert inbox(lawyer)


def test_released_it_sends_what_comes_and_nothing_of_before(restored, case, lawyer, tick, mailoutbox, capsys):
    call_command("release_sending")
    assert "kept back for good: 1" in capsys.readouterr().out
    (row,) = deliveries()
    assert (row.state, row.reason) == ("suppressed", "restored from a backup")
    assert send_due() == 0

    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    assert tick(NOW) == 1
    assert len(mailoutbox) == 1


def test_what_was_being_sent_when_the_backup_was_made_is_not_sent_again(
    restored, clock, mailoutbox, monkeypatch
):
    Beat.objects.held().delete()
    with monkeypatch.context() as patch:
        patch.setattr(Mail, "hand_over", die)
        with pytest.raises(Killed):
            send_due()
    Beat.objects.create(loop="held", began_at=timezone.now())
    clock(NOW.replace(hour=18))
    call_command("release_sending")
    assert send_due() == 0
    assert mailoutbox == []


def test_somebody_may_let_out_what_waits(restored, mailoutbox):
    call_command("release_sending", let_out=True)
    assert send_due() == 1
    assert len(mailoutbox) == 1


def test_the_release_is_recorded(restored):
    call_command("release_sending")
    with as_reminders("a test looks"):
        event = Event.objects.get(verb="sending.release")
    assert event.detail == {"kept_back": 1, "let_out": False}


def test_where_nothing_is_held_there_is_nothing_to_release(db):
    with pytest.raises(CommandError, match="not held"):
        call_command("release_sending")


def test_an_ordinary_house_is_not_held(case, lawyer, sweep):
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)
    assert len(claim("mail", None)) == 1
