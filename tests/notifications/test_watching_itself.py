"""The watch over the watchers: what is late, what failed, what is silent; without a case or a recipient."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications import actions, heartbeat
from notifications.clock import as_reminders
from notifications.models import Alert, AlertLog, Beat, DeadLetter, Delivery, Handled, Reading
from notifications.states import LogKind
from tests.factories import BailOrderMake
from tests.notifications.conftest import alerts, deliveries, fact, inbox, local, rows_of
from tests.people import person

NOW = local("2026-12-01T07:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_is_silent(monkeypatch):
    """Offices in which nothing stirs have tests of their own."""
    monkeypatch.setattr("notifications.actions.watch.listen", lambda *, by, now: 0)


@pytest.fixture
def granted(case, lawyer):
    return fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))


def word(client):
    answer = client.get(reverse("healthz-alerts"))
    return answer.status_code, answer.json()["word"]


def reading(**fields):
    return Reading.objects.create(at=timezone.now(), pid=1, **fields)


def change(model, **fields):
    """Rows as something that is no part of the system would have left them."""
    with as_reminders("a test breaks something") as _:
        model.objects.update(**fields)


def ended(ago, loop="sweep"):
    Beat.objects.update_or_create(loop=loop, defaults={"ok_at": timezone.now() - ago, "pid": 1})


# --- for a monitor outside, and for everybody who looks


def test_the_monitor_hears_a_word_and_ages_and_the_page_says_so_to_everybody(client, lawyer, monkeypatch):
    client.force_login(lawyer)
    home, late = reverse("desk:home"), "Alerts may be late"
    assert word(client) == (200, "new")

    ended(MINUTE)
    clean = reading(figures={"channels": {"mail": {"urgent": 30, "normal": 60}}})
    assert word(client) == (200, "ok")
    assert client.get(reverse("healthz-alerts")).json() == {
        "word": "ok", "sweep_age_seconds": 60, "watch_age_seconds": 0,
        "oldest_urgent_seconds": 30, "oldest_normal_seconds": 60,
    }  # fmt: skip
    assert late not in client.get(home).content.decode()

    for trouble, told in (("waits:urgent", "late"), ("promise:I4", "broken"), ("late:send", "silent")):
        row = reading(troubles=[trouble])
        assert word(client) == (503, told)
        assert late in client.get(home).content.decode()
        row.delete()
    Beat.objects.create(loop="held")
    assert word(client) == (503, "held")
    Beat.objects.held().delete()

    Reading.objects.filter(pk=clean.pk).update(at=timezone.now() - 6 * MINUTE)
    assert word(client) == (503, "silent"), "the watch itself is watched"
    assert late in client.get(home).content.decode()
    Reading.objects.all().delete()
    reading()
    ended(3 * MINUTE)
    assert word(client) == (503, "silent")


def test_the_monitor_outside_is_called_once_a_reading_and_only_while_all_is_well(db, settings, monkeypatch):
    called = []
    monkeypatch.setattr(
        heartbeat.outgoing, "send", lambda *facts: called.append(facts) or heartbeat.outgoing.Answer(200, b"")
    )
    ended(MINUTE)
    reading()
    assert not heartbeat.beat()

    settings.HEARTBEAT_URL = "https://watch.example.org/ping/1"
    assert heartbeat.beat()
    assert not heartbeat.beat()
    reading(troubles=["waits:urgent"])
    assert not heartbeat.beat()
    assert called == [(settings.HEARTBEAT_URL, {"word": "ok"})]


# --- readings and the alerts they call for


def test_a_backlog_is_an_alert_to_the_administrator_once_and_over_when_all_went_out(
    case, lawyer, administrator, granted, sweep, tick, mailoutbox
):
    sweep(NOW)
    assert [row.troubles for row in Reading.objects.all()] == [[]]

    sweep(NOW + 3 * MINUTE)
    sweep(NOW + 4 * MINUTE)
    newest = Reading.objects.newest()
    assert newest.troubles == ["waits:urgent"]
    assert newest.figures["channels"]["mail"]["urgent"] >= 180
    assert inbox(administrator) == ["X2"]
    assert str(lawyer.pk) not in str(newest.figures)
    assert lawyer.email not in str(newest.figures)

    tick(NOW + 5 * MINUTE)
    sweep(NOW + 6 * MINUTE)
    assert rows_of(Alert, rule="X2")[0].state == "open"
    for minutes in (10, 14, 17, 20):
        tick(NOW + minutes * MINUTE)
    assert [(row.state, row.closed_by.principal) for row in rows_of(Alert, rule="X2")] == [
        ("closed", "reminders")
    ]


@pytest.mark.breaks("I3")
def test_a_loop_that_stopped_and_a_promise_that_does_not_hold_are_alerts(case, administrator, granted, sweep):
    sweep(NOW)
    ended(10 * MINUTE, "send")
    change(Alert, next_step_at=None)
    sweep(NOW + 1 * MINUTE)
    assert Reading.objects.newest().troubles == [], "what is wrong counts when it stays wrong"
    sweep(NOW + 2 * MINUTE)

    assert Reading.objects.newest().troubles == ["late:send", "promise:I3"]
    assert sorted(inbox(administrator)) == ["X3", "X7"]


def test_a_ladder_that_ended_without_an_answer_reaches_the_leads_and_the_administrator_learns_no_case(
    case, lawyer, director, administrator, granted, sweep, client
):
    sweep(NOW)
    (alert,) = alerts(rule="B3")
    with as_reminders("a test") as (by, now):
        actions_log(alert, by, now)
    sweep(NOW + 2 * MINUTE)

    assert "X4" in inbox(director)
    assert inbox(administrator) == ["X4.office"]
    about = alerts(rule="X4", case=None)[0]
    client.force_login(administrator)
    page = client.get(reverse("notifications:alert-detail", args=[about.pk]))
    assert page.status_code == 200
    assert case.number not in page.content.decode()
    client.force_login(lawyer)
    assert client.get(reverse("notifications:alert-detail", args=[about.pk])).status_code == 404

    client.post(reverse("notifications:alert-acknowledge", args=[alert.pk]))
    sweep(NOW + 4 * MINUTE)
    assert {row.state for row in alerts(rule="X4")} == {"closed"}


def actions_log(alert, by, now):
    AlertLog.objects.create(
        alert=alert, case=alert.case, office=alert.office, sensitivity=alert.sensitivity, at=now,
        kind=LogKind.UNHEARD, actor=by, pid=1,
    )  # fmt: skip


# --- what went no further


def test_what_failed_is_told_without_case_and_person_and_tried_again_when_somebody_asks(
    case, lawyer, administrator, other_office, granted, sweep, client, mailoutbox
):
    sweep(NOW)
    change(Delivery, state="failed", reason="SMTPRecipientsRefused", next_at=None)
    Handled.objects.create(event_id=granted.pk + 10**9, at=NOW, error="KeyError", retry_at=NOW)
    sweep(NOW + 2 * MINUTE)
    letter = DeadLetter.objects.get()
    assert (letter.kind, letter.channel, letter.role, letter.office) == (
        "message",
        "mail",
        "lawyer",
        case.office,
    )

    client.force_login(administrator)
    url = reverse("notifications:dead-letter-list")
    page = client.get(url).content.decode()
    assert "SMTPRecipientsRefused" in page
    for word_of_case in (case.number, lawyer.name, lawyer.email, str(case.pk), str(lawyer.pk)):
        assert word_of_case not in page
    elsewhere = person(Role.OFFICE_DIRECTOR, other_office)
    client.force_login(elsewhere)
    assert "SMTPRecipientsRefused" not in client.get(url).content.decode()
    retry = reverse("notifications:dead-letter-retry")
    assert client.post(retry, {"letter": letter.pk}).status_code == 422

    client.force_login(administrator)
    group = {"kind": "message", "reason": "SMTPRecipientsRefused", "channel": "mail"}
    assert client.post(retry, group).status_code == 302
    assert client.post(retry, {"letter": letter.pk}).status_code == 422
    sweep(NOW + 3 * MINUTE)
    letter.refresh_from_db()
    assert (letter.result, letter.asked_by) == ("again", administrator)
    assert sorted((row.round, row.state) for row in deliveries()) == [(0, "failed"), (1, "queued")]


def test_what_is_over_is_never_tried_again(case, lawyer, administrator, granted, sweep, client):
    sweep(NOW)
    change(Delivery, state="failed", reason="refused", next_at=None)
    sweep(NOW + 2 * MINUTE)
    (alert,) = alerts()
    with viewing_as(lawyer):
        actions.acknowledge_alert(alert.pk, by=lawyer, now=NOW)
    with viewing_as(administrator):
        actions.ask_again([DeadLetter.objects.get().pk], by=administrator, now=NOW)
    sweep(NOW + 3 * MINUTE)

    assert DeadLetter.objects.get().result == "over"
    assert [row.round for row in deliveries()] == [0]
